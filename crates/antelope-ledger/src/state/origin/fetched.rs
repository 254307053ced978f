//! Accounts and tables of the other chain, as they are written into a fork.
//!
//! They are written as they are, outside any transaction and without billing: the RAM that an account
//! uses comes with the account, and includes the rows that are not here yet. So the usage is right at
//! any time, and removing a row gives back what it had cost.
//!
//! Nodes do not tell everything; what is missing begins anew:
//!
//! | what | here |
//! |---|---|
//! | how often code and ABI were set | once, or never where there is none |
//! | the counters of receipts | 0 |
//! | when a permission was updated and last used | when the account was created |
//! | NET and CPU used in the last day | none |
//! | who pays for an index entry | the payer of its row |

use super::{Missing, NUMBER, Origin};
use crate::config::SYSTEM;
use crate::state::{
    Account, AccountResources, Float64, FloatBits128, IndexEntry, IndexKey, ResourceLimits, Row,
    State, TableId, TableKey,
};
use antelope_types::{
    Authority, BlockTimestamp, ChainConfig, ChainError, Checksum256, Decode, Encode, ErrorKind,
    Name, PermissionLevel, TimePoint, WasmConfig,
};

/// Something of the other chain.
///
/// ```
/// use antelope_ledger::state::{Fetched, Missing, Origin, State};
/// use antelope_ledger::state::missing_during;
/// use antelope_types::{ChainConfig, Checksum256, TimePoint, name};
///
/// let mut state = State::new(ChainConfig::default());
/// state.take_over(&Fetched::Origin(Origin {
///     url: "https://node.example".to_owned(),
///     chain_id: Checksum256([1; 32]),
///     head_block_num: 1000,
///     head_block_id: Checksum256([2; 32]),
///     head_block_time: TimePoint::default(),
///     total_net_weight: 0,
///     total_cpu_weight: 0,
/// }))?;
/// let alice = name!("alice");
/// let (found, missing) = missing_during(|| state.find_account(alice).is_some());
/// assert!(!found && missing.contains(&Missing::Account(alice)));
///
/// // What the other chain does not have is not missed again.
/// state.take_over(&Fetched::Account { name: alice, account: None })?;
/// let (_, missing) = missing_during(|| state.find_account(alice).is_some());
/// assert!(missing.is_empty());
/// # Ok::<(), antelope_types::ChainError>(())
/// ```
///
/// The encoding is that of the journal of a chain in a folder.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub enum Fetched {
    /// The chain itself: from now on, what is not here may be there.
    Origin(Origin),
    /// Its parameters.
    Parameters(FetchedParameters),
    /// An account; none where the other chain does not have it.
    Account {
        /// Its name.
        name: Name,
        /// What it has.
        account: Option<FetchedAccount>,
    },
    /// A table in one scope with its secondary indexes; without rows where there is none.
    Table(FetchedTable),
}

/// What blocks and transactions may use, and what modules may be.
///
/// As `get_consensus_parameters` tells them. They replace the parameters of the fork as a whole.
///
/// What that call leaves out, such as the limits of modules where no protocol feature makes them
/// parameters, stays as it is in the fork.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct FetchedParameters {
    /// Those of the chain.
    pub config: ChainConfig,
    /// The most bytes that an action may return; none where it is not told.
    pub max_return_value: Option<u32>,
    /// The limits of modules; none where they are not parameters.
    pub wasm: Option<WasmConfig>,
}

/// An account.
///
/// Its tables are not in it: each is fetched when it is needed. The RAM that it uses counts them all the
/// same, as the other chain counts it.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct FetchedAccount {
    /// When it was created.
    pub created: TimePoint,
    /// Whether its contract may call the privileged host functions.
    pub privileged: bool,
    /// When its code was last set.
    pub last_code_update: TimePoint,
    /// Its code; empty where it has none.
    pub code: Vec<u8>,
    /// Its binary ABI; empty where it has none.
    pub abi: Vec<u8>,
    /// Its permissions, in any order.
    pub permissions: Vec<FetchedPermission>,
    /// The RAM that it may use, in bytes; -1 for no limit.
    pub ram_quota: i64,
    /// The RAM that it uses, in bytes.
    pub ram_usage: u64,
    /// Its weight for NET; -1 for no limit.
    pub net_weight: i64,
    /// Its weight for CPU; -1 for no limit.
    pub cpu_weight: i64,
}

