use antelope_contract::prelude::*;

#[contract(table(Order))]
mod shop {
    #[action]
    pub fn buy() {}
}

fn main() {}
