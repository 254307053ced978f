//! Where the clock can be moved: a general meeting elects the council again, with another chairman,
//! while a return that the chairman before has signed for waits for its payment.

use super::{Stage, StoryError, papers::sha256, stage::active};
use crate::input::{Back, Election};
use antelope_chain::api::Api;
use antelope_types::{Action, Asset, Checksum256, Name, name};
use coop_documents::ElectionProtocol;
use coop_language::Words;
use coop_model::{
    Right, Seat,
    clients::{Gateway, Soviet},
    council::board,
    parameters::MAX_BATCH,
    refusal::{council as refusal, payment, staff},
};

impl Stage<'_, '_> {
    /// Return, election, what ended with the council before, and the payment.
    pub(super) fn elect(&mut self, api: &Api, election: &Election) -> Result<(), StoryError> {
        let Back { quantity, votes } = &election.back;
        let (id, question) = self.ask_money(election.participant, *quantity)?;
        self.settle(id, votes, &question)?;
        self.submit_board(election)?;
        self.raise_objections(election)?;
        self.seat_board(api, election)?;
        self.attempt_with_ended_rights(question.hash, *quantity)?;
        let former = self.input.chairman().map(|member| member.person.account);
        self.confirm_staff(former.unwrap_or_default())?;
        self.attempt_of_who_authorized(question.hash, *quantity)?;
        self.pay_money(election.participant, *quantity, &question)
    }

    /// The meeting's protocol, signed by everyone elected, begins the term for voices.
    fn submit_board(&mut self, election: &Election) -> Result<(), StoryError> {
        let seats = self.council_with(election.chairman);
        let members: Vec<Seat> = seats.iter().map(|(_, seat)| *seat).collect();
        let paper = self.write(&ElectionProtocol {
            cooperative: self.coop(),
            held_at: self.now()?.time.micros(),
            people: seats.iter().map(|(person, _)| person.clone()).collect(),
            is_founding: false,
            board: board::COUNCIL,
            version: 2,
            seats,
        })?;
        let count = members.len();
        let soviet = Soviet::at(self.contracts.soviet).signed_by(active(self.coop()));
        let submit = soviet
            .updateboard(self.coop(), board::COUNCIL, members, paper.document.clone())
            .to_action();
        let words = Words::of("step.submit_board");
        let trace = self.act(words, self.coop(), &[submit])?;
        self.log
            .result(&Words::of("result.signatures").with("count", count));
        self.sent(&paper, trace.id);
        Ok(())
    }

    fn raise_objections(&mut self, election: &Election) -> Result<(), StoryError> {
        for &participant in &election.objections {
            let version = self.election()?.version;
            let object = Soviet::at(self.contracts.soviet)
                .signed_by(active(participant))
                .object(self.coop(), participant, version)
                .to_action();
            self.act(Words::of("step.object"), participant, &[object])?;
            let row = self.election()?;
            let words = Words::of("result.voices")
                .with("support", row.support)
                .with("objections", row.objections);
            self.log.result(&words);
        }
        Ok(())
    }

    /// Anyone seats the board when the term for voices is over, and not before.
    fn seat_board(&mut self, api: &Api, election: &Election) -> Result<(), StoryError> {
        let row = self.election()?;
        let anyone = self.input.cashier.account;
        let soviet = Soviet::at(self.contracts.soviet).signed_by(active(anyone));
        let seat = soviet.seatboard(self.coop(), row.version).to_action();
        let early = std::slice::from_ref(&seat);
        let words = Words::of("attempt.early_board");
        self.attempt(words, anyone, early, refusal::ELECTION_NOT_OVER)?;
        api.jump_to(row.ends_at)?;
        let words = Words::of("step.wait").with("until", row.ends_at);
        self.look(words, anyone, &Words::of("result.voices_over"));

        let free = soviet.freevoices(self.coop(), MAX_BATCH as u32).to_action();
        let trace = self.act(Words::of("step.seat_board"), anyone, &[seat, free])?;
        let events = self.events(&trace).join(", ");
        self.log
            .check(&Words::of("check.board"), "newboard", &events);
        self.chairman = election.chairman;
        let words = Words::of("story.elected")
            .with("chairman", self.chairman()?.short_name())
            .with("support", row.support)
            .with("objections", row.objections);
        self.log.tell(&words);
        Ok(())
    }

    /// Rights end with the council that gave them.
    fn attempt_with_ended_rights(
        &mut self,
        hash: Checksum256,
        quantity: Asset,
    ) -> Result<(), StoryError> {
        let cashier = self.input.cashier.account;
        let confirm = self.confirmation(cashier, hash, quantity);
        let words = Words::of("attempt.ended_rights");
        self.attempt(words, cashier, &[confirm], staff::RIGHTS_ENDED)
    }

    /// The new chairman confirms the cashier and employs the chairman before.
    fn confirm_staff(&mut self, former: Name) -> Result<(), StoryError> {
        let (coop, cashier) = (self.coop(), self.input.cashier.account);
        let chairman = self.chairman()?.account;
        let soviet = Soviet::at(self.contracts.soviet).signed_by(active(chairman));
        let confirm = soviet.setrights(coop, chairman, cashier, self.cashiers_rights());
        let words = Words::of("step.confirm_cashier").with("cashier", cashier);
        self.act(words, chairman, &[confirm.to_action()])?;
        let right = Right {
            contract: self.contracts.gateway,
            action: name!("outcomplete"),
        };
        let employ = soviet.addstaff(coop, chairman, former, vec![right]);
        let words = Words::of("step.employ_former").with("account", former);
        self.act(words, chairman, &[employ.to_action()])?;
        let told = format!("{}::{}", right.contract, right.action);
        self.log
            .result(&Words::of("result.rights").with("rights", told));
        Ok(())
    }

    /// Two people see every sum that leaves.
    fn attempt_of_who_authorized(
        &mut self,
        hash: Checksum256,
        quantity: Asset,
    ) -> Result<(), StoryError> {
        let former = self.input.chairman().map(|member| member.person.account);
        let former = former.unwrap_or_default();
        let confirm = self.confirmation(former, hash, quantity);
        let words = Words::of("attempt.authorized_by_actor");
        self.attempt(words, former, &[confirm], payment::AUTHORIZED_BY_ACTOR)
    }

    /// The confirmation of an outgoing payment that nobody makes.
    fn confirmation(&self, actor: Name, hash: Checksum256, quantity: Asset) -> Action {
        let reference = sha256(format!("no record of the bank, {actor}").as_bytes());
        Gateway::at(self.contracts.gateway)
            .signed_by(active(actor))
            .outcomplete(self.coop(), actor, hash, quantity, reference)
            .to_action()
    }
}
