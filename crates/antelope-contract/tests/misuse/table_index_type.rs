use antelope_contract::prelude::*;

#[table("orders")]
pub struct Order {
    #[primary]
    pub id: u64,
    #[index]
    pub price: Asset,
}

fn main() {}
