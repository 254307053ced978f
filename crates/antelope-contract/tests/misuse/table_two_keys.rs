use antelope_contract::prelude::*;

#[table("orders")]
pub struct Order {
    #[primary]
    pub id: u64,
    #[primary]
    pub who: Name,
}

fn main() {}
