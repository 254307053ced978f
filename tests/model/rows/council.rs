//! Rows of soviet.

use super::{Row, Writer, called, optional, time};
use crate::model::documents::{mask, seats};
use crate::model::{actions, names};
use antelope_types::{Checksum256, name};
use coop_rules::cooperative::{Position, QuestionState};
use coop_rules::event::Why;
use coop_rules::kind::BoardKind;
use coop_rules::{Account, Cooperative, QuestionKind, Time};

const CONTRACT: Account = Account::Soviet;

impl Writer<'_> {
    /// Counters and the election, in soviet's own scope.
    pub(super) fn council_row(&mut self, of: Account, coop: &Cooperative) {
        let Some(council) = &coop.council else { return };
        let sits = |kind| coop.sitting(kind).unwrap_or(0);
        let now = sits(BoardKind::Council);
        let questions = coop.questions.values();
        let row = Row::default()
            .put(called(of))
            .put(now)
            .put(optional(council.signed_by))
            .put(sits(BoardKind::Executive))
            .put(sits(BoardKind::Audit))
            .put(sits(BoardKind::Other))
            .put(coop.boards[&now].voters().count() as u8)
            .put(council.last_board)
            .put(council.last_question)
            .put(coop.questions.len() as u32)
            .put(questions.filter(|row| row.board == now).count() as u32)
            .put(coop.unfinished_of(QuestionKind::Free) as u32)
            .put(0u32);
        self.row(CONTRACT, CONTRACT, name!("councils"), called(of).raw(), row);
        if let Some(election) = &coop.election {
            let (support, objections) = coop.voices_on(election);
            let row = Row::default()
                .put(called(of))
                .put(election.version)
                .put(names::board_kind(election.kind))
                .put(seats(&election.members))
                .put(self.hash(election.meeting))
                .put(support)
                .put(objections)
                .put(election.needed)
                .put(time(election.created_at))
                .put(time(election.ends_at));
            self.row(
                CONTRACT,
                CONTRACT,
                name!("elections"),
                called(of).raw(),
                row,
            );
        }
    }

    pub(super) fn council(&mut self, of: Account, coop: &Cooperative) {
        for (kind, contract) in &coop.accepted {
            let row = Row::default()
                .put(names::kind(*kind))
                .put(called(*contract))
                .put(coop.unfinished_of(*kind) as u32)
                .put(coop.undelivered_of(*kind) as u32);
            self.row(
                CONTRACT,
                of,
                name!("accepted"),
                names::kind(*kind).raw(),
                row,
            );
        }
        self.boards(of, coop);
        self.questions(of, coop);
        for (who, staff) in &coop.staff {
            let row = Row::default()
                .put(called(*who))
                .put(actions::rights(&staff.rights))
                .put(staff.board);
            self.row(CONTRACT, of, name!("staff"), called(*who).raw(), row);
        }
        for (who, proposer) in &coop.proposers {
            let row = Row::default()
                .put(called(*who))
                .put(coop.free_of(*who) as u32)
                .put(time(proposer.last_document));
            self.row(CONTRACT, of, name!("proposers"), called(*who).raw(), row);
        }
        for (who, voice) in &coop.voices {
            let row = Row::default()
                .put(called(*who))
                .put(voice.version)
                .put(voice.supports);
            self.row(CONTRACT, of, name!("voices"), called(*who).raw(), row);
        }
    }

    fn boards(&mut self, of: Account, coop: &Cooperative) {
        let now = coop.sitting(BoardKind::Council);
        for (version, board) in &coop.boards {
            let row = Row::default()
                .put(*version)
                .put(names::board_kind(board.kind))
                .put(seats(&board.members))
                .put(self.hash(board.meeting))
                .put(time(board.created_at));
            self.row(CONTRACT, of, name!("boards"), *version, row);
            if board.kind != BoardKind::Council {
                continue;
            }
            if Some(*version) != now {
                let questions = coop.questions.values().filter(|row| row.board == *version);
                let row = Row::default().put(*version).put(questions.count() as u32);
                self.row(CONTRACT, of, name!("retired"), *version, row);
                continue;
            }
            for seat in &board.members {
                let bit = board.voters().position(|voter| voter == seat.who);
                let row = Row::default()
                    .put(called(seat.who))
                    .put(*version)
                    .put(bit.map(|bit| bit as u8))
                    .put(seat.position == Position::Chairman);
                self.row(CONTRACT, of, name!("seats"), called(seat.who).raw(), row);
            }
        }
    }

    fn questions(&mut self, of: Account, coop: &Cooperative) {
        for (id, question) in &coop.questions {
            let votes = |is_for: bool| {
                let votes = question.votes.iter().filter(|(_, voice)| **voice == is_for);
                mask(self.world, of, *id, &votes.map(|(who, _)| *who).collect())
            };
            let (status, at, by, protocol) = match question.state {
                QuestionState::Open => (name!("open"), Time(0), None, None),
                QuestionState::Approved { at } => (name!("approved"), at, None, None),
                QuestionState::Authorized { at, by, protocol } => {
                    (name!("authorized"), at, Some(by), Some(protocol))
                }
                QuestionState::Declined => (name!("declined"), Time(0), None, None),
            };
            let protocol = protocol.map_or(Checksum256::ZERO, |hash| self.hash(hash));
            let row = Row::default()
                .put(*id)
                .put(called(question.about))
                .put(names::kind(question.kind))
                .put(self.hash(question.hash))
                .put(question.board)
                .put(question.seats as u8)
                .put(question.quorum)
                .put(votes(true))
                .put(votes(false))
                .put(status)
                .put(time(question.created_at))
                .put(time(question.expires_at))
                .put(time(at))
                .put(optional(by))
                .put(protocol);
            self.row(CONTRACT, of, name!("decisions"), *id, row);
        }
        for (id, undelivered) in &coop.undelivered {
            let why: u8 = match undelivered.why {
                Why::Declined => 0,
                Why::NotApproved => 1,
                Why::NotAuthorized => 2,
            };
            let row = Row::default()
                .put(*id)
                .put(names::kind(undelivered.kind))
                .put(self.hash(undelivered.hash))
                .put(why);
            self.row(CONTRACT, of, name!("undelivered"), *id, row);
        }
    }
}
