use antelope_contract::prelude::*;

mod calls {
    use antelope_contract::prelude::*;

    #[client]
    pub trait Board {
        fn votefor(coopname: Name, username: Name, decision_id: u64);
        fn count(coopname: Name) -> u64;
    }
}

#[contract(implements(calls::Board))]
mod board {
    use super::*;

    #[action]
    pub fn votefor(coopname: Name, username: Name, decision_id: u64) {
        let _ = (coopname, username, decision_id);
    }

    #[action]
    pub fn count(coopname: Name) -> u64 {
        coopname.raw()
    }

    #[action]
    pub fn expire(decision_id: u64) {
        let _ = decision_id;
    }
}

fn main() {}
