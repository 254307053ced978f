//! The contracts' rows as a client reads them: by the ABI that is on the chain.

use super::{Stage, StoryError, papers::sha256};
use antelope_rpc_client::TableQuery;
use antelope_types::{Asset, Checksum256, Name, TimePoint, name};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::{Value, json};

/// A row of `registrator`'s `candidates`.
#[derive(Debug, Deserialize)]
pub(super) struct Candidate {
    pub(super) status: Name,
    pub(super) hash: Checksum256,
}

/// A row of `registrator`'s `participants`.
#[derive(Debug, Deserialize)]
pub(super) struct Participant {
    pub(super) username: Name,
    pub(super) kind: Name,
    pub(super) hash: Checksum256,
    pub(super) authorization: Checksum256,
    pub(super) initial: Asset,
    pub(super) minimum: Asset,
    pub(super) status: Name,
}

/// A row of `gateway`'s `payments`.
#[derive(Debug, Deserialize)]
pub(super) struct Payment {
    pub(super) hash: Checksum256,
    pub(super) status: Name,
    pub(super) quantity: Asset,
}

/// A row of `gateway`'s `wallets`.
#[derive(Debug, Deserialize)]
pub(super) struct Wallet {
    pub(super) username: Name,
    pub(super) minimum: Asset,
    pub(super) available: Asset,
    pub(super) blocked: Asset,
    pub(super) in_kind: Asset,
}

/// A row of `gateway`'s `properties`.
#[derive(Debug, Deserialize)]
pub(super) struct Property {
    pub(super) id: u64,
    pub(super) username: Name,
    pub(super) hash: Checksum256,
    pub(super) status: Name,
    pub(super) description: Checksum256,
    pub(super) valuation: Asset,
}

/// A row of `registrator`'s `moves`.
#[derive(Debug, Deserialize)]
pub(super) struct Move {
    pub(super) username: Name,
    pub(super) newname: Name,
    pub(super) ready_at: TimePoint,
}

/// A row of `soviet`'s `elections`.
#[derive(Debug, Deserialize)]
pub(super) struct Election {
    pub(super) version: u64,
    pub(super) support: u32,
    pub(super) objections: u32,
    pub(super) ends_at: TimePoint,
}

/// A row of `gateway`'s `funds`.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Funds {
    pub(super) entrance: Asset,
    pub(super) share: Asset,
    pub(super) processing: Asset,
    pub(super) incoming: Asset,
    pub(super) outgoing: Asset,
    pub(super) accepted: Asset,
    pub(super) handed_back: Asset,
}

/// A row of `soviet`'s `decisions`.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Decision {
    pub(super) id: u64,
    pub(super) hash: Checksum256,
    pub(super) board: u64,
    pub(super) quorum_percent: u8,
    #[serde(deserialize_with = "number")]
    pub(super) votes_for: u64,
    #[serde(deserialize_with = "number")]
    pub(super) votes_against: u64,
    pub(super) status: Name,
    pub(super) created_at: TimePoint,
    pub(super) expires_at: TimePoint,
    pub(super) approved_at: TimePoint,
}

/// A row of `soviet`'s `boards`.
#[derive(Debug, Deserialize)]
pub(super) struct Board {
    pub(super) members: Vec<Seat>,
}

/// A seat of a board.
#[derive(Debug, Deserialize)]
pub(super) struct Seat {
    pub(super) username: Name,
    #[serde(deserialize_with = "flag")]
    pub(super) is_voting: bool,
    pub(super) position: Name,
}

/// What `soviet::getagenda` answers.
#[derive(Debug, Deserialize)]
pub(super) struct Agenda {
    pub(super) questions: Vec<Question>,
}

/// A question on the agenda.
#[derive(Debug, Deserialize)]
pub(super) struct Question {
    pub(super) id: u64,
    pub(super) hash: Checksum256,
}

/// Nodes write numbers of 64 bits as text when they are large.
fn number<'de, D: Deserializer<'de>>(input: D) -> Result<u64, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Form {
        Number(u64),
        Text(String),
    }
    match Form::deserialize(input)? {
        Form::Number(number) => Ok(number),
        Form::Text(text) => text.parse().map_err(serde::de::Error::custom),
    }
}

/// Nodes write a `bool` as a number.
fn flag<'de, D: Deserializer<'de>>(input: D) -> Result<bool, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Form {
        Bool(bool),
        Number(u8),
    }
    Ok(match Form::deserialize(input)? {
        Form::Bool(flag) => flag,
        Form::Number(number) => number != 0,
    })
}

impl Stage<'_, '_> {
    /// The rows of a table of one scope.
    pub(super) fn rows<T: DeserializeOwned>(
        &self,
        contract: Name,
        scope: Name,
        table: Name,
    ) -> Result<Vec<T>, StoryError> {
        let rows = self
            .client()
            .all_rows(&TableQuery::new(contract, scope, table))?;
        rows.into_iter()
            .map(|row| {
                serde_json::from_value(row).map_err(|error| StoryError::Row {
                    contract,
                    table,
                    problem: error.to_string(),
                })
            })
            .collect()
    }

