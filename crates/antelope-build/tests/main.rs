//! One binary: verdicts on hand-made modules.

mod zoo;
mod verdicts;
