//! `examples/hello` on a chain: what a newcomer does first.

use antelope_rpc_client::ErrorKind;
use antelope_types::{PermissionLevel, name};
use serde_json::json;
use veche_tests::{Person, built, node, random_name};

#[test]
fn greets_those_who_sign() {
    let node = node();
    let (contract, guest) = (random_name(), Person::new());
    node.create_contract_account(contract)
        .expect("the contract's account");
    node.create_account(guest.name, &guest.public_key())
        .expect("the guest's account");
    built("hello")
        .deploy(node.client(), contract, node.key())
        .expect("it deploys");

    let hi = |user, signer| {
        let arguments = json!({ "user": user });
        let action = node.client().action(
            contract,
            name!("hi"),
            PermissionLevel::active(signer),
            &arguments,
        );
        action.expect("the ABI has the action")
    };
    let trace = node
        .client()
        .push(&[hi(guest.name, guest.name)], &[guest.signer()])
        .expect("a greeting");
    assert_eq!(trace.console(), format!("Hello, {}", guest.name));
    assert!(trace.ram_deltas().is_empty());

    let refused = node
        .client()
        .push(&[hi(contract, guest.name)], &[guest.signer()]);
    assert_eq!(
        refused.expect_err("the contract has not signed").code(),
        Some(ErrorKind::MissingAuth.code())
    );
}
