//! Types of CDT's kinds: pairs, tuples, maps, bases, numbers by name, and the chain's own structs.

use std::collections::BTreeMap;

use antelope_contract::prelude::*;
use antelope_contract::types::abi::{AbiDef, StructDef};

/// What every order has.
#[derive(Clone, Debug, PartialEq, Encode, Decode, AbiType)]
pub struct Order {
    /// The number.
    pub id: u64,
    /// Who ordered.
    pub buyer: Name,
}

/// An order with a price.
#[derive(Clone, Debug, PartialEq, Encode, Decode, AbiType)]
pub struct PricedOrder {
    /// What it has in common with others.
    #[abi(base)]
    pub order: Order,
    /// The price.
    pub price: u32,
}

/// Where an order is.
#[derive(Clone, Copy, Debug, PartialEq, Encode, Decode, AbiType)]
#[repr(u8)]
pub enum State {
    /// Not paid.
    New = 1,
    /// Paid.
    Paid = 5,
}

/// A folder, which contains files, which contain folders. The field that leads back to it has its type
/// as text; `tests/misuse/type_mutual.rs` shows what the compiler says without.
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode, AbiType)]
pub struct Folder {
    /// Its files by number.
    pub files: BTreeMap<u8, File>,
}

/// A file that may have folders inside, as an archive.
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode, AbiType)]
pub struct File {
    /// The folders.
    #[abi(type = "Folder[]")]
    pub inside: Vec<Folder>,
}

/// The contract.
#[contract]
pub mod shop {
    use super::*;

    /// Takes a value of each shape.
    #[action]
    pub fn shapes(
        order: PricedOrder,
        state: State,
        pair: (Name, u8),
        triple: (u8, Vec<u32>, bool),
        prices: BTreeMap<Name, u16>,
    ) -> (u8,) {
        let _ = (order, state, pair, triple, prices);
        (1,)
    }

    /// Takes types that contain each other.
    #[action]
    pub fn keep(folder: Folder) {
        let _ = folder;
    }

    /// Takes what a proposal holds.
    #[action]
    pub fn propose(transaction: Transaction, also: Vec<Action>) {
        let _ = (transaction, also);
    }
}

fn abi() -> AbiDef {
    shop::abi().expect("records that fit together")
}

fn structure(abi: &AbiDef, name: &str) -> (String, Vec<String>) {
    let found: &StructDef = abi
        .structs
        .iter()
        .find(|it| it.name == name)
        .unwrap_or_else(|| panic!("no {name} in {:?}", abi.structs));
    let fields = found.fields.iter();
    let fields = fields.map(|field| format!("{}: {}", field.name, field.ty));
    (found.base.clone(), fields.collect())
}

#[test]
fn shapes_have_the_names_of_cdt() {
    let abi = abi();
    let fields = |name: &str| structure(&abi, name).1;
    assert_eq!(
        fields("shapes"),
        [
            "order: PricedOrder",
            "state: State",
            "pair: pair_name_uint8",
            "triple: tuple_uint8_B_vector_uint32_E_bool",
            "prices: pair_name_uint16[]"
        ]
    );
    assert_eq!(fields("pair_name_uint8"), ["first: name", "second: uint8"]);
    assert_eq!(
        fields("tuple_uint8_B_vector_uint32_E_bool"),
        ["field_0: uint8", "field_1: uint32[]", "field_2: bool"]
    );
    assert_eq!(abi.action_results[0].result_type, "tuple_uint8");
    let state = abi.types.iter().find(|it| it.new_type_name == "State");
    assert_eq!(state.expect("an alias").ty, "uint8");
}

#[test]
fn a_base_is_named_and_its_fields_are_not_repeated() {
    let abi = abi();
    let (base, fields) = structure(&abi, "PricedOrder");
    assert_eq!(
        (base.as_str(), fields),
        ("Order", vec!["price: uint32".into()])
    );
    let (base, fields) = structure(&abi, "transaction");
    assert_eq!(base, "transaction_header");
    assert_eq!(
        fields,
        [
            "context_free_actions: action[]",
            "actions: action[]",
            "transaction_extensions: extension[]"
        ]
    );
    assert_eq!(
        structure(&abi, "extension").1,
        ["type: uint16", "data: bytes"]
    );
    assert_eq!(
        structure(&abi, "action").1,
        [
            "account: name",
            "name: name",
            "authorization: permission_level[]",
            "data: bytes"
        ]
    );
}

#[test]
fn types_that_contain_each_other_are_described_once() {
    let abi = abi();
    let fields = |name: &str| structure(&abi, name).1;
    assert_eq!(fields("keep"), ["folder: Folder"]);
    assert_eq!(fields("Folder"), ["files: pair_uint8_File[]"]);
    assert_eq!(fields("pair_uint8_File"), ["first: uint8", "second: File"]);
    assert_eq!(fields("File"), ["inside: Folder[]"]);
    let inside = vec![Folder::default()];
    let files = BTreeMap::from([(7, File { inside })]);
    let folder = Folder { files };
    assert_eq!(folder.to_bytes(), [1, 7, 1, 0]);
    assert_eq!(Folder::from_bytes(&[1, 7, 1, 0]), Ok(folder));
}

#[test]
fn bytes_are_the_parts_in_their_order() {
    let order = PricedOrder {
        order: Order {
            id: 1,
            buyer: name!("a"),
        },
        price: 2,
    };
    let mut bytes = 1u64.to_bytes();
    bytes.extend(name!("a").to_bytes());
    bytes.extend([2, 0, 0, 0]);
    assert_eq!(order.to_bytes(), bytes);
    assert_eq!(PricedOrder::from_bytes(&bytes), Ok(order));

    assert_eq!((7u8, true, "x").to_bytes(), [7, 1, 1, b'x']);
    assert_eq!(
        <(u8, bool, &str)>::from_bytes(&[7, 1, 1, b'x']),
        Ok((7, true, "x"))
    );
    assert_eq!(State::Paid.to_bytes(), [5]);

    let map = BTreeMap::from([(2u8, 20u8), (1, 10)]);
    assert_eq!(map.to_bytes(), [2, 1, 10, 2, 20]);
    // As CDT reads maps: in any order, and the first of two entries with one key counts.
    assert_eq!(BTreeMap::from_bytes(&[3, 2, 20, 1, 10, 2, 99]), Ok(map));
    assert!(BTreeMap::<u8, u8>::from_bytes(&[2, 1, 10]).is_err());
}
