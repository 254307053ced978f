use antelope_contract::prelude::*;

#[table("config", singleton)]
pub struct Config {
    #[primary]
    pub id: u64,
}

fn main() {}
