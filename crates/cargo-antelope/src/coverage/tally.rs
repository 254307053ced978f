//! Counts by line and function, added up over what was compiled and over processes.
//!
//! A line of the source may be in the wasm many times: it has several instructions, is inlined in
//! several places, and a generic function is compiled for each set of types. Counts become one as
//! follows:
//!
//! 1. Of the instructions of one line in one compiled function, the greatest count is taken: the line
//!    was reached as often as its most frequent part.
//! 2. Compiled functions of the same name on the same written function are instances of one generic
//!    function, or copies inlined elsewhere: their counts are added.
//! 3. A closure has a name of its own, and shares lines with the function around it. Of different names
//!    on one line, the greatest sum is taken.
//! 4. The counts of all processes are added.
//!
//! Code that a macro generates has the line of the attribute or the derive. It belongs to no function
//! that is written there, and is not counted.

use super::source::{FunctionKind, Source};
use antelope_build::coverage::RecordedCoverage;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What was executed of the files of a contract.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// By path, as recorded.
    pub(crate) files: BTreeMap<PathBuf, FileTally>,
}

/// What was executed of a file.
#[derive(Debug, Default)]
pub(crate) struct FileTally {
    /// By the line of the signature, which is another for each function but for the oddest files.
    pub(crate) functions: BTreeMap<u32, FunctionTally>,
}

/// What was executed of a function.
#[derive(Debug)]
pub(crate) struct FunctionTally {
    /// Its name with the modules and the type that it is in, within the file.
    pub(crate) name: String,
    /// What it is for.
    pub(crate) kind: FunctionKind,
    /// How often it was called.
    pub(crate) calls: u64,
    /// How often each of its lines was executed.
    pub(crate) lines: BTreeMap<u32, u64>,
}

/// How many lines were executed, of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Lines {
    /// Lines executed once or more.
    pub(crate) hit: usize,
    /// Lines with code.
    pub(crate) total: usize,
}

impl Lines {
    /// From 0 to 100; 100 where there is no line to execute.
    pub(crate) fn percent(self) -> f64 {
        match self.total {
            0 => 100.0,
            total => self.hit as f64 * 100.0 / total as f64,
        }
    }
}

impl std::iter::Sum for Lines {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, it| Self {
            hit: sum.hit + it.hit,
            total: sum.total + it.total,
        })
    }
}

impl FunctionTally {
    pub(crate) fn lines(&self) -> Lines {
        Lines {
            hit: self.lines.values().filter(|count| **count > 0).count(),
            total: self.lines.len(),
        }
    }

    /// The lines that were never executed, each from and to; what has no code between them counts as
    /// one with them.
    pub(crate) fn missed(&self) -> Vec<(u32, u32)> {
        let mut missed: Vec<(u32, u32)> = Vec::new();
        let mut goes_on = false;
        for (line, count) in &self.lines {
            match (*count, goes_on, missed.last_mut()) {
                (0, true, Some(last)) => last.1 = *line,
                (0, ..) => missed.push((*line, *line)),
                _ => {}
            }
            goes_on = *count == 0;
        }
        missed
    }
}

impl FileTally {
    pub(crate) fn lines(&self) -> Lines {
        self.functions.values().map(FunctionTally::lines).sum()
    }
}

impl Tally {
    pub(crate) fn lines(&self) -> Lines {
        self.files.values().map(FileTally::lines).sum()
    }

    /// Adds what a process has recorded of the files that are `wanted`.
    pub(crate) fn add(
        &mut self,
        recorded: &RecordedCoverage,
        sources: &mut Sources,
        wanted: impl Fn(&Path) -> bool,
    ) {
        // By file, function as written, and line; then by the name of what was compiled, which is another
        // for a closure than for the function around it.
        let mut counts: BTreeMap<(usize, usize, u32), BTreeMap<&str, u64>> = BTreeMap::new();
        let mut calls: BTreeMap<(usize, usize), u64> = BTreeMap::new();
        let map = &recorded.map;
        for ((file, function, line), count) in compiled_counts(recorded) {
            let path = &map.files[file];
            if !wanted(path) {
                continue;
            }
            let Some(source) = sources.get(path) else {
                continue;
            };
            let Some(number) = source.counted(line) else {
                continue;
            };
            // Code of a macro has the line where it was used, but is of no function that is written there.
            let compiled = &map.functions[function];
            if compiled.file != file || source.innermost(compiled.line) != Some(number) {
                continue;
            }
            // One function is compiled once for each set of type parameters.
            let names = counts.entry((file, number, line)).or_default();
            *names.entry(&compiled.name).or_default() += count.hits;
            if source.is_itself(number, compiled.line, &compiled.name) {
                *calls.entry((file, number)).or_default() += count.calls;
            }
        }
        for ((file, number, line), names) in counts {
            let path = &map.files[file];
            let Some(written) = sources.get(path).map(|source| source.function(number)) else {
                continue;
            };
            let functions = &mut self.files.entry(path.clone()).or_default().functions;
            let tally = functions
                .entry(written.first)
                .or_insert_with(|| FunctionTally {
                    name: written.name.clone(),
                    kind: written.kind,
                    calls: 0,
                    lines: BTreeMap::new(),
                });
            let most = names.into_values().max().unwrap_or_default();
            *tally.lines.entry(line).or_default() += most;
            tally.calls += calls.remove(&(file, number)).unwrap_or_default();
        }
    }
}

/// How often a line was executed in one function as it was compiled.
#[derive(Default)]
struct Count {
    hits: u64,
    /// How often the function was called, if it begins on the line.
    calls: u64,
}

/// By file, function as compiled, and line: the most that any of its places was executed.
fn compiled_counts(recorded: &RecordedCoverage) -> BTreeMap<(usize, usize, u32), Count> {
    let mut counts: BTreeMap<_, Count> = BTreeMap::new();
    for (place, hits) in recorded.map.places.iter().zip(&recorded.hits) {
        let key = (place.file, place.function, place.line);
        let count = counts.entry(key).or_default();
        count.hits = count.hits.max(*hits);
        if place.entry {
            count.calls = *hits;
        }
    }
    counts
}

/// Source files that were read.
#[derive(Default)]
pub(crate) struct Sources(BTreeMap<PathBuf, Option<Source>>);

impl Sources {
    /// The file; none where it cannot be read, as those of the compiler's library.
    fn get(&mut self, path: &Path) -> Option<&Source> {
        let read = || Source::read(&std::fs::read_to_string(path).ok()?);
        let source = self.0.entry(path.to_owned()).or_insert_with(read);
        source.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missed_lines_are_told_from_and_to() {
        let tally = FunctionTally {
            name: "buy".to_owned(),
            kind: FunctionKind::Action,
            calls: 1,
            lines: [(3, 1), (4, 0), (6, 0), (7, 2), (9, 0)].into(),
        };
        assert_eq!(tally.missed(), [(4, 6), (9, 9)]);
        let lines = tally.lines();
        assert_eq!((lines.hit, lines.total, lines.percent()), (2, 5, 40.0));
    }
}
