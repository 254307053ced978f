//! Chains that were forks of one node, and then of another.

use crate::support::{ask, post, server};
use antelope_chain::api::Api;
use antelope_rpc::{ForkOptions, ForkSource, Options, Server};
use antelope_rpc_client::signing::Signer;
use antelope_types::{Authority, Name, PrivateKey, PublicKey, name};
use serde_json::{Value, json};

/// An account that all of them have, each with its own key.
const EITHER: Name = name!("either");

/// A node whose account has this key.
fn other(secret: u8) -> (Server, PublicKey) {
    let (api, server) = server(Options::default());
    let key = PrivateKey::K1([secret; 32]).public_key();
    let authority = Authority::from_key(key.clone());
    api.with(|chain| chain.create_account_with(EITHER, &authority, &authority))
        .unwrap();
    (server, key)
}

/// The key of the account on a fork.
fn key_of(api: &Api) -> PublicKey {
    let account = api.client().get_account(EITHER).unwrap();
    let required = &account.permissions[0].required_auth;
    required.keys[0].key.key().unwrap().clone()
}

#[test]
fn a_revert_to_a_fork_of_another_node_asks_that_node_again() {
    let [(first, first_key), (second, second_key)] = [other(1), other(2)];
    let (api, server) = server(Options {
        development: true,
        ..Options::default()
    });
    let call = |name: &str, request: Value| {
        let request = post(&format!("/v1/dev/{name}"), &request.to_string());
        let answer = ask(server.address(), &request).unwrap();
        assert_eq!(answer.status, 200, "{name}: {}", answer.body);
        answer.json()
    };
    let fork = |of: &Server| call("fork", json!({ "url": of.url(), "lazy": true }));
    let snapshot = || json!({ "id": call("snapshot", json!({}))["id"] });
    let before = snapshot();
    fork(&first);
    let of_first = snapshot();
    call("revert", before.clone());
    fork(&second);
    let of_second = snapshot();
    assert_eq!(key_of(&api), second_key);

    for (snapshot, server, key) in [
        (&of_first, &first, &first_key),
        (&of_second, &second, &second_key),
        (&of_first, &first, &first_key),
    ] {
        call("revert", snapshot.clone());
        assert_eq!(call("get_fork", json!({}))["url"], server.url());
        assert_eq!(&key_of(&api), key);
    }
}

/// Without the calls for development, whoever reverts says where to ask. Until then nothing is asked.
#[test]
fn the_source_of_another_fork_is_refused() {
    let [(first, first_key), (second, _)] = [other(1), other(2)];
    let (api, _server) = server(Options::default());
    let before = api.with(|chain| chain.snapshot());
    let of_first = ForkSource::connect(ForkOptions::new(first.url())).unwrap();
    of_first.begin(&api, false).unwrap();
    let forked = api.with(|chain| chain.snapshot());
    api.with(|chain| chain.revert(&before));
    let of_second = ForkSource::connect(ForkOptions::new(second.url())).unwrap();
    of_second.begin(&api, false).unwrap();
    api.with(|chain| chain.revert(&forked));
    let refused = api.client().get_account(EITHER).unwrap_err().to_string();
    assert!(refused.contains("which was forked later"), "{refused}");
    assert!(!api.fork().state().is_foreign(EITHER));
    of_first.attach(&api);
    assert_eq!(key_of(&api), first_key);
}
