//! The ABI that a contract describes itself by.

use antelope_contract::prelude::*;

/// A row.
#[table("people", index(by_age: u64 = age))]
#[abi(name = "person")]
pub struct Person {
    /// Key.
    #[primary]
    pub who: Name,
    /// Nested containers.
    pub matrix: Vec<Vec<u32>>,
    /// Bytes.
    pub blob: Option<Vec<u8>>,
    /// A list in an optional.
    pub maybe: Option<Vec<Name>>,
    /// An extension.
    pub born: BinaryExtension<TimePointSec>,
}

impl Person {
    fn age(&self) -> u64 {
        self.who.raw()
    }
}

/// Settings.
#[table("config", singleton)]
pub struct Config {
    /// A generic.
    pub limits: Pair<u8, Asset>,
    /// A fixed list.
    pub salt: [u16; 4],
}

/// Two things.
#[derive(Encode, Decode, AbiType)]
pub struct Pair<A, B> {
    /// One.
    pub first: A,
    /// Two.
    pub second: B,
}

/// A number of its own.
#[derive(Encode, Decode, AbiType)]
pub struct Percent(pub u8);

/// One of several.
#[derive(Encode, Decode, AbiType)]
pub enum Shape {
    /// Nothing.
    Empty,
    /// A type.
    Named(Name),
    /// A list.
    Many(Vec<Name>),
    /// The same type twice.
    Narrow(u64),
    /// The same type twice.
    #[abi(name = "wide")]
    Wide(u64),
    /// Fields.
    Square {
        /// Side.
        side: u32,
    },
}

/// Contains itself.
#[derive(Encode, Decode, AbiType)]
pub struct Node {
    /// The value.
    pub value: u8,
    /// Below.
    #[abi(type = "Node[]")]
    pub children: Vec<Node>,
}

/// The contract.
#[contract(tables(Person, Config))]
pub mod sample {
    use super::*;

    /// Adds.
    #[action]
    pub fn add(cx: &Context, who: Name, memo: &str, r#type: Shape, tree: Node) {
        let _ = (cx, who, memo, r#type, tree);
    }

    /// Another name.
    #[action(name = "two.words")]
    pub fn two_words(data: &[u8], share: Percent) {
        let _ = (data, share);
    }

    /// Returns something.
    #[action(read_only)]
    pub fn list(from: u64) -> Vec<Option<Name>> {
        let _ = from;
        Vec::new()
    }
}

#[test]
fn is_what_cdt_would_write() {
    let abi = sample::abi().expect("records");
    insta::assert_snapshot!(serde_json::to_string_pretty(&abi).expect("json"));
}
