//! Transactions that wait: delayed ones, and those that a contract has sent.

use crate::shared::both::Both;
use crate::shared::modules::contract;
use crate::shared::signing::sign_with;
use crate::shared::token::token;
use crate::world::{ALICE, NUMBER, SHELF, TOKEN};
use antelope_rpc_client::native;
use antelope_rpc_client::signing;
use antelope_types::{
    Action, Authority, Encode, PermissionLevel, TimePointSec, Transaction, asset, name,
};
use wasm_encoder::{Instruction as I, ValType};

const HOUR: u32 = 3600;

/// Numbers of senders, which the contract gives its transactions.
const SENDERS: [u128; 4] = [0, 7, u64::MAX as u128 + 1, u128::MAX];

/// Gives both chains the same waiting transactions.
pub fn fill(both: &mut Both) {
    let transfer = |memo: &str| {
        let one = asset!("0.0001 TOK");
        let call = token(TOKEN, ALICE).transfer(ALICE, NUMBER, one, memo.into());
        call.to_action()
    };
    let unknown = Action {
        account: SHELF,
        name: name!("unknown"),
        authorization: vec![PermissionLevel::active(SHELF)],
        data: vec![1, 2, 3],
    };
    let key = both.key.clone();
    let now = both.chain.now().micros() / 1_000_000;
    for (hours, actions) in [
        (1, vec![transfer("first")]),
        (5, vec![transfer("second"), unknown]),
        (9, vec![transfer("third")]),
    ] {
        // One transaction for both, so that its id, and what is made of it, is the same.
        let mut transaction = Transaction {
            actions,
            ..Transaction::default()
        };
        transaction.header.expiration = TimePointSec::from_seconds(now as u32 + HOUR / 2);
        transaction.header.delay_sec.0 = hours * HOUR;
        let signed = sign_with(&both.chain.chain_id(), transaction, &[&key]);
        both.compare("a delayed transaction", &signed, &signed);
    }
    // Code may act for an account that has said so.
    let own = Authority::from_key(signing::public_key(&key).unwrap());
    let later = name!("later");
    both.accounts(&[later]);
    let set = native::update_auth(later, name!("active"), name!("owner"), own.with_code(later));
    both.push("a permission for code", &[set]);
    both.push("code that defers", &[native::set_code(later, &sender())]);
    both.push(
        "deferred transactions",
        &[Action {
            account: later,
            name: name!("send"),
            authorization: vec![PermissionLevel::active(later)],
            data: Vec::new(),
        }],
    );
}

/// A contract that sends a transaction for each of the numbers.
fn sender() -> Vec<u8> {
    let params = [
        ValType::I32,
        ValType::I64,
        ValType::I32,
        ValType::I32,
        ValType::I32,
    ];
    let (mut data, mut apply) = (Vec::new(), Vec::new());
    for (index, sender) in (0..).zip(SENDERS) {
        let mut transaction = Transaction::default();
        transaction.header.delay_sec.0 = (2 + 2 * index as u32) * HOUR;
        transaction.actions.push(Action {
            account: name!("later"),
            name: name!("nothing"),
            authorization: vec![PermissionLevel::active(name!("later"))],
            data: vec![index as u8; index],
        });
        let packed = transaction.to_bytes();
        let at = 1024 + 256 * index as i32;
        apply.extend([
            I::I32Const(at),
            I::I64Const(name!("later").raw() as i64),
            I::I32Const(at + 16),
            I::I32Const(packed.len() as i32),
            I::I32Const(0),
            I::Call(0),
        ]);
        data.push((at, sender.to_le_bytes().to_vec()));
        data.push((at + 16, packed));
    }
    contract(&[("send_deferred", &params, &[])], &data, &apply)
}
