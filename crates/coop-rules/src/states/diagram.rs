//! The page `docs/states.md`.

use super::{PROCESSES, Process};
use std::fmt::Write;

/// The text of `docs/states.md`: a diagram for each process.
pub fn page() -> String {
    let mut text = String::from(
        "# States of the processes\n\n\
         Drawn from the tables of transitions in `crates/coop-rules/src/states/tables.rs` by the test \
         `docs_show_the_states`, which fails when this page is out of date. An arrow names the actions \
         that cause the step; `[*]` is no row. No other step is ever seen: that is an invariant of the \
         model, checked in every state of a small world and after every step of the random runs beside \
         the contracts.\n",
    );
    for process in PROCESSES {
        diagram(process, &mut text);
    }
    text
}

fn diagram(process: &Process, text: &mut String) {
    let mut line = |line: std::fmt::Arguments<'_>| {
        // A string takes everything.
        let _ = text.write_fmt(line);
        text.push('\n');
    };
    line(format_args!("\n## {}\n", process.title));
    line(format_args!("```mermaid\nstateDiagram-v2"));
    for step in process.steps {
        let on = step.on.join(", ");
        if step.when.is_empty() {
            line(format_args!("    {} --> {}: {on}", step.from, step.to));
        } else {
            let when = step.when;
            line(format_args!(
                "    {} --> {}: {on} ({when})",
                step.from, step.to
            ));
        }
    }
    line(format_args!("```"));
}
