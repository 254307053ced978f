//! ABIs: the rules, the canonical form, the comparison.

use antelope_build::abi::{AbiProblem, Effect, canonical_json, check_abi, diff_abi};
use antelope_types::abi::BUILTIN_TYPES;
use antelope_types::abi::{
    AbiDef, ActionDef, ActionResultDef, ErrorMessage, FieldDef, RicardianClause, StructDef,
    TableDef, TypeDef, VariantDef,
};
use antelope_types::{Name, name};

fn field(name: &str, ty: &str) -> FieldDef {
    FieldDef {
        name: name.into(),
        ty: ty.into(),
    }
}

fn structure(name: &str, fields: &[(&str, &str)]) -> StructDef {
    let fields = fields.iter().map(|(name, ty)| field(name, ty)).collect();
    StructDef {
        name: name.into(),
        base: String::new(),
        fields,
    }
}

fn action(name: Name, ty: &str) -> ActionDef {
    ActionDef {
        name,
        ty: ty.into(),
        ricardian_contract: String::new(),
    }
}

fn table(name: Name, ty: &str) -> TableDef {
    TableDef {
        name,
        index_type: "i64".into(),
        ty: ty.into(),
        ..TableDef::default()
    }
}

/// One action, one table, one of everything else.
fn token() -> AbiDef {
    AbiDef {
        structs: vec![
            structure(
                "transfer",
                &[("from", "name"), ("quantity", "asset"), ("memo", "string")],
            ),
            structure(
                "account",
                &[
                    ("balance", "asset"),
                    ("keys", "key[]"),
                    ("note", "string?$"),
                ],
            ),
        ],
        types: vec![TypeDef {
            new_type_name: "key".into(),
            ty: "public_key".into(),
        }],
        actions: vec![action(name!("transfer"), "transfer")],
        tables: vec![table(name!("accounts"), "account")],
        variants: vec![VariantDef {
            name: "any".into(),
            types: vec!["uint64".into(), "account".into()],
        }],
        action_results: vec![ActionResultDef {
            name: name!("transfer"),
            result_type: "asset[]".into(),
        }],
        ..AbiDef::default()
    }
}

fn problems(change: impl FnOnce(&mut AbiDef)) -> Vec<AbiProblem> {
    let mut abi = token();
    change(&mut abi);
    check_abi(&abi).map_or_else(|problems| problems.0, |()| Vec::new())
}

fn unknown(place: &str, ty: &str) -> Vec<AbiProblem> {
    vec![AbiProblem::UnknownType {
        place: place.into(),
        ty: ty.into(),
    }]
}

#[test]
fn a_sound_abi_passes() {
    assert_eq!(problems(|_| {}), []);
}

#[test]
fn every_builtin_type_is_known() {
    for name in BUILTIN_TYPES {
        for ty in [
            name.to_owned(),
            format!("{name}[]"),
            format!("{name}[4]"),
            format!("{name}?"),
        ] {
            let found = problems(|abi| abi.structs[0].fields[0].ty.clone_from(&ty));
            assert_eq!(found, [], "{ty}");
        }
    }
}

#[test]
fn types_must_be_known_and_have_one_suffix() {
    for ty in [
        "uint65", "name[][]", "name?[]", "name[]?", "name[x]", "", "[]",
    ] {
        let found = problems(|abi| abi.structs[0].fields[0].ty = ty.into());
        assert_eq!(found, unknown("transfer.from", ty), "{ty}");
    }
    assert_eq!(
        problems(|abi| abi.actions[0].ty = "tranfer".into()),
        unknown("action transfer", "tranfer")
    );
    assert_eq!(
        problems(|abi| abi.tables[0].ty = "x".into()),
        unknown("table accounts", "x")
    );
    assert_eq!(
        problems(|abi| abi.variants[0].types[1] = "x".into()),
        unknown("any", "x")
    );
    assert_eq!(
        problems(|abi| abi.action_results[0].result_type = "x".into()),
        unknown("the result of action transfer", "x")
    );
    assert_eq!(
        problems(|abi| abi.structs[0].base = "x".into()),
        unknown("the base of transfer", "x")
    );
}

#[test]
fn a_typedef_carries_a_second_suffix() {
    let found = problems(|abi| {
        abi.types.push(TypeDef {
            new_type_name: "names".into(),
            ty: "name[]".into(),
        });
        abi.structs[0].fields[0].ty = "names[]".into();
    });
    assert_eq!(found, []);
}

