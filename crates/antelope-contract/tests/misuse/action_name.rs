use antelope_contract::prelude::*;

#[contract]
mod shop {
    use super::*;

    #[action]
    pub fn vote_for(who: Name) {
        let _ = who;
    }
}

fn main() {}
