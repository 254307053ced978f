//! The keeper on a thread of its own.

use antelope_rpc_client::{Client, Signer};
use coop_client::Contracts;
use coop_keeper::{Fate, Keeper, KeeperOptions, Round};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How soon the keeper notices that it is to stop.
const NAP: Duration = Duration::from_millis(100);

/// What a keeper needs.
pub(super) struct Tending {
    pub(super) signer: Box<dyn Signer>,
    pub(super) contracts: Option<Contracts>,
    pub(super) options: KeeperOptions,
}

/// What a keeper has done.
#[derive(Debug, Default)]
pub(super) struct Tended(Mutex<Deeds>);

/// The same at one moment.
#[derive(Clone, Debug, Default)]
pub(super) struct Deeds {
    /// Rounds that were made to their end.
    pub(super) rounds: u64,
    /// When the last of them ended.
    pub(super) last: Option<Instant>,
    /// Tasks by what became of them.
    pub(super) done: u64,
    pub(super) done_by_others: u64,
    pub(super) failed: u64,
    /// How many tasks wait after the last round.
    pub(super) waiting: usize,
    /// Rounds that have failed.
    pub(super) problems: u64,
    /// Why the last round has failed, if it has.
    pub(super) problem: Option<String>,
    /// Whether the thread has ended by a fault.
    pub(super) has_ended: bool,
}

impl Tended {
    pub(super) fn deeds(&self) -> Deeds {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn change(&self, change: impl FnOnce(&mut Deeds)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn made(&self, round: &Round) {
        self.change(|deeds| {
            deeds.rounds += 1;
            deeds.last = Some(Instant::now());
            deeds.problem = None;
            deeds.waiting = round.waiting;
            for done in &round.done {
                match done.fate {
                    Fate::Done { .. } => deeds.done += 1,
                    Fate::DoneByOthers => deeds.done_by_others += 1,
                    Fate::Failed { .. } => deeds.failed += 1,
                }
            }
        });
    }
}

impl Tending {
    /// Looks after the cooperative until `stop` is set. A round that fails is followed by the next.
    pub(super) fn start(
        self,
        client: Client,
        every: Duration,
        tended: Arc<Tended>,
        stop: Arc<AtomicBool>,
    ) -> io::Result<JoinHandle<()>> {
        let thread = std::thread::Builder::new().name("keeper".to_owned());
        thread.spawn(move || {
            let ended = catch_unwind(AssertUnwindSafe(|| {
                self.run(&client, every, &tended, &stop);
            }));
            if ended.is_err() {
                tended.change(|deeds| deeds.has_ended = true);
            }
        })
    }

    fn run(self, client: &Client, every: Duration, tended: &Tended, stop: &AtomicBool) {
        let Some(contracts) = self.contracts else {
            return;
        };
        let mut keeper = Keeper::new(client.clone(), contracts, self.options, &*self.signer);
        while !stop.load(Ordering::Relaxed) {
            match keeper.round() {
                Ok(round) => {
                    tended.made(&round);
                    for done in &round.done {
                        tracing::info!(cooperative = %done.cooperative, task = ?done.task, fate = ?done.fate, "keeper");
                    }
                }
                Err(error) => tended.change(|deeds| {
                    deeds.problems += 1;
                    deeds.problem = Some(error.to_string());
                }),
            }
            let until = Instant::now() + every;
            while Instant::now() < until && !stop.load(Ordering::Relaxed) {
                std::thread::sleep(NAP.min(until.saturating_duration_since(Instant::now())));
            }
        }
    }
}
