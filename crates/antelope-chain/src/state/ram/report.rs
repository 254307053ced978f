//! What RAM is used for: by whom, and by which objects.

use super::{ACCOUNT, LINK, PER_CODE_BYTE, PERMISSION, ROW, TABLE, authority};
use crate::config::SYSTEM;
use crate::state::{IndexKey, State, TableId, TableKey};
use antelope_types::Name;
use std::collections::{BTreeMap, HashMap};
use std::fmt;

/// What an account pays RAM for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// The account itself.
    Account,
    /// Its code.
    Code,
    /// Its ABI.
    Abi,
    /// Its permissions, by name.
    Permission(Name),
    /// Its links of actions to permissions.
    Links,
    /// A table itself, its rows and the entries of its indexes.
    Table(TableKey),
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account => f.write_str("account"),
            Self::Code => f.write_str("code"),
            Self::Abi => f.write_str("abi"),
            Self::Permission(name) => write!(f, "permission {name}"),
            Self::Links => f.write_str("links"),
            Self::Table(TableKey { code, scope, table }) => write!(f, "{code} {table} {scope}"),
        }
    }
}

/// What RAM is used for, as counted from the objects that there are: by payer and purpose, in bytes.
///
/// Its text has one line an entry, in order, so that two of them can be compared by any `diff`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RamReport {
    entries: BTreeMap<(Name, Purpose), i64>,
}

impl RamReport {
    /// The entries, ascending by payer.
    pub fn entries(&self) -> impl Iterator<Item = (Name, Purpose, i64)> {
        let entries = self.entries.iter();
        entries.map(|(&(payer, purpose), &bytes)| (payer, purpose, bytes))
    }

    /// What an account pays for altogether, in bytes.
    pub fn total(&self, payer: Name) -> i64 {
        let entries = self.entries().filter(|(found, ..)| *found == payer);
        entries.map(|(.., bytes)| bytes).sum()
    }

    fn add(&mut self, payer: Name, purpose: Purpose, bytes: i64) {
        *self.entries.entry((payer, purpose)).or_default() += bytes;
    }
}

impl fmt::Display for RamReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (payer, purpose, bytes) in self.entries() {
            writeln!(f, "{payer}\t{purpose}\t{bytes}")?;
        }
        Ok(())
    }
}

impl State {
    /// Counts what RAM is used for.
    pub fn ram_report(&self) -> RamReport {
        let mut report = RamReport::default();
        for (&name, account) in &self.accounts {
            report.add(name, Purpose::Account, ACCOUNT);
            let code = self.code(&account.code_hash).map_or(0, |code| code.len());
            report.add(name, Purpose::Code, code as i64 * PER_CODE_BYTE);
            // The system's account was given its first ABI, and pays only for what others add to it.
            let given = if name == SYSTEM {
                crate::genesis::system_abi_len()
            } else {
                0
            };
            report.add(name, Purpose::Abi, account.abi.len() as i64 - given as i64);
        }
        for (&(owner, name), permission) in &self.permissions {
            // Two permissions of the producers' account are made without being billed.
            let given = owner == crate::config::PRODUCERS && crate::genesis::is_given(name);
            let bytes = PERMISSION + authority(&permission.authority);
            report.add(
                owner,
                Purpose::Permission(name),
                if given { 0 } else { bytes },
            );
        }
        for (owner, ..) in self.links.keys() {
            report.add(*owner, Purpose::Links, LINK);
        }
        self.count_tables(&mut report);
        report.entries.retain(|_, bytes| *bytes != 0);
        report
    }

    fn count_tables(&self, report: &mut RamReport) {
        let mut keys = HashMap::new();
        for (key, info) in &self.tables {
            keys.insert(info.id, *key);
            report.add(info.payer, Purpose::Table(*key), TABLE);
        }
        for ((id, _), row) in &self.rows {
            if let Some(key) = keys.get(id) {
                report.add(
                    row.payer,
                    Purpose::Table(*key),
                    ROW + row.value.len() as i64,
                );
            }
        }
        self.count_entries::<u64>(report, &keys);
        self.count_entries::<u128>(report, &keys);
        self.count_entries::<[u128; 2]>(report, &keys);
        self.count_entries::<crate::state::Float64>(report, &keys);
        self.count_entries::<crate::state::FloatBits128>(report, &keys);
    }

    fn count_entries<K: IndexKey>(
        &self,
        report: &mut RamReport,
        keys: &HashMap<TableId, TableKey>,
    ) {
        for (id, payer) in K::indexes(self).payers() {
            if let Some(key) = keys.get(&id) {
                report.add(payer, Purpose::Table(*key), K::RAM);
            }
        }
    }
}
