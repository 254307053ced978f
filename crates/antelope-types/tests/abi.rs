//! ABI definitions: on the wire and as files.

use antelope_types::abi::{
    AbiDef, ActionDef, ActionResultDef, ErrorMessage, FieldDef, RicardianClause, StructDef,
    TableDef, TypeDef, VariantDef,
};
use antelope_types::{Decode, DecodeError, Encode, name};

/// One of everything.
pub(crate) fn sample() -> AbiDef {
    AbiDef {
        types: vec![TypeDef {
            new_type_name: "account".into(),
            ty: "name".into(),
        }],
        structs: vec![StructDef {
            name: "hi".into(),
            base: String::new(),
            fields: vec![FieldDef {
                name: "who".into(),
                ty: "account".into(),
            }],
        }],
        actions: vec![ActionDef {
            name: name!("hi"),
            ty: "hi".into(),
            ricardian_contract: "say hi".into(),
        }],
        tables: vec![TableDef {
            name: name!("hellos"),
            index_type: "i64".into(),
            key_names: vec![],
            key_types: vec![],
            ty: "hi".into(),
        }],
        ricardian_clauses: vec![RicardianClause {
            id: "terms".into(),
            body: "be kind".into(),
        }],
        error_messages: vec![ErrorMessage {
            error_code: 1 << 40,
            error_msg: "too much".into(),
        }],
        variants: vec![VariantDef {
            name: "any".into(),
            types: vec!["name".into(), "uint64".into()],
        }],
        action_results: vec![ActionResultDef {
            name: name!("hi"),
            result_type: "any".into(),
        }],
        ..AbiDef::default()
    }
}

#[test]
fn the_wire_has_the_order_of_nodeos() {
    let expected = "\
        0e656f73696f3a3a6162692f312e32\
        01 076163636f756e74 046e616d65\
        01 026869 00 01 0377686f 076163636f756e74\
        01 000000000000806b 026869 06736179206869\
        01 00000000601aa36a 03693634 00 00 026869\
        01 057465726d73 076265206b696e64\
        01 0000000000010000 08746f6f206d756368\
        00\
        01 03616e79 02 046e616d65 0675696e743634\
        01 000000000000806b 03616e79";
    let bytes = sample().to_bytes();
    assert_eq!(bytes, super::hex(expected));
    assert_eq!(AbiDef::from_bytes(&bytes), Ok(sample()));
}

#[test]
fn an_abi_of_an_old_version_ends_early() {
    let mut old = sample();
    old.variants.clear();
    old.action_results.clear();
    let bytes = old.to_bytes();
    for missing in 0..=2 {
        let bytes = &bytes[..bytes.len() - missing];
        assert_eq!(AbiDef::from_bytes(bytes), Ok(old.clone()));
    }
    assert_eq!(
        AbiDef::from_bytes(&bytes[..bytes.len() - 3]),
        Err(DecodeError::UnexpectedEnd)
    );
}

#[test]
fn a_file_has_the_keys_of_cdt_in_its_order() {
    let mut abi = sample();
    let text = serde_json::to_string(&abi).unwrap();
    assert_eq!(
        text,
        concat!(
            r#"{"version":"eosio::abi/1.2","#,
            r#""types":[{"new_type_name":"account","type":"name"}],"#,
            r#""structs":[{"name":"hi","base":"","fields":[{"name":"who","type":"account"}]}],"#,
            r#""actions":[{"name":"hi","type":"hi","ricardian_contract":"say hi"}],"#,
            r#""tables":[{"name":"hellos","type":"hi","index_type":"i64","key_names":[],"key_types":[]}],"#,
            r#""ricardian_clauses":[{"id":"terms","body":"be kind"}],"#,
            r#""error_messages":[{"error_code":"1099511627776","error_msg":"too much"}],"#,
            r#""variants":[{"name":"any","types":["name","uint64"]}],"#,
            r#""abi_extensions":[],"#,
            r#""action_results":[{"name":"hi","result_type":"any"}]}"#,
        )
    );
    assert_eq!(serde_json::from_str::<AbiDef>(&text).unwrap(), abi);

    abi.error_messages.clear();
    let text = serde_json::to_string(&abi).unwrap();
    assert!(!text.contains("error_messages"));
}

#[test]
fn a_file_of_an_old_version_has_fewer_keys() {
    let text = r#"{
        "____comment": "made by a tool",
        "version": "eosio::abi/1.0",
        "structs": [{"name": "hi", "base": "", "fields": []}],
        "actions": [{"name": "hi", "type": "hi"}],
        "tables": [{"name": "t", "type": "hi", "index_type": "i64"}]
    }"#;
    let abi: AbiDef = serde_json::from_str(text).unwrap();
    assert_eq!(abi.find_action(name!("hi")).unwrap().ty, "hi");
    assert_eq!(abi.find_table(name!("t")).unwrap().index_type, "i64");
    assert!(abi.find_struct("hi").unwrap().fields.is_empty());
    assert_eq!(abi.find_result(name!("hi")), None);
}
