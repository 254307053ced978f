use antelope_contract::prelude::*;

#[table("orders")]
pub struct Order {
    #[primary]
    pub id: u64,
}

#[table("orders")]
pub struct Sale {
    #[primary]
    pub id: u64,
}

#[contract(tables(Order, Sale))]
mod shop {
    use super::*;

    #[action]
    pub fn buy(id: u64) {
        let _ = id;
    }
}


fn main() {}
