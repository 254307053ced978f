use antelope_contract::prelude::*;

#[table("orders.of.all")]
pub struct Order {
    #[primary]
    pub id: u64,
}

#[table("Orders")]
pub struct Upper {
    #[primary]
    pub id: u64,
}

fn main() {}
