//! What RAM is used for: by whom and by which objects.
//!
//! Usage is billed incrementally while transactions run; a report counts the objects that exist.
//! Its sum for an account therefore equals `ram_usage` of the account, which the tests use to check
//! the billing.

use super::{ACCOUNT, LINK, PER_CODE_BYTE, PERMISSION, ROW, TABLE, authority};
use super::{RamChange, RamChanges};
use crate::config::SYSTEM;
use crate::state::{IndexKey, State, TableId, TableKey};
use antelope_types::Name;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

/// What an account pays RAM for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// The account itself, without its permissions.
    Account,
    /// The code that it runs.
    Code,
    /// Its ABI.
    Abi,
    /// One of its permissions, by name.
    Permission(Name),
    /// All its links of actions to permissions.
    Links,
    /// A table: its own record, rows and index entries. The first secondary index shares the
    /// table's name; each further one is a table under a name of its own (see [`State::indexed`]).
    Table(TableKey),
    /// Waiting transactions that it pays for.
    Deferred,
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account => f.write_str("account"),
            Self::Code => f.write_str("code"),
            Self::Abi => f.write_str("abi"),
            Self::Permission(name) => write!(f, "permission {name}"),
            Self::Links => f.write_str("links"),
            Self::Deferred => f.write_str("deferred"),
            Self::Table(key) => write!(f, "{} {} {}", key.code, key.table, key.scope_text()),
        }
    }
}

/// What RAM is used for, counted from the objects that exist: bytes by payer and purpose.
///
/// As text it has one line for each entry, in order, so that it can be committed and compared by
/// any `diff`: payer, purpose and bytes, separated by tabs. It [reads back](std::str::FromStr). A
/// purpose is `account`, `code`, `abi`, `links`, `deferred`, `permission NAME`, or for a table
/// `CODE TABLE SCOPE`, where the scope is a name or a symbol code.
///
/// ```
/// use antelope_ledger::state::ram::RamReport;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let before: RamReport = "alice\taccount\t2048\n".parse()?;
/// let after: RamReport = "alice\taccount\t2048\nalice\tcode\t5530\n".parse()?;
/// let changes = after.since(&before);
/// assert_eq!(changes.total(), 5530);
/// assert_eq!(changes.to_string(), "alice\tcode\t+5530\t0 -> 5530\n");
/// # Ok(()) }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RamReport {
    entries: BTreeMap<(Name, Purpose), i64>,
}

impl RamReport {
    /// The entries: payer, purpose and bytes, ascending by payer and then by purpose.
    pub fn entries(&self) -> impl Iterator<Item = (Name, Purpose, i64)> {
        let entries = self.entries.iter();
        entries.map(|(&(payer, purpose), &bytes)| (payer, purpose, bytes))
    }

    /// What an account is billed for in all, in bytes.
    pub fn total(&self, payer: Name) -> i64 {
        let entries = self.entries().filter(|(found, ..)| *found == payer);
        entries.map(|(.., bytes)| bytes).sum()
    }

    /// What the table of this name takes in all its scopes, whoever pays, in bytes: rows, and the
    /// entries of the first secondary index, which has the same name. Further indexes are counted
    /// under theirs.
    pub fn table(&self, code: Name, table: Name) -> i64 {
        let of_table = |purpose| matches!(purpose, Purpose::Table(key) if key.code == code && key.table == table);
        let entries = self.entries().filter(|(_, purpose, _)| of_table(*purpose));
        entries.map(|(.., bytes)| bytes).sum()
    }

    /// The differences from an earlier report. Entries with equal bytes are left out.
    pub fn since(&self, before: &Self) -> RamChanges {
        let keys = self.entries.keys().chain(before.entries.keys());
        let keys: BTreeSet<_> = keys.collect();
        let bytes = |report: &Self, key| report.entries.get(key).copied().unwrap_or_default();
        let changes = keys.into_iter().map(|key| RamChange {
            payer: key.0,
            purpose: key.1,
            before: bytes(before, key),
            after: bytes(self, key),
        });
        RamChanges(changes.filter(|change| change.delta() != 0).collect())
    }

    /// Adds bytes to an entry.
    pub(super) fn add(&mut self, payer: Name, purpose: Purpose, bytes: i64) {
        let entry = self.entries.entry((payer, purpose)).or_default();
        *entry = entry.saturating_add(bytes);
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
    /// Counts what RAM is used for. Takes time in proportion to the size of the state.
    pub fn ram_report(&self) -> RamReport {
        let mut report = RamReport::default();
        for (&name, account) in &self.accounts {
            report.add(name, Purpose::Account, ACCOUNT);
            let code = self.code(&account.code_hash).map_or(0, |code| code.len());
            report.add(name, Purpose::Code, code as i64 * PER_CODE_BYTE);
            // `eosio` received its first ABI in genesis without being billed, so only the
            // difference to a later one counts.
            let given = if name == SYSTEM {
                crate::system_abi::system_abi_len()
            } else {
                0
            };
            report.add(name, Purpose::Abi, account.abi.len() as i64 - given as i64);
        }
        for (&(owner, name), permission) in &self.permissions {
            // Genesis creates `prod.major` and `prod.minor` of `eosio.prods` without billing them.
            let given = owner == crate::config::PRODUCERS && crate::config::is_given(name);
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
        for deferred in self.deferred() {
            report.add(deferred.payer, Purpose::Deferred, deferred.ram());
        }
        self.count_tables(&mut report);
        report.entries.retain(|_, bytes| *bytes != 0);
        report
    }

    /// Adds tables, rows and index entries.
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

    /// Adds the index entries of one key type.
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
