use antelope_contract::prelude::*;

#[contract]
mod shop {
    #[action]
    pub fn buy((a, b): (u8, u8)) {
        let _ = (a, b);
    }
}

fn main() {}
