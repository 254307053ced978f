//! What cargo's test programs print, as data.
//!
//! Stable Rust has no other form than text for it. Only the parts that have not changed in years are
//! read: the titles of outputs, the list of failures, the line of counts. What is not recognized is
//! passed over, so that another test harness leads to a shorter result and not to an error.

use serde::Serialize;
use std::collections::BTreeMap;

/// How the tests of a run went.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct TestResults {
    /// How many passed.
    pub(crate) passed: u64,
    /// How many were not run.
    pub(crate) ignored: u64,
    /// Those that failed.
    pub(crate) failed: Vec<FailedTest>,
    /// By name, the outputs that were read and not yet given to a failed test. Programs that run with
    /// `--show-output` print those of tests that passed too.
    #[serde(skip)]
    outputs: BTreeMap<String, String>,
    /// Where in what is printed the next line will be.
    #[serde(skip)]
    at: At,
}

/// A test that failed.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct FailedTest {
    /// Its path within the program.
    pub(crate) name: String,
    /// What it printed, the panic's text among it.
    pub(crate) output: String,
}

/// Where in the output of a program a line is.
#[derive(Debug, Default, PartialEq, Eq)]
enum At {
    #[default]
    Elsewhere,
    /// In the output of the test of this name.
    Output(String),
    /// In the list of the names of those that failed.
    Names,
}

impl TestResults {
    /// Takes the next line.
    ///
    /// A program prints the outputs of the failed tests, each under `---- name stdout ----`, then the
    /// names again under `failures:`, then `test result: …`. A test is taken for failed when its name is
    /// in that second list. A line `failures:` in an output is taken for the beginning of the list.
    pub(crate) fn read(&mut self, line: &str) {
        if let Some(counts) = line.strip_prefix("test result: ") {
            self.passed += count(counts, " passed");
            self.ignored += count(counts, " ignored");
            self.at = At::Elsewhere;
        } else if let Some(name) = title(line) {
            self.at = At::Output(name.to_owned());
        } else if line == "failures:" {
            self.at = At::Names;
        } else {
            match &self.at {
                At::Output(name) => {
                    let output = self.outputs.entry(name.clone()).or_default();
                    output.push_str(line);
                    output.push('\n');
                }
                At::Names => {
                    if let Some(name) = line.strip_prefix("    ") {
                        let output = self.outputs.remove(name).unwrap_or_default();
                        self.failed.push(FailedTest {
                            name: name.to_owned(),
                            output: output.trim().to_owned(),
                        });
                    }
                }
                At::Elsewhere => {}
            }
        }
    }

    /// The failed tests for people, who have seen the rest while it was printed.
    pub(crate) fn text(&self) -> String {
        let names = self
            .failed
            .iter()
            .map(|test| format!("failed  {}", test.name));
        names.collect::<Vec<_>>().join("\n")
    }
}

/// The name in `---- name stdout ----`.
fn title(line: &str) -> Option<&str> {
    line.strip_prefix("---- ")?.strip_suffix(" stdout ----")
}

/// The number in front of a word: `FAILED. 3 passed; 1 failed; 0 ignored; …`. 0 where there is none.
fn count(counts: &str, word: &str) -> u64 {
    let before = counts.split(word).next().unwrap_or_default();
    let number = before.rsplit(' ').next().unwrap_or_default();
    number.parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "
running 3 tests
test good ... ok
test deep::bad ... FAILED
test other ... ignored

failures:

---- deep::bad stdout ----

thread 'deep::bad' panicked at tests/a.rs:3:5:
failures:

note: run with `RUST_BACKTRACE=1`


failures:
    deep::bad

test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s

running 1 test
test result: ok. 4 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.00s
";

    #[test]
    fn failed_tests_have_their_output() {
        let mut results = TestResults::default();
        PRINTED.lines().for_each(|line| results.read(line));
        assert_eq!((results.passed, results.ignored), (5, 3));
        let [failed] = results.failed.as_slice() else {
            panic!("{results:?}");
        };
        assert_eq!(failed.name, "deep::bad");
        assert!(
            failed
                .output
                .starts_with("thread 'deep::bad' panicked at tests/a.rs:3:5:")
        );
        assert_eq!(results.text(), "failed  deep::bad");
    }
}
