use antelope_contract::prelude::*;

#[contract]
mod shop {
    use super::*;

    #[on_notify(any_contract, "transfer")]
    pub fn paid(quantity: Asset) {
        let _ = quantity;
    }
}

fn main() {}
