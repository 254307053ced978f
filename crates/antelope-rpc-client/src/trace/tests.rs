use super::*;
use antelope_types::name;

#[derive(Deserialize)]
struct Answer {
    processed: RawTrace,
}

fn transfer() -> Trace {
    let json = include_str!("../../fixtures/transfer.json");
    serde_json::from_str::<Answer>(json)
        .unwrap()
        .processed
        .into_result(202)
        .unwrap()
}

#[test]
fn a_transfer_is_billed() {
    let trace = transfer();
    assert_eq!(trace.receipt.as_ref().unwrap().status, "executed");
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
    let roots: Vec<_> = trace.roots().map(|a| (a.ordinal, a.receiver)).collect();
    assert_eq!(roots, [(1, name!("eosio.token"))]);
    let told: Vec<_> = trace
        .children_of(1)
        .map(|a| (a.receiver, a.is_notification()))
        .collect();
    assert_eq!(told, [(name!("alice"), true), (name!("bob"), true)]);
    assert_eq!(
        trace
            .calls_of(name!("eosio.token"), name!("transfer"))
            .count(),
        1
    );
}

#[test]
fn arguments_come_as_json_and_as_bytes() {
    let trace = transfer();
    let action = &trace.actions[0];
    assert_eq!(action.arguments.as_ref().unwrap()["quantity"], "1.0000 EOS");
    assert_eq!(action.data.len(), 8 + 8 + 16 + 1);
    assert_eq!(
        action.authorization,
        [PermissionLevel::active(name!("alice"))]
    );
}

#[test]
fn arguments_without_an_abi_are_bytes_only() {
    let json = r#"{"account":"a","name":"b","authorization":[],"data":"0aff"}"#;
    let action: RawAction = serde_json::from_str(json).unwrap();
    assert_eq!(action.arguments_and_bytes(), (None, vec![0x0a, 0xff]));
}

#[test]
fn ram_given_back_elsewhere_cancels_out() {
    let mut trace = transfer();
    let account = name!("alice");
    trace.account_ram_delta = Some(RamDelta {
        account,
        delta: -368,
    });
    assert_eq!(
        trace.ram_deltas(),
        BTreeMap::from([(name!("eosio.token"), -128)])
    );
}
