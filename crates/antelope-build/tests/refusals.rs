//! Texts of refusals in a built contract: those that are raised, and no byte for the others.

use std::fs;
use std::path::Path;

use antelope_build::{BuildOptions, abi_all, build};

/// A package with one contract, built again and again.
struct Workshop(tempfile::TempDir);

impl Workshop {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let sdk = repository.join("crates/antelope-contract");
        let manifest = format!(
            "[package]\nname = \"refuser\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n\
             [lib]\ncrate-type = [\"cdylib\"]\n\
             [dependencies]\nantelope-contract.path = {:?}\n",
            sdk.display().to_string()
        );
        fs::create_dir(root.join("src")).expect("a folder");
        fs::write(root.join("Cargo.toml"), manifest).expect("a file");
        fs::copy(repository.join("Cargo.lock"), root.join("Cargo.lock")).expect("a file");
        Self(folder)
    }

    /// The bytes of the contract with these refusals and this action, and the numbers that its ABI
    /// lists.
    fn build(&self, declared: &str, body: &str, errors: &str) -> (Vec<u8>, Vec<u64>) {
        let source = format!(
            "#![cfg_attr(target_family = \"wasm\", no_std)]\n\
             use antelope_contract::prelude::*;\n\
             refusals! {{ pub mod votes {{ {declared} }} }}\n\
             #[contract({errors})]\nmod refuser {{\n    use super::*;\n    #[action]\n    \
             pub fn act(number: u8) {{ {body} }}\n}}\n"
        );
        let root = self.0.path();
        fs::write(root.join("src/lib.rs"), source).expect("a file");
        let mut options = BuildOptions::new(root).package("refuser");
        options.offline = true;
        options.target_dir = Some(root.join("target"));
        let artifact = build(&options).expect("it builds");
        let json = artifact.read_abi().expect("a file");
        // Without a build the ABI is the same.
        let abis = abi_all(&options, &mut |_| {}).expect("an ABI");
        assert_eq!(abis[0].1.json, json);
        let listed = abis[0].1.definition.error_messages.iter();
        (
            artifact.read_wasm().expect("a file"),
            listed.map(|it| it.error_code).collect(),
        )
    }
}

const BODY: &str = "check!(number != 1, votes::OVER); check!(number != 2, votes::TWICE);";
const RAISED: &str = "OVER = 101, \"the voting is over\"; TWICE = 102, \"voted already\";";
const UNUSED: &str = "NEVER = 103, \"a text that no action of this contract raises\";";

#[test]
fn the_abi_lists_what_is_raised_and_the_rest_takes_no_byte() {
    let shop = Workshop::new();
    let (fewer, codes) = shop.build(RAISED, BODY, "errors(votes::Refusals)");
    assert_eq!(codes, [101, 102]);
    let more = format!("{RAISED}{UNUSED}");
    let (more, codes) = shop.build(&more, BODY, "errors(votes::Refusals)");
    assert_eq!(codes, [101, 102]);
    assert!(fewer == more, "{} and {} bytes", fewer.len(), more.len());

    // The numbers take none either.
    let texts = "check!(number != 1, votes::OVER.text); check!(number != 2, votes::TWICE.text);";
    let (texts, codes) = shop.build(RAISED, texts, "");
    assert!(codes.is_empty());
    assert!(fewer == texts, "{} and {} bytes", fewer.len(), texts.len());
}
