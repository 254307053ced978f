//! Schedules of producers that contracts of the system propose.

use super::ApplyContext;
use crate::reading::read;
use crate::state::Proposed;
use antelope_types::{
    ChainError, ErrorKind, Feature, KeyWeight, Name, Producer, ProducerKey, PublicKey, Schedule,
    SigningAuthority, ensure,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most producers of a schedule: `max_producers`.
const MAX_PRODUCERS: usize = 125;

impl ApplyContext<'_> {
    /// The accounts that make the blocks, in their order.
    pub fn active_producers(&self) -> Vec<Name> {
        let producers = &self.state().active_schedule().producers;
        producers.iter().map(|p| p.producer_name).collect()
    }

    /// Proposes a schedule, an encoded list of producers with one key each: its version, or -1 where
    /// it is not taken.
    ///
    /// # Errors
    /// Where the bytes are no such list, or the list is no schedule.
    pub fn set_proposed_producers(&mut self, packed: &[u8]) -> Result<i64, ChainError> {
        self.require_changes("set_proposed_producers")?;
        let legacy: Vec<ProducerKey> = read(packed)?;
        let producers = legacy.into_iter().map(Producer::from).collect();
        self.propose(producers, true)
    }

    /// Proposes a schedule in the encoding of this number: 0, as [`set_proposed_producers`], or 1, a
    /// list of producers with their authorities.
    ///
    /// # Errors
    /// Where the bytes are no such list, or the list is no schedule.
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

    /// The version of the schedule, unless another was proposed before or it would change nothing.
    fn take_proposal(&mut self, producers: Vec<Producer>) -> Option<i64> {
        let block_num = self.block_num();
        let state = self.state();
        if let Some(before) = &state.global.proposed
            && (before.block_num != block_num || before.schedule.producers == producers)
        {
            return None;
        }
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
        self.state_mut().global.proposed = Some(Proposed {
            block_num,
            schedule,
        });
        Some(i64::from(version))
    }
}
