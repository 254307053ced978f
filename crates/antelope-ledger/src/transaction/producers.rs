//! Proposing schedules of producers: the host functions `set_proposed_producers` and
//! `set_proposed_producers_ex`.
//!
//! Mirrors `set_proposed_producers_common` in `libraries/chain/webassembly/privileged.cpp` and
//! `set_proposed_producers` in `libraries/chain/controller.cpp` of a node. What follows a proposal
//! is in `state::rounds`.

use super::ApplyContext;
use crate::reading::read;
use crate::state::Proposed;
use antelope_types::{
    ChainError, ErrorKind, Feature, KeyWeight, Name, Producer, ProducerKey, PublicKey, Schedule,
    SigningAuthority, ensure,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most producers of a schedule: `max_producers` in a node's `config.hpp`.
const MAX_PRODUCERS: usize = 125;

impl ApplyContext<'_> {
    /// The producers of the active schedule, in the order of their turns.
    pub fn active_producers(&self) -> Vec<Name> {
        let producers = &self.state().active_schedule().producers;
        producers.iter().map(|p| p.producer_name).collect()
    }

    /// Proposes a schedule: a packed list of producers with one key each. Returns the version that
    /// it will have, or -1 if the proposal is not accepted: another one waits already, or nothing
    /// would change.
    ///
    /// # Errors
    /// - `wasm_execution_error` (3070002) in a read-only transaction and for a list that is not a
    ///   schedule: more than 125 producers, none, unknown or repeated accounts, authorities that
    ///   cannot be satisfied.
    /// - `unactivated_key_type` (3010015) for WebAuthn keys before `WEBAUTHN_KEY`.
    /// - As [`read`] if the bytes are not such a list.
    pub fn set_proposed_producers(&mut self, packed: &[u8]) -> Result<i64, ChainError> {
        self.require_changes("set_proposed_producers")?;
        let legacy: Vec<ProducerKey> = read(packed)?;
        let producers = legacy.into_iter().map(Producer::from).collect();
        self.propose(producers, true)
    }

    /// Proposes a schedule in one of two formats: 0 as [`set_proposed_producers`], 1 a packed list
    /// of producers with authorities of several weighted keys.
    ///
    /// # Errors
    /// As [`set_proposed_producers`], and `wasm_execution_error` (3070002) for another format.
    ///
    /// [`set_proposed_producers`]: Self::set_proposed_producers
    pub fn set_proposed_producers_ex(
        &mut self,
        format: u64,
        packed: &[u8],
    ) -> Result<i64, ChainError> {
        self.require_changes("set_proposed_producers_ex")?;
        match format {
            0 => self.set_proposed_producers(packed),
            1 => self.propose(read(packed)?, false),
            _ => Err(ChainError::new(
                ErrorKind::WasmExecutionError,
                "Producer schedule is in an unknown format!",
            )),
        }
    }

    /// Checks a schedule, and proposes it. `keys_only` says that it came in the format with one key
    /// each, for which nodes also check that no key is empty.
    fn propose(&mut self, producers: Vec<Producer>, keys_only: bool) -> Result<i64, ChainError> {
        ensure!(
            producers.len() <= MAX_PRODUCERS,
            WasmExecutionError,
            "Producer schedule exceeds the maximum producer count for this chain"
        );
        let may_be_empty = !self.state().has(Feature::DISALLOW_EMPTY_PRODUCER_SCHEDULE);
        ensure!(
            may_be_empty || !producers.is_empty(),
            WasmExecutionError,
            "Producer schedule cannot be empty"
        );
        for producer in &producers {
            ensure!(
                self.is_account(producer.producer_name),
                WasmExecutionError,
                "producer schedule includes a nonexisting account"
            );
            self.check_signing(producer, keys_only)?;
        }
        let names: BTreeSet<_> = producers.iter().map(|p| p.producer_name).collect();
        ensure!(
            names.len() == producers.len(),
            WasmExecutionError,
            "duplicate producer name in producer schedule"
        );
        Ok(self.take_proposal(producers).unwrap_or(-1))
    }

    /// Checks the authority of one producer: known kinds of keys, no key twice, and a threshold
    /// that can be reached.
    fn check_signing(&self, producer: &Producer, keys_only: bool) -> Result<(), ChainError> {
        let SigningAuthority::V0 { threshold, keys } = &producer.authority;
        let account = producer.producer_name;
        let webauthn = self.state().has(Feature::WEBAUTHN_KEY);
        let mut sum = 0u32;
        for KeyWeight { key, weight } in keys {
            ensure!(
                webauthn || !matches!(key, PublicKey::WebAuthn(_)),
                UnactivatedKeyType,
                "Unactivated key type used in proposed producer schedule"
            );
            ensure!(
                !keys_only || key.point().iter().any(|byte| *byte != 0),
                WasmExecutionError,
                "producer schedule includes an invalid key"
            );
            sum = sum.saturating_add(u32::from(*weight));
        }
        let unique: BTreeSet<_> = keys.iter().map(|weighted| &weighted.key).collect();
        ensure!(
            unique.len() == keys.len(),
            WasmExecutionError,
            "producer schedule includes a duplicated key for {account}"
        );
        ensure!(
            *threshold > 0,
            WasmExecutionError,
            "producer schedule includes an authority with a threshold of 0 for {account}"
        );
        ensure!(
            sum >= *threshold,
            WasmExecutionError,
            "producer schedule includes an unsatisfiable authority for {account}"
        );
        Ok(())
    }

    /// Records the proposal, and returns its version. `None` if a schedule proposed in an earlier
    /// block still waits, or the schedule equals the one proposed, announced or active before it.
    fn take_proposal(&mut self, producers: Vec<Producer>) -> Option<i64> {
        let block_num = self.block_num();
        let state = self.state();
        if let Some(before) = &state.global.proposed
            && (before.block_num != block_num || before.schedule.producers == producers)
        {
            return None;
        }
        // Compared with the schedule that will be in force last: the announced one, else the active
        // one.
        let rounds = &state.global.rounds;
        let following = rounds.following();
        let current = if following.producers.is_empty() {
            &rounds.active
        } else {
            following
        };
        if current.producers == producers {
            return None;
        }
        let version = current.version + 1;
        let schedule = Arc::new(Schedule { version, producers });
        let global = &mut self.state_mut().global;
        global.proposed = Some(Proposed {
            block_num,
            schedule,
        });
        global.parameters_set += 1;
        Some(i64::from(version))
    }
}
