//! The page `docs/states.md`.

use super::{PROCESSES, Process};
use std::fmt::Write;

/// The text of `docs/states.md`: a diagram for each process.
pub fn page() -> String {
    let mut text = String::from(
        "# States of the processes\n\n\
         These diagrams are generated from the transition tables in \
         `crates/coop-rules/src/states/tables.rs`; the test `docs_show_the_states` fails when this page \
         is out of date. The label of an arrow names the actions that cause the transition. `[*]` means \
         that the row does not exist. That no other transition occurs is an invariant of the model. It is \
         checked in every state of the explored small worlds, and after every step of the random runs in \
         which the model is compared with the contracts.\n",
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
