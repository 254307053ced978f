//! RAM by table, scope and payer, as a text to commit.

use crate::shared::token::token;
use crate::shop::{ALICE, SHOP, TOKEN, chain};
use antelope_testing::contract;
use antelope_testing::ram::RamReport;
use antelope_types::{asset, name};

#[test]
fn a_report_is_a_text_that_can_be_committed_and_compared() {
    let mut chain = chain(&[TOKEN, ALICE, SHOP]);
    chain.install(TOKEN, &contract!("token").unwrap()).unwrap();
    let alice = token(TOKEN, ALICE);
    let create = token(TOKEN, TOKEN).create(ALICE, asset!("100.0000 TOK"));
    let issue = alice.issue(ALICE, asset!("10.0000 TOK"), "".into());
    chain.push((create, issue)).unwrap();
    let before = chain.state().ram_report();
    let transfer = alice.transfer(ALICE, SHOP, asset!("1.0000 TOK"), "".into());
    chain.push(transfer).unwrap();
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
