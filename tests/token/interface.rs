//! The two ABIs: what a client sees of the contracts.

use antelope_abi::Abi;
use std::collections::BTreeMap;
use veche_tests::{built, reference};

/// Fields of every action and table, type names of structs left out: they are nobody's interface.
fn interface(abi: &Abi) -> BTreeMap<String, Vec<(String, String)>> {
    let abi = abi.definition();
    let fields = |ty: &str| {
        let found = abi
            .structs
            .iter()
            .find(|found| found.name == ty)
            .expect("the struct is there");
        found
            .fields
            .iter()
            .map(|field| (field.name.clone(), field.ty.clone()))
            .collect()
    };
    let actions = abi
        .actions
        .iter()
        .map(|action| (format!("action {}", action.name), fields(&action.ty)));
    let tables = abi.tables.iter().map(|table| {
        (
            format!("table {} {}", table.name, table.index_type),
            fields(&table.ty),
        )
    });
    actions.chain(tables).collect()
}

#[test]
fn has_the_references_actions_and_tables() {
    assert_eq!(
        interface(&built("token").abi),
        interface(&reference("eosio.token").abi)
    );
}

#[test]
fn every_action_says_in_prose_what_it_does() {
    for action in &built("token").abi.definition().actions {
        let text = &action.ricardian_contract;
        assert!(
            text.starts_with("---\nspec_version:"),
            "{}: {text}",
            action.name
        );
    }
}
