//! What is going on, for whoever waits at a terminal for more than a second.
//!
//! A line on stderr tells it and goes when it is over. Nothing is shown where stderr is not a terminal,
//! with `--quiet`, or where a line is shown already: the wait inside of a wait is not told.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How long is waited before anything is shown.
const SILENCE: Duration = Duration::from_secs(1);

/// How often the line moves.
const TICK: Duration = Duration::from_millis(120);

/// Whether there is a line.
static IS_SHOWN: AtomicBool = AtomicBool::new(false);

/// Something that goes on until it is dropped.
#[derive(Debug)]
pub(crate) struct Progress(Option<Shown>);

#[derive(Debug)]
struct Shown {
    text: Arc<Mutex<String>>,
    /// Ends the thread when it is dropped.
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    /// Begins to tell this, unless it is to be `quiet`.
    pub(crate) fn begin(quiet: bool, text: impl Into<String>) -> Self {
        let can_be_shown = !quiet && io::stderr().is_terminal();
        if !can_be_shown || IS_SHOWN.swap(true, Ordering::AcqRel) {
            return Self(None);
        }
        let text = Arc::new(Mutex::new(text.into()));
        let (end, ended) = mpsc::channel();
        let told = Arc::clone(&text);
        let thread = thread::spawn(move || {
            let mut line = None;
            let mut pause = SILENCE;
            while ended.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                let line = line.get_or_insert_with(line_on_stderr);
                if let Ok(text) = told.lock() {
                    line.set_message(text.clone());
                }
                line.tick();
                pause = TICK;
            }
            if let Some(line) = line {
                line.finish_and_clear();
            }
        });
        Self(Some(Shown {
            text,
            end: Some(end),
            thread: Some(thread),
        }))
    }

    /// Tells this from now on.
    pub(crate) fn tell(&self, text: impl Into<String>) {
        if let Some(shown) = &self.0
            && let Ok(mut told) = shown.text.lock()
        {
            *told = text.into();
        }
    }
}

fn line_on_stderr() -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {msg} ({elapsed})");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::new_spinner()
        .with_style(style)
        .with_elapsed(SILENCE)
}

impl Drop for Shown {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            // The line has gone before anything else is written.
            let _ = thread.join();
        }
        IS_SHOWN.store(false, Ordering::Release);
    }
}
