//! Transactions that ask and change nothing.

use crate::puppets::{ALICE, chain};
use antelope_chain::{ApplyContext, ChainError, ErrorKind};
use antelope_rpc_client::native;
use antelope_types::{Action, Name, PermissionLevel, name};

const ORACLE: Name = name!("oracle");

fn oracle(context: &mut ApplyContext<'_>) -> Result<(), ChainError> {
    match context.action().name.to_string().as_str() {
        "ask" => context.set_return_value(&[7; 1000]),
        "write" => context.db_store(ORACLE, ORACLE, ORACLE, 1, &[]).map(drop),
        _ => context.set_privileged(ORACLE, true),
    }
}

fn ask(name: &str) -> Action {
    Action {
        account: ORACLE,
        name: name.parse().unwrap(),
        authorization: vec![],
        data: vec![],
    }
}

#[test]
fn what_is_asked_is_answered_at_any_length() {
    let chain = chain(&[(ORACLE, oracle)], &[ALICE]);
    let trace = chain.read(&[ask("ask")]).unwrap();
    assert_eq!(trace.action_traces[0].return_value, [7; 1000]);
    let receipt = trace.action_traces[0].receipt.as_ref().unwrap();
    assert_eq!((receipt.global_sequence, receipt.recv_sequence), (0, 0));
}

#[test]
fn what_would_change_something_is_refused() {
    let chain = chain(&[(ORACLE, oracle)], &[ALICE]);
    let mut signed = ask("ask");
    signed.authorization = vec![PermissionLevel::active(ALICE)];
    let mut set_abi = native::set_abi(ALICE, b"");
    set_abi.authorization.clear();
    for (action, kind, message) in [
        (
            ask("write"),
            ErrorKind::TableOperationNotPermitted,
            "cannot store a db record when executing a readonly transaction",
        ),
        (
            ask("rise"),
            ErrorKind::WasmExecutionError,
            "set_privileged not allowed in a readonly transaction",
        ),
        (
            signed,
            ErrorKind::Transaction,
            "read-only action 'ask' cannot have authorizations",
        ),
        (
            set_abi,
            ErrorKind::ActionValidate,
            "setabi ot allowed in read-only transaction",
        ),
    ] {
        let failure = chain.read(&[action]).unwrap_err();
        let found = (failure.error().kind(), failure.error().message());
        assert_eq!(found, (kind, message));
    }
}
