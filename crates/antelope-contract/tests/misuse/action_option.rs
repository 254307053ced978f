use antelope_contract::prelude::*;

#[contract]
mod shop {
    #[action(readonly)]
    pub fn price() -> u64 {
        1
    }
}

fn main() {}
