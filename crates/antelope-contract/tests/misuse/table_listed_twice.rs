use antelope_contract::prelude::*;

#[contract(tables(Order))]
mod other {
    use super::*;

    #[table("orders")]
    pub struct Order {
        #[primary]
        pub id: u64,
    }

    #[action]
    pub fn buy(id: u64) {
        let _ = id;
    }
}

#[contract(tables(shelf::Book, shelf::Book))]
mod library {
    #[action]
    pub fn lend() {}
}

mod shelf {
    use antelope_contract::prelude::*;

    #[table("books")]
    pub struct Book {
        #[primary]
        pub id: u64,
    }
}

fn main() {}
