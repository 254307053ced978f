use antelope_contract::prelude::*;

#[table("orders")]
pub struct Order {
    #[primary]
    pub id: u64,
}

#[contract]
mod shop {
    use super::*;

    #[action]
    pub fn buy(id: u64) {
        Order::table(receiver()).insert(receiver(), &Order { id });
    }
}

fn main() {}
