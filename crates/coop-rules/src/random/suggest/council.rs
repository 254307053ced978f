//! What members of councils, chairmen and anyone might do about boards and questions.

use super::{CoopView, Suggestion};
use crate::cooperative::{Position, QuestionState, Seat, Status};
use crate::kind::{BoardKind, PersonKind, Right};
use crate::paper::Subject;
use crate::random::step::Generator;
use crate::{Account, Action, QuestionKind};
use coop_model::catalogue::registry;

impl Generator {
    /// A member of the council with a vote.
    pub(super) fn voter(&mut self, at: &CoopView<'_>) -> Option<Account> {
        let version = at.coop.sitting(BoardKind::Council)?;
        self.dice.pick_from(at.coop.boards.get(&version)?.voters())
    }

    /// Seats for people who may sit; whoever sits in the council now comes first and often stays.
    fn board(&mut self, at: &CoopView<'_>, kind: BoardKind) -> Option<Vec<Seat>> {
        let may_sit =
            at.coop.participants.iter().filter(|(_, row)| {
                row.status == Status::Active && row.kind == PersonKind::Individual
            });
        let mut people: Vec<_> = may_sit.map(|(who, _)| *who).collect();
        let least = if kind == BoardKind::Council { 3 } else { 1 };
        let wanted = least + self.dice.roll(3) as usize;
        let mut seats = Vec::new();
        while seats.len() < wanted && !people.is_empty() {
            let index = self.dice.roll(people.len() as u64) as usize;
            let position = if seats.is_empty() {
                Position::Chairman
            } else {
                Position::Member
            };
            seats.push(Seat {
                who: people.swap_remove(index),
                votes: seats.len() < 3 || self.dice.chance(50),
                position,
            });
        }
        (seats.len() >= least).then_some(seats)
    }

    fn rights(&mut self) -> Vec<Right> {
        let chosen = Right::ALL.into_iter().filter(|_| self.dice.chance(60));
        let mut chosen: Vec<_> = chosen.collect();
        if chosen.is_empty() {
            chosen.push(Right::InComplete);
        }
        chosen
    }

