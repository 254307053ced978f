//! Rounds: look at all cooperatives, do what is due.

use crate::patience::Patience;
use crate::survey::due;
use crate::task::Task;
use antelope_rpc_client::{Client, ClientError, Signer};
use antelope_types::{Checksum256, Name, PermissionLevel, TimePoint};
use coop_client::{Contracts, Cooperative, ReadError};
use serde::Serialize;
use std::collections::BTreeMap;
use std::thread::sleep;
use std::time::Duration;

/// How often a round looks whether what it sent is in a block, and the pause between: ten blocks.
const LOOKS: u32 = 20;
const LOOK: Duration = Duration::from_millis(250);

/// How a keeper works.
#[derive(Clone, Debug)]
pub struct KeeperOptions {
    /// Who acts: an account and the permission that is linked to what the keeper does.
    pub level: PermissionLevel,
    /// The cooperatives to look after; empty for all.
    pub cooperatives: Vec<Name>,
    /// The most transactions of one round; the rest waits for the next.
    pub most: usize,
}

/// What became of a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It was done by this transaction.
    Done {
        /// The transaction's id.
        transaction_id: Checksum256,
    },
    /// It is not due any more: somebody else has done it.
    DoneByOthers,
    /// The chain refused it, and it is still due: it is tried again later.
    Failed {
        /// The chain's words.
        reason: String,
    },
}

/// A task and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Done {
    /// The cooperative.
    pub cooperative: Name,
    /// What was due.
    pub task: Task,
    /// What became of it.
    pub fate: Fate,
}

/// What one round did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Round {
    /// What was tried, in its order.
    pub done: Vec<Done>,
    /// How many tasks are due and wait: they have failed before, or the round was full.
    pub waiting: usize,
}

/// Looks after cooperatives on one chain.
pub struct Keeper<'a> {
    client: Client,
    contracts: Contracts,
    options: KeeperOptions,
    signer: &'a dyn Signer,
    patience: Patience,
}

impl<'a> Keeper<'a> {
    /// A keeper that signs with this key.
    pub fn new(
        client: Client,
        contracts: Contracts,
        options: KeeperOptions,
        signer: &'a dyn Signer,
    ) -> Self {
        Self {
            client,
            contracts,
            options,
            signer,
            patience: Patience::default(),
        }
    }

    /// Does what is due now, each thing in a transaction of its own, so that one that fails stops
    /// nothing else. What comes due by that, such as the news of a question that expired, is done in the
    /// same round: it waits some seconds until a block has what was sent. Nothing is sent twice in a round;
    /// what a fork has undone is due in the next one.
    ///
    /// # Errors
    /// Those of reading the chain, and of a node that does not answer. What was done until then is done.
    pub fn round(&mut self) -> Result<Round, ReadError> {
        let mut round = Round::default();
        let cooperatives = match self.options.cooperatives.is_empty() {
            false => self.options.cooperatives.clone(),
            true => {
                let all = self.contracts.cooperatives(&self.client)?;
                all.into_iter().map(|coop| coop.coopname).collect()
            }
        };
        for coopname in cooperatives {
            self.look_after(coopname, &mut round)?;
        }
        Ok(round)
    }

    fn look_after(&mut self, coopname: Name, round: &mut Round) -> Result<(), ReadError> {
        let cooperative = Cooperative::new(self.client.clone(), self.contracts, coopname);
        // What a node has acknowledged, with its head then. A node that does not produce shows the rows of its
        // head: there a task stays due until a block has the transaction.
        let mut sent: BTreeMap<Task, u32> = BTreeMap::new();
        let mut looks = LOOKS;
        loop {
            let (now, head) = self.now()?;
            let tasks = due(&cooperative, now)?;
            self.patience.keep(coopname, &tasks);
            let count = tasks.len();
            let is_ready = |task: &Task| match sent.get(task) {
                None => true,
                Some(at) => task.is_of_a_batch() && (head > *at || looks == 0),
            };
            let waits = looks > 0 && tasks.iter().any(|it| sent.contains_key(it));
            let ready = tasks.into_iter().filter(is_ready);
            let ready = ready.filter(|task| self.patience.is_over(coopname, *task, now));
            let room = self.options.most.saturating_sub(round.done.len());
            let ready: Vec<_> = ready.take(room).collect();
            if ready.is_empty() && waits && room > 0 {
                looks -= 1;
                sleep(LOOK);
                continue;
            }
            if ready.is_empty() {
                round.waiting += count;
                return Ok(());
            }
            for task in ready {
                let fate = self.act(&cooperative, task, now)?;
                if matches!(fate, Fate::Done { .. }) {
                    sent.insert(task, head);
                }
                round.done.push(Done {
                    cooperative: coopname,
                    task,
                    fate,
                });
            }
        }
    }

    /// Sends one task. A refusal is looked into: perhaps somebody else was quicker.
    fn act(
        &mut self,
        cooperative: &Cooperative,
        task: Task,
        now: TimePoint,
    ) -> Result<Fate, ReadError> {
        let coopname = cooperative.name();
        let actions = task.actions(&self.contracts, coopname, self.options.level);
        match self.client.push(&actions, &[self.signer]) {
            Ok(trace) => Ok(Fate::Done {
                transaction_id: trace.id,
            }),
            Err(error @ ClientError::Chain(_)) => {
                if !due(cooperative, self.now()?.0)?.contains(&task) {
                    return Ok(Fate::DoneByOthers);
                }
                self.patience.failed(coopname, task, now);
                let reason = error.to_string();
                Ok(Fate::Failed { reason })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The time of the newest block, and its number.
    fn now(&self) -> Result<(TimePoint, u32), ReadError> {
        let info = self.client.get_info()?;
        Ok((info.head_block_time, info.head_block_num))
    }
}
