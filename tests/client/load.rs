//! Many at once, as tests that share a node are.

use super::token::Token;
use std::thread::scope;
use veche_tests::Person;

#[test]
fn eight_senders_at_once_lose_nothing() {
    const EACH: usize = 25;
    let token = Token::new();
    let receiver = Person::new();
    token.create(&[&receiver]);
    let senders: Vec<_> = (0..8).map(|_| token.rich(Person::new())).collect();
    scope(|threads| {
        for sender in &senders {
            let (token, to) = (&token, receiver.name);
            threads.spawn(move || {
                for _ in 0..EACH {
                    token.transfer(sender, to, "0.0001 TOK").unwrap();
                }
            });
        }
    });
    assert_eq!(token.balance(receiver.name), "0.0200 TOK");
}

#[test]
fn an_account_that_fails_often_is_not_locked_out() {
    let token = Token::new();
    let alice = token.rich(Person::new());
    for _ in 0..30 {
        let error = token
            .transfer(&alice, token.contract.name, "1000.0000 TOK")
            .unwrap_err();
        assert_eq!(error.assertion(), Some("overdrawn balance"), "{error}");
    }
    token
        .transfer(&alice, token.contract.name, "1.0000 TOK")
        .unwrap();
}
