//! The facts of a vote, all from the chain.

use super::{Stage, StoryError};
use coop_client::rows::Decision;
use coop_documents::{Choice, Seat, Voting, VotingTimes};
use coop_model::council::position;

impl Stage<'_, '_> {
    /// The electorate is that of the board's version that the question is frozen to, the voices come
    /// from the decision's masks.
    pub(super) fn voting(&self, decision: &Decision) -> Result<Voting, StoryError> {
        let board = self.board(decision.board)?;
        let voters = board.members.iter().filter(|seat| seat.is_voting);
        let mut seats = Vec::new();
        for (i, seat) in voters.enumerate() {
            let has = |mask: u64| mask >> i & 1 == 1;
            let choice = match (has(decision.votes_for), has(decision.votes_against)) {
                (true, _) => Choice::For,
                (_, true) => Choice::Against,
                _ => Choice::Silent,
            };
            seats.push(Seat {
                person: self.person(seat.username)?,
                is_chairman: seat.position == position::CHAIRMAN,
                choice,
            });
        }
        let approved_at = Some(decision.approved_at.micros()).filter(|micros| *micros != 0);
        let opened_at = decision.created_at.micros();
        // The votes are in the block that is being made, which is younger than the newest whole one.
        let counted_at = self
            .now()?
            .time
            .micros()
            .max(approved_at.unwrap_or(opened_at));
        let times = VotingTimes {
            opened_at,
            closes_at: decision.expires_at.micros(),
            approved_at,
            counted_at,
        };
        Ok(Voting::new(
            decision.id,
            seats,
            decision.quorum_percent,
            times,
            self.contracts.soviet,
        )?)
    }
}
