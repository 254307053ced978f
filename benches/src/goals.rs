//! What is to be reached beside the peers, and the table that tells whether it is.

mod chain;
mod machine;
mod node;

pub use chain::GOALS as CHAIN;
pub use machine::GOALS as MACHINE;
pub use node::GOALS as NODE;

use crate::rounds::Medians;
use serde_json::json;
use std::fmt::Write;

/// A figure of ours beside one of a peer.
pub struct Goal {
    what: &'static str,
    ours: &'static str,
    /// None where the goal is a figure by itself.
    peer: Option<&'static str>,
    aim: Aim,
}

enum Aim {
    /// At least so many times the peer's, or so much.
    AtLeast(f64),
    /// At most so many times the peer's, or so much.
    AtMost(f64),
    /// No goal: a figure that explains others.
    Shown,
}

use Aim::{AtLeast, AtMost, Shown};

const fn goal(
    what: &'static str,
    ours: &'static str,
    peer: Option<&'static str>,
    aim: Aim,
) -> Goal {
    Goal {
        what,
        ours,
        peer,
        aim,
    }
}

impl Goal {
    /// The figure that is held against the aim; none without the peer.
    fn figure(&self, medians: &Medians) -> Option<f64> {
        let ours = medians.get(self.ours)?;
        match self.peer {
            Some(peer) => Some(ours / medians.get(peer)?),
            None => Some(*ours),
        }
    }

    fn reached(&self, figure: f64) -> bool {
        match self.aim {
            AtLeast(least) => figure >= least,
            AtMost(most) => figure <= most,
            Shown => true,
        }
    }

    fn aim(&self) -> String {
        match self.aim {
            AtLeast(least) => format!("≥ {}", short(least)),
            AtMost(most) => format!("≤ {}", short(most)),
            Shown => String::new(),
        }
    }
}

/// The medians against the goals, as a table or as JSON.
pub fn told(lists: &[&[Goal]], medians: &Medians, as_json: bool) -> String {
    if as_json {
        return json!({ "medians": medians, "goals": list(lists, medians) }).to_string();
    }
    let mut out = String::new();
    let goals = || lists.iter().copied().flatten();
    let width = goals()
        .map(|goal| goal.what.chars().count())
        .max()
        .unwrap_or(0);
    let _ = writeln!(
        out,
        "{:width$}  {:>9}  {:>9}  {:>8}  {:>8}",
        "", "ours", "peer", "figure", "goal"
    );
    for goal in goals() {
        let known = |name: &str| {
            medians
                .get(name)
                .map_or("-".to_owned(), |value| short(*value))
        };
        let figure = goal.figure(medians);
        let verdict = match figure {
            Some(_) if matches!(goal.aim, Shown) => "",
            Some(figure) if goal.reached(figure) => "reached",
            Some(_) => "missed",
            None => "not run",
        };
        let _ = writeln!(
            out,
            "{:width$}  {:>9}  {:>9}  {:>8}  {:>8}  {verdict}",
            goal.what,
            known(goal.ours),
            goal.peer.map_or(String::new(), known),
            figure.map_or("-".to_owned(), short),
            goal.aim(),
        );
    }
    out
}

fn list(lists: &[&[Goal]], medians: &Medians) -> Vec<serde_json::Value> {
    let goals = lists.iter().copied().flatten();
    goals
        .map(|goal| {
            let figure = goal.figure(medians);
            json!({
                "what": goal.what,
                "figure": figure,
                "goal": goal.aim(),
                "reached": figure.map(|figure| goal.reached(figure)),
            })
        })
        .collect()
}

/// Three digits that matter.
fn short(value: f64) -> String {
    match value.abs() {
        100.0.. => format!("{value:.0}"),
        10.0.. => format!("{value:.1}"),
        1.0.. => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}
