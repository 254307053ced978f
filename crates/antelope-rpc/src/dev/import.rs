//! Writing accounts and tables that were fetched elsewhere, by ordinary transactions.
//!
//! They are executed, billed, recorded and put into blocks as others are, so that a chain in a folder
//! has them after a restart and followers of the chain see them. Accounts are written by the actions
//! that every chain has. A row can be written by the account's own contract only; therefore the
//! account has, for the time of the import, a contract that stores what it is told, `importer.wasm`.
//!
//! The records of its action `import` follow one another, each at a multiple of 8 bytes. Numbers are
//! little-endian:
//!
//! | at | bytes | what |
//! |---|---|---|
//! | 0 | 8 | 0 for a row; else the entry of an index, by the type of its keys: see [`Keys::kind`] |
//! | 8 | 32 | scope, table or index, payer, primary key |
//! | 40 | 8 | the length of what follows |
//! | 48 | | the row, or the key |
//!
//! # The order of things
//!
//! | step | why then |
//! |---|---|
//! | all accounts, with the chain's first key | authorities name accounts, which must be there |
//! | all permissions below `active`, with the same key | authorities name permissions too, in circles also |
//! | all authorities and links | |
//! | code and ABI | |
//! | rows, table after table | their payers are there by then |
//!
//! RAM is billed as for any transaction. A chain without a system contract has no limits on it; on one
//! that has, whoever pays for a row must have bought enough.

