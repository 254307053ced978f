//! Traces: what is kept of them, in which detail, and how the ABI reads them.

use super::*;
use crate::tests::by_abi::by_abi;
use antelope_types::{
    AccountDelta, Action, ActionReceipt, ActionTrace, BlockTimestamp, ChainError, Checksum256,
    Compression, ErrorKind, Extension, PermissionLevel, Signature, SignedTransaction, Transaction,
    TransactionReceipt, TransactionStatus, name,
};

const ID: Checksum256 = Checksum256([7; 32]);

fn trace(status: Option<TransactionStatus>) -> TransactionTrace {
    let mut trace = TransactionTrace::new(ID, 9, BlockTimestamp::default());
    trace.receipt = status.map(|status| TransactionReceipt {
        status,
        cpu_usage_us: 150,
        net_usage_words: 13,
    });
    trace.elapsed = 77;
    trace
}

fn action(ordinal: u32) -> ActionTrace {
    let alice = [PermissionLevel::active(name!("alice"))];
    let act = Action::new(name!("token"), name!("transfer"), &alice, &300u32);
    ActionTrace {
        action_ordinal: ordinal,
        creator_action_ordinal: 0,
        closest_unnotified_ancestor_action_ordinal: 0,
        receipt: Some(ActionReceipt {
            receiver: name!("token"),
            global_sequence: 300,
            auth_sequence: [(name!("alice"), 4)].into(),
            code_sequence: 200,
            ..ActionReceipt::default()
        }),
        receiver: name!("token"),
        act: act.into(),
        context_free: false,
        elapsed: 5,
        cost: Default::default(),
        console: "hello".into(),
        trx_id: ID,
        block_num: 9,
        block_time: BlockTimestamp::default(),
        producer_block_id: None,
        account_ram_deltas: [(name!("alice"), -3), (name!("bob"), 3)].into(),
        except: None,
        error_code: None,
        return_value: vec![1, 2],
        return_value_data: None,
    }
}

fn recorded(trace: TransactionTrace, transaction: Option<Transaction>) -> RecordedTrace {
    let signed = transaction.map(|transaction| SignedTransaction {
        transaction,
        signatures: vec![Signature::K1([31; 65])],
        context_free_data: vec![vec![1], vec![]],
    });
    RecordedTrace {
        trace: trace.into(),
        packed: signed.map(|signed| PackedTransaction::pack(&signed)),
    }
}

fn extended() -> Transaction {
    let mut transaction = Transaction::default();
    transaction.header.ref_block_num = 11;
    transaction.transaction_extensions = vec![Extension {
        kind: 0,
        data: vec![1; 56],
    }];
    transaction
}

/// A deferred transaction that failed, and the trace of its sender's `onerror`.
fn told(status: TransactionStatus) -> RecordedTrace {
    let mut failed = trace(None);
    failed.except = Some(ChainError::assert_code(42));
    failed.error_code = Some(42);
    let mut onerror = trace(Some(status));
    onerror.scheduled = true;
    onerror.failed_dtrx_trace = Some(Box::new(failed));
    onerror.account_ram_delta = Some(AccountDelta {
        account: name!("alice"),
        delta: -300,
    });
    recorded(onerror, Some(extended()))
}

fn stored(recorded: RecordedTrace) -> StoredTrace {
    let mut stored = decode_traces(&encode_traces(&[recorded])).unwrap();
    stored.remove(0)
}

#[test]
fn only_what_is_in_the_block_is_kept() {
    let all = [
        recorded(trace(Some(TransactionStatus::Executed)), None),
        recorded(trace(None), None),
        recorded(trace(Some(TransactionStatus::Expired)), None),
    ];
    let bytes = encode_traces(&all);
    assert_eq!(count_traces(&bytes), Ok(2));
    let status: Vec<_> = decode_traces(&bytes)
        .unwrap()
        .iter()
        .map(|t| t.status)
        .collect();
    assert_eq!(
        status,
        [TransactionStatus::Executed, TransactionStatus::Expired]
    );
}

#[test]
fn a_soft_failure_is_that_of_the_trace_within() {
    let outer = stored(told(TransactionStatus::SoftFail));
    assert_eq!(outer.status, TransactionStatus::Executed);
    assert_eq!(outer.partial, None);
    let inner = outer.failed_dtrx_trace.unwrap();
    assert_eq!(inner.status, TransactionStatus::SoftFail);
    assert_eq!((inner.cpu_usage_us, inner.error_code), (0, Some(42)));
    assert_eq!(inner.partial.unwrap().header.ref_block_num, 11);

    let outer = stored(told(TransactionStatus::HardFail));
    let inner = outer.failed_dtrx_trace.unwrap();
    let both = (outer.status, inner.status);
    assert_eq!(
        both,
        (TransactionStatus::HardFail, TransactionStatus::HardFail)
    );
}

