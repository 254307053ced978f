//! What operators, cooperatives and people might do.

use super::{CoopView, Suggestion};
use crate::cooperative::{CandidateState, Charter, CoopStatus, Fees, Status};
use crate::kind::{PersonKind, Right};
use crate::paper::Subject;
use crate::random::step::Generator;
use crate::{Account, Action, QuestionKind, World};
use coop_model::catalogue::registry;
use coop_model::parameters::MAX_AMOUNT;

impl Generator {
    pub(super) fn of_operators(&mut self, name: &str, world: &World) -> Option<Suggestion> {
        let action = match name {
            "setpause" => {
                if !world.paused && self.dice.chance(70) {
                    return None;
                }
                let paused = !world.paused;
                return Some((vec![Account::Registrator], Action::SetPause { paused }));
            }
            "regcoop" => {
                let coop = Account::Coop(2);
                let fees = self.fees();
                let document = self.papers.new_hash();
                let charter = self.charter();
                Action::RegCoop {
                    coop,
                    fees,
                    symbol: 2,
                    charter,
                    document,
                }
            }
            _ => return self.kind(world),
        };
        Some((vec![Account::Coop(2)], action))
    }

    /// A kind is registered, broken or mended.
    fn kind(&mut self, world: &World) -> Option<Suggestion> {
        let broken = world
            .kinds
            .iter()
            .filter(|(_, row)| !row.is_sound || row.contract == Account::Registrator);
        let broken = broken.filter(|(kind, row)| !row.is_sound || row.contract != kind.owner());
        let broken = self.dice.pick_from(broken.map(|(kind, _)| *kind));
        let (kind, is_sound) = match broken {
            Some(kind) => (kind, true),
            None => {
                let kind = self.dice.pick_from(world.kinds.keys().copied())?;
                (kind, !self.dice.chance(10))
            }
        };
        let contract = kind.owner();
        let protocol = match kind {
            QuestionKind::Other(_) => 77,
            kind => kind.protocol(),
        };
        let action = Action::RegType {
            kind,
            contract,
            is_sound,
            are_callbacks_one: false,
            protocol,
        };
        Some((vec![Account::Soviet, contract], action))
    }

    fn fees(&mut self) -> Fees {
        let most = self
            .dice
            .pick(&[5_000, 5_000, 5_000, MAX_AMOUNT as u64 + 1]);
        let most = most.unwrap_or(5_000);
        let mut fee = || 1 + self.dice.roll(most) as i64;
        Fees {
            initial: fee(),
            minimum: fee(),
            org_initial: fee(),
            org_minimum: fee(),
        }
    }

