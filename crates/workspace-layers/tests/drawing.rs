//! The drawing of the layers in CONTRIBUTING.md is that of the code.

use std::fs;
use workspace_layers::drawing;

#[test]
fn the_guide_draws_the_layers_that_there_are() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../CONTRIBUTING.md");
    let guide = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let expected = drawing(false);
    assert!(
        guide.contains(&format!("```\n{expected}```\n")),
        "put this into CONTRIBUTING.md under Layers:\n{expected}"
    );
}
