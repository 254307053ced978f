//! A chain with the token of the node package, and transfers of it.

use crate::Result;
use antelope_chain::{Chain, Contract, DEVELOPMENT_KEY};
use antelope_node::package_contract;
use antelope_rpc_client::signing::Signer;
use antelope_types::{
    Action, Name, PackedTransaction, PermissionLevel, SignedTransaction, asset, name,
};
use token::token::{Client, ClientSigned};

pub const TOKEN: Name = name!("eosio.token");
pub const ALICE: Name = name!("alice");
pub const BOB: Name = name!("bob");

/// A contract of the node package.
pub fn contract(name: &str) -> Result<Contract> {
    let (code, abi) = package_contract(name)?;
    Ok(Contract::read(code, abi)?)
}

fn by(who: Name) -> ClientSigned<1> {
    Client::at(TOKEN).signed_by(PermissionLevel::active(who))
}

/// Gives the chain two accounts and a token that the first has much of.
pub fn set_up(chain: &mut Chain) -> Result<()> {
    for account in [TOKEN, ALICE, BOB] {
        chain.create_account(account)?;
    }
    chain.install(TOKEN, &contract("eosio.token")?)?;
    let all = asset!("1000000000.0000 TNT");
    let create = by(TOKEN).create(ALICE, all);
    chain.push((create, by(ALICE).issue(ALICE, all, "".into())))?;
    chain.push(&[transfer()])?;
    chain.produce_block()?;
    Ok(())
}

pub fn transfer() -> Action {
    transfer_to(BOB)
}

pub fn transfer_to(to: Name) -> Action {
    let quantity = asset!("0.0001 TNT");
    by(ALICE)
        .transfer(ALICE, to, quantity, "a memo".into())
        .to_action()
}

/// Transfers as they come over the wire. All can be in one block, and each once.
pub fn signed(chain: &mut Chain, count: usize) -> Result<Vec<PackedTransaction>> {
    let action = transfer();
    let sign = |_| {
        let transaction = chain.transaction(std::slice::from_ref(&action));
        let digest = transaction.signing_digest(&chain.chain_id(), &[]);
        Ok(PackedTransaction::pack(&SignedTransaction {
            signatures: vec![DEVELOPMENT_KEY.sign(&digest)?],
            transaction,
            ..SignedTransaction::default()
        }))
    };
    (0..count).map(sign).collect()
}
