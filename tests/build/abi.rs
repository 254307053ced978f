//! The rules for ABIs are those by which a real node reads them.

use antelope_build::abi::check_abi;
use antelope_rpc_client::native;
use antelope_types::abi::{
    AbiDef, ActionDef, ActionResultDef, ErrorMessage, FieldDef, StructDef, TableDef, TypeDef,
    VariantDef,
};
use antelope_types::{Encode, Name, name};
use serde_json::{Value, json};
use veche_tests::{nodeos, random_name};

/// What the two readers make of an ABI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Both read it.
    Sound,
    /// Both refuse it.
    Wrong,
    /// The node reads it, and makes of it something that nobody meant.
    Treacherous,
}
use Verdict::{Sound, Treacherous, Wrong};

type Change = fn(&mut AbiDef);

fn field(name: &str, ty: &str) -> FieldDef {
    FieldDef {
        name: name.into(),
        ty: ty.into(),
    }
}

fn alias(name: &str, ty: &str) -> TypeDef {
    TypeDef {
        new_type_name: name.into(),
        ty: ty.into(),
    }
}

fn structure(name: &str, base: &str, fields: Vec<FieldDef>) -> StructDef {
    StructDef {
        name: name.into(),
        base: base.into(),
        fields,
    }
}

/// The action `hi` with a number, and one definition of each other kind.
fn sound() -> AbiDef {
    AbiDef {
        types: vec![alias("number", "uint64")],
        structs: vec![
            structure("hi", "", vec![field("value", "number")]),
            structure(
                "row",
                "",
                vec![field("id", "uint64"), field("list", "name[]")],
            ),
        ],
        actions: vec![ActionDef {
            name: name!("hi"),
            ty: "hi".into(),
            ricardian_contract: String::new(),
        }],
        tables: vec![TableDef {
            name: name!("rows"),
            index_type: "i64".into(),
            ty: "row".into(),
            ..TableDef::default()
        }],
        variants: vec![VariantDef {
            name: "any".into(),
            types: vec!["uint64".into(), "row".into()],
        }],
        action_results: vec![ActionResultDef {
            name: name!("hi"),
            result_type: "number".into(),
        }],
        ..AbiDef::default()
    }
}