    fn charter(&mut self) -> Charter {
        let quorums = [0, 0, 50, 67, 100];
        Charter {
            quorum: self.dice.pick(&quorums).unwrap_or(0),
            support: self.dice.roll(4) as u32,
        }
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each action")]
    pub(super) fn of_people(&mut self, name: &str, at: &CoopView<'_>) -> Option<Suggestion> {
        let (coop, row) = (at.name, at.coop);
        Some(match name {
            "setquota" => {
                let accounts = row.accounts + self.dice.roll(20) as u32;
                let people = row.participants.len() + row.candidates.len();
                let participants = people as u32 + self.dice.roll(20) as u32;
                let action = Action::SetQuota {
                    coop,
                    accounts,
                    participants,
                };
                (vec![Account::Registrator], action)
            }
            "updatecoop" => {
                let fees = self.fees();
                let symbol = row.symbol;
                (vec![coop], Action::UpdateCoop { coop, fees, symbol })
            }
            "setcharter" => {
                let charter = self.charter();
                let active = row
                    .participants
                    .iter()
                    .filter(|(_, row)| row.status == Status::Active);
                let signers: Vec<_> = active.map(|(who, _)| *who).collect();
                let subject = Some(Subject::Charter(charter));
                let meeting = self.document(at, registry::MEETING, coop, subject, &signers);
                let action = Action::SetCharter {
                    coop,
                    charter,
                    meeting,
                };
                (vec![coop], action)
            }
            "stcoopstatus" => {
                let status = match row.status {
                    CoopStatus::Active if self.dice.chance(60) => return None,
                    CoopStatus::Active => CoopStatus::Blocked,
                    _ => CoopStatus::Active,
                };
                (
                    vec![Account::Registrator],
                    Action::SetStatus { coop, status },
                )
            }
            "regfounders" => {
                let mut founders: Vec<_> = at.world.accounts.keys().copied().collect();
                founders.truncate(3 + self.dice.roll(4) as usize);
                let signers = founders.clone();
                if self.dice.chance(10)
                    && let [first, .., last] = founders.as_mut_slice()
                {
                    // One is named twice, and somebody else signs.
                    *last = *first;
                }
                let subject = Some(Subject::Founders(founders.clone()));
                let meeting = self.document(at, registry::MEETING, coop, subject, &signers);
                let action = Action::RegFounders {
                    coop,
                    founders,
                    meeting,
                };
                (vec![coop], action)
            }
            "newaccount" => {
                let who = Account::Person(self.dice.roll(14) as u8);
                let actor = self.actor(at, Right::NewAccount);
                (vec![actor], Action::NewAccount { coop, actor, who })
            }
            "signagree" => {
                let who = self.outsider(at)?;
                let mut documents = Vec::new();
                for id in [2, 3, 4, 1 + 4 * self.dice.roll(2)] {
                    documents.push(self.document(at, id, who, None, &[who]));
                }
                documents.truncate(2 + self.dice.roll(3) as usize);
                let signers = self.coop_or(at, who);
                let action = Action::SignAgree {
                    coop,
                    who,
                    documents,
                };
                (signers, action)
            }
            "reguser" => {
                let ready = row
                    .agreements
                    .iter()
                    .filter(|(_, signed)| signed.len() >= 3);
                let ready = ready.map(|(who, _)| *who).filter(|who| row.is_free(*who));
                let who = match self.dice.pick_from(ready) {
                    _ if self.dice.chance(5) => {
                        self.dice.pick_from(at.world.accounts.keys().copied())?
                    }
                    Some(who) => who,
                    None if self.dice.chance(80) => return None,
                    None => self.outsider(at)?,
                };
                let kind = match self.dice.roll(4) {
                    0 => PersonKind::Organization,
                    1 => PersonKind::Entrepreneur,
                    _ => PersonKind::Individual,
                };
                let subject = match kind {
                    PersonKind::Individual => None,
                    kind => Some(Subject::Application(kind)),
                };
                let statement = self.document(at, registry::STATEMENT, who, subject, &[who]);
                let signers = self.coop_or(at, who);
                let action = Action::RegUser {
                    coop,
                    who,
                    kind,
                    statement,
                };
                (signers, action)
            }
            "retryrefund" => {
                let failed = row.candidates.iter();
                let failed = failed.filter(|(_, row)| row.state == CandidateState::RefundFailed);
                let found = self
                    .dice
                    .pick_from(failed.map(|(who, row)| (*who, row.hash)));
                let found = found.or_else(|| {
                    self.dice
                        .pick_from(row.candidates.iter().map(|(who, row)| (*who, row.hash)))
                });
                let (who, hash) = found?;
                let actor = match self.dice.chance(50) {
                    true => who,
                    false => self.actor(at, Right::RetryRefund),
                };
                (vec![actor], Action::RetryRefund { coop, actor, hash })
            }
            "exitcoop" => {
                let idle = row.participants.keys().copied();
                let idle = idle.filter(|who| {
                    row.has_no_office(*who).is_ok()
                        && row.open_of(*who) + row.properties_of(*who) == 0
                });
                let rich = idle.clone().filter(|who| row.wallets.contains_key(who));
                let who = match self
                    .dice
                    .pick_from(rich)
                    .or_else(|| self.dice.pick_from(idle))
                {
                    Some(who) if self.dice.chance(80) => who,
                    _ => self.participant(at)?,
                };
                let statement = self.document(at, registry::EXIT_STATEMENT, who, None, &[who]);
                let signers = self.coop_or(at, who);
                let action = Action::ExitCoop {
                    coop,
                    who,
                    statement,
                };
                (signers, action)
            }
            "moveuser" => {
                let free = row.participants.keys().copied();
                let free = free.filter(|who| row.has_no_office(*who).is_ok());
                let who = self.dice.pick_from(free).or_else(|| self.participant(at))?;
                let to = match self.dice.chance(10) {
                    true => self.dice.pick_from(at.world.accounts.keys().copied())?,
                    false => self.outsider(at)?,
                };
                let subject = Some(Subject::Move(to));
                let statement = self.document(at, registry::MOVE_STATEMENT, who, subject, &[to]);
                let signers = self.coop_or(at, to);
                let action = Action::MoveUser {
                    coop,
                    who,
                    to,
                    statement,
                };
                (signers, action)
            }
            "vetomove" => {
                let (who, to) = self
                    .dice
                    .pick_from(row.moves.iter().map(|(who, row)| (*who, row.to)))?;
                let signer = if self.dice.chance(70) { who } else { to };
                (vec![signer], Action::VetoMove { coop, who })
            }
            "completemove" => {
                let ready = row.moves.iter();
                let ready = ready.filter(|(_, row)| row.ready_at.is_some_and(|at_| at_ <= at.now));
                let who = self.dice.pick_from(ready.map(|(who, _)| *who));
                let who = who.or_else(|| self.dice.pick_from(row.moves.keys().copied()))?;
                (
                    vec![self.anyone(at.world)],
                    Action::CompleteMove { coop, who },
                )
            }
            "blockuser" => {
                let proposer = self.voter(at)?;
                let free = row.participants.keys().copied();
                let free = free.filter(|who| row.has_no_office(*who).is_ok());
                let who = self.dice.pick_from(free).or_else(|| self.participant(at))?;
                let is_blocked = row.participants.get(&who)?.status == Status::Active;
                let subject = Some(Subject::Block(is_blocked));
                let proposal =
                    self.document(at, registry::BLOCK_PROPOSAL, who, subject, &[proposer]);
                let action = Action::BlockUser {
                    coop,
                    proposer,
                    who,
                    proposal,
                };
                (vec![proposer], action)
            }
            _ => return None,
        })
    }
}
