//! What blocks commit to: ids and roots of a node's own blocks, computed here.

use crate::shared::both::Both;
use antelope_chain::{
    BlockHeader, BlockTransaction, TransactionReceipt, TransactionStatus, merkle_root,
};
use antelope_types::{Action, PackedTransaction, PermissionLevel, name};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn field<T: DeserializeOwned>(block: &Value, name: &str) -> T {
    T::deserialize(&block[name]).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn header(block: &Value) -> BlockHeader {
    BlockHeader {
        timestamp: field(block, "timestamp"),
        producer: field(block, "producer"),
        confirmed: field(block, "confirmed"),
        previous: field(block, "previous"),
        transaction_mroot: field(block, "transaction_mroot"),
        action_mroot: field(block, "action_mroot"),
        schedule_version: field(block, "schedule_version"),
        new_producers: None,
        header_extensions: Vec::new(),
    }
}

fn transaction(receipt: &Value) -> BlockTransaction {
    let packed = PackedTransaction::deserialize(&receipt["trx"]).unwrap();
    BlockTransaction {
        receipt: TransactionReceipt {
            status: TransactionStatus::Executed,
            cpu_usage_us: field(receipt, "cpu_usage_us"),
            net_usage_words: field(receipt, "net_usage_words"),
        },
        id: field(&receipt["trx"], "id"),
        packed: Some(packed.into()),
    }
}

pub fn run(both: &mut Both) {
    both.accounts(&[name!("blka")]);
    let action = |n: u8| {
        let level = [PermissionLevel::active(name!("blka"))];
        Action::new(name!("blka"), name!("x"), &level, &n)
    };
    let mut last = 0;
    for n in 0..3 {
        last = both.only_there(&[action(n)]);
    }
    let first = both.block(1);
    assert_eq!(header(&first).id(), field(&first, "id"), "block 1");
    for number in [2, last] {
        let block = both.block(number);
        let computed = header(&block);
        assert_eq!(computed.number(), number);
        assert_eq!(computed.id(), field(&block, "id"), "block {number}");
        let list = block["transactions"].as_array().unwrap();
        let digests = list.iter().map(|receipt| transaction(receipt).digest());
        let root = merkle_root(digests.collect());
        assert_eq!(root, computed.transaction_mroot, "block {number}");
        assert_eq!(number == last, !list.is_empty());
    }
}
