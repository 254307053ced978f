//! The encoding of the chain's state, field by field.

use super::stored::{Malformed, Output, Stored, stored_as_on_the_wire, stored_by_field};
use crate::block::{BlockHeader, BlockTransaction, IncrementalMerkle, Schedule};
use crate::config::ChainConfig;
use crate::features::{Feature, FeatureSet};
use crate::genesis::Genesis;
use crate::state::{
    Account, AccountResources, BlockResources, Code, Deferred, ElasticLimit, Float64, FloatBits128,
    Global, IndexEntry, IndexKey, Indexes, Limits, Link, Map, Permission, Proposed, Protocol,
    Rounds, Row, SecondaryIndex, Sequences, State, TableInfo, TableKey, Usage,
};
use crate::trace::{TransactionReceipt, TransactionStatus};
use crate::transaction::CpuBilling;
use crate::wasm_config::WasmConfig;
use antelope_types::Decoder;

stored_as_on_the_wire!(
    ChainConfig,
    CpuBilling,
    BlockHeader,
    IncrementalMerkle,
    Schedule,
    WasmConfig
);

stored_by_field! {
    Genesis { initial_timestamp, initial_key, initial_configuration, features, cpu_billing }
    Global {
        config, cpu_billing, max_return_value, wasm_config, protocol, rounds, proposed, block_resources,
        global_sequence, next_permission, next_link, next_table, next_deferred,
    }
    Protocol { active, activated, preactivated }
    Rounds {
        producer, confirmed, version, active, pending, announced, promoted, new, schedule_hash, irreversible,
        head_irreversible, proposed_irreversible, implied, made, needed,
    }
    Proposed { block_num, schedule }
    Deferred {
        number, id, sender, sender_id, payer, published, delay_until, expiration, packed,
    }
    Account {
        created, abi, code_sequence, abi_sequence, code_hash,
        last_code_update, privileged,
    }
    Sequences { received, authorized }
    Permission { id, parent, last_updated, last_used, authority }
    Link { id, permission }
    Code { bytes, accounts }
    Limits { ram_bytes, net_weight, cpu_weight }
    Usage { last_ordinal, value_ex, consumed }
    AccountResources { limits, ram_usage, net_usage, cpu_usage }
    ElasticLimit { virtual_limit, pending, total_weight, target, max, average }
    BlockResources { cpu, net, total_ram_bytes }
    TableKey { code, scope, table }
    TableInfo { id, payer, count }
    Row { payer, value }
    IndexEntry<K: Stored> { key, payer }
    Indexes { u64, u128, u256, f64, f128 }
    TransactionReceipt { status, cpu_usage_us, net_usage_words }
    BlockTransaction { receipt, id, packed }
}

impl Stored for Feature {
    fn store(&self, out: &mut Output<'_>) {
        self.digest.store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        let digest = Stored::restore(input)?;
        Self::by_digest(&digest).ok_or(Malformed("unknown protocol feature"))
    }
}

impl Stored for FeatureSet {
    fn store(&self, out: &mut Output<'_>) {
        self.iter().collect::<Vec<_>>().store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        let features: Vec<Feature> = Stored::restore(input)?;
        let set = features.into_iter();
        Ok(set.fold(Self::NONE, Self::with))
    }
}

impl Stored for Float64 {
    fn store(&self, out: &mut Output<'_>) {
        self.0.store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        Ok(Self(u64::restore(input)?))
    }
}

impl Stored for FloatBits128 {
    fn store(&self, out: &mut Output<'_>) {
        self.0.store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        Ok(Self(u128::restore(input)?))
    }
}

impl Stored for TransactionStatus {
    fn store(&self, out: &mut Output<'_>) {
        (*self as u8).store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        match u8::restore(input)? {
            0 => Ok(Self::Executed),
            1 => Ok(Self::SoftFail),
            2 => Ok(Self::HardFail),
            3 => Ok(Self::Delayed),
            4 => Ok(Self::Expired),
            _ => Err(Malformed("unknown status of a transaction")),
        }
    }
}

impl<K: IndexKey + Stored + Clone> Stored for SecondaryIndex<K> {
    fn store(&self, out: &mut Output<'_>) {
        // The order of keys follows from the entries.
        let Self {
            by_primary,
            by_key: _,
        } = self;
        by_primary.store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        let by_primary: Map<(u64, u64), IndexEntry<K>> = Stored::restore(input)?;
        let by_key = by_primary
            .iter()
            .map(|((table, primary), entry)| (*table, entry.key.order(), *primary))
            .collect();
        Ok(Self { by_primary, by_key })
    }
}

impl Stored for State {
    fn store(&self, out: &mut Output<'_>) {
        let Self {
            global,
            accounts,
            sequences,
            permissions,
            // It follows from the permissions.
            permission_names: _,
            links,
            codes,
            resources,
            pending_limits,
            tables,
            rows,
            indexes,
            transactions,
            // It follows from the transactions.
            transactions_by_expiration: _,
            reference_blocks,
            deferred,
            // They follow from the deferred transactions.
            deferred_ids: _,
            deferred_order: _,
        } = self;
        global.store(out);
        accounts.store(out);
        sequences.store(out);
        permissions.store(out);
        links.store(out);
        codes.store(out);
        resources.store(out);
        pending_limits.store(out);
        tables.store(out);
        rows.store(out);
        indexes.store(out);
        transactions.store(out);
        reference_blocks.store(out);
        deferred.store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        // Fields are read in the order in which they stand here.
        let mut state = Self {
            global: Stored::restore(input)?,
            accounts: Stored::restore(input)?,
            sequences: Stored::restore(input)?,
            permissions: Stored::restore(input)?,
            permission_names: Default::default(),
            links: Stored::restore(input)?,
            codes: Stored::restore(input)?,
            resources: Stored::restore(input)?,
            pending_limits: Stored::restore(input)?,
            tables: Stored::restore(input)?,
            rows: Stored::restore(input)?,
            indexes: Stored::restore(input)?,
            transactions: Stored::restore(input)?,
            transactions_by_expiration: Default::default(),
            reference_blocks: Stored::restore(input)?,
            deferred: Stored::restore(input)?,
            deferred_ids: Default::default(),
            deferred_order: Default::default(),
        };
        let deferred = state.deferred.values();
        state.deferred_ids = deferred.map(|found| found.id).collect();
        let deferred = state.deferred.iter();
        state.deferred_order = deferred
            .map(|(key, found)| (found.delay_until, found.number, *key))
            .collect();
        let permissions = state.permissions.iter();
        state.permission_names = permissions.map(|(key, found)| (found.id, *key)).collect();
        let transactions = state.transactions.iter();
        state.transactions_by_expiration = transactions
            .map(|(id, expiration)| (*expiration, *id))
            .collect();
        Ok(state)
    }
}
