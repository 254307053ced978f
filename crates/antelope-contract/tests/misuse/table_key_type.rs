use antelope_contract::prelude::*;

#[table("orders")]
pub struct Order {
    #[primary]
    pub id: u32,
}

fn main() {}
