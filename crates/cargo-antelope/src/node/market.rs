//! The price of RAM on the chain of a node: from the table `rammarket` of `eosio`, which `eosio.system`
//! keeps. Development chains often have another contract there, or none.

use crate::failure::Failure;
use crate::ram::RamPrice;
use antelope_rpc_client::{Client, TableQuery};
use antelope_types::name;

/// The price that `size --node` shows.
///
/// # Errors
/// `node` where the node gives no usable answer, `node.ram-market` where the chain has no market. Both
/// hint at `--ram-price`.
pub(crate) fn price_of_node(url: &str) -> Result<RamPrice, Box<Failure>> {
    let failed = |code: &str, what: String| {
        let hint = "--ram-price gives a price by hand".to_owned();
        let failure = Failure::new(code, format!("no RAM price from {url}: {what}"));
        Box::new(Failure {
            hint: Some(hint),
            ..failure
        })
    };
    let client = Client::new(url).map_err(|error| failed("node", error.to_string()))?;
    let market = market(&client).map_err(|error| failed("node", error.message))?;
    let none = || failed("node.ram-market", "the chain has no RAM market".to_owned());
    market.ok_or_else(none)
}

/// Whether the chain's system contract sells RAM by the byte, and not only for an amount.
pub(super) fn sells_bytes(client: &Client) -> bool {
    let abi = client.abi(name!("eosio"));
    abi.is_ok_and(|abi| abi.definition().find_action(name!("buyrambytes")).is_some())
}

/// The RAM market of the chain's system contract; `None` on a chain without one, and where the ABI of
/// `eosio` cannot be read.
pub(super) fn market(client: &Client) -> Result<Option<RamPrice>, Box<Failure>> {
    // A chain whose `eosio` has no such table refuses the question.
    if !client.abi(name!("eosio")).is_ok_and(|abi| {
        let tables = &abi.definition().tables;
        tables.iter().any(|table| table.name == name!("rammarket"))
    }) {
        return Ok(None);
    }
    let query = TableQuery::new(name!("eosio"), name!("eosio"), name!("rammarket")).limit(1);
    let rows = client.get_table_rows(&query)?;
    Ok(rows.rows.first().and_then(RamPrice::of_market_row))
}
