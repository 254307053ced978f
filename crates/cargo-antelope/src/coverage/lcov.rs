//! Coverage as lcov's tracefiles have it, which editors, CI services and `genhtml` read.

use super::tally::{FileTally, Tally};
use std::collections::BTreeSet;
use std::fmt::Write;

/// One file for all contracts: a record for each source file, with its functions (`FN`, `FNDA`) and
/// lines (`DA`) and their counts. A source file that two contracts share has two records, which readers
/// of the format add up.
pub(crate) fn lcov<'a>(tallies: impl IntoIterator<Item = &'a Tally>) -> String {
    let mut text = String::new();
    for tally in tallies {
        for (path, file) in &tally.files {
            // Writing into a string cannot fail.
            let _ = write!(text, "TN:\nSF:{}\n", path.display());
            functions(&mut text, file);
            for function in file.functions.values() {
                for (line, count) in &function.lines {
                    let _ = writeln!(text, "DA:{line},{count}");
                }
            }
            let lines = file.lines();
            let _ = write!(
                text,
                "LF:{}\nLH:{}\nend_of_record\n",
                lines.total, lines.hit
            );
        }
    }
    text
}

/// The functions of a file. Names must differ within a record, so a repeated one gets its line.
fn functions(text: &mut String, file: &FileTally) {
    let mut names = BTreeSet::new();
    let mut called = 0;
    for (line, function) in &file.functions {
        let mut name = function.name.clone();
        // Two traits may each have a function of one name for a type.
        if !names.insert(name.clone()) {
            let _ = write!(name, "#{line}");
        }
        let _ = write!(text, "FN:{line},{name}\nFNDA:{},{name}\n", function.calls);
        called += usize::from(function.calls > 0);
    }
    let _ = write!(text, "FNF:{}\nFNH:{called}\n", file.functions.len());
}