#[test]
fn nothing_is_defined_twice() {
    let twice = |kind, name: &str| {
        vec![AbiProblem::Duplicate {
            kind,
            name: name.into(),
        }]
    };
    assert_eq!(
        problems(|abi| abi.structs.push(abi.structs[0].clone())),
        twice("struct", "transfer")
    );
    assert_eq!(
        problems(|abi| abi.actions.push(abi.actions[0].clone())),
        twice("action", "transfer")
    );
    assert_eq!(
        problems(|abi| abi.tables.push(abi.tables[0].clone())),
        twice("table", "accounts")
    );
    assert_eq!(
        problems(|abi| abi.types.push(abi.types[0].clone())),
        twice("type", "key")
    );
    assert_eq!(
        problems(|abi| abi.variants.push(abi.variants[0].clone())),
        twice("variant", "any")
    );
    assert_eq!(
        problems(|abi| abi.action_results.push(abi.action_results[0].clone())),
        twice("action result", "transfer")
    );
    assert_eq!(
        problems(|abi| abi.structs[0].fields.push(field("memo", "string"))),
        twice("field", "transfer.memo")
    );
    let message = ErrorMessage {
        error_code: 7,
        error_msg: "no".into(),
    };
    assert_eq!(
        problems(|abi| abi.error_messages = vec![message.clone(), message]),
        twice("error code", "7")
    );
    let clause = RicardianClause {
        id: "terms".into(),
        body: "be kind".into(),
    };
    assert_eq!(
        problems(|abi| abi.ricardian_clauses = vec![clause.clone(), clause]),
        twice("clause", "terms")
    );
}

#[test]
fn no_name_means_two_things() {
    let taken = |kind, name: &str, other| {
        vec![AbiProblem::Ambiguous {
            kind,
            name: name.into(),
            other,
        }]
    };
    assert_eq!(
        problems(|abi| abi.structs.push(structure("asset", &[("amount", "int64")]))),
        taken("struct", "asset", "builtin type")
    );
    assert_eq!(
        problems(|abi| abi.types.push(TypeDef {
            new_type_name: "account".into(),
            ty: "name".into()
        })),
        taken("type", "account", "struct")
    );
    assert_eq!(
        problems(|abi| abi.variants.push(VariantDef {
            name: "key".into(),
            types: vec![]
        })),
        taken("variant", "key", "type")
    );
}

#[test]
fn nothing_is_defined_by_itself() {
    let circular = |kind, name: &str| AbiProblem::Circular {
        kind,
        name: name.into(),
    };
    let found = problems(|abi| {
        abi.types = vec![
            TypeDef {
                new_type_name: "a".into(),
                ty: "b".into(),
            },
            TypeDef {
                new_type_name: "b".into(),
                ty: "a".into(),
            },
        ];
        abi.structs[1].fields[1].ty = "name".into();
    });
    assert_eq!(found, [circular("type", "a"), circular("type", "b")]);
    let found = problems(|abi| {
        abi.structs[0].base = "account".into();
        abi.structs[1].base = "transfer".into();
    });
    assert_eq!(
        found,
        [
            circular("struct", "transfer"),
            circular("struct", "account")
        ]
    );
    // A list of itself ends: it may be empty.
    assert_eq!(
        problems(|abi| abi.structs[1].fields[1].ty = "account[]".into()),
        []
    );
}

#[test]
fn extensions_are_last_fields_of_structs() {
    assert_eq!(
        problems(|abi| abi.structs[1].fields.push(field("late", "name"))),
        [AbiProblem::ExtensionNotLast {
            name: "account".into(),
            field: "late".into()
        }]
    );
    assert_eq!(
        problems(|abi| abi.actions[0].ty = "transfer$".into()),
        [AbiProblem::Extension {
            place: "action transfer".into(),
            ty: "transfer$".into()
        }]
    );
}

#[test]
fn an_empty_abi_and_an_unknown_version_are_refused() {
    let empty = check_abi(&AbiDef::default()).map_err(|problems| problems.to_string());
    assert_eq!(
        empty,
        Err("the ABI is empty, expected at least one action or table".into())
    );
    assert_eq!(
        problems(|abi| abi.version = "eosio::abi/2.0".into()),
        [AbiProblem::Version {
            found: "eosio::abi/2.0".into()
        }]
    );
}

