//! What a contract says when it panics, numbers it fails with, and two versions of one contract.

use crate::shop::{ALICE, SHOP, act, chain};
use antelope_chain::{Chain, Contract};
use antelope_testing::contract;
use antelope_types::{Decode, Encode, Name, name};

fn installed(contract: &Contract) -> Chain {
    let mut chain = chain(&[SHOP, ALICE]);
    chain.install(SHOP, contract).unwrap();
    chain
}

#[test]
fn panics_tell_their_text_and_place() {
    let mut chain = installed(&contract!("stumble").unwrap());
    let mut panic = |action: Name, data: &[u8]| {
        let failure = chain.push(&[act(SHOP, action, data)]).unwrap_err();
        let panic = failure.panic().unwrap_or_else(|| panic!("{failure:?}"));
        assert!(failure.trap().is_some());
        let line = panic.replace(":\n", ": ");
        assert!(failure.to_string().ends_with(&line), "{failure}");
        // Functions have names, without a word from the test.
        let frames = failure.backtrace();
        assert!(
            frames.iter().all(|frame| frame.name.is_some()),
            "{failure:?}"
        );
        line
    };
    let file = "panicked at tests/contracts/stumble/src/lib.rs";
    let at = |place: &str, text: &str| format!("{file}:{place}: {text}");
    assert_eq!(
        panic(name!("unwrap"), &[0]),
        at("44:12", "called `Option::unwrap()` on a `None` value")
    );
    assert_eq!(
        panic(name!("index"), &(vec![1u32, 2], 9u32).to_bytes()),
        at(
            "50:13",
            "index out of bounds: the len is 2 but the index is 9"
        )
    );
    assert_eq!(
        panic(name!("add"), &[200, 100]),
        at("56:9", "attempt to add with overflow")
    );
    assert_eq!(
        panic(name!("divide"), &(1u32, 0u32).to_bytes()),
        at("62:9", "attempt to divide by zero")
    );
    assert_eq!(
        panic(name!("words"), &ALICE.to_bytes()),
        at("69:9", "my words")
    );
}

#[test]
fn numbers_are_told_with_their_texts() {
    let mut chain = installed(&contract!("stumble").unwrap());
    let failure = chain.push(&[act(SHOP, name!("number"), &[0])]).unwrap_err();
    assert_eq!(failure.code_text().as_deref(), Some("the shop is closed"));
    assert_eq!(
        failure.to_string(),
        "shop::number: eosio_assert_code_exception (3050004): assertion failure with error code: 7, \
         which means: the shop is closed"
    );
    assert_eq!(failure.panic(), None);
}

#[test]
fn an_upgrade_is_tested_by_features() {
    let before = contract!("stumble").unwrap();
    let after = contract!("stumble", features = ["v2"]).unwrap();
    assert_ne!(before.wasm(), after.wasm());

    let mut chain = installed(&before);
    chain
        .push(&[act(SHOP, name!("enter"), &5u64.to_bytes())])
        .unwrap();
    chain.install(SHOP, &after).unwrap();
    let mut note = |note: u32| {
        let data = (5u64, note).to_bytes();
        let trace = chain.push(&[act(SHOP, name!("note"), &data)]).unwrap();
        u32::from_bytes(&trace.action_traces[0].return_value).unwrap()
    };
    // The row of the first version has no note.
    assert_eq!(note(70), 0);
    assert_eq!(note(80), 70);
}
