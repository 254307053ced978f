//! Records through their bytes, and bytes that are none.

use super::{
    AbiType, Field, Record, SchemaError, Ty, abi_from_records, abi_from_records_where, abi_of,
};
use crate::{Asset, Name};
use std::string::ToString;
use std::vec::Vec;

const ROW: &Ty = &Ty::Struct {
    name: "row",
    args: &[],
    fields: &[
        Field {
            name: "who",
            ty: Name::TY,
        },
        Field {
            name: "sums",
            ty: &Ty::List(&Ty::Optional(Asset::TY)),
        },
        Field {
            name: "bytes",
            ty: &Ty::List(u8::TY),
        },
    ],
};

const RECORDS: &[Record] = &[
    Record::Action {
        name: "act",
        arguments: ROW,
        result: Some(ROW),
        ricardian: "text",
    },
    Record::Table {
        name: "rows",
        row: ROW,
    },
    Record::Clause {
        id: "terms",
        body: "none",
    },
    Record::Error {
        code: 7,
        text: "seven",
    },
    Record::Refusal {
        code: 8,
        text: "eight",
    },
    Record::Refusal {
        code: 9,
        text: "nine",
    },
];

const BYTES: [u8; Record::size_of(RECORDS)] = Record::bytes_of(RECORDS);

#[test]
fn bytes_made_by_the_compiler_are_those_made_at_run_time() {
    let bytes: Vec<u8> = RECORDS.iter().flat_map(Record::to_bytes).collect();
    assert_eq!(bytes, BYTES);
    assert_eq!(abi_of(RECORDS), abi_from_records(&BYTES));
}

#[test]
fn records_come_in_any_order_and_more_than_once() {
    let forward = abi_of(RECORDS).expect("an ABI");
    let backward = abi_of(RECORDS.iter().rev().chain(RECORDS)).expect("an ABI");
    assert_eq!(forward, backward);
    assert_eq!(forward.structs.len(), 1);
    assert_eq!(forward.structs[0].fields[1].ty, "B_optional_asset_E[]");
    assert_eq!(forward.structs[0].fields[2].ty, "bytes");
}

#[test]
fn different_definitions_of_one_name_are_refused() {
    let other = Record::Table {
        name: "others",
        row: &Ty::Struct {
            name: "row",
            args: &[],
            fields: &[],
        },
    };
    let error = abi_of(RECORDS.iter().chain([&other])).expect_err("a conflict");
    assert_eq!(
        error,
        SchemaError::Conflict {
            kind: "struct",
            name: "row".into()
        }
    );
    assert_eq!(
        error.to_string(),
        "two different definitions of the struct `row`; rename one with #[abi(name = \"…\")]"
    );
    let again = Record::Error {
        code: 7,
        text: "sept",
    };
    let error = abi_of(RECORDS.iter().chain([&again])).expect_err("a conflict");
    assert_eq!(
        error,
        SchemaError::Conflict {
            kind: "error",
            name: "7".into()
        }
    );
}

#[test]
fn refusals_are_those_that_can_arrive() {
    let codes = |raised: fn(&str) -> bool| -> Vec<_> {
        let abi = abi_from_records_where(&BYTES, raised).expect("an ABI");
        abi.error_messages.iter().map(|it| it.error_code).collect()
    };
    assert_eq!(codes(|_| true), [7, 8, 9]);
    assert_eq!(codes(|text| text == "nine"), [7, 9]);
    assert_eq!(codes(|_| false), [7]);
    assert_eq!(abi_from_records(&BYTES), abi_of(RECORDS));

    // Two meanings of a number are refused, also where neither arrives.
    let again = Record::Refusal {
        code: 9,
        text: "neuf",
    };
    let bytes: Vec<u8> = [&RECORDS[5], &again]
        .into_iter()
        .flat_map(Record::to_bytes)
        .collect();
    assert!(matches!(
        abi_from_records_where(&bytes, |_| false),
        Err(SchemaError::Conflict { kind: "error", .. })
    ));
}

#[test]
fn a_name_that_no_chain_takes_is_refused() {
    let record = Record::Table {
        name: "Rows",
        row: ROW,
    };
    assert_eq!(
        abi_of([&record]),
        Err(SchemaError::BadName {
            name: "Rows".into()
        })
    );
}

#[test]
fn broken_bytes_are_errors_at_a_place() {
    for len in 0..BYTES.len() {
        // Whole records are fine, anything else is not.
        match abi_from_records(&BYTES[..len]) {
            Ok(abi) => assert!(abi.error_messages.len() < 3),
            Err(SchemaError::Malformed { offset }) => assert!(offset <= len),
            Err(other) => panic!("{other}"),
        }
    }
    for at in 0..BYTES.len() {
        for value in [0, 1, 0x7f, 0xff] {
            let mut bytes = BYTES;
            bytes[at] = value;
            let _ = abi_from_records(&bytes);
        }
    }
    assert_eq!(
        abi_from_records(b"ABI\x02"),
        Err(SchemaError::Malformed { offset: 0 })
    );
}

#[test]
fn types_inside_of_types_have_an_end() {
    let mut bytes = b"ABI\x01\x01\x01\x00\x00\x00a".to_vec();
    bytes.extend([3; 100_000]);
    assert!(matches!(
        abi_from_records(&bytes),
        Err(SchemaError::Malformed { .. })
    ));
}
