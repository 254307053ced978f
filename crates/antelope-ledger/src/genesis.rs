//! How a chain begins: its parameters, its first state and its first block.
//!
//! Mirrors `genesis_state` (`libraries/chain/genesis_state.cpp`) and
//! `controller_impl::initialize_database` (`libraries/chain/controller.cpp`). A chain's id is the
//! SHA-256 of the packed genesis, so two chains with the same genesis have the same id, and a
//! transaction signed for one is valid on the other.

use crate::config::{ACTIVE, ChainConfig, GIVEN_PERMISSIONS, NULL, OWNER, PRODUCERS, SYSTEM};
use crate::state::{Account, AccountResources, Protocol, Rounds, State, ram};
use crate::stored::stored_struct;
use crate::system_abi::SYSTEM_ABI;
use antelope_types::{
    Authority, BlockHeader, BlockTimestamp, ChainError, Checksum256, CpuBilling, Encode,
    FeatureSet, Name, PermissionLevel, PrivateKey, PublicKey, TimePoint,
};
use std::sync::Arc;

/// The private key of every development chain:
/// `5KQwrPbwdL6PhXujxW37FSSQZ1JiwsST4cqQzDeyXtP79zkvFD3`.
///
/// It is in the source of nodeos, so everybody has it. A chain that holds anything of value must
/// not use it.
pub const DEVELOPMENT_KEY: PrivateKey = PrivateKey::K1([
    0xd2, 0x65, 0x3f, 0xf7, 0xcb, 0xb2, 0xd8, 0xff, 0x12, 0x9a, 0xc2, 0x7e, 0xf5, 0x78, 0x1c, 0xe6,
    0x8b, 0x25, 0x58, 0xc4, 0x1a, 0x74, 0xaf, 0x1f, 0x2d, 0xdc, 0xa6, 0x35, 0xcb, 0xee, 0xf0, 0x7d,
]);

stored_struct! {
    /// What a chain begins with.
    ///
    /// ```
    /// // The id of a node that is started without a genesis file.
    /// let id = antelope_ledger::Genesis::default().chain_id();
    /// assert!(id.to_string().starts_with("8a34ec7df1b8cd06ff4a8abbaa7cc503"));
    /// ```
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Genesis {
        /// The time of the first block, in microseconds since 1970; the block's is rounded to a
        /// slot.
        pub initial_timestamp: TimePoint,
        /// The key of `owner` and `active` of `eosio`, and the key that signs blocks until a
        /// schedule of producers is set.
        pub initial_key: PublicKey,
        /// The parameters of the chain.
        pub initial_configuration: ChainConfig,
        /// The protocol features that are active from the first block on. A node's chain begins
        /// with none and activates them in blocks. The chain id does not depend on them.
        pub features: FeatureSet,
        /// What transactions are billed for CPU. The chain id does not depend on it.
        pub cpu_billing: CpuBilling,
    }
}

impl Default for Genesis {
    /// The genesis of a node that is started without a genesis file, 2018-06-01T12:00:00 and the
    /// public key of [`DEVELOPMENT_KEY`], but with all protocol features active.
    fn default() -> Self {
        Self {
            initial_timestamp: TimePoint::from_micros(1_527_854_400_000_000),
            // The public key of the development key.
            initial_key: PublicKey::K1([
                0x02, 0xc0, 0xde, 0xd2, 0xbc, 0x1f, 0x13, 0x05, 0xfb, 0x0f, 0xaa, 0xc5, 0xe6, 0xc0,
                0x3e, 0xe3, 0xa1, 0x92, 0x42, 0x34, 0x98, 0x54, 0x27, 0xb6, 0x16, 0x7c, 0xa5, 0x69,
                0xd1, 0x3d, 0xf4, 0x35, 0xcf,
            ]),
            initial_configuration: ChainConfig::default(),
            features: FeatureSet::ALL,
            cpu_billing: CpuBilling::default(),
        }
    }
}

impl Genesis {
    /// The id of the chain: the SHA-256 of [`packed`](Self::packed)
    /// (`genesis_state::compute_chain_id` of a node).
    pub fn chain_id(&self) -> Checksum256 {
        Checksum256::sha256(&self.packed())
    }

    /// The packed `genesis_state` of a node: time, key and parameters, in this order.
    pub fn packed(&self) -> Vec<u8> {
        let mut bytes = self.initial_timestamp.to_bytes();
        bytes.extend(self.initial_key.to_bytes());
        bytes.extend(self.initial_configuration.to_bytes());
        bytes
    }