/// A permission of an account.
///
/// Its authority may name accounts that are not here; they are missed when somebody has to satisfy it.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct FetchedPermission {
    /// Its name. The permission `eosio.any` stands for any of the account: it has links only.
    pub name: Name,
    /// The permission above it; empty for `owner`.
    pub parent: Name,
    /// Who satisfies it.
    pub authority: Authority,
    /// Contracts and actions that are linked to it; an empty action for all of a contract's.
    pub links: Vec<(Name, Name)>,
}

/// A table in one scope.
///
/// It is whole: a row that is not in it does not exist. The number of rows and entries of the table is
/// counted from it, and the numbers of objects, in whose order state history lists them, are given anew.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct FetchedTable {
    /// Its contract.
    pub code: Name,
    /// Its scope.
    pub scope: Name,
    /// Its name, whose lowest four bits are 0.
    pub table: Name,
    /// Who pays for the table itself, and for each of its indexes, by number. Index 0 shares the
    /// table, which has the number 0 too.
    pub payers: Vec<(u8, Name)>,
    /// Its rows.
    pub rows: Vec<FetchedRow>,
    /// Its secondary indexes.
    pub indexes: Vec<FetchedIndex>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct FetchedRow {
    /// Its primary key.
    pub primary: u64,
    /// Who pays for it.
    pub payer: Name,
    /// What the contract has packed.
    pub value: Vec<u8>,
}

/// A secondary index.
///
/// Its entries are in any order; rows without an entry are not in it, as on the other chain.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct FetchedIndex {
    /// Its number, from 0 to 15.
    pub number: u8,
    /// The type of its keys.
    pub keys: FetchedKeys,
}

/// Primary keys, each with the secondary key of its row.
///
/// The variants are the types that host functions have indexes of: `db_idx64_*`, `db_idx128_*`,
/// `db_idx256_*`, `db_idx_double_*` and `db_idx_long_double_*`.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub enum FetchedKeys {
    /// Keys of 64 bits.
    U64(Vec<(u64, u64)>),
    /// Keys of 128 bits.
    U128(Vec<(u64, u128)>),
    /// Keys of 256 bits: two words, the more significant first.
    U256(Vec<(u64, (u128, u128))>),
    /// The bits of 64-bit floats.
    Float64(Vec<(u64, u64)>),
    /// The bits of 128-bit floats.
    Float128(Vec<(u64, u128)>),
}

impl Fetched {
    /// What it is an answer to; none for the chain itself and its parameters.
    pub fn answers(&self) -> Option<Missing> {
        match self {
            Self::Origin(_) | Self::Parameters(_) => None,
            Self::Account { name, .. } => Some(Missing::Account(*name)),
            Self::Table(table) => Some(Missing::Table(table.key())),
        }
    }
}

impl FetchedTable {
    /// What identifies it.
    pub fn key(&self) -> TableKey {
        TableKey {
            code: self.code,
            scope: self.scope,
            table: self.table,
        }
    }
}

impl State {
    /// Whether this was taken over already, or is this chain's own. The account `eosio`, which every
    /// chain has, is taken over once.
    pub fn has_taken_over(&self, fetched: &Fetched) -> bool {
        match fetched {
            Fetched::Origin(_) | Fetched::Parameters(_) => false,
            Fetched::Account { name, .. } => {
                let own = self.accounts.contains_key(name) && *name != SYSTEM;
                own || self.foreign_accounts.contains_key(name)
            }
            Fetched::Table(table) => {
                !self.is_foreign(table.code) || self.foreign_tables.contains_key(&table.key())
            }
        }
    }

