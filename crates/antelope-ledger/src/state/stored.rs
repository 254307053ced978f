//! The encoding of the chain's state, field by field.

use super::map::Map;
use super::{
    Account, AccountResources, BlockResources, Code, Deferred, ElasticLimit, Float64, FloatBits128,
    Global, IndexEntry, IndexKey, Indexes, Limits, Link, Permission, Proposed, Protocol, Rounds,
    Row, SecondaryIndex, Sequences, State, TableInfo, TableKey, Usage,
};
use crate::stored::{Malformed, Output, Stored, stored_by_field};
use antelope_types::Decoder;
use imbl::OrdMap;

stored_by_field! {
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

impl<K: Stored + Ord + Clone, V: Stored + Clone> Stored for Map<K, V> {
    fn store(&self, out: &mut Output<'_>) {
        (**self).store(out);
    }

    fn restore(input: &mut Decoder<'_>) -> Result<Self, Malformed> {
        OrdMap::restore(input).map(Self::from)
    }
}