    /// The header of the first block. It has no producer and no transactions; its `action_mroot` is
    /// the chain id.
    pub fn header(&self) -> BlockHeader {
        BlockHeader {
            timestamp: BlockTimestamp::from(self.initial_timestamp),
            producer: Name::default(),
            confirmed: 1,
            previous: Checksum256::ZERO,
            transaction_mroot: Checksum256::ZERO,
            action_mroot: self.chain_id(),
            schedule_version: 0,
            new_producers: None,
            header_extensions: Vec::new(),
        }
    }

    /// The state after the first block: the accounts `eosio`, `eosio.null` and `eosio.prods`.
    ///
    /// `eosio` is privileged and has the ABI of the native actions. `eosio.null` and the `owner` of
    /// `eosio.prods` have an authority without keys that nothing satisfies; `active` of
    /// `eosio.prods` and its `prod.major` and `prod.minor` are satisfied by `eosio@active` until
    /// the first schedule of producers is in force.
    ///
    /// # Errors
    /// As [`State::add_ram`]; in practice none.
    pub fn state(&self) -> Result<State, ChainError> {
        let mut state = State::new(self.initial_configuration);
        state.global.protocol = Protocol::beginning(self.features);
        state.global.rounds = Arc::new(Rounds::beginning(self.initial_key.clone()));
        state.global.cpu_billing = self.cpu_billing;
        let own = Authority::from_key(self.initial_key.clone());
        let nobody = Authority {
            threshold: 1,
            ..Authority::default()
        };
        let producers = Authority::from_permission(PermissionLevel::active(SYSTEM));
        self.account(&mut state, SYSTEM, &own, &own)?;
        self.account(&mut state, NULL, &nobody, &nobody)?;
        let mut parent = self.account(&mut state, PRODUCERS, &nobody, &producers)?;
        for permission in GIVEN_PERMISSIONS {
            let level = PermissionLevel::new(PRODUCERS, permission);
            let (authority, now) = (producers.clone(), self.initial_timestamp);
            parent = state.create_permission(level, parent, authority, now);
        }
        state.reference_blocks.insert(1, self.header().id());
        Ok(state)
    }

    /// Adds an account with `owner` and `active`, bills its RAM, and returns the number of
    /// `active`.
    fn account(
        &self,
        state: &mut State,
        name: Name,
        owner: &Authority,
        active: &Authority,
    ) -> Result<u64, ChainError> {
        let now = self.initial_timestamp;
        let mut account = Account::new(BlockTimestamp::from(now), name == SYSTEM);
        if name == SYSTEM {
            account.abi = Arc::clone(&SYSTEM_ABI);
        }
        state.accounts.insert(name, account);
        let level = PermissionLevel::new(name, OWNER);
        let parent = state.create_permission(level, 0, owner.clone(), now);
        let level = PermissionLevel::new(name, ACTIVE);
        let id = state.create_permission(level, parent, active.clone(), now);
        state.resources.insert(name, AccountResources::default());
        state.add_ram(name, ram::account(owner, active))?;
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_keys::signing;

    #[test]
    fn the_development_key_is_the_one_of_every_node() {
        let text = "5KQwrPbwdL6PhXujxW37FSSQZ1JiwsST4cqQzDeyXtP79zkvFD3";
        assert!(text.parse::<PrivateKey>().unwrap() == DEVELOPMENT_KEY);
        let public = signing::public_key(&DEVELOPMENT_KEY).unwrap();
        assert_eq!(public, Genesis::default().initial_key);
    }

    #[test]
    fn the_first_abi_is_that_of_every_node() {
        // The hash that `get_raw_abi` of a new node reports.
        assert_eq!(
            Checksum256::sha256(&SYSTEM_ABI).to_string(),
            "ae67fd3b82d11a374330c96910014c0873af19696df619c669748f2173098e5d"
        );
    }

    /// Nodes of before 2021 allowed inline actions of 4 KiB; nothing else was different.
    #[test]
    fn the_id_of_older_development_chains_is_theirs_too() {
        let mut genesis = Genesis::default();
        genesis.initial_configuration.max_inline_action_size = 4096;
        assert_eq!(
            genesis.chain_id().to_string(),
            "cf057bbfb72640471fd910bcb67639c22df9f92470936cddc1ade0e2f2e7dc4f"
        );
    }
}
