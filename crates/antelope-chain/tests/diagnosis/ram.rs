//! RAM by table, scope and payer, as a text to commit.

use crate::shop::{ALICE, SHOP, TOKEN, Transfer, act, chain, token};
use antelope_chain::ram::RamReport;
use antelope_client::Abi;
use antelope_types::{Action, Asset, Encode, Name, PermissionLevel, asset, name};

#[derive(Encode)]
struct Create {
    issuer: Name,
    maximum_supply: Asset,
}

#[derive(Encode)]
struct Issue<'a> {
    to: Name,
    quantity: Asset,
    memo: &'a str,
}

#[test]
fn a_report_is_a_text_that_can_be_committed_and_compared() {
    let artifact = token();
    let abi = Abi::from_json(&artifact.read_abi().unwrap()).unwrap();
    let mut chain = chain(&[TOKEN, ALICE, SHOP]);
    chain
        .deploy(TOKEN, &artifact.read_wasm().unwrap(), &abi.to_binary())
        .unwrap();
    let create = Create {
        issuer: ALICE,
        maximum_supply: asset!("100.0000 TOK"),
    };
    let issue = Issue {
        to: ALICE,
        quantity: asset!("10.0000 TOK"),
        memo: "",
    };
    let by_token = vec![PermissionLevel::active(TOKEN)];
    let create = act(TOKEN, name!("create"), &create.to_bytes());
    let create = Action {
        authorization: by_token,
        ..create
    };
    chain
        .push(&[create, act(TOKEN, name!("issue"), &issue.to_bytes())])
        .unwrap();
    let before = chain.state().ram_report();
    let transfer = Transfer {
        from: ALICE,
        to: SHOP,
        quantity: asset!("1.0000 TOK"),
        memo: "",
    };
    chain
        .push(&[act(TOKEN, name!("transfer"), &transfer.to_bytes())])
        .unwrap();
    let after = chain.state().ram_report();
    // The code of the example may change; what it stores may not.
    let tables: String = after
        .to_string()
        .lines()
        .filter(|line| line.contains("token "))
        .map(|line| format!("{line}\n"))
        .collect();
    insta::assert_snapshot!("tables", tables);
    insta::assert_snapshot!("changes", after.since(&before));
    assert_eq!(after.table(TOKEN, name!("accounts")), 2 * 240);
    assert_eq!(after.to_string().parse::<RamReport>().unwrap(), after);
    assert!(after.since(&after).is_empty());
}
