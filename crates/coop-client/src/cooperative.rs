//! One cooperative on one chain.

use crate::error::ReadError;
use crate::rows::{
    AcceptedKind, Agenda, Blocking, Board, Candidate, Coop, Council, Decision, Election, Exit,
    Funds, Move, Participant, Payment, Property, Reference, RegisteredKind, SittingMember, Staff,
    Undelivered, Untold, Voice, Wallet,
};
use antelope_rpc_client::{Bound, Client, KeyType, TableQuery};
use antelope_types::{Checksum256, Name, name};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// How many questions one call of `getagenda` returns.
const PAGE: u32 = coop_model::parameters::MAX_PAGE;

/// The tables with one row for each cooperative.
const SHARED: [Name; 4] = [
    name!("coops"),
    name!("councils"),
    name!("elections"),
    name!("funds"),
];

/// The three contracts of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Contracts {
    /// The chain's id, which signatures on documents cover.
    pub chain_id: Checksum256,
    /// People and cooperatives.
    pub registrator: Name,
    /// Councils, staff and decisions.
    pub soviet: Name,
    /// Money and property.
    pub gateway: Name,
}

impl Contracts {
    /// Reads which contracts belong together from the configuration of `soviet`.
    ///
    /// # Errors
    /// [`ReadError::Row`] where the account has no such configuration; as reading rows.
    pub fn read(client: &Client, soviet: Name) -> Result<Self, ReadError> {
        let table = name!("config");
        let rows = client.all_rows(&TableQuery::new(soviet, soviet, table))?;
        let row = rows.into_iter().next().unwrap_or_default();
        row_of(soviet, table, row)
    }

    /// All kinds of decisions that the operator has registered.
    ///
    /// # Errors
    /// As for any table.
    pub fn kinds(&self, client: &Client) -> Result<Vec<RegisteredKind>, ReadError> {
        rows(client, self.soviet, self.soviet, name!("types"))
    }

    /// All cooperatives of the chain.
    ///
    /// # Errors
    /// As for any table.
    pub fn cooperatives(&self, client: &Client) -> Result<Vec<Coop>, ReadError> {
        rows(client, self.registrator, self.registrator, name!("coops"))
    }
}

/// A cooperative, read from a node.
#[derive(Clone, Debug)]
pub struct Cooperative {
    client: Client,
    contracts: Contracts,
    name: Name,
}

impl Cooperative {
    /// The cooperative with this account.
    pub fn new(client: Client, contracts: Contracts, name: Name) -> Self {
        Self {
            client,
            contracts,
            name,
        }
    }

    /// The client that it is read by.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The contracts.
    pub fn contracts(&self) -> &Contracts {
        &self.contracts
    }

    /// Its account.
    pub fn name(&self) -> Name {
        self.name
    }

    /// The cooperative's own row; `None` where it is not registered.
    ///
    /// # Errors
    /// As for any table.
    pub fn coop(&self) -> Result<Option<Coop>, ReadError> {
        let registrator = self.contracts.registrator;
        self.row_in(registrator, registrator, name!("coops"), self.name)
    }

    /// Which boards it has; `None` before the founding.
    ///
    /// # Errors
    /// As for any table.
    pub fn council(&self) -> Result<Option<Council>, ReadError> {
        let soviet = self.contracts.soviet;
        self.row_in(soviet, soviet, name!("councils"), self.name)
    }

    /// The election that goes on, if one does.
    ///
    /// # Errors
    /// As for any table.
    pub fn election(&self) -> Result<Option<Election>, ReadError> {
        let soviet = self.contracts.soviet;
        self.row_in(soviet, soviet, name!("elections"), self.name)
    }

    /// Its money; `None` before the funds are opened.
    ///
    /// # Errors
    /// As for any table.
    pub fn funds(&self) -> Result<Option<Funds>, ReadError> {
        let gateway = self.contracts.gateway;
        self.row_in(gateway, gateway, name!("funds"), self.name)
    }

