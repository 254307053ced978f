//! The contracts' rows, as a client reads them.

use super::{Stage, StoryError, papers::sha256};
use antelope_rpc_client::TableQuery;
use antelope_types::{Checksum256, Name, name};
use coop_client::rows::{
    Agenda, Board, Candidate, Decision, Election, Funds, Move, Participant, Payment, Property,
};
use coop_client::{Contracts, Cooperative, ReadError};
use serde_json::Value;

impl Stage<'_, '_> {
    /// The cooperative, read from the chain.
    pub(super) fn cooperative(&self) -> Cooperative {
        let contracts = &self.contracts;
        let contracts = Contracts {
            chain_id: contracts.chain_id,
            registrator: contracts.registrator,
            soviet: contracts.soviet,
            gateway: contracts.gateway,
        };
        Cooperative::new(self.client().clone(), contracts, self.coop())
    }

    /// The row, or else the error that there is none.
    fn there<T>(
        &self,
        contract: Name,
        table: Name,
        what: impl std::fmt::Display,
        row: Option<T>,
    ) -> Result<T, StoryError> {
        let problem = || format!("no row {what} of {}", self.coop());
        row.ok_or_else(|| {
            StoryError::Rows(ReadError::Row {
                contract,
                table,
                problem: problem(),
            })
        })
    }

    pub(super) fn candidate(&self, account: Name) -> Result<Option<Candidate>, StoryError> {
        Ok(self.cooperative().candidate(account)?)
    }

    pub(super) fn participant(&self, account: Name) -> Result<Option<Participant>, StoryError> {
        Ok(self.cooperative().participant(account)?)
    }

    /// The thing that this process is about, if it is in the cooperative's books.
    pub(super) fn property(&self, hash: Checksum256) -> Result<Option<Property>, StoryError> {
        let rows = self.cooperative().properties()?;
        Ok(rows.into_iter().find(|row| row.hash == hash))
    }

    /// The move of this participant to a new account, if one is asked for.
    pub(super) fn moving(&self, account: Name) -> Result<Option<Move>, StoryError> {
        let rows = self.cooperative().moves()?;
        Ok(rows.into_iter().find(|row| row.username == account))
    }

    /// The election that goes on in the cooperative.
    pub(super) fn election(&self) -> Result<Election, StoryError> {
        let row = self.cooperative().election()?;
        self.there(self.contracts.soviet, name!("elections"), "election", row)
    }

    pub(super) fn funds(&self) -> Result<Funds, StoryError> {
        let row = self.cooperative().funds()?;
        self.there(self.contracts.gateway, name!("funds"), "funds", row)
    }

    /// The payment with this hash, if it is not finished.
    pub(super) fn payment(&self, hash: Checksum256) -> Result<Option<Payment>, StoryError> {
        let payments = self.cooperative().payments()?;
        Ok(payments.into_iter().find(|payment| payment.hash == hash))
    }

    pub(super) fn decision(&self, id: u64) -> Result<Decision, StoryError> {
        let row = self.cooperative().decision(id)?;
        self.there(self.contracts.soviet, name!("decisions"), id, row)
    }

    /// The unfinished question with this hash, if there is one.
    pub(super) fn question(&self, hash: Checksum256) -> Result<Option<Decision>, StoryError> {
        let decisions = self.cooperative().decisions()?;
        Ok(decisions.into_iter().find(|decision| decision.hash == hash))
    }

    pub(super) fn board(&self, version: u64) -> Result<Board, StoryError> {
        let row = self.cooperative().board(version)?;
        self.there(self.contracts.soviet, name!("boards"), version, row)
    }

    /// What is on the agenda now, as any reader sees it.
    pub(super) fn agenda(&self) -> Result<Agenda, StoryError> {
        Ok(self.cooperative().agenda()?)
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
                let scope = scope.map_err(|error| {
                    StoryError::Rows(ReadError::Row {
                        contract,
                        table: found.table,
                        problem: format!("scope {}: {error}", found.scope),
                    })
                })?;
                let query = TableQuery::new(contract, scope, found.table);
                let rows = Value::from(self.client().all_rows(&query)?);
                all += &format!("{contract} {scope} {}: {rows}\n", found.table);
            }
        }
        Ok(sha256(all.as_bytes()))
    }
}
