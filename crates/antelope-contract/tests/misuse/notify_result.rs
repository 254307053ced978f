use antelope_contract::prelude::*;

#[contract]
mod shop {
    use super::*;

    #[on_notify("eosio.token::transfer")]
    pub fn paid(from: Name) -> Name {
        from
    }
}

fn main() {}
