//! The rows that the contracts must have, by the model.

mod council;
mod money;
mod people;

use super::documents::Documents;
use super::names;
use antelope_types::{Encode, Name, name};
use coop_rules::{Account, Cooperative, Hash, Time, World};
use std::collections::BTreeMap;

/// A table: its contract, its scope and its name.
pub(super) type Table = (Name, Name, Name);

/// Rows by their primary keys.
pub(super) type Rows = BTreeMap<u64, Vec<u8>>;

/// A row while it is written.
#[derive(Default)]
pub(super) struct Row(Vec<u8>);

impl Row {
    /// Appends a value.
    fn put(mut self, value: impl Encode) -> Self {
        self.0.extend(value.to_bytes());
        self
    }
}

/// Writes rows of one cooperative, or of a contract's own scope.
pub(super) struct Writer<'a> {
    pub world: &'a World,
    pub documents: &'a Documents,
    pub tables: BTreeMap<Table, Rows>,
}

impl Writer<'_> {
    fn row(&mut self, contract: Account, scope: Account, table: Name, key: u64, row: Row) {
        let table = (names::account(contract), names::account(scope), table);
        self.tables.entry(table).or_default().insert(key, row.0);
    }

    fn hash(&self, hash: Hash) -> antelope_types::Checksum256 {
        self.documents.hash(hash)
    }
}

/// The tables of a cooperative's scope in the three contracts.
pub(super) fn of_coop<'a>(
    world: &'a World,
    documents: &'a Documents,
    name: Account,
    coop: &Cooperative,
) -> BTreeMap<Table, Rows> {
    let mut writer = Writer {
        world,
        documents,
        tables: BTreeMap::new(),
    };
    writer.people(name, coop);
    writer.council(name, coop);
    writer.money(name, coop);
    writer.tables
}

/// The tables of the contracts' own scopes.
pub(super) fn of_contracts(world: &World, documents: &Documents) -> BTreeMap<Table, Rows> {
    let mut writer = Writer {
        world,
        documents,
        tables: BTreeMap::new(),
    };
    writer.registered();
    for (name, coop) in &world.coops {
        writer.coop_row(*name, coop);
        writer.council_row(*name, coop);
        writer.funds_row(*name, coop);
    }
    writer.tables
}

/// All tables in the scope of a cooperative.
pub(super) const SCOPED: [(Account, Name); 22] = [
    (Account::Registrator, name!("agreements")),
    (Account::Registrator, name!("participants")),
    (Account::Registrator, name!("candidates")),
    (Account::Registrator, name!("exits")),
    (Account::Registrator, name!("moves")),
    (Account::Registrator, name!("blockings")),
    (Account::Soviet, name!("accepted")),
    (Account::Soviet, name!("boards")),
    (Account::Soviet, name!("seats")),
    (Account::Soviet, name!("staff")),
    (Account::Soviet, name!("decisions")),
    (Account::Soviet, name!("proposers")),
    (Account::Soviet, name!("retired")),
    (Account::Soviet, name!("undelivered")),
    (Account::Soviet, name!("voices")),
    (Account::Gateway, name!("wallets")),
    (Account::Gateway, name!("payments")),
    (Account::Gateway, name!("properties")),
    (Account::Gateway, name!("references")),
    (Account::Gateway, name!("untold")),
    // What is no table of the scope must stay empty there.
    (Account::Registrator, name!("coops")),
    (Account::Gateway, name!("funds")),
];

/// All tables in the scopes of the contracts, but their configuration.
pub(super) const OWN: [(Account, Name); 7] = [
    (Account::Registrator, name!("accounts")),
    (Account::Registrator, name!("coops")),
    (Account::Registrator, name!("settings")),
    (Account::Soviet, name!("types")),
    (Account::Soviet, name!("councils")),
    (Account::Soviet, name!("elections")),
    (Account::Gateway, name!("funds")),
];

fn called(who: Account) -> Name {
    names::account(who)
}

fn optional(who: Option<Account>) -> Name {
    who.map_or(Name::EMPTY, names::account)
}

fn time(at: Time) -> antelope_types::TimePoint {
    names::time(at)
}
