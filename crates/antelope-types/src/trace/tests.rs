use super::*;
use crate::{Action, ErrorKind, PermissionLevel, name};
use alloc::{format, vec};
use serde_json::{Value, json};

/// The trace of a transfer, as a node of version 4.1 reports it.
fn transfer() -> TransactionTrace {
    read(include_str!("../../fixtures/transfer.json"))
}

fn read(answer: &str) -> TransactionTrace {
    #[derive(Deserialize)]
    struct Answer {
        processed: TransactionTrace,
    }
    serde_json::from_str::<Answer>(answer).unwrap().processed
}

#[test]
fn a_transfer_is_billed() {
    let trace = transfer();
    assert_eq!(trace.receipt.unwrap().status, TransactionStatus::Executed);
    assert_eq!((trace.cpu_us(), trace.net_bytes()), (157, 128));
    // Alice pays for Bob's new row, and for her own, which was the contract's.
    let (alice, token) = (name!("alice"), name!("eosio.token"));
    assert_eq!(
        trace.ram_deltas(),
        BTreeMap::from([(alice, 368), (token, -128)])
    );
    assert_eq!(trace.error_code, None);
}

#[test]
fn notifications_are_children_of_the_action() {
    let trace = transfer();
    let roots = trace.roots().map(|it| (it.action_ordinal, it.receiver));
    assert_eq!(roots.collect::<Vec<_>>(), [(1, name!("eosio.token"))]);
    let told = trace.children_of(1);
    let told = told.map(|it| (it.receiver, it.is_notification()));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [(name!("alice"), true), (name!("bob"), true)]
    );
    let calls = trace.calls_of(name!("eosio.token"), name!("transfer"));
    assert_eq!(calls.count(), 1);
}

#[test]
fn arguments_come_as_json_and_as_bytes() {
    let trace = transfer();
    let act = &trace.action_traces[0].act;
    assert_eq!(act.json.as_ref().unwrap()["quantity"], "1.0000 EOS");
    assert_eq!(act.data.len(), 8 + 8 + 16 + 1);
    assert_eq!(act.authorization, [PermissionLevel::active(name!("alice"))]);
}

#[test]
fn arguments_without_an_abi_are_bytes_only() {
    for json in [
        json!({ "account": "a", "name": "b", "authorization": [], "data": "0aff" }),
        json!({ "account": "a", "name": "b", "authorization": [], "data": "0aff", "hex_data": "0aff" }),
    ] {
        let action: DecodedAction = serde_json::from_value(json).unwrap();
        assert_eq!((&action.json, &action.data[..]), (&None, &[0x0a, 0xff][..]));
    }
}

#[test]
fn ram_given_back_elsewhere_cancels_out() {
    let mut trace = transfer();
    let account = name!("alice");
    trace.account_ram_delta = Some(AccountDelta {
        account,
        delta: -368,
    });
    assert_eq!(
        trace.ram_deltas(),
        BTreeMap::from([(name!("eosio.token"), -128)])
    );
}

#[test]
fn what_a_node_writes_is_written_again() {
    for answer in [
        include_str!("../../fixtures/transfer.json"),
        include_str!("../../fixtures/overdrawn_trace.json"),
        include_str!("../../fixtures/missing_auth_trace.json"),
        include_str!("../../fixtures/read_only_refused_trace.json"),
    ] {
        let trace = read(answer);
        let written = serde_json::to_value(&trace).unwrap();
        let told: Value = serde_json::from_str(answer).unwrap();
        assert_eq!(
            without_stacks(written.clone()),
            without_stacks(told["processed"].clone())
        );
        assert_eq!(
            serde_json::from_value::<TransactionTrace>(written).unwrap(),
            trace
        );
    }
}

/// Stacks are formats with their values on nodes, and texts here.
fn without_stacks(mut trace: Value) -> Value {
    let forget = |of: &mut Value| {
        if let Some(except) = of["except"].as_object_mut() {
            except.remove("stack");
        }
    };
    forget(&mut trace);
    let actions = trace["action_traces"].as_array_mut().into_iter().flatten();
    actions.for_each(forget);
    trace
}

#[test]
fn a_tree_is_read_in_the_order_of_execution() {
    let told: Value = serde_json::from_str(include_str!("../../fixtures/transfer.json")).unwrap();
    let mut processed = told["processed"].clone();
    let one = processed["action_traces"][0].clone();
    let action = |ordinal: u32, creator: u32, below: Vec<Value>| {
        let mut action = one.clone();
        action["action_ordinal"] = ordinal.into();
        action["creator_action_ordinal"] = creator.into();
        action["inline_traces"] = below.into();
        action
    };
    // 1 has notified 3 and sent 4, which has sent 5; 2 is the transaction's second action.
    let sent = action(4, 1, vec![action(5, 4, vec![])]);
    let first = action(1, 0, vec![action(3, 1, vec![]), sent]);
    processed["action_traces"] = json!([first, action(2, 0, vec![])]);
    let trace: TransactionTrace = serde_json::from_value(processed).unwrap();
    let read = trace.action_traces.iter();
    let read: Vec<_> = read
        .map(|it| (it.action_ordinal, it.creator_action_ordinal))
        .collect();
    assert_eq!(read, [(1, 0), (3, 1), (4, 1), (5, 4), (2, 0)]);
    assert_eq!(trace.children_of(1).count(), 2);
    let whole = serde_json::from_value::<ActionTrace>(one).unwrap();
    let last = ActionTrace {
        action_ordinal: 1,
        ..trace.action_traces[4].clone()
    };
    assert_eq!(last, whole, "nothing else of an action is lost");
}

#[test]
fn an_assertion_gives_the_contracts_text() {
    let trace = read(include_str!("../../fixtures/overdrawn_trace.json"));
    let error = trace.except.unwrap();
    assert!(error.is(ErrorKind::EosioAssertMessage));
    assert_eq!(error.name(), "eosio_assert_message_exception");
    assert_eq!(error.what(), "eosio_assert_message assertion failure");
    assert_eq!(error.assertion(), Some("overdrawn balance"));
    assert_eq!(error.contract_code(), None, "the node's own number");
    assert_eq!(trace.receipt, None);
    assert_eq!(trace.action_traces.len(), 3);
    let except = trace.action_traces[0].except.as_ref().unwrap();
    assert_eq!(except.assertion(), Some("overdrawn balance"));
}

#[test]
fn missing_authority_names_the_account() {
    let trace = read(include_str!("../../fixtures/missing_auth_trace.json"));
    let error = trace.except.unwrap();
    assert!(error.is(ErrorKind::MissingAuth));
    assert_eq!(error.assertion(), None);
    assert_eq!(error.reason(), "missing authority of eosio.token");
}

#[test]
fn a_trace_is_shown_without_its_bytes() {
    let mut trace = transfer();
    let mut action = Action::clone(&trace.action_traces[0].act);
    action.data = vec![0xab; 1 << 20];
    trace.action_traces[0].act = action.into();
    let shown = format!("{:?}", trace.action_traces[0]);
    assert!(
        shown.starts_with("1 by 0: eosio.token <= eosio.token::transfer as "),
        "{shown}"
    );
    assert!(shown.len() < 600, "{shown}");
}
