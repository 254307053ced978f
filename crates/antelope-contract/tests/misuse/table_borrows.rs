use antelope_contract::prelude::*;

#[table("orders")]
pub struct Order<'a> {
    #[primary]
    pub id: u64,
    pub memo: &'a str,
}

fn main() {}
