use antelope_contract::prelude::*;

#[contract(implements(calls::One, calls::Two))]
mod board {
    #[action]
    pub fn nothing() {}
}

fn main() {}
