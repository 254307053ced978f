use antelope_contract::prelude::*;

#[derive(Encode, Decode, AbiType)]
pub struct Tree {
    pub value: u8,
    pub children: Vec<Tree>,
}

#[derive(Encode, Decode, AbiType)]
#[abi(name = "node")]
pub struct Node {
    pub value: u8,
    pub next: Option<Box<Node>>,
}

#[derive(Encode, Decode, AbiType)]
pub enum Expression {
    Number(u64),
    Sum(Box<Self>, Box<Self>),
}

fn main() {}
