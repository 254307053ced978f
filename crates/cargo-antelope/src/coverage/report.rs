//! Coverage as people and programs read it.

use super::source::FunctionKind;
use super::tally::{FileTally, FunctionTally, Lines, Tally};
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::Path;

/// A table of a contract: a line for each file, and under it one for each function.
pub(crate) fn table(package: &str, folder: &Path, tally: &Tally) -> String {
    let mut rows = vec![row(package, tally.lines(), "calls", "missed lines")];
    for (path, file) in &tally.files {
        let shown = path.strip_prefix(folder).unwrap_or(path);
        rows.push(row(&format!("  {}", shown.display()), file.lines(), "", ""));
        for function in file.functions.values() {
            let kind = match function.kind {
                FunctionKind::Action => " (action)",
                FunctionKind::Notification => " (notification)",
                FunctionKind::Function => "",
            };
            let missed: Vec<_> = function.missed().iter().map(range).collect();
            rows.push(row(
                &format!("    {}{kind}", function.name),
                function.lines(),
                &function.calls.to_string(),
                &missed.join(", "),
            ));
        }
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: [usize; 5] = std::array::from_fn(|column| width(column).unwrap_or_default());
    let mut text = String::new();
    for [name, lines, percent, calls, missed] in &rows {
        let [first, second, third, fourth, _] = widths;
        let mut line =
            format!("{name:<first$}  {lines:>second$}  {percent:>third$}  {calls:>fourth$}");
        if !missed.is_empty() {
            // Writing into a string cannot fail.
            let _ = write!(line, "  {missed}");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The cells of a row; the last two are empty for a contract and a file.
fn row(name: &str, lines: Lines, calls: &str, missed: &str) -> [String; 5] {
    [
        name.to_owned(),
        format!("{}/{}", lines.hit, lines.total),
        format!("{:.1} %", lines.percent()),
        calls.to_owned(),
        missed.to_owned(),
    ]
}

/// A range of lines: `7`, or `7-9`.
fn range((from, to): &(u32, u32)) -> String {
    match from == to {
        true => from.to_string(),
        false => format!("{from}-{to}"),
    }
}

/// The same for programs, with the count of each line: `counts` is a list of `[line, count]`, `missed`
/// one of `[first, last]`.
pub(crate) fn data(package: &str, tally: &Tally) -> Value {
    let files: Vec<_> = tally
        .files
        .iter()
        .map(|(path, it)| file(path, it))
        .collect();
    json!({ "package": package, "lines": lines(tally.lines()), "files": files })
}

/// A file for programs.
fn file(path: &Path, file: &FileTally) -> Value {
    let functions = file.functions.iter();
    let functions: Vec<_> = functions.map(|(line, it)| function(*line, it)).collect();
    json!({ "path": path, "lines": lines(file.lines()), "functions": functions })
}

/// A function for programs.
fn function(line: u32, function: &FunctionTally) -> Value {
    json!({
        "name": function.name,
        "kind": function.kind,
        "line": line,
        "calls": function.calls,
        "lines": lines(function.lines()),
        "missed": function.missed(),
        "counts": function.lines.iter().collect::<Vec<_>>(),
    })
}

/// Totals for programs; `percent` is from 0 to 100 and not rounded.
fn lines(lines: Lines) -> Value {
    json!({ "hit": lines.hit, "total": lines.total, "percent": lines.percent() })
}
