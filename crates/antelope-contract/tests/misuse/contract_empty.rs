use antelope_contract::prelude::*;

#[contract]
mod shop {
    pub fn buy() {}
}

fn main() {}
