use antelope_contract::prelude::*;

#[table("orders")]
pub struct Order {
    #[primary]
    pub id: u64,
    pub price: u64,
}

#[contract(tables(Order))]
mod shop {
    use super::*;

    #[action]
    pub fn raise(id: u64) {
        let mut order = Order::table(receiver()).get(id).or_fail("no order");
        order.price = 3;
        order.price += 3;
    }
}

fn main() {}
