//! Keeps `docs/states.md` equal to the tables of transitions.

use std::fs;
use std::path::Path;

#[test]
fn docs_show_the_states() {
    let expected = coop_rules::states::page();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/states.md");
    if std::env::var_os("VECHE_BLESS").is_some() {
        fs::write(&path, &expected).expect("write the page");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "docs/states.md is out of date; run: VECHE_BLESS=1 cargo test --workspace --test veche docs_show_the_states"
    );
}