    /// What is on the agenda now, as any reader sees it: all pages.
    ///
    /// # Errors
    /// As for any table.
    pub fn agenda(&self) -> Result<Agenda, ReadError> {
        let soviet = self.contracts.soviet;
        let mut all = Agenda {
            questions: Vec::new(),
            next_id: 0,
        };
        loop {
            let from = all.next_id;
            let request = json!({ "coopname": self.name, "from_id": from, "limit": PAGE });
            let action = name!("getagenda");
            let answer = self.client.read_only_json(soviet, action, &request)?;
            let page: Agenda = row_of(soviet, name!("decisions"), answer)?;
            all.questions.extend(page.questions);
            all.next_id = page.next_id;
            if page.next_id <= from {
                all.next_id = 0;
                return Ok(all);
            }
        }
    }

    /// All rows about the cooperative in a table of one of the contracts, as the node tells them: those of its
    /// scope, or its one row in a table that all cooperatives share.
    ///
    /// # Errors
    /// [`ReadError::Client`] where the node does not answer or has no such table.
    pub fn rows(&self, contract: Name, table: Name) -> Result<Vec<Value>, ReadError> {
        let query = match SHARED.contains(&table) {
            true => TableQuery::new(contract, contract, table).exactly(self.name),
            false => TableQuery::new(contract, self.name, table),
        };
        Ok(self.client.all_rows(&query)?)
    }

    /// All rows of a table whose scope is the cooperative.
    ///
    /// # Errors
    /// As for any table.
    fn all<T: DeserializeOwned>(&self, contract: Name, table: Name) -> Result<Vec<T>, ReadError> {
        rows(&self.client, contract, self.name, table)
    }

    /// The row with this key of a table whose scope is the cooperative.
    fn one<T: DeserializeOwned>(
        &self,
        contract: Name,
        table: Name,
        key: impl Into<Bound>,
    ) -> Result<Option<T>, ReadError> {
        self.row_in(contract, self.name, table, key)
    }

    fn row_in<T: DeserializeOwned>(
        &self,
        contract: Name,
        scope: Name,
        table: Name,
        key: impl Into<Bound>,
    ) -> Result<Option<T>, ReadError> {
        let query = TableQuery::new(contract, scope, table).exactly(key);
        let row = self.client.all_rows(&query)?.into_iter().next();
        row.map(|row| row_of(contract, table, row)).transpose()
    }
}

