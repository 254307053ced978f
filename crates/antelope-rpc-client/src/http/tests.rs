use super::*;
use crate::client::Client;
use crate::fake_node::{FakeNode, unknown_endpoint};
use antelope_types::{Action, SignedTransaction, name};
use std::time::Instant;

fn client(node: &FakeNode) -> Client {
    let options = ClientOptions {
        timeout: Duration::from_millis(300),
        max_answer_bytes: 1000,
        ..ClientOptions::default()
    };
    Client::with_options(&node.url, &options).unwrap()
}

#[test]
fn accepts_addresses_of_nodes() {
    for (given, used) in [
        ("http://127.0.0.1:8888", "http://127.0.0.1:8888"),
        ("http://127.0.0.1:8888/", "http://127.0.0.1:8888"),
        ("https://node.example/eos/", "https://node.example/eos"),
        ("https://node.example/v1/", "https://node.example"),
        ("http://[::1]:8888", "http://[::1]:8888"),
    ] {
        assert_eq!(check_url(given).unwrap(), used);
    }
}

#[test]
fn refuses_what_is_no_address() {
    for given in [
        "",
        "127.0.0.1:8888",
        "ftp://node",
        "http://",
        "http://a b",
        "http:///v1",
        "http://me:secret@node",
        "http://node?x=1",
    ] {
        assert!(
            matches!(check_url(given), Err(ClientError::Url { .. })),
            "{given}"
        );
    }
}

#[test]
fn a_proxys_error_page_is_no_node() {
    let node = FakeNode::new(|_| Some((502, b"<html>Bad Gateway</html>".to_vec())));
    let error = client(&node).get_info().unwrap_err();
    assert!(matches!(error, ClientError::NotANode { status: 502, .. }));
    let url = format!("{}/v1/chain/get_info", node.url);
    let text = "expected a node's JSON, got `<html>Bad Gateway</html>`";
    assert_eq!(error.to_string(), format!("{url}: status 502, {text}"));
}

#[test]
fn redirections_are_not_followed() {
    let node = FakeNode::new(|_| Some((301, b"moved".to_vec())));
    let error = client(&node).get_info().unwrap_err();
    assert!(
        matches!(error, ClientError::NotANode { status: 301, .. }),
        "{error}"
    );
}

#[test]
fn other_json_is_an_unexpected_answer() {
    for body in ["{}", "[]", "not json", r#"{"chain_id":"00"}"#] {
        let node = FakeNode::new(move |_| Some((200, body.into())));
        let error = client(&node).get_info().unwrap_err();
        assert!(matches!(error, ClientError::Shape { .. }), "{error}");
    }
}

#[test]
fn a_long_answer_is_not_read() {
    let node = FakeNode::new(|_| Some((200, vec![b' '; 1_000_000])));
    let error = client(&node).get_info().unwrap_err();
    assert!(
        matches!(error, ClientError::AnswerTooLong { limit: 1000, .. }),
        "{error}"
    );
}

#[test]
fn silence_ends_with_the_time_allowed() {
    let node = FakeNode::new(|_| None);
    let start = Instant::now();
    let error = client(&node).get_info().unwrap_err();
    assert!(
        matches!(
            error,
            ClientError::Transport {
                timed_out: true,
                ..
            }
        ),
        "{error}"
    );
    assert!(start.elapsed() < Duration::from_secs(3));
}

#[test]
fn nobody_listening_is_a_transport_error() {
    let error = Client::new("http://127.0.0.1:1")
        .unwrap()
        .get_info()
        .unwrap_err();
    assert!(
        matches!(
            error,
            ClientError::Transport {
                timed_out: false,
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn a_node_without_tls_is_a_transport_error_for_https() {
    let node = FakeNode::new(|_| Some((200, b"{}".to_vec())));
    let address = node.url.replace("http://", "https://");
    let error = Client::new(&address).unwrap().get_info().unwrap_err();
    assert!(matches!(error, ClientError::Transport { .. }), "{error}");
}

#[test]
fn older_nodes_are_sent_transactions_by_older_calls() {
    // This call puts what an action has notified and sent below it.
    let trace = include_str!("../../fixtures/transfer.json");
    let mut trace: serde_json::Value = serde_json::from_str(trace).unwrap();
    let actions = &mut trace["processed"]["action_traces"];
    let below = actions.as_array_mut().unwrap().split_off(1);
    assert_eq!(below.len(), 2);
    actions[0]["inline_traces"] = below.into();
    let trace = trace.to_string();
    let node = FakeNode::new(move |path| match path {
        "/v1/chain/push_transaction" => Some((202, trace.clone().into_bytes())),
        _ => unknown_endpoint(),
    });
    let client = Client::new(&node.url).unwrap();
    let mut signed = SignedTransaction::default();
    signed.transaction.actions = vec![Action::new(name!("a"), name!("b"), &[], &())];
    for _ in 0..2 {
        let trace = client.send(&signed).unwrap();
        assert_eq!((trace.cpu_us(), trace.action_traces.len()), (157, 3));
    }
    let calls: Vec<_> = node
        .asked()
        .iter()
        .map(|path| path.trim_start_matches("/v1/chain/").to_owned())
        .collect();
    let older = ["send_transaction", "push_transaction", "push_transaction"];
    assert_eq!(calls, [&["send_transaction2"][..], &older].concat());
}

#[test]
fn a_call_the_node_lacks_is_told_apart() {
    let node = FakeNode::new(|_| unknown_endpoint());
    let error = client(&node)
        .send(&SignedTransaction::default())
        .unwrap_err();
    assert!(matches!(error, ClientError::Unsupported { .. }), "{error}");
}
