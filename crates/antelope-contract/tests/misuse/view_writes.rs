use antelope_contract::prelude::*;

#[table("orders")]
pub struct Order {
    #[primary]
    pub id: u64,
}

#[contract(tables(Order))]
mod shop {
    use super::*;

    #[action]
    pub fn buy(id: u64) {
        let orders = Order::view(name!("another"), 0);
        orders.insert(receiver(), &Order { id });
        if let Some(order) = orders.get(id) {
            order.remove();
        }
    }
}

fn main() {}
