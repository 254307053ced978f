//! The contract on a chain.

use antelope_testing::{Chain, ErrorKind, Failure, contract};
use antelope_types::{Name, PermissionLevel, name};
use hello::hello::Client;

const HELLO: Name = name!("hello");
const ALICE: Name = name!("alice");
const BOB: Name = name!("bob");

fn chain() -> Chain {
    let contract = contract!().expect("the contract is built");
    let chain = Chain::builder()
        .accounts([ALICE, BOB])
        .contract(HELLO, &contract)
        .build();
    chain.expect("a chain")
}

#[test]
fn whoever_signs_is_greeted() -> Result<(), Failure> {
    let mut chain = chain();
    let alice = Client::at(HELLO).signed_by(PermissionLevel::active(ALICE));
    let trace = chain.push(alice.hi(ALICE))?;
    assert_eq!(trace.console(), "Hello, alice");
    assert!(trace.ram_deltas().is_empty());
    Ok(())
}

#[test]
fn nobody_is_greeted_in_anothers_name() {
    let mut chain = chain();
    let bob = Client::at(HELLO).signed_by(PermissionLevel::active(BOB));
    let failure = chain.push(bob.hi(ALICE)).unwrap_err();
    assert!(failure.error().is(ErrorKind::MissingAuth));
    assert_eq!(
        failure.to_string(),
        "hello::hi: missing_auth_exception (3090004): missing authority of alice"
    );
}
