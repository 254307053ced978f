//! Everything that somebody can do in a state of a small world; what is refused leads nowhere.

use super::scope::{PERSON, SHARE, Scope, meeting, paper};
use crate::cooperative::{CandidateState, CoopStatus, PaymentState, PropertyState};
use crate::kind::BoardKind;
use crate::paper::{Subject, Sum};
use crate::{Account, Action, Cooperative, Hash, Paper, QuestionKind, Time, World};
use coop_model::catalogue::registry;
use std::collections::BTreeSet;

/// One thing to try: who signs, and what.
pub(super) type Move = (Vec<Account>, Action);

/// All that can be tried in this state.
pub(super) fn moves(scope: &Scope, world: &World, now: Time) -> Vec<Move> {
    let mut all = Vec::new();
    if scope.pauses {
        let paused = !world.paused;
        all.push((vec![Account::Registrator], Action::SetPause { paused }));
    }
    for (name, coop) in &world.coops {
        let mut at = At {
            scope,
            world,
            name: *name,
            coop,
            now,
            all: &mut all,
        };
        at.council();
        at.starts();
        at.payments();
        at.properties();
        at.people();
        if scope.elections {
            at.elections();
        }
        if scope.blocks {
            at.blocks();
        }
    }
    all
}

struct At<'a> {
    scope: &'a Scope,
    world: &'a World,
    name: Account,
    coop: &'a Cooperative,
    now: Time,
    all: &'a mut Vec<Move>,
}