#[test]
fn the_canonical_form_does_not_depend_on_the_order_of_definitions() {
    let mut turned = token();
    turned.structs.reverse();
    let json = canonical_json(&token()).expect("JSON");
    assert_eq!(json, canonical_json(&turned).expect("JSON"));
    assert!(
        json.starts_with("{\n    \"version\": \"eosio::abi/1.2\",\n    \"types\": [\n        {\n")
    );
    assert!(json.ends_with("}\n"));
    let keys = [
        "version",
        "types",
        "structs",
        "actions",
        "tables",
        "ricardian_clauses",
        "variants",
        "abi_extensions",
        "action_results",
    ];
    let places: Vec<_> = keys
        .iter()
        .map(|key| json.find(&format!("\n    \"{key}\"")))
        .collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{places:?}"
    );
    assert_eq!(
        serde_json::from_str::<AbiDef>(&json)
            .map(|abi| canonical_json(&abi).ok())
            .ok(),
        Some(Some(json))
    );
}

fn changes(change: impl FnOnce(&mut AbiDef)) -> Vec<String> {
    let mut new = token();
    change(&mut new);
    diff_abi(&token(), &new)
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn a_comparison_tells_what_breaks() {
    assert_eq!(changes(|_| {}), Vec::<String>::new());
    assert_eq!(
        changes(|abi| abi.structs[0].fields[1].ty = "int64".into()),
        ["breaking    struct transfer.quantity: asset became int64"]
    );
    assert_eq!(
        changes(|abi| abi.structs[0].fields.push(field("more", "name"))),
        ["breaking    struct transfer.more: added as name"]
    );
    assert_eq!(
        changes(|abi| abi.structs[1].fields.push(field("more", "name$"))),
        ["compatible  struct account.more: added as name$"]
    );
    assert_eq!(
        changes(|abi| abi.structs[0].fields.swap(0, 1)),
        [
            "breaking    struct transfer.from: field 1 is now quantity: asset",
            "breaking    struct transfer.quantity: field 2 is now from: name",
        ]
    );
    assert_eq!(
        changes(|abi| abi.variants[0].types.push("name".into())),
        ["compatible  variant any: alternatives added: name"]
    );
    assert_eq!(
        changes(|abi| abi.variants[0].types.swap(0, 1)),
        ["breaking    variant any: uint64 | account became account | uint64"]
    );
    assert_eq!(
        changes(|abi| abi.tables.clear()),
        ["breaking    table accounts: removed"]
    );
    assert_eq!(
        changes(|abi| abi.actions.push(action(name!("open"), "transfer"))),
        ["compatible  action open: added"]
    );
    assert_eq!(
        changes(|abi| abi.actions[0].ricardian_contract = "I pay".into()),
        ["text        action transfer: ricardian contract changed"]
    );
}

#[test]
fn what_breaks_comes_first() {
    let mut new = token();
    new.actions[0].ricardian_contract = "I pay".into();
    new.actions.push(action(name!("open"), "transfer"));
    new.tables.clear();
    let effects: Vec<_> = diff_abi(&token(), &new)
        .iter()
        .map(|change| change.effect)
        .collect();
    assert_eq!(
        effects,
        [Effect::Breaking, Effect::Compatible, Effect::Text]
    );
}

/// The cures of changes, in their order.
fn cures(change: impl FnOnce(&mut AbiDef)) -> Vec<String> {
    let mut new = token();
    change(&mut new);
    let changes = diff_abi(&token(), &new);
    changes.into_iter().filter_map(|it| it.cure).collect()
}

#[test]
fn a_binary_extension_is_proposed_where_it_helps() {
    let added = cures(|abi| abi.structs[0].fields.push(field("more", "name")));
    assert_eq!(
        added,
        [
            "make transfer.more a binary extension: BinaryExtension<…> in Rust, name$ in the ABI; \
             what was written without it still reads"
        ]
    );
    let others: [fn(&mut AbiDef); 4] = [
        |abi| abi.structs[0].fields.push(field("more", "name$")),
        |abi| abi.structs[0].fields[1].ty = "int64".into(),
        |abi| abi.structs[0].fields.insert(0, field("more", "name")),
        // The variant holds accounts: after them comes what is not theirs.
        |abi| abi.structs[1].fields.push(field("more", "name")),
    ];
    for change in others {
        let cures: Vec<_> = cures(change)
            .into_iter()
            .filter(|cure| !cure.contains("transfer.memo") && !cure.contains("transfer.quantity"))
            .collect();
        assert_eq!(cures, Vec::<String>::new());
    }
}
