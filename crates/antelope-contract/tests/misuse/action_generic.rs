use antelope_contract::prelude::*;

#[contract]
mod shop {
    #[action]
    pub fn buy<'a>(memo: &'a str) {
        let _ = memo;
    }
}

fn main() {}
