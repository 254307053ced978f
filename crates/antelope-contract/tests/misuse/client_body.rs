use antelope_contract::prelude::*;

#[client]
pub trait Token {
    fn transfer(from: Name, to: Name) {}
}

fn main() {}
