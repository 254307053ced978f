//! The main job: the input file, and the whole story.
#![allow(
    clippy::unwrap_used,
    reason = "a test fails by a panic, in its helpers too"
)]

mod chapters;
mod input;
mod story;
mod told;

/// Compares a text with the golden file of that name in `snapshots/`.
fn golden(name: &str, text: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}
