//! Participants who leave, go on under another account, or are blocked.

use antelope_types::Checksum256;
use coop_model::Document;

use super::{Coop, Question};
use crate::scenarios::world::{Draft, Outcome, Person};

impl Coop<'_> {
    /// `sender` sends a participant's statement of exit.
    pub(crate) fn ask_exit(
        &self,
        sender: &Person,
        person: &Person,
        statement: &Document,
    ) -> Outcome {
        let action = self
            .registrator(sender)
            .exitcoop(self.name(), person.name, statement.clone())
            .to_action();
        self.chain.push(vec![action], &[sender])
    }

    /// A participant asks to leave.
    pub(crate) fn try_exit(&self, person: &Person) -> (Outcome, Checksum256) {
        let statement = Draft::exit(self, person.name).signed_by(self.chain, &[person]);
        (self.ask_exit(person, person, &statement), statement.hash())
    }

    /// A participant asks to leave: the council is asked.
    pub(crate) fn exit(&self, person: &Person) -> Question {
        let (outcome, hash) = self.try_exit(person);
        outcome.accepted();
        self.question_of(hash)
    }

    /// Somebody with the key of `new` asks to go on as the participant `old`.
    pub(crate) fn try_move(&self, old: &Person, new: &Person) -> (Outcome, Checksum256) {
        let statement = Draft::moving(self, old.name, new.name).signed_by(self.chain, &[new]);
        let outcome = self.ask_move(new, old, new, &statement);
        (outcome, statement.hash())
    }

    /// `sender` sends a statement of a person who lost the key.
    pub(crate) fn ask_move(
        &self,
        sender: &Person,
        old: &Person,
        new: &Person,
        statement: &Document,
    ) -> Outcome {
        let action = self
            .registrator(sender)
            .moveuser(self.name(), old.name, new.name, statement.clone())
            .to_action();
        self.chain.push(vec![action], &[sender])
    }

    /// Somebody asks to go on under a new account: the council is asked.
    pub(crate) fn move_to(&self, old: &Person, new: &Person) -> Question {
        let (outcome, hash) = self.try_move(old, new);
        outcome.accepted();
        self.question_of(hash)
    }

    /// Somebody vetoes a move.
    pub(crate) fn veto(&self, sender: &Person, old: &Person) -> Outcome {
        let action = self
            .registrator(sender)
            .vetomove(self.name(), old.name)
            .to_action();
        self.chain.push(vec![action], &[sender])
    }

    /// Anyone completes a move.
    pub(crate) fn complete_move(&self, old: &Person) -> Outcome {
        let stranger = &self.chain.stranger;
        let action = self
            .registrator(stranger)
            .completemove(self.name(), old.name)
            .to_action();
        self.chain.push(vec![action], &[stranger])
    }

    /// A member of the council proposes to block a participant, or to end it.
    pub(crate) fn try_block(
        &self,
        proposer: &Person,
        person: &Person,
        is_blocked: bool,
    ) -> (Outcome, Checksum256) {
        let proposal =
            Draft::blocking(self, person.name, is_blocked).signed_by(self.chain, &[proposer]);
        let action = self
            .registrator(proposer)
            .blockuser(self.name(), proposer.name, person.name, proposal.clone())
            .to_action();
        (self.chain.push(vec![action], &[proposer]), proposal.hash())
    }

    /// The chairman proposes to block a participant, or to end it: the council is asked.
    pub(crate) fn block(&self, person: &Person, is_blocked: bool) -> Question {
        let (outcome, hash) = self.try_block(self.chairman(), person, is_blocked);
        outcome.accepted();
        self.question_of(hash)
    }
}
