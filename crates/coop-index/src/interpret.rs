//! What blocks mean for the registry: actions and rows of the three contracts become rows of the index.
//!
//! | fact | from |
//! |---|---|
//! | publication, outcome, protocol of a question; acts | registry events of `soviet` |
//! | votes, who signed the protocol | `votefor`, `voteagainst`, `authorize` |
//! | signed documents | every argument of the type `Document` |
//! | electorate, quorum, terms and status of a question | rows of `decisions` |
//! | cooperatives, participants, payments | rows of `coops`, `participants`, `payments` |
//! | what the office confirmed about money | actions of `gateway` |
//! | candidates, properties, staff, the council's seats | rows of the tables with these names |
//! | shares, money and terms, each from a block on | rows of `wallets`, `funds` and `coops` |
//! | boards | rows of `elections` and `boards`, `newboard`, `lostboard` |
//! | exits, moves, blockings and the like | their rows, as they were last |
//! | the journal | every action about a cooperative |
//!
//! Actions come first, in their order, and then the rows, which are those after the block. A source without rows
//! leaves out what only they tell. State history has no row that one block makes and erases, so a payment that is
//! ordered and made within one block is a settlement without a payment. What cannot be read by the ABI of its contract
//! is written down in `unreadable` and passed over: one broken row must not stop the registry.

mod boards;
mod decisions;
mod documents;
mod events;
mod money;
mod people;
mod property;

use crate::abis::Abis;
use crate::error::IndexError;
use crate::scope::IndexScope;
use crate::value::{Fields, Missing, Stored};
use antelope_abi::Abi;
use antelope_follow::{AbiChange, FollowedAction, FollowedBlock, RowChange};
use antelope_types::{Checksum256, Name, name};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use serde_json::Value;
use std::collections::HashMap;

/// A block that is being written.
pub(crate) struct Interpreter<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) scope: &'a IndexScope,
    pub(crate) abis: &'a mut Abis,
    pub(crate) block: &'a FollowedBlock,
    /// The last action of this block about the money of a process.
    pub(crate) ended: HashMap<(Name, Checksum256), Name>,
    /// The last action of `registrator` in this block about a process.
    pub(crate) answered: HashMap<(Name, Checksum256), Name>,
    /// The last action of this block about a property.
    pub(crate) handed: HashMap<(Name, u64), Name>,
}

/// The tables whose rows are kept.
#[derive(Clone, Copy, Debug)]
enum Table {
    Coops,
    Participants,
    Candidates,
    Decisions,
    Councils,
    Boards,
    Elections,
    Seats,
    Staff,
    Payments,
    Wallets,
    Funds,
    Properties,
    /// One whose rows are kept as they are.
    Step,
}

impl Table {
    fn is_by_cooperative(self) -> bool {
        matches!(
            self,
            Self::Coops | Self::Councils | Self::Elections | Self::Funds
        )
    }
}

const OF_REGISTRATOR: &[(Name, Table)] = &[
    (name!("coops"), Table::Coops),
    (name!("participants"), Table::Participants),
    (name!("candidates"), Table::Candidates),
    (name!("agreements"), Table::Step),
    (name!("blockings"), Table::Step),
    (name!("exits"), Table::Step),
    (name!("moves"), Table::Step),
];
const OF_SOVIET: &[(Name, Table)] = &[
    (name!("decisions"), Table::Decisions),
    (name!("councils"), Table::Councils),
    (name!("boards"), Table::Boards),
    (name!("elections"), Table::Elections),
    (name!("seats"), Table::Seats),
    (name!("staff"), Table::Staff),
    (name!("accepted"), Table::Step),
    (name!("undelivered"), Table::Step),
    (name!("voices"), Table::Step),
];
const OF_GATEWAY: &[(Name, Table)] = &[
    (name!("payments"), Table::Payments),
    (name!("wallets"), Table::Wallets),
    (name!("funds"), Table::Funds),
    (name!("properties"), Table::Properties),
    (name!("untold"), Table::Step),
];

/// An action with its arguments.
#[derive(Clone, Copy)]
struct Told<'a> {
    action: &'a FollowedAction,
    coopname: Name,
    data: &'a Value,
}

/// A row with its contents.
#[derive(Clone, Copy)]
struct Kept<'a> {
    change: &'a RowChange,
    coopname: Name,
    row: &'a Value,
}

/// Why something is passed over.
enum Problem {
    Unreadable(String),
    Index(IndexError),
}