    /// The one row of a table with this primary key, if there is one.
    pub(super) fn find<T: DeserializeOwned>(
        &self,
        contract: Name,
        scope: Name,
        table: Name,
        key: impl Into<antelope_rpc_client::Bound>,
    ) -> Result<Option<T>, StoryError> {
        let query = TableQuery::new(contract, scope, table).exactly(key);
        let row = self.client().all_rows(&query)?.into_iter().next();
        row.map(serde_json::from_value)
            .transpose()
            .map_err(|error| StoryError::Row {
                contract,
                table,
                problem: error.to_string(),
            })
    }

    fn get<T: DeserializeOwned>(
        &self,
        contract: Name,
        scope: Name,
        table: Name,
        key: impl Into<antelope_rpc_client::Bound> + std::fmt::Display,
    ) -> Result<T, StoryError> {
        let problem = format!("no row {key} in scope {scope}");
        self.find(contract, scope, table, key)?
            .ok_or(StoryError::Row {
                contract,
                table,
                problem,
            })
    }

    pub(super) fn candidate(&self, account: Name) -> Result<Option<Candidate>, StoryError> {
        self.find(
            self.contracts.registrator,
            self.coop(),
            name!("candidates"),
            account,
        )
    }

    pub(super) fn participant(&self, account: Name) -> Result<Option<Participant>, StoryError> {
        self.find(
            self.contracts.registrator,
            self.coop(),
            name!("participants"),
            account,
        )
    }

    /// The thing that this process is about, if it is in the cooperative's books.
    pub(super) fn property(&self, hash: Checksum256) -> Result<Option<Property>, StoryError> {
        let rows: Vec<Property> =
            self.rows(self.contracts.gateway, self.coop(), name!("properties"))?;
        Ok(rows.into_iter().find(|row| row.hash == hash))
    }

    /// The move of this participant to a new account, if one is asked for.
    pub(super) fn moving(&self, account: Name) -> Result<Option<Move>, StoryError> {
        let rows: Vec<Move> = self.rows(self.contracts.registrator, self.coop(), name!("moves"))?;
        Ok(rows.into_iter().find(|row| row.username == account))
    }

    /// The election that goes on in the cooperative.
    pub(super) fn election(&self) -> Result<Election, StoryError> {
        let soviet = self.contracts.soviet;
        self.get(soviet, soviet, name!("elections"), self.coop())
    }

    pub(super) fn funds(&self) -> Result<Funds, StoryError> {
        self.get(
            self.contracts.gateway,
            self.contracts.gateway,
            name!("funds"),
            self.coop(),
        )
    }

    /// The payment with this hash, if it is not finished.
    pub(super) fn payment(&self, hash: Checksum256) -> Result<Option<Payment>, StoryError> {
        let payments: Vec<Payment> =
            self.rows(self.contracts.gateway, self.coop(), name!("payments"))?;
        Ok(payments.into_iter().find(|payment| payment.hash == hash))
    }

    pub(super) fn decision(&self, id: u64) -> Result<Decision, StoryError> {
        self.get(self.contracts.soviet, self.coop(), name!("decisions"), id)
    }

    /// The unfinished question with this hash, if there is one.
    pub(super) fn question(&self, hash: Checksum256) -> Result<Option<Decision>, StoryError> {
        let decisions: Vec<Decision> =
            self.rows(self.contracts.soviet, self.coop(), name!("decisions"))?;
        Ok(decisions.into_iter().find(|decision| decision.hash == hash))
    }

    pub(super) fn board(&self, version: u64) -> Result<Board, StoryError> {
        self.get(self.contracts.soviet, self.coop(), name!("boards"), version)
    }

    /// The hash of everything that the three contracts keep.
    pub(super) fn tables(&self) -> Result<Checksum256, StoryError> {
        let contracts = &self.contracts;
        let mut all = String::new();
        for contract in [contracts.registrator, contracts.soviet, contracts.gateway] {
            for found in self.client().get_table_by_scope(contract, Name::EMPTY)? {
                // A secondary index has a name whose last bits are its number.
                if found.table.raw() & 0xf != 0 {
                    continue;
                }
                let scope = found.scope.parse::<Name>();
                let scope = scope.map_err(|error| StoryError::Row {
                    contract,
                    table: found.table,
                    problem: format!("scope {}: {error}", found.scope),
                })?;
                let query = TableQuery::new(contract, scope, found.table);
                let rows = Value::from(self.client().all_rows(&query)?);
                all += &format!("{contract} {scope} {}: {rows}\n", found.table);
            }
        }
        Ok(sha256(all.as_bytes()))
    }

    /// What is on the agenda now, as any reader sees it.
    pub(super) fn agenda(&self) -> Result<Agenda, StoryError> {
        let soviet = self.contracts.soviet;
        let request = json!({ "coopname": self.coop(), "from_id": 0, "limit": 50 });
        let answer = self
            .client()
            .read_only_json(soviet, name!("getagenda"), &request)?;
        serde_json::from_value(answer).map_err(|error| StoryError::Row {
            contract: soviet,
            table: name!("decisions"),
            problem: error.to_string(),
        })
    }
}
