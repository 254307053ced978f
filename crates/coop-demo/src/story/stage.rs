//! Where the story plays: the chain, everybody's keys, and the ways to act.

use super::{
    StoryError, StoryOptions, ground::Ground, keys::Keyring, ledger::Ledger, papers::file_error,
};
use crate::{
    input::Input, log::Log, node_kind::NodeKind, off_chain::OffChain, report::ChainPlayedOn,
};
use antelope_rpc_client::{Client, ClientError, TransactionTrace};
use antelope_types::{Action, Checksum256, Name, PermissionLevel, TimePoint, name};
use coop_documents::{Person, Renderer};
use coop_language::{Lang, Words};
use coop_model::{Config, Document, refusal::Refusal};
use std::{path::PathBuf, sync::Arc};

/// The account that owns a chain without a system contract.
pub(super) const EOSIO: Name = name!("eosio");

/// Everything the chapters of the story share.
pub(super) struct Stage<'s, 'w> {
    pub(super) input: &'s Input,
    pub(super) log: &'s mut Log<'w>,
    pub(super) node: Ground,
    pub(super) keys: Keyring,
    pub(super) contracts: Config,
    pub(super) renderer: Renderer,
    /// Where the documents go.
    pub(super) folder: PathBuf,
    /// The documents that were sent, with their places in the report.
    pub(super) sent: Vec<(usize, Document)>,
    /// What documents say, and who people are.
    pub(super) off_chain: OffChain,
    /// Whether an English text is saved beside each document.
    pub(super) reads_english: bool,
    /// When the last document was made, in microseconds since the start of 1970, UTC.
    pub(super) last_stamp: i64,
    /// Who presides over the council now.
    pub(super) chairman: Name,
    /// Who was admitted and is a participant now.
    pub(super) admitted: Vec<Name>,
    /// The record of the first payment, until somebody has tried to use it again.
    pub(super) first_record: Option<Checksum256>,
    /// Whether somebody has tried to get back more than the wallet has.
    pub(super) has_asked_too_much: bool,
    /// What funds and wallets should be by now.
    pub(super) ledger: Ledger,
}

/// A moment of the chain.
#[derive(Clone, Copy)]
pub(super) struct Moment {
    pub(super) time: TimePoint,
    pub(super) irreversible_block: u32,
}

impl<'s, 'w> Stage<'s, 'w> {
    /// Starts a chain of its own.
    pub(super) fn start(
        input: &'s Input,
        options: &StoryOptions,
        log: &'s mut Log<'w>,
    ) -> Result<Self, StoryError> {
        log.progress(&Words::of(match options.node {
            NodeKind::Embedded => "progress.embedded",
            NodeKind::Nodeos => "progress.node",
        }));
        let node = Ground::start(options.node)?;
        Self::on(node, Keyring::default(), input, options, log)
    }

    /// Takes a chain that was started already.
    pub(super) fn on(
        node: Ground,
        mut keys: Keyring,
        input: &'s Input,
        options: &StoryOptions,
        log: &'s mut Log<'w>,
    ) -> Result<Self, StoryError> {
        let folder = options.documents.clone();
        std::fs::create_dir_all(&folder).map_err(file_error(&folder))?;
        let info = node.client().get_info()?;
        log.report.chain = Some(ChainPlayedOn {
            id: info.chain_id,
            node: node.kind(),
            node_version: info.server_version_string,
            url: node.client().url().to_owned(),
        });
        let contracts = Config {
            chain_id: info.chain_id,
            registrator: name!("registrator"),
            soviet: name!("soviet"),
            gateway: name!("gateway"),
        };
        let key = Arc::new(node.key().clone());
        for account in [
            EOSIO,
            contracts.registrator,
            contracts.soviet,
            contracts.gateway,
        ] {
            keys.give(account, key.clone());
        }
        Ok(Self {
            input,
            log,
            node,
            keys,
            contracts,
            renderer: Renderer::new()?,
            folder,
            sent: Vec::new(),
            off_chain: OffChain::default(),
            reads_english: options.lang == Lang::En,
            last_stamp: 0,
            chairman: input
                .chairman()
                .map(|member| member.person.account)
                .unwrap_or_default(),
            admitted: Vec::new(),
            first_record: None,
            has_asked_too_much: false,
            ledger: Ledger::default(),
        })
    }
}

impl Stage<'_, '_> {
    pub(super) fn client(&self) -> &Client {
        self.node.client()
    }

    /// The account of the cooperative.
    pub(super) fn coop(&self) -> Name {
        self.input.cooperative.account
    }

