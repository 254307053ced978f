//! A chain with the token of the node package, and transfers of it.

use crate::Result;
use antelope_chain::{Chain, DEVELOPMENT_KEY};
use antelope_client::Abi;
use antelope_client::signing::Signer;
use antelope_node::package_contract;
use antelope_types::{
    Action, Asset, Encode, Name, PackedTransaction, PermissionLevel, SignedTransaction, asset, name,
};

pub const TOKEN: Name = name!("eosio.token");
pub const ALICE: Name = name!("alice");
pub const BOB: Name = name!("bob");

#[derive(Encode)]
struct Create {
    issuer: Name,
    maximum_supply: Asset,
}

#[derive(Encode)]
struct Issue {
    to: Name,
    quantity: Asset,
    memo: &'static str,
}

#[derive(Encode)]
struct Transfer {
    from: Name,
    to: Name,
    quantity: Asset,
    memo: &'static str,
}

/// Code and ABI of a contract of the node package.
pub fn contract(name: &str) -> Result<(Vec<u8>, Vec<u8>)> {
    let (code, abi) = package_contract(name)?;
    let abi = Abi::from_json(&std::fs::read_to_string(abi)?)?;
    Ok((std::fs::read(code)?, abi.to_binary()))
}

/// Gives the chain two accounts and a token that the first has much of.
pub fn set_up(chain: &mut Chain) -> Result<()> {
    let (code, abi) = contract("eosio.token")?;
    for account in [TOKEN, ALICE, BOB] {
        chain.create_account(account)?;
    }
    chain.deploy(TOKEN, &code, &abi)?;
    let maximum_supply = asset!("1000000000.0000 TNT");
    let create = Create {
        issuer: ALICE,
        maximum_supply,
    };
    let issue = Issue {
        to: ALICE,
        quantity: maximum_supply,
        memo: "",
    };
    chain.push(&[
        Action::new(
            TOKEN,
            name!("create"),
            &[PermissionLevel::active(TOKEN)],
            &create,
        ),
        Action::new(
            TOKEN,
            name!("issue"),
            &[PermissionLevel::active(ALICE)],
            &issue,
        ),
    ])?;
    chain.push(&[transfer()])?;
    chain.produce_block()?;
    Ok(())
}

pub fn transfer() -> Action {
    transfer_to(BOB)
}

pub fn transfer_to(to: Name) -> Action {
    let transfer = Transfer {
        from: ALICE,
        to,
        quantity: asset!("0.0001 TNT"),
        memo: "a memo",
    };
    Action::new(
        TOKEN,
        name!("transfer"),
        &[PermissionLevel::active(ALICE)],
        &transfer,
    )
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