    /// Writes what was fetched, unless it was [taken over](Self::has_taken_over) before.
    ///
    /// # Errors
    /// `exception` (0) for contents that no node tells, such as permissions in a circle. Some of them
    /// may be written then: the caller undoes it.
    pub fn take_over(&mut self, fetched: &Fetched) -> Result<(), ChainError> {
        if self.has_taken_over(fetched) {
            return Ok(());
        }
        match fetched {
            Fetched::Origin(origin) => {
                let resources = &mut self.global.block_resources;
                for (what, resource, added) in [
                    ("NET", &mut resources.net, origin.total_net_weight),
                    ("CPU", &mut resources.cpu, origin.total_cpu_weight),
                ] {
                    let sum = resource.total_weight.checked_add(added);
                    resource.total_weight = sum.ok_or_else(|| {
                        let problem = format!(
                            "the other node tells a total {what} weight of {added}, which is too much \
                             beside the {} of this chain",
                            resource.total_weight
                        );
                        ChainError::new(ErrorKind::Unspecified, problem)
                    })?;
                }
                self.global.origin = Some(origin.clone().into());
            }
            Fetched::Parameters(told) => {
                let global = &mut self.global;
                global.config = told.config;
                global.max_return_value = told.max_return_value.unwrap_or(global.max_return_value);
                global.wasm_config = told.wasm.unwrap_or(global.wasm_config);
            }
            Fetched::Account { name, account } => {
                if let Some(account) = account {
                    self.take_over_account(*name, account)?;
                }
                self.foreign_accounts.insert(*name, account.is_some());
            }
            Fetched::Table(table) => {
                self.take_over_table(table)?;
                self.foreign_tables.insert(table.key(), true);
            }
        }
        Ok(())
    }

    fn take_over_account(&mut self, name: Name, told: &FetchedAccount) -> Result<(), ChainError> {
        self.remove_account(name);
        let has = |bytes: &[u8]| u64::from(!bytes.is_empty());
        let mut account = Account::new(BlockTimestamp::from(told.created), told.privileged);
        account.abi = told.abi.as_slice().into();
        account.abi_sequence = has(&told.abi);
        account.code_sequence = has(&told.code);
        account.last_code_update = told.last_code_update;
        if !told.code.is_empty() {
            account.code_hash = Checksum256::sha256(&told.code);
            self.use_code(account.code_hash, &told.code);
        }
        self.accounts.insert(name, account);
        let resources = AccountResources {
            limits: ResourceLimits {
                ram_bytes: told.ram_quota,
                net_weight: told.net_weight,
                cpu_weight: told.cpu_weight,
            },
            ram_usage: told.ram_usage,
            ..AccountResources::default()
        };
        self.resources.insert(name, resources);
        self.take_over_permissions(name, told)?;
        for permission in &told.permissions {
            for (code, action) in &permission.links {
                self.set_link((name, *code, *action), permission.name);
            }
        }
        Ok(())
    }

    /// Each permission after the one above it.
    fn take_over_permissions(
        &mut self,
        name: Name,
        told: &FetchedAccount,
    ) -> Result<(), ChainError> {
        let any = crate::config::ANY;
        let mut left: Vec<_> = told
            .permissions
            .iter()
            .filter(|it| it.name != any)
            .collect();
        let mut above = vec![(Name::default(), 0)];
        while let Some((parent, id)) = above.pop() {
            let (below, others) = left.into_iter().partition(|it| it.parent == parent);
            left = others;
            let below: Vec<&FetchedPermission> = below;
            for permission in below {
                let level = PermissionLevel::new(name, permission.name);
                let authority = permission.authority.clone();
                let id = self.create_permission(level, id, authority, told.created);
                above.push((permission.name, id));
            }
        }
        match left.first() {
            None => Ok(()),
            Some(first) => Err(ChainError::new(
                ErrorKind::Unspecified,
                format!(
                    "the other node tells that {} of {name} is below {}, which is not below owner",
                    first.name, first.parent
                ),
            )),
        }
    }

