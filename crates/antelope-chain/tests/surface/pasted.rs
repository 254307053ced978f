//! A sequence that was found by chance, as it was printed.

use crate::chain;
use antelope_types::name;
use serde_json::json;

#[test]
fn found_by_chance() -> Result<(), Box<dyn std::error::Error>> {
    let mut chain = chain(); // what the sequence began with
    chain.push(chain.action(name!("token"), name!("transfer"), name!("alice"), &json!({ "from": "alice", "to": "bob", "quantity": "3.0000 TOK", "memo": "" }))?)?;
    // refused: token::transfer: eosio_assert_message_exception (3050003): assertion failure with message: overdrawn balance
    chain.push(chain.action(name!("token"), name!("transfer"), name!("bob"), &json!({ "from": "bob", "to": "alice", "quantity": "3.0001 TOK", "memo": "" }))?).unwrap_err();
    Ok(())
}
