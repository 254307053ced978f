//! How a chain begins.

use crate::config::{ACTIVE, ChainConfig, GIVEN_PERMISSIONS, NULL, OWNER, PRODUCERS, SYSTEM};
use crate::state::{Account, AccountResources, Protocol, Rounds, State, ram};
use crate::stored::stored_by_field;
use crate::system_abi::SYSTEM_ABI;
use antelope_types::{
    Authority, BlockHeader, BlockTimestamp, ChainError, Checksum256, CpuBilling, Encode,
    FeatureSet, Name, PermissionLevel, PrivateKey, PublicKey, TimePoint,
};
use std::sync::Arc;

/// The key of every development chain: `5KQwrPbwdL6PhXujxW37FSSQZ1JiwsST4cqQzDeyXtP79zkvFD3`.
pub const DEVELOPMENT_KEY: PrivateKey = PrivateKey::K1([
    0xd2, 0x65, 0x3f, 0xf7, 0xcb, 0xb2, 0xd8, 0xff, 0x12, 0x9a, 0xc2, 0x7e, 0xf5, 0x78, 0x1c, 0xe6,
    0x8b, 0x25, 0x58, 0xc4, 0x1a, 0x74, 0xaf, 0x1f, 0x2d, 0xdc, 0xa6, 0x35, 0xcb, 0xee, 0xf0, 0x7d,
]);

/// How a chain begins; its id is the hash of this.
///
/// ```
/// // The id that a node has which is started without a genesis file.
/// let id = antelope_ledger::Genesis::default().chain_id();
/// assert!(id.to_string().starts_with("8a34ec7df1b8cd06ff4a8abbaa7cc503"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Genesis {
    /// The time of the first block.
    pub initial_timestamp: TimePoint,
    /// The key of `eosio`.
    pub initial_key: PublicKey,
    /// The parameters.
    pub initial_configuration: ChainConfig,
    /// The protocol features that are active from the first block on. A chain of nodes begins with
    /// none, and its id does not depend on them.
    pub features: FeatureSet,
    /// What transactions are billed for CPU, which the id does not depend on.
    pub cpu_billing: CpuBilling,
}

impl Default for Genesis {
    /// That of a node without a genesis file: 1 June 2018, noon, and [`DEVELOPMENT_KEY`].
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
    /// The id of the chain.
    pub fn chain_id(&self) -> Checksum256 {
        Checksum256::sha256(&self.packed())
    }

    /// What nodes keep of it: `genesis_state`.
    pub fn packed(&self) -> Vec<u8> {
        let mut bytes = self.initial_timestamp.to_bytes();
        bytes.extend(self.initial_key.to_bytes());
        bytes.extend(self.initial_configuration.to_bytes());
        bytes
    }

    /// The first block, which carries nothing but the chain's id.
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

    /// The accounts that are there from the beginning.
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

    /// Adds an account; the number of its `active` permission.
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

stored_by_field! {
    Genesis { initial_timestamp, initial_key, initial_configuration, features, cpu_billing }
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_rpc_client::signing;

    #[test]
    fn the_development_key_is_the_one_of_every_node() {
        let text = "5KQwrPbwdL6PhXujxW37FSSQZ1JiwsST4cqQzDeyXtP79zkvFD3";
        assert!(text.parse::<PrivateKey>().unwrap() == DEVELOPMENT_KEY);
        let public = signing::public_key(&DEVELOPMENT_KEY).unwrap();
        assert_eq!(public, Genesis::default().initial_key);
    }

    #[test]
    fn the_first_abi_is_that_of_every_node() {
        // As `get_raw_abi` of a new node tells it.
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
