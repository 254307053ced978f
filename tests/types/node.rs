//! Beside the real node: it packs arguments given as JSON, and shows packed ones as JSON.
//!
//! Nodes since Leap 4 have no `abi_json_to_bin` and `abi_bin_to_json` any more; what is left does
//! the same by the same serializer. `compute_transaction` takes a transaction whose arguments are
//! JSON, packs them by the account's ABI, and answers with a trace in which they are JSON again.

use antelope_rpc_client::{Client, ClientError, native};
use antelope_types::abi::AbiDef;
use antelope_types::{
    Action, Encode, Name, PackedTransaction, PermissionLevel, SignedTransaction, TimePoint,
    TimePointSec, Transaction, VarUint32, json as form, name,
};
use serde_json::value::Serializer;
use serde_json::{Value, json};
use veche_tests::{nodeos, random_name};

use super::value::{BUILT_IN, Sample};
use super::{ROWS, abi, composite, difference, row};
use test_support::random::Random;

/// Rows in a request: nodeos gives an ABI fifteen milliseconds for one.
const BATCH: usize = 10;

/// A fresh account with the ABI, and no code.
pub(crate) fn account() -> Name {
    let account = random_name();
    let node = nodeos();
    node.create_contract_account(account)
        .expect("an account can be made");
    let abi: AbiDef = serde_json::from_str(&abi()).expect("our ABI is one");
    node.client()
        .push(&[native::set_abi(account, &abi.to_bytes())], &[node.key()])
        .expect("the node takes the ABI");
    account
}

fn text(value: &Value) -> &str {
    value.as_str().expect("the node answers with a string")
}

/// What the node makes of an action.
struct Answer {
    /// The id of the transaction that it packed, or was given packed.
    id: String,
    /// The arguments, packed.
    bytes: Vec<u8>,
    /// The arguments, as JSON.
    json: Value,
}

/// How the arguments go to the node.
enum Arguments<'a> {
    /// For the node to pack.
    Json(&'a Value),
    /// Packed by us.
    Bytes,
}

fn send(
    client: &Client,
    transaction: &Transaction,
    arguments: Arguments<'_>,
) -> Result<Answer, ClientError> {
    let signed = SignedTransaction {
        transaction: transaction.clone(),
        ..SignedTransaction::default()
    };
    let packed = PackedTransaction::pack(&signed);
    let mut request = serde_json::to_value(packed).expect("a transaction has JSON");
    if let Arguments::Json(arguments) = arguments {
        request = json!({"signatures": [], "compression": "none", "context_free_data": []});
        request["transaction"] = serde_json::to_value(transaction).expect("a transaction has JSON");
        request["transaction"]["actions"][0]["data"] = arguments.clone();
    }
    let mut answer: Value = client.call(
        "/v1/chain/compute_transaction",
        &json!({"transaction": request}),
    )?;
    let id = text(&answer["transaction_id"]).into();
    let action = &mut answer["processed"]["action_traces"][0]["act"];
    Ok(Answer {
        id,
        bytes: form::bytes::deserialize(&action["hex_data"]).expect("bytes are hexadecimal"),
        json: action["data"].take(),
    })
}

/// A transaction that calls `action` with these bytes.
fn transaction(client: &Client, code: Name, action: Name, bytes: &[u8]) -> Transaction {
    let info = client.get_info().expect("the node says how far it is");
    let mut transaction = Transaction {
        actions: vec![Action {
            account: code,
            name: action,
            authorization: vec![PermissionLevel::active(code)],
            data: bytes.into(),
        }],
        ..Transaction::default()
    };
    transaction.header.set_reference_block(&info.head_block_id);
    let soon = TimePointSec::from(info.head_block_time).checked_add(60);
    transaction.header.expiration = soon.expect("it is before 2106");
    transaction
}

/// Compares both ways: the node's bytes by the id of its transaction, its JSON in its trace.
fn compare(client: &Client, code: Name, action: Name, sample: &Sample) {
    let transaction = transaction(client, code, action, &sample.bytes);
    let answer = send(client, &transaction, Arguments::Json(&sample.json));
    let answer = answer.unwrap_or_else(|error| panic!("{error}: {}", sample.json));
    assert_eq!(difference(&sample.json, &answer.json), None);
    assert_eq!(answer.id, transaction.id().to_string(), "{}", sample.json);
}

