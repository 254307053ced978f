use antelope_contract::prelude::*;

#[contract]
mod dot {
    use super::*;

    #[on_notify("eosio.token.transfer")]
    pub fn paid(from: Name) {
        let _ = from;
    }
}

#[contract]
mod colon {
    use super::*;

    #[on_notify("eosio.token:transfer")]
    pub fn paid(from: Name) {
        let _ = from;
    }
}

fn main() {}
