//! The deployment file of this repository.

use coop_model::catalogue::{CATALOGUE, Owner};
use serde_json::{Value, json};

const FILE: &str = include_str!("../../deploy.toml");

#[test]
fn the_file_registers_the_kinds_of_the_catalogue() {
    let kinds: Vec<_> = CATALOGUE
        .iter()
        .filter_map(|kind| {
            let owner = match kind.owner {
                Owner::Registrator => "{registrator}",
                Owner::Gateway => "{gateway}",
                Owner::Soviet => return None,
            };
            Some(format!(
                "    {{ kind = \"{}\", contract = \"{owner}\", confirm = \"{}\", decline = \"{}\", \
                 protocol_id = {} }},\n",
                kind.name, kind.confirm, kind.decline, kind.protocol
            ))
        })
        .collect();
    let expected = format!("data = [\n{}]\n", kinds.concat());
    assert!(
        FILE.ends_with(&expected),
        "put this at its end:\n{expected}"
    );
}

/// The accounts of the contracts know one another by code, so that each needs only the permission of its
/// own: no other is set.
#[test]
fn every_contract_sends_inline_actions() {
    for package in ["registrator", "soviet", "gateway"] {
        let record = format!(
            "{}/../target/antelope/{package}/{package}.build.json",
            env!("CARGO_MANIFEST_DIR")
        );
        veche_tests::built(package);
        let record = std::fs::read_to_string(record).expect("the record of the build");
        let record: Value = serde_json::from_str(&record).expect("JSON");
        let imports = record["imports"].as_array().expect("imports");
        assert!(imports.contains(&json!("send_inline")), "{package}");
    }
}
