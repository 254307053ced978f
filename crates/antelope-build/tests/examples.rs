//! What examples have of each other as files: a template has no other package beside it, so that the
//! escrow's tests come with a token that was built before.

use antelope_build::{BuildOptions, PINNED_VERSION, WasmOpt, build};
use std::fs;
use std::path::Path;

/// `VECHE_BLESS=1` writes the files.
#[test]
fn the_token_of_the_escrows_tests_is_what_its_sources_give() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    if !WasmOpt::find().is_some_and(|it| it.is_pinned()) {
        eprintln!("not compared: only wasm-opt {PINNED_VERSION} gives the same bytes");
        return;
    }
    let token = build(&BuildOptions::new(&root).package("token")).expect("the token");
    let folder = root.join("examples/escrow/tests");
    for (name, built) in [("token.wasm", &token.wasm), ("token.abi", &token.abi)] {
        let (file, built) = (folder.join(name), fs::read(built).expect("what was built"));
        if std::env::var_os("VECHE_BLESS").is_some_and(|it| it == "1") {
            fs::write(&file, &built).expect("the file");
        }
        assert!(
            fs::read(&file).expect("the file") == built,
            "examples/escrow/tests/{name} is not what examples/token gives; \
             VECHE_BLESS=1 cargo test -p antelope-build examples writes it"
        );
    }
}
