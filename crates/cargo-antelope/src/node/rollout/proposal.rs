//! A proposal of `eosio.msig` in place of transactions, for accounts that several parties hold.

use super::batch::{Batch, Group};
use super::shortage::ram_of_proposal;
use super::survey::Survey;
use super::way::{send, send_options};
use crate::arguments::Rollout;
use crate::failure::Failure;
use crate::output::Output;
use antelope_cli::Session;
use antelope_cli::transact::Intent;
use antelope_rpc_client::{Client, TableQuery};
use antelope_types::{Decode, Name, PermissionLevel, Transaction, name};
use serde_json::{Value, json};

/// The contract of proposals.
const MSIG: Name = name!("eosio.msig");
/// Bytes of the transaction that proposes, beside what is proposed.
const AROUND: usize = 2000;

/// What is proposed.
#[derive(Debug)]
pub(super) struct Proposal {
    proposer: PermissionLevel,
    name: Name,
    batch: Batch,
    /// Whether the chain has it already.
    is_there: bool,
}

impl Proposal {
    /// Of all groups together.
    ///
    /// # Errors
    /// `rollout.large` where they are too much for one transaction, `rollout.proposal` where another
    /// proposal has the name; those of the client.
    pub(super) fn new(
        client: &Client,
        arguments: &Rollout,
        groups: Vec<Group>,
        limit: usize,
    ) -> Result<Self, Box<Failure>> {
        let (Some(name), Some(proposer)) = (arguments.propose, arguments.proposer) else {
            let message = "nobody proposes it, expected --proposer ACCOUNT";
            return Err(Box::new(Failure::new("usage.proposer", message)));
        };
        let mut batch = Batch::default();
        for group in groups {
            batch.actions.extend(group.actions);
            batch.words.extend(group.words);
        }
        if batch.bytes() + AROUND > limit {
            let message = format!(
                "the proposal has {} bytes, and the chain takes {limit} in a transaction",
                batch.bytes() + AROUND
            );
            return Err(Box::new(Failure {
                hint: Some("propose one contract after the other: --only PACKAGE".to_owned()),
                ..Failure::new("rollout.large", message)
            }));
        }
        let mut proposal = Self {
            proposer,
            name,
            batch,
            is_there: false,
        };
        proposal.is_there = proposal.find(client)?;
        Ok(proposal)
    }

    /// Whether the chain has a proposal of this name with this content.
    fn find(&self, client: &Client) -> Result<bool, Box<Failure>> {
        let scope = self.proposer.actor;
        let query = TableQuery::new(MSIG, scope, name!("proposal")).exactly(self.name);
        let rows = client.get_table_rows(&query)?.rows;
        let Some(row) = rows.first() else {
            return Ok(false);
        };
        let bytes = row["packed_transaction"].as_str().and_then(bytes);
        let found = bytes.and_then(|bytes| Transaction::from_bytes(&bytes).ok());
        if found.is_some_and(|found| found.actions == self.batch.actions) {
            return Ok(true);
        }
        let (name, proposer) = (self.name, self.proposer.actor);
        let message = format!("{proposer} has another proposal called {name}");
        let hint =
            format!("take another name, or remove it: veche multisig cancel {proposer} {name}");
        Err(Box::new(Failure {
            hint: Some(hint),
            ..Failure::mismatch("rollout.proposal", message, Value::Null, String::new())
        }))
    }

    /// Adds the RAM that the proposer lacks to hold the proposal; whether it lacks some.
    ///
    /// # Errors
    /// Those of the client.
    pub(super) fn buys_for_itself(
        &self,
        client: &Client,
        survey: &mut Survey,
    ) -> Result<bool, Box<Failure>> {
        if self.is_there {
            return Ok(false);
        }
        let proposer = self.proposer.actor;
        let account = client.get_account(proposer)?;
        let needed = ram_of_proposal(&self.batch);
        let free = u64::try_from(account.ram_quota - account.ram_usage);
        let free = if account.ram_quota < 0 {
            needed
        } else {
            free.unwrap_or(0)
        };
        let missing = needed.saturating_sub(free);
        if missing > 0 {
            survey.buy(proposer, proposer, missing);
        }
        Ok(missing > 0)
    }

    /// What it does, for people.
    pub(super) fn text(&self) -> String {
        let state = match self.is_there {
            true => "is there already",
            false => "to be made",
        };
        format!(
            "proposal {} of {} ({state})\n  {}",
            self.name,
            self.proposer.actor,
            self.batch.words.join("\n  ")
        )
    }

    /// Proposes it, unless it is there; data and text.
    ///
    /// # Errors
    /// Those of sending.
    pub(super) fn send(
        self,
        arguments: &Rollout,
        session: &Session,
        output: &Output,
    ) -> Result<(Value, String), Box<Failure>> {
        let (name, proposer) = (self.name, self.proposer.actor);
        let mut transaction = Value::Null;
        if !self.is_there {
            let mut options = send_options(arguments);
            options.propose = Some(name);
            options.proposer = Some(self.proposer);
            let intent = Intent::new(self.batch.words.join("; "), self.batch.actions);
            transaction = send(session, output, &options, &intent)?["transaction_id"].take();
        }
        let data = json!({
            "proposer": proposer, "name": name, "transaction": transaction, "was_there": self.is_there,
        });
        let done = match self.is_there {
            true => "is there already and waits for approvals",
            false => "is made",
        };
        let network = match &arguments.network {
            Some(network) => format!("--network {network}"),
            None => format!("--url {}", session.client.url()),
        };
        let text = format!(
            "proposal {name} of {proposer} {done}\n\
             look at it, and compare the hashes of its code with those that you have built:\n  \
             veche multisig review {proposer} {name} {network}\n\
             approve it, each holder:\n  \
             veche multisig approve {proposer} {name} HOLDER@active {network}\n\
             then execute it:\n  \
             veche multisig exec {proposer} {name} {proposer} {network}\n\
             and run this again without --propose: it says whether the chain has it all"
        );
        Ok((data, text))
    }
}

/// Bytes of hexadecimal text.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let digit = |i: usize| u8::from_str_radix(text.get(i..i + 2)?, 16).ok();
    (0..text.len()).step_by(2).map(digit).collect()
}
