use antelope_contract::prelude::*;

#[derive(Encode, Decode)]
pub struct Order {
    pub id: u64,
}

#[contract]
mod shop {
    use super::*;

    #[action]
    pub fn buy(order: Order) {
        let _ = order.id;
    }
}

fn main() {}