/// The bytes that the node makes of arguments, if it takes them.
pub(crate) fn accepted(
    client: &Client,
    code: Name,
    action: Name,
    arguments: &Value,
) -> Option<Vec<u8>> {
    let transaction = transaction(client, code, action, &[]);
    let answer = send(client, &transaction, Arguments::Json(arguments)).ok()?;
    Some(answer.bytes)
}

/// Compares one way: what the node writes of our bytes.
fn compare_json(client: &Client, code: Name, action: Name, bytes: &[u8], ours: &Value) {
    let transaction = transaction(client, code, action, bytes);
    let answer = send(client, &transaction, Arguments::Bytes);
    let answer = answer.unwrap_or_else(|error| panic!("{error}: {ours}"));
    assert_eq!(difference(&json!({"it": ours}), &answer.json), None);
    assert_eq!(answer.id, transaction.id().to_string());
}

/// The arguments of `check`: the samples, one after another.
fn arguments(rows: &[Sample], composites: &[Sample]) -> Sample {
    let mut bytes = Vec::new();
    for list in [rows, composites] {
        bytes.extend(VarUint32(list.len() as u32).to_bytes());
        list.iter().for_each(|sample| bytes.extend(&sample.bytes));
    }
    let json = |list: &[Sample]| {
        list.iter()
            .map(|sample| sample.json.clone())
            .collect::<Value>()
    };
    Sample {
        bytes,
        json: json!({"rows": json(rows), "composites": json(composites)}),
    }
}

#[test]
fn random_values_of_all_built_in_and_composed_types() {
    let client = nodeos().client();
    let account = account();
    let mut random = Random::new(3);
    let mut compared = 0;
    for _ in 0..ROWS / BATCH {
        let rows: Vec<_> = (0..BATCH).map(|_| row(&mut random)).collect();
        let composites: Vec<_> = (0..BATCH)
            .map(|_| composite::composite(&mut random))
            .collect();
        compare(
            client,
            account,
            name!("check"),
            &arguments(&rows, &composites),
        );
        compared += BATCH * BUILT_IN.len();
    }
    assert!(compared >= 10_000, "only {compared} values");
}

#[test]
fn extensions_and_authorities() {
    let client = nodeos().client();
    let account = account();
    let mut random = Random::new(4);
    for _ in 0..30 {
        let sample = composite::extended(&mut random);
        compare(client, account, name!("extended"), &sample);
        let samples = random.list(20, composite::authority);
        compare(client, account, name!("authorities"), &list(&samples));
    }
}

/// The argument `it`, of samples.
fn list(samples: &[Sample]) -> Sample {
    let mut bytes = VarUint32(samples.len() as u32).to_bytes();
    samples
        .iter()
        .for_each(|sample| bytes.extend(&sample.bytes));
    let json: Value = samples.iter().map(|sample| sample.json.clone()).collect();
    Sample {
        bytes,
        json: json!({"it": json}),
    }
}

#[test]
fn floats_of_any_bits_are_written_as_the_node_writes_them() {
    let client = nodeos().client();
    let account = account();
    let mut random = Random::new(5);
    for _ in 0..20 {
        let mut floats = random.list(100, |random| f64::from_bits(random.next()));
        floats.extend([
            0.0,
            -0.0,
            0.1,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NAN,
            -f64::NAN,
        ]);
        floats.extend([
            f64::MIN_POSITIVE,
            f64::MAX,
            f64::MIN,
            f64::EPSILON,
            5e-324,
            0.5e-17,
        ]);
        let json: Value = floats
            .iter()
            .map(|float| form::float64::serialize(float, Serializer).expect("a float has JSON"))
            .collect();
        compare_json(client, account, name!("floats"), &floats.to_bytes(), &json);
    }
}

#[test]
fn times_until_the_year_10000_are_written_as_the_node_writes_them() {
    const YEAR_10000_MICROS: u64 = 253_402_300_800_000_000;
    let client = nodeos().client();
    let account = account();
    let mut random = Random::new(6);
    for _ in 0..20 {
        let times = random.list(100, |random| {
            TimePoint::from_micros((random.wide() as u64 % YEAR_10000_MICROS) as i64)
        });
        let json = json!(times);
        compare_json(client, account, name!("times"), &times.to_bytes(), &json);
    }
}