impl<'a> Interpreter<'a> {
    pub(crate) fn new(
        connection: &'a Connection,
        scope: &'a IndexScope,
        abis: &'a mut Abis,
        block: &'a FollowedBlock,
    ) -> Self {
        Self {
            connection,
            scope,
            abis,
            block,
            ended: HashMap::new(),
            answered: HashMap::new(),
            handed: HashMap::new(),
        }
    }
}

impl Interpreter<'_> {
    /// Writes what the block means.
    pub(crate) fn run(mut self) -> Result<(), IndexError> {
        let mut abis = self.block.abis.iter().peekable();
        for action in &self.block.actions {
            let is_due = |abi: &&AbiChange| abi.global_sequence < Some(action.global_sequence);
            while let Some(abi) = abis.next_if(is_due) {
                self.set_abi(abi)?;
            }
            // A notification is of the action that its receiver has already executed.
            if action.receiver == action.account {
                let done = self.action(action);
                self.noted(action.global_sequence, action.account, action.name, done)?;
            }
        }
        for abi in abis {
            self.set_abi(abi)?;
        }
        for change in self.block.rows.iter().flatten() {
            let done = self.row(change);
            self.noted(change.primary_key, change.contract, change.table, done)?;
        }
        Ok(())
    }

    fn set_abi(&mut self, change: &AbiChange) -> Result<(), IndexError> {
        let key = [("contract", change.contract.stored())];
        let abi = [("abi", Sql::Blob(change.abi.clone()))];
        self.put("abis", &key, &abi)?;
        self.abis.forget();
        Ok(())
    }

    fn action(&mut self, action: &FollowedAction) -> Result<(), Problem> {
        let abi = self.abi(action.account)?;
        let data = abi.unpack_action(action.name, &action.data);
        let data = data.map_err(|error| Problem::Unreadable(error.to_string()))?;
        let Ok(coopname) = Fields(&data).name("coopname") else {
            // What is about the chain and no cooperative.
            return Ok(());
        };
        if !self.scope.has(coopname) {
            return Ok(());
        }
        let told = Told {
            action,
            coopname,
            data: &data,
        };
        let contracts = self.scope.contracts;
        if action.account == contracts.soviet {
            self.decided(told)?;
            self.elected(told)?;
        } else if action.account == contracts.gateway {
            self.settled(told)?;
            self.handed(told);
        } else {
            self.answered(told);
        }
        let documents = self.documents(&abi, told)?;
        self.event(told, &documents)
    }

    fn row(&mut self, change: &RowChange) -> Result<(), Problem> {
        let Some(table) = self.table(change) else {
            return Ok(());
        };
        // Tables with one row for each cooperative have its name as the key.
        let coopname = match table.is_by_cooperative() {
            true => Name::from_raw(change.primary_key),
            false => change.scope,
        };
        if !self.scope.has(coopname) {
            return Ok(());
        }
        let abi = self.abi(change.contract)?;
        let row = abi.unpack_row(change.table, &change.value);
        let row = row.map_err(|error| Problem::Unreadable(error.to_string()))?;
        let kept = Kept {
            change,
            coopname,
            row: &row,
        };
        match table {
            Table::Coops => self.cooperative(kept),
            Table::Participants => self.participant(kept),
            Table::Candidates => self.candidate(kept),
            Table::Decisions => self.question(kept),
            Table::Boards => self.board(kept),
            Table::Elections => self.election(kept),
            Table::Seats => self.seat(kept),
            Table::Staff => self.staff(kept),
            Table::Payments => self.payment(kept),
            Table::Wallets => self.wallet(kept),
            Table::Funds => self.funds(kept),
            Table::Properties => self.property(kept),
            Table::Councils | Table::Step => self.step(kept),
        }
    }

    /// Which table a row is of; `None` for those that say nothing about a cooperative's life.
    fn table(&self, change: &RowChange) -> Option<Table> {
        let contracts = &self.scope.contracts;
        let tables = match change.contract {
            contract if contract == contracts.registrator => OF_REGISTRATOR,
            contract if contract == contracts.soviet => OF_SOVIET,
            contract if contract == contracts.gateway => OF_GATEWAY,
            _ => return None,
        };
        let found = tables.iter().find(|(name, _)| *name == change.table);
        found.map(|(_, table)| *table)
    }

    fn abi(&mut self, contract: Name) -> Result<std::sync::Arc<Abi>, Problem> {
        let found = self.abis.get(self.connection, contract)?;
        found.ok_or_else(|| Problem::Unreadable(format!("{contract} has no ABI that can be read")))
    }

    /// Writes down what was passed over.
    fn noted(
        &self,
        sequence: u64,
        contract: Name,
        name: Name,
        done: Result<(), Problem>,
    ) -> Result<(), IndexError> {
        match done {
            Ok(()) => Ok(()),
            Err(Problem::Index(error)) => Err(error),
            Err(Problem::Unreadable(problem)) => {
                let key = [
                    ("sequence", sequence.stored()),
                    ("contract", contract.stored()),
                    ("name", name.stored()),
                ];
                self.put("unreadable", &key, &[("problem", problem.stored())])
            }
        }
    }

    /// Makes a row, or changes these fields of the one that is there. It is then of this block.
    fn put(
        &self,
        table: &'static str,
        key: &[(&'static str, Sql)],
        fields: &[(&'static str, Sql)],
    ) -> Result<(), IndexError> {
        let block = [("block", self.number())];
        let all: Vec<_> = key.iter().chain(fields).chain(&block).collect();
        let names: Vec<_> = all.iter().map(|(name, _)| *name).collect();
        let places: Vec<_> = (1..=all.len()).map(|at| format!("?{at}")).collect();
        let keys: Vec<_> = key.iter().map(|(name, _)| *name).collect();
        let changed = fields.iter().chain(&block);
        let changed: Vec<_> = changed
            .map(|(name, _)| format!("{name} = excluded.{name}"))
            .collect();
        let sql = format!(
            "INSERT INTO {table} ({}) VALUES ({}) ON CONFLICT ({}) DO UPDATE SET {}",
            names.join(", "),
            places.join(", "),
            keys.join(", "),
            changed.join(", ")
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        statement.execute(params_from_iter(all.iter().map(|(_, value)| value)))?;
        Ok(())
    }

    /// Keeps what holds from this block on, where it differs from what held before.
    fn put_since(
        &self,
        table: &'static str,
        key: &[(&'static str, Sql)],
        fields: &[(&'static str, Sql)],
    ) -> Result<(), IndexError> {
        let names: Vec<_> = fields.iter().map(|(name, _)| *name).collect();
        let found: Vec<_> = (1..)
            .zip(key)
            .map(|(at, (name, _))| format!("{name} = ?{at}"))
            .collect();
        let sql = format!(
            "SELECT {} FROM {table} WHERE {} ORDER BY since DESC LIMIT 1",
            names.join(", "),
            found.join(" AND ")
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let keys = params_from_iter(key.iter().map(|(_, value)| value));
        let last = statement.query_row(keys, |row| {
            let values = (0..names.len()).map(|at| row.get(at));
            values.collect::<rusqlite::Result<Vec<Sql>>>()
        });
        let last = last.optional()?.unwrap_or_default();
        if last.iter().eq(fields.iter().map(|(_, value)| value)) {
            return Ok(());
        }
        let since = [("since", self.number())];
        let key: Vec<_> = key.iter().cloned().chain(since).collect();
        let at = [("at", self.block.time.stored())];
        let fields: Vec<_> = fields.iter().cloned().chain(at).collect();
        self.put(table, &key, &fields)
    }

    /// Changes these fields of a row, if it is there. It is then of this block.
    fn change(
        &self,
        table: &'static str,
        key: &[(&'static str, Sql)],
        fields: &[(&'static str, Sql)],
    ) -> Result<(), IndexError> {
        let block = [("block", self.number())];
        let changed: Vec<_> = fields.iter().chain(&block).collect();
        let assigned: Vec<_> = (1..)
            .zip(&changed)
            .map(|(at, (name, _))| format!("{name} = ?{at}"))
            .collect();
        let found: Vec<_> = (changed.len() + 1..)
            .zip(key)
            .map(|(at, (name, _))| format!("{name} = ?{at}"))
            .collect();
        let sql = format!(
            "UPDATE {table} SET {} WHERE {}",
            assigned.join(", "),
            found.join(" AND ")
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let values = changed.iter().map(|(_, value)| value);
        statement.execute(params_from_iter(values.chain(key.iter().map(|(_, it)| it))))?;
        Ok(())
    }

    fn number(&self) -> Sql {
        i64::from(self.block.position.block_num).into()
    }
}

impl From<IndexError> for Problem {
    fn from(error: IndexError) -> Self {
        Self::Index(error)
    }
}

impl From<Missing> for Problem {
    fn from(Missing(field): Missing) -> Self {
        Self::Unreadable(format!("it has no {field} that can be read"))
    }
}