#[test]
fn a_compressed_transaction_is_told_as_any_other() {
    let plain = recorded(trace(Some(TransactionStatus::Executed)), Some(extended()));
    let mut packed = plain.packed.clone().unwrap();
    packed.compression = Compression::Zlib;
    for bytes in [&mut packed.packed_trx, &mut packed.packed_context_free_data] {
        *bytes = stored_in_zlib(bytes);
    }
    let compressed = RecordedTrace {
        packed: Some(packed),
        ..plain.clone()
    };
    let partial = stored(compressed).partial;
    assert_eq!(partial.as_ref().unwrap().context_free_data.len(), 2);
    assert_eq!(partial, stored(plain).partial);
}

/// Bytes as zlib has them that it does not compress: one stored block.
fn stored_in_zlib(bytes: &[u8]) -> Vec<u8> {
    let length = bytes.len() as u16;
    let mut out = vec![0x78, 0x01, 1];
    out.extend(length.to_le_bytes());
    out.extend((!length).to_le_bytes());
    out.extend(bytes);
    let (mut a, mut b) = (1u32, 0u32);
    for byte in bytes {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    out.extend((b << 16 | a).to_be_bytes());
    out
}

fn failing() -> RecordedTrace {
    let error = || ChainError::new(ErrorKind::MissingAuth, "missing authority of alice");
    let mut whole = trace(Some(TransactionStatus::HardFail));
    whole.except = Some(error());
    whole.error_code = Some(antelope_types::GENERIC_CODE + 5);
    let mut failed = action(1);
    failed.except = Some(error());
    failed.error_code = Some(7);
    whole.action_traces = vec![failed, action(2)];
    recorded(whole, Some(extended()))
}

#[test]
fn details_can_be_kept_and_taken_out() {
    let all = [failing(), told(TransactionStatus::SoftFail)];
    let debug = encode_traces_in(Detail::Debug, &all);
    let detailed = &decode_traces(&debug).unwrap()[0];
    assert_eq!(
        (detailed.elapsed, detailed.action_traces[0].elapsed),
        (77, 5)
    );
    assert_eq!(detailed.action_traces[1].console, "hello");
    assert_eq!(
        detailed.except.as_deref(),
        Some("Missing required authority (3090004)\nmissing authority of alice\n")
    );
    assert_eq!(plain(&debug).unwrap(), encode_traces(&all));
    let stripped = &decode_traces(&encode_traces(&all)).unwrap()[0];
    assert_eq!(stripped.except.as_deref(), Some("Y"));
    assert_eq!(stripped.error_code, Some(antelope_types::GENERIC_CODE));
    assert_eq!(stripped.action_traces[0].error_code, Some(7));
    assert_eq!(stripped.action_traces[1].console, "");
}

#[test]
fn the_abi_reads_what_is_written() {
    let bytes = encode_traces(&[failing(), told(TransactionStatus::SoftFail)]);
    let value = by_abi("transaction_trace[]", &bytes);
    let [kind, first] = [&value[0][0], &value[0][1]];
    assert_eq!(kind, "transaction_trace_v0");
    assert_eq!(first["action_traces"][1][0], "action_trace_v1");
    let action = &first["action_traces"][1][1];
    assert_eq!(action["receipt"][1]["code_sequence"], 200);
    assert_eq!(action["account_ram_deltas"][0]["account"], "alice");
    assert_eq!(action["return_value"], "0102");
    assert_eq!(first["partial"][1]["ref_block_num"], 11);
    let inner = &value[1][1]["failed_dtrx_trace"][1];
    assert_eq!(inner["status"], 1);
    assert_eq!(inner["partial"][1]["transaction_extensions"][0]["type"], 0);
}

#[test]
fn bytes_of_something_else_are_refused() {
    let bytes = encode_traces(&[failing(), told(TransactionStatus::SoftFail)]);
    for length in 0..bytes.len() {
        assert!(decode_traces(&bytes[..length]).is_err(), "{length} bytes");
    }
    let mut other = bytes.clone();
    other[1] = 1; // the tag of a version that there is not
    assert_eq!(decode_traces(&other), Err(DecodeError::UnknownVariant));
    assert!(plain(&other).is_err());
}
