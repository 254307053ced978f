//! Boards that sit.

use super::seats::are_a_board;
use crate::cooperative::{Board, Council, Seat};
use crate::kind::BoardKind;
use crate::paper::{Demand, Subject};
use crate::reason::require;
use crate::world::Call;
use crate::{Account, Cooperative, Event, Paper, Reason, Terms, World};
use coop_model::catalogue::registry;
use std::collections::BTreeMap;

/// What is demanded of the document of a general meeting.
pub(super) fn meeting<'a>(call: &Call<'_>, terms: &'a Terms, name: Account) -> Demand<'a> {
    Demand {
        now: call.now,
        terms,
        registry: registry::MEETING,
        coop: name,
        about: name,
        is_of_meeting: true,
    }
}

impl World {
    pub(crate) fn create_board(
        &mut self,
        call: &mut Call<'_>,
        name: Account,
        members: &[Seat],
        paper: &Paper,
    ) -> Result<(), Reason> {
        call.needs(name)?;
        let terms = self.terms;
        let coop = self.active(name)?;
        require(coop.council.is_none(), Reason::CouncilExists)?;
        are_a_board(BoardKind::Council, members)?;
        coop.can_sit(members)?;
        let demand = meeting(call, &terms, name);
        paper.is_about(&demand)?;
        paper.binds(&Subject::Board {
            version: 1,
            kind: BoardKind::Council,
            members: members.to_vec(),
        })?;
        let hash = paper.signed(&demand)?;
        // Nobody is admitted before there is a council, so all participants are founders.
        let all = paper.signatures.len() == coop.participants.len();
        require(all, Reason::NotAllFounders)?;
        for signature in &paper.signatures {
            let is_participant = coop.participants.contains_key(&signature.signer);
            require(is_participant, Reason::SignerNotAParticipant)?;
        }
        let own = self
            .kinds
            .iter()
            .filter(|(_, row)| row.contract.is_own_contract());
        let own: BTreeMap<_, _> = own.map(|(kind, row)| (*kind, row.contract)).collect();
        let coop = self.coop(name)?;
        coop.accepted = own;
        coop.council = Some(Council {
            sitting: BTreeMap::new(),
            last_board: 0,
            last_question: 0,
            signed_by: None,
        });
        let board = Board {
            kind: BoardKind::Council,
            members: members.to_vec(),
            meeting: hash,
            created_at: call.now,
        };
        coop.seat(call, 1, board)
    }
}

impl Cooperative {
    /// Lets a board sit in the place of the one before.
    pub(super) fn seat(
        &mut self,
        call: &mut Call<'_>,
        version: u64,
        board: Board,
    ) -> Result<(), Reason> {
        let kind = board.kind;
        let council = self.council.as_mut().ok_or(Reason::CouncilMissing)?;
        council.last_board = council.last_board.max(version);
        council.sitting.insert(kind, version);
        self.boards.insert(version, board);
        self.forget_boards();
        call.events.push(Event::Seated { kind, version });
        Ok(())
    }

    /// A version stays while it sits or questions have it as their electorate.
    pub(super) fn forget_boards(&mut self) {
        let Some(council) = &self.council else { return };
        let (sitting, questions) = (&council.sitting, &self.questions);
        self.boards.retain(|version, _| {
            sitting.values().any(|sits| sits == version)
                || questions
                    .values()
                    .any(|question| question.board == *version)
        });
    }
}
