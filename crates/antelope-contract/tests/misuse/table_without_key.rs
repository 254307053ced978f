use antelope_contract::prelude::*;

#[table("orders")]
pub struct Order {
    pub id: u64,
}

fn main() {}