    pub(super) fn chairman(&self) -> Result<&Person, StoryError> {
        let chairman = self.chairman;
        let mut council = self.input.council.iter();
        let member = council.find(|member| member.person.account == chairman);
        member
            .map(|member| &member.person)
            .ok_or(StoryError::NoKey { account: chairman })
    }

    /// The person who has this account.
    pub(super) fn person(&self, account: Name) -> Result<Person, StoryError> {
        let input = self.input;
        let candidates = input.candidates.iter();
        let mut people = input
            .council
            .iter()
            .map(|member| &member.person)
            .chain(candidates.map(|candidate| &candidate.applicant.person))
            .chain([&input.cashier]);
        let person = people.find(|person| person.account == account);
        person.cloned().ok_or(StoryError::NoKey { account })
    }

    /// The name of whoever has this account; `None` for accounts of contracts and cooperatives, and
    /// for those that nobody in the story has any more.
    fn short_name(&self, account: Name) -> Option<String> {
        let input = self.input;
        let moved = input.moves.iter().find(|it| it.new_account == account);
        let account = moved.map_or(account, |it| it.participant);
        self.person(account).ok().map(|person| person.short_name())
    }

    /// The chain's own clock, which may differ from this machine's.
    pub(super) fn now(&self) -> Result<Moment, StoryError> {
        let info = self.client().get_info()?;
        Ok(Moment {
            time: info.head_block_time,
            irreversible_block: info.last_irreversible_block_num,
        })
    }

    /// What an account is in this story, in words.
    pub(super) fn role(&self, account: Name) -> String {
        let input = self.input;
        let member = input
            .council
            .iter()
            .find(|member| member.person.account == account);
        let key = match member {
            Some(_) if account == self.chairman => "who.chairman",
            Some(_) => "who.member",
            None if account == self.coop() => "who.cooperative",
            None if account == input.cashier.account => "who.cashier",
            None if self.admitted.contains(&account) => "who.participant",
            None if input.moves.iter().any(|it| it.new_account == account) => "who.participant",
            None if input
                .candidates
                .iter()
                .any(|c| c.applicant.person.account == account) =>
            {
                "who.candidate"
            }
            None if account == EOSIO => "who.operator",
            None => "who.contract",
        };
        self.log.say(&Words::of(key))
    }

    /// Sends a transaction that must succeed, signed by everybody its actions name.
    pub(super) fn act(
        &mut self,
        words: Words,
        who: Name,
        actions: &[Action],
    ) -> Result<TransactionTrace, StoryError> {
        let pushed = self
            .client()
            .push(actions, &self.keys.for_actions(actions)?);
        let trace = pushed.map_err(|source| StoryError::Refused {
            step: self.log.say(&words),
            source,
        })?;
        let (role, person) = (self.role(who), self.short_name(who));
        self.log.done(&words, (who, role, person), &trace);
        Ok(trace)
    }

    /// Sends a transaction that the contracts must refuse for this reason, and looks whether the rows of
    /// their tables are as before.
    pub(super) fn attempt(
        &mut self,
        words: Words,
        who: Name,
        actions: &[Action],
        expected: Refusal,
    ) -> Result<(), StoryError> {
        let step = self.log.say(&words);
        let before = self.tables()?;
        match self
            .client()
            .push(actions, &self.keys.for_actions(actions)?)
        {
            Ok(_) => {
                let expected = expected.text;
                return Err(StoryError::Accepted { step, expected });
            }
            Err(ClientError::Chain(refusal))
                if refusal.error.assertion() == Some(expected.text) =>
            {
                let role = self.role(who);
                let person = self.short_name(who);
                self.log
                    .refused(&words, (who, role, person), &refusal.error);
            }
            Err(ClientError::Chain(refusal)) => {
                return Err(StoryError::OtherRefusal {
                    step,
                    expected: expected.text,
                    found: refusal.error.reason().to_owned(),
                });
            }
            Err(source) => return Err(StoryError::Refused { step, source }),
        }
        let after = self.tables()?;
        let words = Words::of("check.unchanged").with("attempt", step);
        self.log
            .check(&words, &before.to_string(), &after.to_string());
        Ok(())
    }

    /// Tells what a reader finds on the chain.
    pub(super) fn look(&mut self, words: Words, who: Name, result: &Words) {
        let (role, person) = (self.role(who), self.short_name(who));
        self.log.read(&words, (who, role, person), result);
    }

    pub(super) fn chain_id(&self) -> Checksum256 {
        self.contracts.chain_id
    }
}

/// The permission people act with.
pub(super) fn active(account: Name) -> PermissionLevel {
    PermissionLevel::active(account)
}
