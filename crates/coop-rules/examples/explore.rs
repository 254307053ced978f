//! Explores every small world of the full list, or those whose names hold the first argument.
//!
//! `cargo run -p coop-rules --release --example explore [WORD [STATES]]`; with `threes` every three kinds
//! together, which takes hours; with `--page FILE` everything, and the page of counts is written.

use coop_rules::explore::{Limit, all, explore, page, row, threes};
use coop_rules::states::PROCESSES;
use std::collections::BTreeSet;
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let mut word = arguments.next().unwrap_or_default();
    let file = match word.as_str() {
        "--page" => arguments.next(),
        _ => None,
    };
    if file.is_some() {
        word.clear();
    }
    let states = arguments.next().and_then(|count| count.parse().ok());
    let limit = Limit {
        states: states.unwrap_or(3_000_000),
    };
    let (mut seen, mut failed, mut sum) = (BTreeSet::new(), false, [0, 0]);
    let mut rows = Vec::new();
    let scopes = if word == "threes" {
        threes()
    } else {
        all()
            .into_iter()
            .filter(|scope| scope.name.contains(&word))
            .collect()
    };
    for scope in &scopes {
        let begin = Instant::now();
        let found = explore(scope, limit);
        let seconds = begin.elapsed().as_secs_f32();
        println!(
            "{:60} {:>9} states {:>10} transitions {:>8} settled, depth {:>3}, {}, {seconds:.1} s",
            scope.name,
            found.states,
            found.transitions,
            found.settled,
            found.depth,
            if found.is_complete { "complete" } else { "cut" },
        );
        rows.push(row(&scope.name, &found));
        failed |= !found.is_complete && file.is_some();
        sum[0] += found.states;
        sum[1] += found.transitions;
        if let Some(problem) = found.problem {
            println!("  PROBLEM: {problem}");
            failed = true;
        }
        seen.extend(found.steps);
    }
    println!("all: {} states, {} transitions", sum[0], sum[1]);
    for process in PROCESSES {
        for step in process.steps {
            for on in step.on {
                let found = seen.iter().any(|(one, by)| {
                    (one.process, one.from, one.to, *by) == (process.name, step.from, step.to, *on)
                });
                if !found {
                    println!(
                        "not seen: {} {} -{on}-> {}",
                        process.name, step.from, step.to
                    );
                }
            }
        }
    }
    if let Some(file) = file.filter(|_| !failed)
        && let Err(error) = std::fs::write(&file, page(&rows, sum[0], sum[1]))
    {
        eprintln!("{file}: {error}");
        failed = true;
    }
    ExitCode::from(u8::from(failed))
}