    /// Forgets an account that is replaced, and everything but its tables.
    fn remove_account(&mut self, name: Name) {
        let Some(account) = self.accounts.remove(&name) else {
            return;
        };
        if account.has_code() {
            self.drop_code(&account.code_hash);
        }
        let of_account = |(owner, _): &(Name, Name)| *owner == name;
        let permissions = self.permissions.range((name, Name::default())..);
        let permissions: Vec<_> = permissions
            .map(|(key, _)| *key)
            .take_while(of_account)
            .collect();
        for (actor, permission) in permissions {
            self.remove_permission(PermissionLevel::new(actor, permission));
        }
        let links = self.links.range((name, Name::default(), Name::default())..);
        let links: Vec<_> = links
            .map(|(key, _)| *key)
            .take_while(|key| key.0 == name)
            .collect();
        for key in links {
            self.links.remove(&key);
        }
        self.pending_limits.remove(&name);
    }

    fn take_over_table(&mut self, told: &FetchedTable) -> Result<(), ChainError> {
        let payer_of = |number: u8| {
            let mut payers = told.payers.iter();
            let found = payers.find(|(of, _)| *of == number);
            found.map_or(told.code, |(_, payer)| *payer)
        };
        let mut payers = std::collections::HashMap::new();
        if !told.rows.is_empty() {
            let id = self.table_of(told.key(), payer_of(0), told.rows.len())?;
            for row in &told.rows {
                let kept = Row {
                    number: self.number_object(),
                    payer: row.payer,
                    value: row.value.as_slice().into(),
                };
                payers.insert(row.primary, row.payer);
                self.rows.insert((id, row.primary), kept);
            }
        }
        for index in &told.indexes {
            let table = Name::from_raw(told.table.raw() | u64::from(index.number) & NUMBER);
            let key = TableKey {
                table,
                ..told.key()
            };
            let payer = |primary: u64| payers.get(&primary).copied().unwrap_or(told.code);
            match &index.keys {
                FetchedKeys::U64(entries) => {
                    let id = self.table_of(key, payer_of(index.number), entries.len())?;
                    self.take_over_entries(id, entries, |key| key, payer);
                }
                FetchedKeys::U128(entries) => {
                    let id = self.table_of(key, payer_of(index.number), entries.len())?;
                    self.take_over_entries(id, entries, |key| key, payer);
                }
                FetchedKeys::U256(entries) => {
                    let id = self.table_of(key, payer_of(index.number), entries.len())?;
                    self.take_over_entries(id, entries, |(high, low)| [high, low], payer);
                }
                FetchedKeys::Float64(entries) => {
                    let id = self.table_of(key, payer_of(index.number), entries.len())?;
                    self.take_over_entries(id, entries, Float64, payer);
                }
                FetchedKeys::Float128(entries) => {
                    let id = self.table_of(key, payer_of(index.number), entries.len())?;
                    self.take_over_entries(id, entries, FloatBits128, payer);
                }
            }
        }
        Ok(())
    }

    /// The number of a table, which is made if it is not here, after so many were added to its count.
    fn table_of(
        &mut self,
        key: TableKey,
        payer: Name,
        added: usize,
    ) -> Result<TableId, ChainError> {
        if !self.tables.contains_key(&key) {
            self.create_table(key, payer);
        }
        let problem = || ChainError::new(ErrorKind::Unspecified, "a table has too many rows");
        let added = u32::try_from(added).map_err(|_| problem())?;
        let info = self.tables.get_mut(&key).ok_or_else(problem)?;
        info.count = info.count.checked_add(added).ok_or_else(problem)?;
        Ok(info.id)
    }

    fn take_over_entries<T: Copy, K: IndexKey>(
        &mut self,
        table: TableId,
        entries: &[(u64, T)],
        key: impl Fn(T) -> K,
        payer: impl Fn(u64) -> Name,
    ) {
        for (primary, told) in entries {
            let entry = IndexEntry {
                number: self.number_object(),
                key: key(*told),
                payer: payer(*primary),
            };
            K::indexes_mut(self).set(table, *primary, entry);
        }
    }
}
