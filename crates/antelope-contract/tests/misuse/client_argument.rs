use antelope_contract::prelude::*;

#[client]
pub trait Token {
    fn transfer(from: Name, to: Name, quantity: Asset, memo: &str);
}

fn main() {
    Token::at(name!("eosio.token"))
        .signed_by(PermissionLevel::active(name!("me")))
        .transfer(name!("me"), name!("you"), 10_000, "memo")
        .send();
}
