use antelope_contract::prelude::*;

#[contract]
mod shop {
    use super::*;

    #[action]
    pub fn buy(who: Name) {
        let _ = who;
    }

    #[action(name = "buy")]
    pub fn acquire(who: Name) {
        let _ = who;
    }
}

fn main() {}