/// A method for each table: all of its rows.
macro_rules! tables {
    ($($(#[$doc:meta])+ $method:ident: $row:ty = $contract:ident $table:literal;)+) => {
        impl Cooperative {$(
            $(#[$doc])+
            ///
            /// # Errors
            /// [`ReadError::Client`] where the node does not answer or has no such table,
            /// [`ReadError::Row`] for a row of another shape.
            pub fn $method(&self) -> Result<Vec<$row>, ReadError> {
                self.all(self.contracts.$contract, name!($table))
            }
        )+}
    };
}

tables! {
    /// Who has asked to join.
    candidates: Candidate = registrator "candidates";
    /// Who is a participant.
    participants: Participant = registrator "participants";
    /// Who moves to another account.
    moves: Move = registrator "moves";
    /// Who is to be blocked, or no longer.
    blockings: Blocking = registrator "blockings";
    /// Who leaves.
    exits: Exit = registrator "exits";
    /// All unfinished questions and decisions.
    decisions: Decision = soviet "decisions";
    /// Which kinds of decisions it accepts.
    accepted_kinds: AcceptedKind = soviet "accepted";
    /// Declines that were not delivered.
    undelivered: Undelivered = soviet "undelivered";
    /// The versions of boards that are still needed.
    boards: Board = soviet "boards";
    /// Who sits in the council now.
    sitting_members: SittingMember = soviet "seats";
    /// Who is staff.
    staff: Staff = soviet "staff";
    /// Voices on elections.
    voices: Voice = soviet "voices";
    /// Payments that are not finished.
    payments: Payment = gateway "payments";
    /// The shares of the participants.
    wallets: Wallet = gateway "wallets";
    /// Property.
    properties: Property = gateway "properties";
    /// What contracts of others have not been told.
    untold: Untold = gateway "untold";
}

impl Cooperative {
    /// The candidate with this account.
    ///
    /// # Errors
    /// As for any table.
    pub fn candidate(&self, account: Name) -> Result<Option<Candidate>, ReadError> {
        self.one(self.contracts.registrator, name!("candidates"), account)
    }

    /// The participant with this account.
    ///
    /// # Errors
    /// As for any table.
    pub fn participant(&self, account: Name) -> Result<Option<Participant>, ReadError> {
        self.one(self.contracts.registrator, name!("participants"), account)
    }

    /// The share of the participant with this account.
    ///
    /// # Errors
    /// As for any table.
    pub fn wallet(&self, account: Name) -> Result<Option<Wallet>, ReadError> {
        self.one(self.contracts.gateway, name!("wallets"), account)
    }

    /// The question or decision with this number.
    ///
    /// # Errors
    /// As for any table.
    pub fn decision(&self, id: u64) -> Result<Option<Decision>, ReadError> {
        self.one(self.contracts.soviet, name!("decisions"), id)
    }

    /// The question about the statement or the proposal with this hash, while it is unfinished.
    ///
    /// # Errors
    /// As for any table.
    pub fn decision_about(&self, hash: Checksum256) -> Result<Option<Decision>, ReadError> {
        let (soviet, table) = (self.contracts.soviet, name!("decisions"));
        let query = TableQuery::new(soviet, self.name, table);
        // The hash is the first index behind the number.
        let query = query.secondary(2, KeyType::Checksum256).exactly(hash);
        let row = self.client.all_rows(&query)?.into_iter().next();
        row.map(|row| row_of(soviet, table, row)).transpose()
    }

    /// The property with this number.
    ///
    /// # Errors
    /// As for any table.
    pub fn property(&self, id: u64) -> Result<Option<Property>, ReadError> {
        self.one(self.contracts.gateway, name!("properties"), id)
    }

    /// The board with this version.
    ///
    /// # Errors
    /// As for any table.
    pub fn board(&self, version: u64) -> Result<Option<Board>, ReadError> {
        self.one(self.contracts.soviet, name!("boards"), version)
    }

    /// The last voice of a participant on an election, which may be an earlier one than goes on.
    ///
    /// # Errors
    /// As for any table.
    pub fn voice(&self, account: Name) -> Result<Option<Voice>, ReadError> {
        self.one(self.contracts.soviet, name!("voices"), account)
    }

    /// The oldest bank records that were used, at most this many.
    ///
    /// # Errors
    /// As for any table.
    pub fn oldest_references(&self, limit: u32) -> Result<Vec<Reference>, ReadError> {
        let (gateway, table) = (self.contracts.gateway, name!("references"));
        let query = TableQuery::new(gateway, self.name, table).limit(limit);
        let page = self.client.get_table_rows(&query)?;
        let rows = page.rows.into_iter();
        rows.map(|row| row_of(gateway, table, row)).collect()
    }
}

/// All rows of a table.
fn rows<T: DeserializeOwned>(
    client: &Client,
    contract: Name,
    scope: Name,
    table: Name,
) -> Result<Vec<T>, ReadError> {
    let rows = client.all_rows(&TableQuery::new(contract, scope, table))?;
    let rows = rows.into_iter();
    rows.map(|row| row_of(contract, table, row)).collect()
}

fn row_of<T: DeserializeOwned>(contract: Name, table: Name, row: Value) -> Result<T, ReadError> {
    serde_json::from_value(row).map_err(|error| ReadError::Row {
        contract,
        table,
        problem: error.to_string(),
    })
}
