//! What a real node makes of values and ABIs.

use antelope_node::{Node, NodeOptions};
use antelope_rpc_client::{ClientError, native};
use antelope_types::abi::AbiDef;
use antelope_types::{
    Action, Encode, Name, PackedTransaction, PermissionLevel, SignedTransaction, TimePointSec,
    Transaction, json as form,
};
use serde_json::{Value, json};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// The node of the whole test process.
pub(crate) fn node() -> &'static Node {
    static NODE: OnceLock<Node> = OnceLock::new();
    NODE.get_or_init(|| {
        let options = NodeOptions {
            max_transaction_cpu_ms: 10_000,
            ..NodeOptions::default()
        };
        let node = Node::start(options).unwrap_or_else(|error| panic!("{error}"));
        node.boot().unwrap_or_else(|error| panic!("{error}"));
        node
    })
}

/// An account that nobody else has.
pub(crate) fn fresh_account() -> Name {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let mut number = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut text = String::from("codec");
    while number > 0 {
        text.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
    }
    let account = text.parse().unwrap();
    node().create_contract_account(account).unwrap();
    account
}

/// Gives accounts their ABIs.
pub(crate) fn set_abis(abis: &[(Name, Vec<u8>)]) {
    let actions: Vec<_> = abis
        .iter()
        .map(|(account, abi)| native::set_abi(*account, abi))
        .collect();
    node().client().push(&actions, &[node().key()]).unwrap();
}

/// A fresh account with this ABI.
pub(crate) fn account_with(abi: &Value) -> Name {
    let account = fresh_account();
    let definition: AbiDef = serde_json::from_value(abi.clone()).unwrap();
    set_abis(&[(account, definition.to_bytes())]);
    account
}

/// The number and words with which a node refuses.
pub(crate) type Refusal = (u64, String);

/// What the node's API says where an error has no number of its own there.
const INVALID_TRANSACTION: u64 = 3_010_010;

/// The bytes that the node makes of these arguments, or its refusal. Faults that are not of the ABI
/// come with the number of an invalid transaction.
pub(crate) fn verdict(account: Name, arguments: &Value) -> Result<Vec<u8>, Refusal> {
    let items = [("act".parse().unwrap(), arguments.clone())];
    match compute_json(account, &items) {
        Ok(mut answers) => Ok(answers.remove(0).bytes),
        Err(ClientError::Chain(error)) => {
            let at = usize::from(error.error.code() == INVALID_TRANSACTION);
            let words = error
                .error
                .details()
                .get(at)
                .map(|detail| detail.message.clone());
            let words = words.unwrap_or_default();
            Err((error.error.code(), words))
        }
        Err(error) => panic!("{error}"),
    }
}

/// What the node makes of an action.
pub(crate) struct Answer {
    /// Its arguments, packed.
    pub(crate) bytes: Vec<u8>,
    /// Its arguments as JSON, if the node can show them.
    pub(crate) json: Option<Value>,
}

/// The bytes that the node makes of these arguments.
pub(crate) fn pack(account: Name, action: Name, arguments: &Value) -> Result<Vec<u8>, String> {
    let mut answers = pack_all(account, &[(action, arguments.clone())])?;
    Ok(answers.remove(0))
}

/// The bytes of many, or the refusal of one of them.
pub(crate) fn pack_all(account: Name, items: &[(Name, Value)]) -> Result<Vec<Vec<u8>>, String> {
    let answers = compute_json(account, items).map_err(|error| error.to_string())?;
    Ok(answers.into_iter().map(|answer| answer.bytes).collect())
}

fn compute_json(account: Name, items: &[(Name, Value)]) -> Result<Vec<Answer>, ClientError> {
    let actions = items
        .iter()
        .map(|(action, _)| self::action(account, *action, &[]));
    let transaction = transaction(actions.collect());
    let mut request = json!({"signatures": [], "compression": "none", "context_free_data": []});
    request["transaction"] = serde_json::to_value(&transaction).unwrap();
    for (index, (_, arguments)) in items.iter().enumerate() {
        request["transaction"]["actions"][index]["data"] = arguments.clone();
    }
    compute(&request)
}

/// What the node shows of packed arguments.
pub(crate) fn show(items: &[(Name, Name, Vec<u8>)]) -> Vec<Option<Value>> {
    let actions = items
        .iter()
        .map(|(account, name, bytes)| action(*account, *name, bytes));
    let signed = SignedTransaction {
        transaction: transaction(actions.collect()),
        ..SignedTransaction::default()
    };
    let request = serde_json::to_value(PackedTransaction::pack(&signed)).unwrap();
    let answers = compute(&request).unwrap_or_else(|error| panic!("{error}"));
    answers.into_iter().map(|answer| answer.json).collect()
}

fn action(account: Name, name: Name, bytes: &[u8]) -> Action {
    Action {
        account,
        name,
        authorization: vec![PermissionLevel::active(account)],
        data: bytes.into(),
    }
}

fn transaction(actions: Vec<Action>) -> Transaction {
    let info = node().client().get_info().unwrap();
    let mut transaction = Transaction {
        actions,
        ..Transaction::default()
    };
    transaction.header.set_reference_block(&info.head_block_id);
    let soon = TimePointSec::from(info.head_block_time).checked_add(60);
    transaction.header.expiration = soon.expect("it is before 2106");
    transaction
}

fn compute(request: &Value) -> Result<Vec<Answer>, ClientError> {
    let path = "/v1/chain/compute_transaction";
    let mut answer: Value = node()
        .client()
        .call(path, &json!({ "transaction": request }))?;
    assert!(answer["processed"]["except"].is_null(), "{answer}");
    let traces = answer["processed"]["action_traces"].take();
    let Value::Array(traces) = traces else {
        panic!("{traces}")
    };
    let answers = traces.into_iter().map(|mut trace| {
        let act = &mut trace["act"];
        let bytes = match &act["hex_data"] {
            Value::Null => &act["data"],
            hex => hex,
        };
        let bytes = form::bytes::deserialize(bytes).expect("bytes are hexadecimal");
        let json = act["data"].take();
        Answer {
            bytes,
            json: (!json.is_string()).then_some(json),
        }
    });
    Ok(answers.collect())
}