impl At<'_> {
    fn by(&mut self, who: Account, action: Action) {
        self.all.push((vec![who], action));
    }

    /// A hash that nothing in the cooperative is known by.
    fn unused(&self) -> u32 {
        let coop = self.coop;
        let mut used = BTreeSet::new();
        used.extend(coop.questions.values().map(|row| row.hash.0));
        used.extend(coop.undelivered.values().map(|row| row.hash.0));
        used.extend(coop.payments.values().map(|row| row.hash.0));
        used.extend(coop.properties.values().map(|row| row.hash.0));
        used.extend(coop.candidates.values().map(|row| row.hash.0));
        used.extend(coop.exits.values().map(|row| row.hash.0));
        used.extend(coop.moves.values().map(|row| row.hash.0));
        used.extend(coop.blockings.values().map(|row| row.hash.0));
        (1..).find(|hash| !used.contains(hash)).unwrap_or(u32::MAX)
    }

    /// A document that is newer than all that its signer signed before.
    fn paper(
        &self,
        kind: QuestionKind,
        about: Account,
        subject: Option<Subject>,
        signer: Account,
    ) -> Paper {
        let account = self
            .world
            .accounts
            .get(&signer)
            .map(|row| row.last_statement);
        let wallet = self.coop.wallets.get(&signer).map(|row| row.last_document);
        let proposer = self
            .coop
            .proposers
            .get(&signer)
            .map(|row| row.last_document);
        let last = [account, wallet, proposer].into_iter().flatten().max();
        let fresh = last.map_or(self.now, |last| last.after(1)).max(self.now);
        paper(
            self.unused(),
            kind.statement(),
            self.name,
            about,
            subject,
            &[signer],
            fresh,
        )
    }

    fn council(&mut self) {
        let coop = self.name;
        let members = self.coop.sitting(BoardKind::Council);
        let members = members.and_then(|version| self.coop.boards.get(&version));
        let voters: Vec<_> = members.iter().flat_map(|board| board.voters()).collect();
        for (&id, question) in &self.coop.questions {
            let hash = question.hash;
            for &who in &voters {
                self.by(
                    who,
                    Action::VoteFor {
                        coop,
                        who,
                        id,
                        hash,
                    },
                );
                self.by(
                    who,
                    Action::VoteAgainst {
                        coop,
                        who,
                        id,
                        hash,
                    },
                );
            }
            let who = self.scope.outsider();
            self.by(who, Action::DeclineDec { coop, id });
            self.by(
                who,
                Action::Expire {
                    coop,
                    ids: vec![id],
                },
            );
            let executer = who;
            self.by(who, Action::Exec { executer, coop, id });
            let votes = |is_for: bool| {
                let votes = question
                    .votes
                    .iter()
                    .filter(move |(_, voice)| **voice == is_for);
                votes.map(|(who, _)| *who).collect()
            };
            let subject = Subject::Decision {
                id,
                hash,
                votes_for: votes(true),
                votes_against: votes(false),
                quorum: question.quorum,
            };
            if let Some(chairman) = self.coop.chairman() {
                let protocol = paper(
                    // Different protocols have different hashes.
                    1_000_000 + hash.0,
                    question.kind.protocol(),
                    coop,
                    question.about,
                    Some(subject),
                    &[chairman],
                    self.now,
                );
                let action = Action::Authorize {
                    coop,
                    chairman,
                    id,
                    protocol,
                };
                self.by(chairman, action);
            }
        }
        for &id in self.coop.undelivered.keys() {
            self.by(self.scope.outsider(), Action::Deliver { coop, id });
        }
    }

    /// Whether a process of this kind goes on.
    fn goes_on(&self, kind: QuestionKind) -> bool {
        let coop = self.coop;
        let asked = coop.unfinished_of(kind) + coop.undelivered_of(kind) > 0;
        asked
            || match kind {
                QuestionKind::Join => !coop.candidates.is_empty(),
                QuestionKind::ShareMoney | QuestionKind::ReturnMoney => {
                    coop.payments.values().any(|row| row.kind == kind)
                }
                QuestionKind::ShareProp => !coop.properties.is_empty(),
                QuestionKind::ReturnProp => coop
                    .properties
                    .values()
                    .any(|row| matches!(row.state, PropertyState::Asked | PropertyState::Handover)),
                QuestionKind::Leave => !coop.exits.is_empty(),
                QuestionKind::Move => !coop.moves.is_empty(),
                QuestionKind::Block => !coop.blockings.is_empty(),
                QuestionKind::Free | QuestionKind::Other(_) => false,
            }
    }

    fn starts(&mut self) {
        let coop = self.name;
        let sum = Sum {
            amount: SHARE,
            symbol: 0,
        };
        let outsider = self.scope.outsider();
        let newcomer = self.scope.newcomer();
        // Whoever was moved goes on under the new account, and may be moved back.
        let is_moved = self.coop.participants.contains_key(&newcomer);
        let (owner, other) = if is_moved {
            (newcomer, outsider)
        } else {
            (outsider, newcomer)
        };
        for kind in self.scope.kinds.clone() {
            if self.goes_on(kind) {
                continue;
            }
            match kind {
                QuestionKind::Free => {
                    let who = Account::Person(0);
                    let proposal = self.paper(kind, who, Some(Subject::Project), who);
                    self.by(
                        who,
                        Action::FreeDecision {
                            coop,
                            who,
                            proposal,
                        },
                    );
                }
                QuestionKind::Join => {
                    let who = self.scope.candidate();
                    if self.coop.participants.contains_key(&who) {
                        continue;
                    }
                    let agreements = [2, 3, 4].map(|id| {
                        let number = 2_000_000 + id as u32;
                        paper(number, id, coop, who, None, &[who], self.now)
                    });
                    if !self.coop.agreements.contains_key(&who) {
                        let documents = agreements.to_vec();
                        self.by(
                            who,
                            Action::SignAgree {
                                coop,
                                who,
                                documents,
                            },
                        );
                        continue;
                    }
                    let statement = self.paper(kind, who, None, who);
                    let kind = PERSON;
                    let action = Action::RegUser {
                        coop,
                        who,
                        kind,
                        statement,
                    };
                    self.by(who, action);
                }
                QuestionKind::ShareMoney => {
                    // One contribution at a time keeps sums finite.
                    if self
                        .coop
                        .wallets
                        .get(&owner)
                        .is_some_and(|row| row.available + row.blocked > 0)
                    {
                        continue;
                    }
                    let statement = self.paper(kind, owner, Some(Subject::Money(sum)), owner);
                    let (who, quantity) = (owner, sum);
                    let action = Action::ShareMoney {
                        coop,
                        who,
                        quantity,
                        statement,
                    };
                    self.by(owner, action);
                }
                QuestionKind::ReturnMoney => {
                    let statement = self.paper(kind, owner, Some(Subject::Money(sum)), owner);
                    let (who, quantity) = (owner, sum);
                    let action = Action::ReturnMoney {
                        coop,
                        who,
                        quantity,
                        statement,
                    };
                    self.by(owner, action);
                }
                QuestionKind::ShareProp => {
                    let description = Hash(3_000_000);
                    let subject = Subject::Property {
                        description,
                        valuation: sum,
                    };
                    let statement = self.paper(kind, owner, Some(subject), owner);
                    let action = Action::ShareProp {
                        coop,
                        who: owner,
                        description,
                        valuation: sum,
                        statement,
                    };
                    self.by(owner, action);
                }
                QuestionKind::ReturnProp => {
                    for &property in self.coop.properties.keys() {
                        let subject = Subject::Return {
                            property,
                            valuation: sum,
                        };
                        let statement = self.paper(kind, owner, Some(subject), owner);
                        let action = Action::ReturnProp {
                            coop,
                            who: owner,
                            property,
                            statement,
                        };
                        self.by(owner, action);
                    }
                }
                QuestionKind::Leave => {
                    for who in [self.scope.candidate(), owner] {
                        if !self.coop.participants.contains_key(&who) {
                            continue;
                        }
                        let statement = self.paper(kind, who, None, who);
                        self.by(
                            who,
                            Action::ExitCoop {
                                coop,
                                who,
                                statement,
                            },
                        );
                    }
                }
                QuestionKind::Move => {
                    let subject = Subject::Move(other);
                    let statement = self.paper(kind, owner, Some(subject), other);
                    let action = Action::MoveUser {
                        coop,
                        who: owner,
                        to: other,
                        statement,
                    };
                    self.by(other, action);
                }
                QuestionKind::Block => {
                    let proposer = Account::Person(0);
                    for is_blocked in [true, false] {
                        let subject = Subject::Block(is_blocked);
                        let proposal = self.paper(kind, owner, Some(subject), proposer);
                        let action = Action::BlockUser {
                            coop,
                            proposer,
                            who: owner,
                            proposal,
                        };
                        self.by(proposer, action);
                    }
                }
                QuestionKind::Other(_) => {}
            }
        }
    }

    fn payments(&mut self) {
        let (coop, actor) = (self.name, self.name);
        let last = self
            .coop
            .funds
            .as_ref()
            .map_or(0, |funds| funds.last_reference);
        let reference = Hash(4_000_000 + last as u32);
        for payment in self.coop.payments.values() {
            let (hash, who) = (payment.hash, payment.who);
            let quantity = Sum {
                amount: payment.quantity,
                symbol: self.coop.symbol,
            };
            match payment.state {
                PaymentState::Pending => {
                    let action = Action::InComplete {
                        coop,
                        actor,
                        hash,
                        quantity,
                        reference,
                    };
                    self.by(actor, action);
                    let (actor, has_reason) = (who, true);
                    let action = Action::InDecline {
                        coop,
                        actor,
                        hash,
                        has_reason,
                    };
                    self.by(actor, action);
                    self.by(who, Action::InExpire { coop, hash });
                }
                PaymentState::Returning | PaymentState::Paying => {
                    let action = Action::OutComplete {
                        coop,
                        actor,
                        hash,
                        quantity,
                        reference,
                    };
                    self.by(actor, action);
                    let has_reason = true;
                    let action = Action::OutDecline {
                        coop,
                        actor,
                        hash,
                        has_reason,
                    };
                    self.by(actor, action);
                    self.by(who, Action::OutOverdue { coop, hash });
                }
                PaymentState::Failed => {
                    let actor = who;
                    self.by(who, Action::RetryPay { coop, actor, hash });
                }
                PaymentState::Received | PaymentState::Blocked => {}
            }
        }
        for (&who, row) in &self.coop.candidates {
            if row.state == CandidateState::RefundFailed {
                let (actor, hash) = (who, row.hash);
                self.by(who, Action::RetryRefund { coop, actor, hash });
            }
        }
    }

    fn properties(&mut self) {
        let (coop, staff) = (self.name, self.name);
        for (&property, row) in &self.coop.properties {
            let subject = Subject::Act {
                property,
                hash: row.hash,
                description: row.description,
                valuation: Sum {
                    amount: row.valuation,
                    symbol: self.coop.symbol,
                },
            };
            let act = |registry: u64, signers: &[Account]| {
                paper(
                    5_000_000,
                    registry,
                    coop,
                    row.who,
                    Some(subject.clone()),
                    signers,
                    self.now,
                )
            };
            let both = [row.who, staff];
            let acceptance = act(registry::ACCEPTANCE_ACT, &both);
            let handover = act(registry::HANDOVER_ACT, &both);
            let alone = act(registry::HANDOVER_ACT, &[row.who]);
            let owner = row.who;
            self.by(
                staff,
                Action::AcceptProp {
                    coop,
                    actor: staff,
                    property,
                    act: acceptance,
                },
            );
            self.by(
                staff,
                Action::HandProp {
                    coop,
                    actor: staff,
                    property,
                    act: handover,
                },
            );
            self.by(
                owner,
                Action::HandProp {
                    coop,
                    actor: owner,
                    property,
                    act: alone,
                },
            );
            let actor = owner;
            self.by(
                owner,
                Action::CancelProp {
                    coop,
                    actor,
                    property,
                },
            );
            self.by(owner, Action::PropOverdue { coop, property });
        }
    }

    fn people(&mut self) {
        let coop = self.name;
        for (&who, row) in &self.coop.moves {
            self.by(who, Action::VetoMove { coop, who });
            self.by(row.to, Action::VetoMove { coop, who });
            self.by(row.to, Action::CompleteMove { coop, who });
        }
    }

    fn elections(&mut self) {
        let coop = self.name;
        if let Some(election) = &self.coop.election {
            let version = election.version;
            for &who in self.coop.participants.keys() {
                self.by(who, Action::Support { coop, who, version });
                self.by(who, Action::Object { coop, who, version });
            }
            let anyone = self.scope.candidate();
            self.by(anyone, Action::SeatBoard { coop, version });
            self.by(anyone, Action::DropBoard { coop, version });
            self.by(coop, Action::DropBoard { coop, version });
            return;
        }
        let limit = 50;
        self.by(self.scope.candidate(), Action::FreeVoices { coop, limit });
        let last = self.coop.council.as_ref().map_or(0, |row| row.last_board);
        let is_replaced = self.coop.holds_seat(self.scope.outsider());
        let members = self.scope.council(!is_replaced);
        let elected: Vec<_> = members.iter().map(|seat| seat.who).collect();
        let kind = BoardKind::Council;
        let subject = Subject::Board {
            version: last + 1,
            kind,
            members: members.clone(),
        };
        let meeting = meeting(coop, subject, &elected, self.now);
        let action = Action::UpdateBoard {
            coop,
            kind,
            members,
            meeting,
        };
        self.by(coop, action);
    }

    fn blocks(&mut self) {
        let coop = self.name;
        let status = match self.coop.status {
            CoopStatus::Active => CoopStatus::Blocked,
            CoopStatus::Pending | CoopStatus::Blocked => CoopStatus::Active,
        };
        self.by(Account::Registrator, Action::SetStatus { coop, status });
    }
}
