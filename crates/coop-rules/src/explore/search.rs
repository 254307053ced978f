//! Breadth first through all states, then back from those in which everything is over.

use super::canonical::fingerprint;
use super::moves::moves;
use super::scope::{BEGIN, Scope};
use crate::cooperative::QuestionState;
use crate::invariants::{check, check_step};
use crate::states::{Observed, observed};
use crate::{Time, World};
use std::collections::{BTreeSet, HashMap, VecDeque};

/// How far to go.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// No more states than these.
    pub states: usize,
}

/// What was found.
#[derive(Debug)]
pub struct Exploration {
    /// States, up to symmetry.
    pub states: usize,
    /// Transitions between them.
    pub transitions: usize,
    /// States in which all money is out, all property back and every process over.
    pub settled: usize,
    /// The longest of the shortest ways to a state.
    pub depth: usize,
    /// Whether these are all states.
    pub is_complete: bool,
    /// Steps of processes that were seen.
    pub steps: BTreeSet<(Observed, &'static str)>,
    /// What is wrong, with the way there.
    pub problem: Option<String>,
}

struct Search<'a> {
    scope: &'a Scope,
    known: HashMap<u128, u32>,
    queue: VecDeque<(u32, World, Time)>,
    /// From where each state was found first, and by what.
    parents: Vec<(u32, String)>,
    depths: Vec<u32>,
    settled: Vec<bool>,
    edges: Vec<(u32, u32)>,
    steps: BTreeSet<(Observed, &'static str)>,
    problem: Option<String>,
}

/// Goes through all states of a small world.
pub fn explore(scope: &Scope, limit: Limit) -> Exploration {
    let mut search = Search {
        scope,
        known: HashMap::new(),
        queue: VecDeque::new(),
        parents: Vec::new(),
        depths: Vec::new(),
        settled: Vec::new(),
        edges: Vec::new(),
        steps: BTreeSet::new(),
        problem: None,
    };
    search.reach(None, String::new(), scope.begin(), BEGIN);
    while let Some((from, world, now)) = search.queue.pop_front() {
        if search.known.len() > limit.states || search.problem.is_some() {
            search.queue.push_front((from, world, now));
            break;
        }
        search.expand(from, &world, now);
    }
    let is_complete = search.queue.is_empty();
    if is_complete && search.problem.is_none() {
        search.problem = search.dead_end();
    }
    Exploration {
        states: search.known.len(),
        transitions: search.edges.len(),
        settled: search.settled.iter().filter(|settled| **settled).count(),
        depth: search.depths.iter().max().copied().unwrap_or(0) as usize,
        is_complete,
        steps: search.steps,
        problem: search.problem,
    }
}

impl Search<'_> {
    fn expand(&mut self, from: u32, world: &World, now: Time) {
        for (signers, action) in moves(self.scope, world, now) {
            let mut next = world.clone();
            let Ok(events) = next.apply(&signers, &action, now) else {
                continue;
            };
            if let Err(broken) = check_step(world, &action, &next, &events) {
                self.fail(from, &format!("{broken} by {action:?}"));
                return;
            }
            for (name, then) in &world.coops {
                for seen in observed(then, &next.coops[name]) {
                    self.steps.insert((seen, action.name()));
                }
            }
            let label = format!("{} of {:?}", action.name(), signers[0]);
            self.reach(Some(from), label, next, now);
        }
        if waits(world, now) {
            self.reach(Some(from), "time".to_owned(), world.clone(), now.after(1));
        }
    }

    fn reach(&mut self, from: Option<u32>, by: String, world: World, now: Time) {
        let key = fingerprint(&world, now, &self.scope.symmetric());
        let next = self.known.len() as u32;
        let state = *self.known.entry(key).or_insert(next);
        if let Some(from) = from
            && from != state
        {
            self.edges.push((from, state));
        }
        if state != next {
            return;
        }
        self.parents.push((from.unwrap_or(0), by));
        let depth = from.map_or(0, |from| self.depths[from as usize] + 1);
        self.depths.push(depth);
        self.settled.push(is_settled(&world));
        if let Err(broken) = check(&world) {
            self.fail(state, &broken);
        }
        self.queue.push_back((state, world, now));
    }

    fn fail(&mut self, state: u32, why: &str) {
        let way = self.way(state);
        self.problem = Some(format!("{why}, after: {way}"));
    }

    fn way(&self, state: u32) -> String {
        let mut steps = Vec::new();
        let mut at = state;
        while at != 0 {
            let (parent, by) = &self.parents[at as usize];
            steps.push(by.as_str());
            at = *parent;
        }
        steps.reverse();
        steps.join("; ")
    }

    /// A state from which no way leads to one in which everything is over.
    fn dead_end(&self) -> Option<String> {
        let count = self.settled.len();
        let mut starts = vec![0u32; count + 1];
        for (_, to) in &self.edges {
            starts[*to as usize + 1] += 1;
        }
        for index in 0..count {
            starts[index + 1] += starts[index];
        }
        let mut back = vec![0u32; self.edges.len()];
        let mut fill = starts.clone();
        for (from, to) in &self.edges {
            back[fill[*to as usize] as usize] = *from;
            fill[*to as usize] += 1;
        }
        let mut ends = self.settled.clone();
        let mut todo: Vec<_> = (0..count).filter(|state| ends[*state]).collect();
        while let Some(state) = todo.pop() {
            for index in starts[state]..starts[state + 1] {
                let from = back[index as usize] as usize;
                if !ends[from] {
                    ends[from] = true;
                    todo.push(from);
                }
            }
        }
        let stuck: Vec<_> = (0..count).filter(|state| !ends[*state]).collect();
        let first = stuck.first()?;
        let way = self.way(*first as u32);
        Some(format!(
            "{} states are dead ends, as after: {way}",
            stuck.len()
        ))
    }
}

/// All money is out, all property back, every process over.
fn is_settled(world: &World) -> bool {
    world.coops.values().all(|coop| {
        let funds = coop.funds.as_ref();
        funds.is_none_or(|funds| funds.share == 0 && funds.processing == 0)
            && coop.payments.is_empty()
            && coop.properties.is_empty()
            && coop.candidates.is_empty()
            && coop.exits.is_empty()
            && coop.moves.is_empty()
            && coop.blockings.is_empty()
            && coop.questions.is_empty()
            && coop.undelivered.is_empty()
            && coop.election.is_none()
            && coop.voices.is_empty()
    })
}

/// Whether a deadline is ahead.
fn waits(world: &World, now: Time) -> bool {
    world.coops.values().any(|coop| {
        let questions = coop.questions.values().any(|row| {
            let signing = match row.state {
                QuestionState::Approved { at } => now < at.after(world.terms.signing),
                _ => false,
            };
            signing || now < row.expires_at
        });
        questions
            || coop.payments.values().any(|row| now < row.expires_at)
            || coop.properties.values().any(|row| now < row.expires_at)
            || coop
                .moves
                .values()
                .any(|row| row.ready_at.is_some_and(|at| now < at))
            || coop.election.as_ref().is_some_and(|row| {
                // A participant who joined now joined before the next election only later.
                now < row.ends_at
            })
    })
}