use crate::upstream::{Keys, Table};
use antelope_chain::{Chain, Failure, TableKey};
use antelope_types::{
    Action, Authority, ChainError, ErrorKind, Name, PermissionLevel, name, native,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The contract. A test assembles it.
const IMPORTER: &[u8] = include_bytes!("importer.wasm");

/// Bytes of records in one action, unless one record is longer.
const CHUNK: usize = 32 << 10;

/// What is to be written.
#[derive(Default)]
pub(super) struct Import {
    /// Accounts that are not here.
    pub(super) accounts: Vec<Account>,
    /// Tables that are empty here.
    pub(super) tables: Vec<Table>,
}

/// An account.
pub(super) struct Account {
    /// Its name.
    pub(super) name: Name,
    /// Its permissions in any order, `owner` and `active` among them.
    pub(super) permissions: Vec<Permission>,
    /// Its code; empty where it has none or it is not wanted.
    pub(super) code: Vec<u8>,
    /// Its binary ABI, in the same way.
    pub(super) abi: Vec<u8>,
}

/// A permission, with the actions that it suffices for.
pub(super) struct Permission {
    /// Its name.
    pub(super) name: Name,
    /// The permission above it; empty for `owner`.
    pub(super) parent: Name,
    /// Who satisfies it.
    pub(super) authority: Authority,
    /// Contracts and actions; no action for all of a contract's.
    pub(super) links: Vec<(Name, Option<Name>)>,
}

impl Keys {
    /// The number that the contract knows the type by.
    fn kind(self) -> u64 {
        match self {
            Self::U64 => 1,
            Self::U128 => 2,
            Self::Checksum => 3,
            Self::Float64 => 4,
            Self::Float128 => 5,
        }
    }
}

impl Account {
    /// The accounts that must be there for its authorities and links to be valid.
    pub(super) fn refers_to(&self) -> BTreeSet<Name> {
        let permissions = self.permissions.iter();
        let accounts = permissions.flat_map(|permission| &permission.authority.accounts);
        accounts.map(|level| level.permission.actor).collect()
    }
}

impl Import {
    /// Writes everything; what was written of tables, as JSON. After an error some of it may be
    /// written.
    ///
    /// # Errors
    /// What the chain has refused, such as an authority that names a permission which is not there.
    pub(super) fn write(&self, chain: &mut Chain) -> Result<Vec<Value>, ChainError> {
        self.write_accounts(chain)?;
        let tables = self.tables.iter();
        let written = tables
            .map(|table| table.write(chain))
            .collect::<Result<_, _>>()?;
        chain.produce_block()?;
        Ok(written)
    }

    /// Authorities may refer to one another in circles, so that all accounts and permissions are made
    /// before any has its authority.
    fn write_accounts(&self, chain: &mut Chain) -> Result<(), ChainError> {
        let system = name!("eosio");
        let (owner, active) = (name!("owner"), name!("active"));
        let first = Authority::from_key(chain.genesis().initial_key.clone());
        for account in &self.accounts {
            let (name, first) = (account.name, || first.clone());
            push(chain, || {
                native::new_account(system, name, first(), first())
            })?;
            for permission in account.ordered_from_owner() {
                if permission.name != owner && permission.name != active {
                    let Permission {
                        name: of, parent, ..
                    } = *permission;
                    push(chain, || native::update_auth(name, of, parent, first()))?;
                }
            }
        }
        for account in &self.accounts {
            let name = account.name;
            for permission in account.ordered_from_owner() {
                let Permission {
                    name: of,
                    parent,
                    authority,
                    ..
                } = permission;
                let update = || native::update_auth(name, *of, *parent, authority.clone());
                push(chain, || as_owner(update()))?;
            }
            for permission in &account.permissions {
                for (code, action) in &permission.links {
                    // A link to a contract that is not here would be refused, and means nothing.
                    if chain.state().account(*code).is_err() {
                        continue;
                    }
                    let action = action.unwrap_or_default();
                    push(chain, || {
                        native::link_auth(name, *code, action, permission.name)
                    })?;
                }
            }
            if !account.code.is_empty() {
                push(chain, || native::set_code(name, &account.code))?;
            }
            if !account.abi.is_empty() {
                push(chain, || native::set_abi(name, &account.abi))?;
            }
        }
        Ok(())
    }
}

impl Account {
    /// Its permissions, each after the one above it.
    fn ordered_from_owner(&self) -> Vec<&Permission> {
        let mut ordered: Vec<&Permission> = Vec::new();
        let mut above = vec![Name::default()];
        while let Some(parent) = above.pop() {
            let below = self.permissions.iter().filter(|it| it.parent == parent);
            for permission in below {
                above.push(permission.name);
                ordered.push(permission);
            }
        }
        ordered
    }
}

impl Table {
    /// Writes the rows and the indexes, under a contract that is there for this only. The payers of rows
    /// authorize it; where one is not here, the contract's own account pays.
    ///
    /// # Errors
    /// What the chain has refused, such as RAM beyond an account's limit.
    fn write(&self, chain: &mut Chain) -> Result<Value, ChainError> {
        let TableKey { code, scope, table } = self.key;
        let is_here = |chain: &Chain, payer| chain.state().account(payer).is_ok();
        let payers = self.rows.iter().map(|row| row.payer);
        let payers: BTreeSet<Name> = payers.filter(|payer| is_here(chain, *payer)).collect();
        let payer_of = |payer: Name| if payers.contains(&payer) { payer } else { code };
        let others = self
            .rows
            .iter()
            .filter(|row| payer_of(row.payer) != row.payer);
        let others = others.count();

        let mut records = Vec::new();
        let mut paid = std::collections::HashMap::new();
        for row in &self.rows {
            let payer = payer_of(row.payer);
            paid.insert(row.primary, payer);
            records.push(record(0, scope, table, payer, row.primary, &row.data));
        }
        for index in &self.indexes {
            let of = Name::from_raw(table.raw() | index.number);
            let kind = index.keys.kind();
            for (primary, key) in &index.entries {
                let payer = paid.get(primary).copied().unwrap_or(code);
                records.push(record(kind, scope, of, payer, *primary, key));
            }
        }
        let account = chain.state().account(code)?;
        let own = chain.state().code(&account.code_hash).cloned();
        if !records.is_empty() {
            push(chain, || native::set_code(code, IMPORTER))?;
            let signers: BTreeSet<Name> = payers.into_iter().chain([code]).collect();
            let authorization: Vec<_> = signers.into_iter().map(PermissionLevel::active).collect();
            for data in chunks(records) {
                push(chain, || Action {
                    account: code,
                    name: name!("import"),
                    authorization: authorization.clone(),
                    data: data.clone(),
                })?;
            }
            push(chain, || {
                native::set_code(code, own.as_deref().unwrap_or_default())
            })?;
        }
        Ok(json!({
            "code": code,
            "scope": scope,
            "table": table,
            "rows": self.rows.len(),
            "indexes": self.indexes.len(),
            "other_payers": others,
        }))
    }
}

/// One record, filled up to a multiple of 8 bytes.
fn record(kind: u64, scope: Name, table: Name, payer: Name, primary: u64, data: &[u8]) -> Vec<u8> {
    let numbers = [
        kind,
        scope.raw(),
        table.raw(),
        payer.raw(),
        primary,
        data.len() as u64,
    ];
    let mut record: Vec<u8> = numbers
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect();
    record.extend_from_slice(data);
    record.resize(record.len().next_multiple_of(8), 0);
    record
}

/// Records together, as many as fit: each transaction has a part of the block's NET.
fn chunks(records: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let mut chunks: Vec<Vec<u8>> = Vec::new();
    for record in records {
        match chunks
            .last_mut()
            .filter(|last| last.len() + record.len() <= CHUNK)
        {
            Some(last) => last.extend(record),
            None => chunks.push(record),
        }
    }
    chunks
}

/// The action under `owner`, which may change every permission, `owner` included.
fn as_owner(mut action: Action) -> Action {
    action.authorization = vec![PermissionLevel::owner(action.authorization[0].actor)];
    action
}

/// Executes an action under the permissions that it declares, in the next block where this one is full.
///
/// # Errors
/// The error of the chain, without the trace.
fn push(chain: &mut Chain, action: impl Fn() -> Action) -> Result<(), ChainError> {
    let is_full = |failure: &Failure| {
        matches!(
            failure.error().kind(),
            ErrorKind::BlockNetUsageExceeded | ErrorKind::BlockCpuUsageExceeded
        )
    };
    let pushed = match chain.push([action()]) {
        Err(full) if is_full(&full) => {
            chain.produce_block()?;
            chain.push([action()])
        }
        pushed => pushed,
    };
    pushed.map(drop).map_err(|failure| failure.error().clone())
}

#[cfg(test)]
mod tests;
