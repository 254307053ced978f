//! The comparison as a table for people.

use antelope_types::Name;
use std::fmt::Write;
use std::path::PathBuf;

use super::call::Call;
use super::pair::Compared;

/// One line a step.
#[derive(Default)]
pub struct Report {
    lines: String,
    steps: usize,
    different: Vec<String>,
}

impl Report {
    /// Adds a step.
    pub fn add(&mut self, what: &str, calls: &[Call], compared: &Compared) {
        self.steps += 1;
        let differences = compared.differences();
        let verdict = if differences.is_empty() {
            "same"
        } else {
            "DIFFERENT"
        };
        let by = calls
            .first()
            .map(|call| names(&call.actors))
            .unwrap_or_default();
        let rows: usize = compared.rows.1.values().map(|table| table.rows.len()).sum();
        let reference = &compared.reference;
        let _ = writeln!(
            self.lines,
            "{:>3}  {verdict:9}  {by:13} {what:64} {rows:>3} rows  {}{}{}",
            self.steps,
            reference.text(),
            if reference.ram.is_empty() {
                ""
            } else {
                "; RAM "
            },
            reference.ram_text(),
        );
        self.different.extend(
            differences
                .into_iter()
                .map(|text| format!("{}. {what}: {text}", self.steps)),
        );
    }

    /// How many steps there were.
    pub fn steps(&self) -> usize {
        self.steps
    }

    /// Prints the table and keeps it beside the test programs; fails if anything differed.
    pub fn finish(self, title: &str, file: &str) {
        let text = format!(
            "{title}\n{}{} steps, {} differences\n",
            self.lines,
            self.steps,
            self.different.len()
        );
        println!("{text}");
        write_report(file, &text);
        assert!(
            self.different.is_empty(),
            "the two contracts differ:\n{}",
            self.different.join("\n")
        );
    }
}

fn names(names: &[Name]) -> String {
    names
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("+")
}

/// Keeps a report in cargo's folder for temporary files of tests; `scripts/test` shows it.
pub fn write_report(file: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(file);
    if let Err(error) = std::fs::write(&path, text) {
        eprintln!("the report is not kept in {}: {error}", path.display());
    }
}
