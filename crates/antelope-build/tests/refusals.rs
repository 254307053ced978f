//! Texts of refusals in a built contract: those that are raised, and no byte for the others.

use antelope_build::abi_all;

use crate::package::Package;

/// The bytes of the contract with these refusals and this action, and the numbers that its ABI lists.
fn built(package: &Package, declared: &str, body: &str, errors: &str) -> (Vec<u8>, Vec<u64>) {
    let source = format!(
        "#![cfg_attr(target_family = \"wasm\", no_std)]\n\
         use antelope_contract::prelude::*;\n\
         refusals! {{ pub mod votes {{ {declared} }} }}\n\
         #[contract({errors})]\nmod refuser {{\n    use super::*;\n    #[action]\n    \
         pub fn act(number: u8) {{ {body} }}\n}}\n"
    );
    let artifact = package.build(&source);
    let json = artifact.read_abi().expect("a file");
    // Without a build the ABI is the same.
    let abis = abi_all(&package.options(), &mut |_| {}).expect("an ABI");
    assert_eq!(abis[0].1.json, json);
    let listed = abis[0].1.definition.error_messages.iter();
    (
        artifact.read_wasm().expect("a file"),
        listed.map(|it| it.error_code).collect(),
    )
}

const BODY: &str = "check!(number != 1, votes::OVER); check!(number != 2, votes::TWICE);";
const RAISED: &str = "OVER = 101, \"the voting is over\"; TWICE = 102, \"voted already\";";
const UNUSED: &str = "NEVER = 103, \"a text that no action of this contract raises\";";

#[test]
fn the_abi_lists_what_is_raised_and_the_rest_takes_no_byte() {
    let package = Package::new("refuser");
    let (fewer, codes) = built(&package, RAISED, BODY, "errors(votes::Refusals)");
    assert_eq!(codes, [101, 102]);
    let more = format!("{RAISED}{UNUSED}");
    let (more, codes) = built(&package, &more, BODY, "errors(votes::Refusals)");
    assert_eq!(codes, [101, 102]);
    assert!(fewer == more, "{} and {} bytes", fewer.len(), more.len());

    // The numbers take none either.
    let texts = "check!(number != 1, votes::OVER.text); check!(number != 2, votes::TWICE.text);";
    let (texts, codes) = built(&package, RAISED, texts, "");
    assert!(codes.is_empty());
    assert!(fewer == texts, "{} and {} bytes", fewer.len(), texts.len());
}