#[rustfmt::skip]
const CASES: &[(&str, Verdict, Change)] = &[
    ("as it is", Sound, |_| {}),
    ("a list", Sound, |abi| abi.structs[1].fields[0].ty = "any[]".into()),
    ("an array", Sound, |abi| abi.structs[1].fields[0].ty = "uint64[4]".into()),
    ("an option", Sound, |abi| abi.structs[1].fields[0].ty = "row?".into()),
    ("an extension", Sound, |abi| abi.structs[1].fields.push(field("more", "name?$"))),
    ("a second suffix by name", Sound, |abi| abi.types.push(alias("numbers", "number[]"))),
    ("a base", Sound, |abi| abi.structs[1].base = "hi".into()),
    ("a base that is an alias", Sound, |abi| {
        abi.types.extend([alias("greeting", "hi"), alias("greetings", "greeting")]);
        abi.structs[1].base = "greetings".into();
    }),
    ("a struct within itself", Sound, |abi| abi.structs[1].fields.push(field("self", "row[]"))),
    ("a base that is an alias of an option", Wrong, |abi| {
        abi.types.push(alias("greeting", "hi?"));
        abi.structs[1].base = "greeting".into();
    }),
    ("a base that is itself by an alias", Wrong, |abi| {
        abi.types.push(alias("rows", "row"));
        abi.structs[1].base = "rows".into();
    }),
    ("version 1.0", Sound, |abi| abi.version = "eosio::abi/1.0".into()),
    ("an unknown type", Wrong, |abi| abi.structs[1].fields[0].ty = "uint65".into()),
    ("a list of lists", Wrong, |abi| abi.structs[1].fields[0].ty = "name[][]".into()),
    ("a list of options", Wrong, |abi| abi.structs[1].fields[0].ty = "name?[]".into()),
    ("an option of lists", Wrong, |abi| abi.structs[1].fields[0].ty = "name[]?".into()),
    ("an unknown alias", Wrong, |abi| abi.types[0].ty = "nothing".into()),
    ("an unknown base", Wrong, |abi| abi.structs[1].base = "nothing".into()),
    ("an unknown alternative", Wrong, |abi| abi.variants[0].types[0] = "nothing".into()),
    ("an unknown row", Wrong, |abi| abi.tables[0].ty = "nothing".into()),
    ("an unknown argument", Wrong, |abi| abi.actions[0].ty = "nothing".into()),
    ("an unknown result", Wrong, |abi| abi.action_results[0].result_type = "nothing".into()),
    ("an action's extension", Wrong, |abi| abi.actions[0].ty = "hi$".into()),
    ("a circle of aliases", Wrong, |abi| abi.types = vec![alias("number", "b"), alias("b", "number")]),
    ("a circle of bases", Wrong, |abi| {
        abi.structs[0].base = "row".into();
        abi.structs[1].base = "hi".into();
    }),
    ("an alias of a known name", Wrong, |abi| abi.types.push(alias("row", "uint64"))),
    ("an alias of a builtin type", Wrong, |abi| abi.types.push(alias("name", "uint64"))),
    ("two structs of a name", Wrong, |abi| abi.structs.push(abi.structs[1].clone())),
    ("two actions of a name", Wrong, |abi| abi.actions.push(abi.actions[0].clone())),
    ("two tables of a name", Wrong, |abi| abi.tables.push(abi.tables[0].clone())),
    ("two variants of a name", Wrong, |abi| abi.variants.push(abi.variants[0].clone())),
    ("two results of an action", Wrong, |abi| abi.action_results.push(abi.action_results[0].clone())),
    ("two texts of a code", Wrong, |abi| {
        let message = ErrorMessage { error_code: 1, error_msg: "no".into() };
        abi.error_messages = vec![message.clone(), message];
    }),
    ("version 2", Wrong, |abi| abi.version = "eosio::abi/2.0".into()),
    ("a struct named as a builtin type", Treacherous, |abi| {
        abi.structs.push(structure("asset", "", vec![field("amount", "int64")]));
    }),
    ("a variant named as a struct", Treacherous, |abi| abi.variants[0].name = "row".into()),
    ("a field twice", Treacherous, |abi| abi.structs[1].fields.push(field("id", "name"))),
    ("a field after an extension", Treacherous, |abi| {
        abi.structs[1].fields.extend([field("more", "name$"), field("late", "name")]);
    }),
];

/// Whether the node reads the ABI: it has to, for packing the arguments of an action.
///
/// Not by `get_table_rows`: a node of this version ends when an ABI does not read.
fn node_reads(account: Name, abi: &AbiDef) -> Result<(), String> {
    let node = nodeos();
    let set = native::set_abi(account, &abi.to_bytes());
    node.client()
        .push(&[set], &[node.key()])
        .expect("nodes keep any bytes as ABI");
    let request = json!({
        "available_keys": [node.public_key()],
        "transaction": {
            "expiration": "2030-01-01T00:00:00",
            "ref_block_num": 0,
            "ref_block_prefix": 0,
            "max_net_usage_words": 0,
            "max_cpu_usage_ms": 0,
            "delay_sec": 0,
            "context_free_actions": [],
            "actions": [{
                "account": account,
                "name": "hi",
                "authorization": [{ "actor": account, "permission": "active" }],
                "data": { "value": 1 },
            }],
        },
    });
    let answer = node
        .client()
        .call::<Value>("/v1/chain/get_required_keys", &request);
    match answer {
        Ok(_) => Ok(()),
        Err(error) if error.chain().is_some() => Err(error.to_string()),
        Err(error) => panic!("the node did not answer: {error}"),
    }
}

#[test]
fn a_real_node_reads_what_the_build_writes_and_nothing_it_refuses() {
    let account = random_name();
    nodeos()
        .create_contract_account(account)
        .expect("an account");
    let mut wrong = Vec::new();
    for (name, verdict, change) in CASES {
        let mut abi = sound();
        change(&mut abi);
        let ours = check_abi(&abi);
        let theirs = node_reads(account, &abi);
        let expected = match verdict {
            Sound => (true, true),
            Wrong => (false, false),
            Treacherous => (false, true),
        };
        if (ours.is_ok(), theirs.is_ok()) != expected {
            wrong.push(format!(
                "{name}: {verdict:?}, here {ours:?}, the node {theirs:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
