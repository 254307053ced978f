use antelope_contract::prelude::*;

#[contract]
mod shop {
    #[action]
    pub fn buy(&self) {}
}

fn main() {}
