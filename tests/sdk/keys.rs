//! Hashes, signatures of the three kinds, permissions.

use antelope_rpc_client::Signer;
use antelope_types::{Checksum256, Decode};
use veche_tests::{Person, node};

use super::bench::Bench;

fn people() -> [Person; 3] {
    [Person::new(), Person::with_r1(), Person::with_webauthn()]
}

#[test]
fn signatures_of_every_kind_are_recovered() {
    let bench = Bench::new();
    let text = b"a statement";
    let digest = Checksum256::sha256(text);
    for person in people() {
        let signer: &dyn Signer = person.signer();
        let signature = signer.sign(&digest).expect("a signature");
        let verify = |key| {
            bench
                .calls()
                .verify(text, signature.clone(), key)
                .to_action()
        };
        let trace = bench.push(verify(person.public_key())).expect("verify");
        assert_eq!(Checksum256::from_bytes(trace.return_value()), Ok(digest));
        assert_eq!(
            bench.failure(verify(Person::new().public_key())),
            "another key has signed"
        );
    }
}

#[test]
fn permissions_tell_which_keys_satisfy_them() {
    let bench = Bench::new();
    for person in people() {
        node()
            .create_account(person.name, &person.public_key())
            .expect("an account");
        let satisfied = |keys| {
            let ask = bench.calls().satisfied(person.name, keys).to_action();
            bool::from_bytes(bench.push(ask).expect("ask").return_value()).expect("an answer")
        };
        let other = Person::new().public_key();
        assert!(satisfied(vec![person.public_key()]));
        assert!(!satisfied(vec![other.clone()]));
        assert!(!satisfied(vec![]));
        let _ = other;
    }
}
