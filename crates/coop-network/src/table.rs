//! What the command shows to people.

use coop_network::{DelegateCheck, FaultReport, NetworkReport};

/// The nodes of a network, a line each.
pub(crate) fn network(report: &NetworkReport) -> String {
    let mut rows = vec![
        [
            "node",
            "account",
            "state",
            "head",
            "irreversible",
            "behind",
            "lag ms",
            "blocks",
            "missed",
            "peers",
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    for node in &report.nodes {
        let state = match (&node.chain, node.is_alive) {
            (_, false) => "down",
            (None, true) => "silent",
            // Its head is of its own making, or the newest.
            (Some(chain), true) if Some(chain.producer) == node.account => "producing",
            (Some(_), true) => "alive",
        };
        let chain = |show: fn(&coop_network::NodeChain) -> String| {
            node.chain.as_ref().map_or_else(|| "-".to_owned(), show)
        };
        let count = report
            .rounds
            .iter()
            .find(|it| Some(it.producer) == node.account);
        let of = |part: u32, whole: u32| format!("{part}/{whole}");
        rows.push(vec![
            node.name.clone(),
            node.account
                .map_or_else(|| "-".to_owned(), |it| it.to_string()),
            state.to_owned(),
            chain(|it| it.head.to_string()),
            chain(|it| it.irreversible.to_string()),
            chain(|it| it.behind.to_string()),
            chain(|it| it.lag_ms.to_string()),
            count.map_or_else(|| "-".to_owned(), |it| of(it.blocks, it.slots)),
            count.map_or_else(|| "-".to_owned(), |it| of(it.missed_rounds, it.rounds)),
            node.peers.join(","),
        ]);
    }
    let mut text = format!(
        "head {}, irreversible {}, schedule {}",
        report.head, report.irreversible, report.schedule
    );
    if !report.groups.is_empty() {
        let groups: Vec<_> = report.groups.iter().map(|it| it.join(",")).collect();
        text.push_str(&format!(", cut {}", groups.join(" | ")));
    }
    text.push('\n');
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let widths: Vec<_> = (0..rows[0].len()).map(width).collect();
    for row in &rows {
        let cells = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(column, (cell, width))| {
                // Numbers stand at the right.
                match (3..=8).contains(&column) {
                    true => format!("{cell:>width$}"),
                    false => format!("{cell:width$}"),
                }
            });
        let line: Vec<_> = cells.collect();
        text.push_str(line.join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// A delegate, a line; then what is wrong.
pub(crate) fn check(check: &DelegateCheck) -> String {
    let rounds = check.rounds.as_ref().map_or_else(
        || "not elected".to_owned(),
        |it| {
            format!(
                "{} of {} rounds missed, {} of {} blocks",
                it.missed_rounds, it.rounds, it.blocks, it.slots
            )
        },
    );
    let mut text = format!(
        "{}: {rounds}; head {}, {} ms old, {} blocks reversible\n",
        check.producer, check.head, check.lag_ms, check.reversible
    );
    for problem in &check.problems {
        text.push_str(&format!("PROBLEM: {problem}\n"));
    }
    text
}

/// What faults did, as a table of Markdown.
pub(crate) fn faults(reports: &[FaultReport]) -> String {
    let mut text = "\
        | fault | sent | acknowledged | lost | in a block, not acknowledged | doubled | longest gap, slots | irreversible meanwhile, blocks | irreversible after, s: p50, p99 | nodes equal |\n\
        |---|---|---|---|---|---|---|---|---|---|\n"
        .to_owned();
    for it in reports {
        text.push_str(&format!(
            "| {} | {} | {} | {} | {} | {} | {} | {} | {}, {} | {} |\n",
            it.fault,
            it.sent,
            it.acknowledged,
            it.lost,
            it.unacknowledged,
            it.doubled,
            it.longest_gap,
            it.irreversible,
            it.p50_s,
            it.p99_s,
            if it.is_equal { "yes" } else { "NO" },
        ));
    }
    text
}
