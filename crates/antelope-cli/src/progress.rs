//! How far something long has come, on a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::{Duration, Instant};

/// What is quicker than this shows nothing.
const SILENCE: Duration = Duration::from_secs(1);

/// A line on stderr that is written over and over, and goes away at the end. It is there on terminals only,
/// and only for what takes longer than a second.
#[derive(Debug)]
pub struct Progress {
    started: Instant,
    is_wanted: bool,
    line: Option<ProgressBar>,
}

impl Progress {
    /// A line that is not shown yet.
    pub(crate) fn new(is_wanted: bool) -> Self {
        Self {
            started: Instant::now(),
            is_wanted,
            line: None,
        }
    }

    /// Tells how far it has come. The words are made only where somebody sees them.
    pub fn at(&mut self, words: impl FnOnce() -> String) {
        if !self.is_wanted || self.started.elapsed() < SILENCE {
            return;
        }
        let line = self.line.get_or_insert_with(|| {
            // Ten times a second at most, and not at all where stderr is not a terminal.
            let target = ProgressDrawTarget::stderr_with_hz(10);
            let line = ProgressBar::with_draw_target(None, target);
            let style = ProgressStyle::with_template("{spinner} {wide_msg}");
            line.with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
        });
        if !line.is_hidden() {
            line.set_message(words());
            line.tick();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(line) = &self.line {
            line.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quick_or_not_wanted_says_nothing() {
        let mut quick = Progress::new(true);
        quick.at(|| unreachable!("nobody sees it"));
        let mut unwanted = Progress::new(false);
        unwanted.started -= 2 * SILENCE;
        unwanted.at(|| unreachable!("nobody wants it"));
        assert!(quick.line.is_none() && unwanted.line.is_none());
    }
}