    /// A question in one of these states, or any.
    fn question(
        &mut self,
        at: &CoopView<'_>,
        wanted: impl Fn(&crate::cooperative::Question) -> bool,
    ) -> Option<u64> {
        let fit = at.coop.questions.iter().filter(|(_, row)| wanted(row));
        let fit = self.dice.pick_from(fit.map(|(id, _)| *id));
        match fit {
            Some(id) => Some(id),
            // What does not fit is tried too, but not all day.
            None if self.dice.chance(8) => self.dice.pick_from(at.coop.questions.keys().copied()),
            None => None,
        }
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each action")]
    pub(super) fn of_council(&mut self, name: &str, at: &CoopView<'_>) -> Option<Suggestion> {
        let (coop, row, now) = (at.name, at.coop, at.now);
        Some(match name {
            "accepttype" => {
                let chairman = row.chairman()?;
                let kinds = at.world.kinds.iter();
                let new =
                    kinds.filter(|(kind, known)| row.accepted.get(kind) != Some(&known.contract));
                let new = self.dice.pick_from(new.map(|(kind, _)| *kind));
                let kind = match new {
                    None if self.dice.chance(90) => return None,
                    None => self.dice.pick_from(at.world.kinds.keys().copied())?,
                    Some(kind) => kind,
                };
                let action = Action::AcceptType {
                    coop,
                    chairman,
                    kind,
                };
                (vec![coop, chairman], action)
            }
            "droptype" => {
                let chairman = row.chairman()?;
                let kind = match self.dice.chance(50) {
                    true => QuestionKind::Other(0),
                    false => self.dice.pick_from(row.accepted.keys().copied())?,
                };
                let action = Action::DropType {
                    coop,
                    chairman,
                    kind,
                };
                (vec![coop, chairman], action)
            }
            "createboard" => {
                let members = self.board(at, BoardKind::Council)?;
                let subject = Some(Subject::Board {
                    version: 1,
                    kind: BoardKind::Council,
                    members: members.clone(),
                });
                let mut signers: Vec<_> = row.participants.keys().copied().collect();
                if self.dice.chance(10)
                    && let (Some(last), Some(other)) = (signers.last_mut(), self.outsider(at))
                {
                    *last = other;
                }
                let meeting = self.document(at, registry::MEETING, coop, subject, &signers);
                let action = Action::CreateBoard {
                    coop,
                    members,
                    meeting,
                };
                (vec![coop], action)
            }
            "updateboard" => {
                let kinds = [
                    BoardKind::Council,
                    BoardKind::Council,
                    BoardKind::Executive,
                    BoardKind::Audit,
                    BoardKind::Other,
                ];
                let kind = self.dice.pick(&kinds).filter(|_| !self.is_political);
                let kind = kind.unwrap_or(BoardKind::Council);
                let members = self.board(at, kind)?;
                let version = row.council.as_ref()?.last_board + 1;
                let signers: Vec<_> = members.iter().map(|seat| seat.who).collect();
                let subject = Some(Subject::Board {
                    version,
                    kind,
                    members: members.clone(),
                });
                let meeting = self.document(at, registry::MEETING, coop, subject, &signers);
                let action = Action::UpdateBoard {
                    coop,
                    kind,
                    members,
                    meeting,
                };
                (vec![coop], action)
            }
            "support" | "object" => {
                let version = row.election.as_ref()?.version;
                let silent = row.participants.keys().copied();
                let silent = silent.filter(|who| {
                    row.voices
                        .get(who)
                        .is_none_or(|voice| voice.version != version)
                });
                let who = self
                    .dice
                    .pick_from(silent)
                    .or_else(|| self.participant(at))?;
                let action = if name == "support" {
                    Action::Support { coop, who, version }
                } else {
                    Action::Object { coop, who, version }
                };
                (vec![who], action)
            }
            "seatboard" => {
                let version = row.election.as_ref()?.version;
                (
                    vec![self.anyone(at.world)],
                    Action::SeatBoard { coop, version },
                )
            }
            "dropboard" => {
                let version = row.election.as_ref()?.version;
                let signer = if self.dice.chance(20) {
                    coop
                } else {
                    self.anyone(at.world)
                };
                (vec![signer], Action::DropBoard { coop, version })
            }
            "freevoices" => {
                let limit = 1 + self.dice.roll(5) as u32;
                (
                    vec![self.anyone(at.world)],
                    Action::FreeVoices { coop, limit },
                )
            }
            "addstaff" | "setrights" => {
                let chairman = row.chairman()?;
                let is_new = name == "addstaff";
                let who = if is_new && self.dice.chance(50) {
                    // Often somebody who has had an office before.
                    let signed = row.payments.values().filter_map(|row| row.authorized_by);
                    let signed = self.dice.pick_from(signed);
                    signed.or_else(|| self.participant(at))?
                } else if is_new {
                    self.anyone(at.world)
                } else {
                    self.dice.pick_from(row.staff.keys().copied())?
                };
                let rights = self.rights();
                let action = if is_new {
                    Action::AddStaff {
                        coop,
                        chairman,
                        who,
                        rights,
                    }
                } else {
                    Action::SetRights {
                        coop,
                        chairman,
                        who,
                        rights,
                    }
                };
                (vec![chairman], action)
            }
            "rmstaff" => {
                let who = self.dice.pick_from(row.staff.keys().copied())?;
                let actors = [Some(who), row.chairman(), Some(coop)];
                let actor = self.dice.pick(&actors)??;
                (vec![actor], Action::RmStaff { coop, actor, who })
            }
            "freedecision" => {
                let who = self.voter(at)?;
                let subject = Some(Subject::Project);
                let proposal = self.document(at, registry::PROPOSAL, who, subject, &[who]);
                let action = Action::FreeDecision {
                    coop,
                    who,
                    proposal,
                };
                (vec![who], action)
            }
            "votefor" | "voteagainst" => {
                let id = self.question(at, |row| {
                    row.state == QuestionState::Open && now < row.expires_at
                })?;
                let question = row.questions.get(&id)?;
                let board = row.boards.get(&question.board)?;
                let silent = board
                    .voters()
                    .filter(|who| !question.votes.contains_key(who) && row.has_voting_seat(*who));
                let who = self.dice.pick_from(silent).or_else(|| self.voter(at))?;
                let hash = question.hash;
                let action = if name == "votefor" {
                    Action::VoteFor {
                        coop,
                        who,
                        id,
                        hash,
                    }
                } else {
                    Action::VoteAgainst {
                        coop,
                        who,
                        id,
                        hash,
                    }
                };
                (vec![who], action)
            }
            "declinedec" => {
                let id = self.question(at, |question| {
                    let is_open = question.state == QuestionState::Open;
                    question.state == QuestionState::Declined
                        || is_open && question.is_hopeless(row.remaining(question))
                })?;
                (vec![self.anyone(at.world)], Action::DeclineDec { coop, id })
            }
            "expire" => {
                let signing = at.world.terms.signing;
                let id = self.question(at, |question| match question.state {
                    QuestionState::Open => now >= question.expires_at,
                    QuestionState::Approved { at } => now >= at.after(signing),
                    _ => false,
                })?;
                let ids = vec![id];
                (vec![self.anyone(at.world)], Action::Expire { coop, ids })
            }
            "deliver" => {
                let id = self.dice.pick_from(row.undelivered.keys().copied())?;
                (vec![self.anyone(at.world)], Action::Deliver { coop, id })
            }
            "authorize" => {
                let chairman = row.chairman()?;
                let is_approved = |state| matches!(state, QuestionState::Approved { .. });
                let id = self.question(at, |question| is_approved(question.state))?;
                let question = row.questions.get(&id)?;
                let votes = |is_for: bool| {
                    let votes = question
                        .votes
                        .iter()
                        .filter(move |(_, voice)| **voice == is_for);
                    votes.map(|(who, _)| *who).collect()
                };
                let subject = Some(Subject::Decision {
                    id,
                    hash: question.hash,
                    votes_for: votes(true),
                    votes_against: votes(false),
                    quorum: question.quorum,
                });
                let registry = match question.kind {
                    QuestionKind::Free => registry::FREE_PROTOCOL,
                    kind => at.world.kinds.get(&kind)?.protocol,
                };
                let protocol = self.document(at, registry, question.about, subject, &[chairman]);
                let action = Action::Authorize {
                    coop,
                    chairman,
                    id,
                    protocol,
                };
                (vec![chairman], action)
            }
            "exec" => {
                let is_authorized = |state| matches!(state, QuestionState::Authorized { .. });
                let id = self.question(at, |question| is_authorized(question.state))?;
                let executer = self.anyone(at.world);
                (vec![executer], Action::Exec { executer, coop, id })
            }
            _ => return None,
        })
    }
}
