//! One cooperative and everything that can be done in it, each step as one transaction.

use antelope_client::ClientError;
use antelope_types::{Action, Asset, Checksum256, Name, PermissionLevel, asset, name};
use coop_model::clients::{Gateway, GatewaySigned, Registrator, RegistratorSigned, Soviet, SovietSigned};
use coop_model::coop::status;
use coop_model::council::position;
use coop_model::people::kind;
use coop_model::{CoopParams, Document, Right, Seat};
use serde_json::{Value, json};

use super::{Chain, Draft, Outcome, Person};

/// An active cooperative with a council.
pub(crate) struct Coop<'c> {
    pub chain: &'c Chain,
    /// The cooperative's own account.
    pub account: Person,
    /// The council: voting seats first, the chairman is the first of them.
    pub members: Vec<Person>,
    /// May confirm and decline payments.
    pub cashier: Person,
}

/// A question on the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    pub id: u64,
    pub hash: Checksum256,
}

/// Somebody who has applied.
#[derive(Clone)]
pub(crate) struct Candidate {
    pub person: Person,
    /// Hash of the statement.
    pub hash: Checksum256,
}

/// The fees of every cooperative here.
pub(crate) fn fees() -> CoopParams {
    CoopParams {
        initial: asset!("100.00 RUB"),
        minimum: asset!("300.00 RUB"),
        org_initial: asset!("1000.00 RUB"),
        org_minimum: asset!("3000.00 RUB"),
    }
}

/// What an individual pays at once.
pub(crate) const ENTRANCE_AND_MINIMUM: Asset = asset!("400.00 RUB");

impl<'c> Coop<'c> {
    /// A cooperative whose council has so many voting seats (at least 3).
    pub(crate) fn new(chain: &'c Chain, voting: usize) -> Self {
        Self::with_seats(chain, voting, 0)
    }

    /// The same, with further seats that have no vote.
    pub(crate) fn with_seats(chain: &'c Chain, voting: usize, silent: usize) -> Self {
        let people = (0..voting + silent).map(|_| Person::new()).collect();
        Self::founded_by(chain, people, voting)
    }

    /// A cooperative founded by these people, whose accounts it makes; the first `voting` of them have a vote.
    pub(crate) fn founded_by(chain: &'c Chain, people: Vec<Person>, voting: usize) -> Self {
        let coop = Self::active(chain, people);
        coop.register_members().accepted();
        coop.found().accepted();
        let seats = coop.seats(voting);
        let meeting = coop.election(1, &seats);
        let rights = ["incomplete", "indecline", "outcomplete", "outdecline"]
            .map(|action| Right { contract: chain.gateway.name, action: action.parse().expect("a name") });
        let actions = vec![
            coop.soviet(&coop.account).createboard(coop.name(), seats, meeting).to_action(),
            coop.soviet(coop.chairman())
                .addstaff(coop.name(), coop.chairman().name, coop.cashier.name, rights.to_vec())
                .to_action(),
        ];
        chain.push(actions, &[&coop.account, coop.chairman()]).accepted();
        coop
    }

    /// An active cooperative of which these people are to be the council; none of them has an account yet.
    pub(crate) fn active(chain: &'c Chain, members: Vec<Person>) -> Self {
        let coop = Self::pending(chain, members);
        coop.set_status(status::ACTIVE).accepted();
        coop
    }

    /// A registered cooperative that the operator has not activated.
    pub(crate) fn pending(chain: &'c Chain, members: Vec<Person>) -> Self {
        let coop = Self { chain, account: chain.account(), members, cashier: chain.account() };
        let register =
            coop.registrator(&coop.account).regcoop(coop.name(), fees(), chain.unique_hash()).to_action();
        chain.push(vec![register], &[&coop.account]).accepted();
        coop
    }

    pub(crate) fn name(&self) -> Name {
        self.account.name
    }

    pub(crate) fn chairman(&self) -> &Person {
        &self.members[0]
    }

    /// The operator changes the cooperative's status.
    pub(crate) fn set_status(&self, status: Name) -> Outcome {
        let operator = &self.chain.registrator;
        let action = self.registrator(operator).stcoopstatus(self.name(), status).to_action();
        self.chain.push(vec![action], &[operator])
    }

    /// Makes the accounts of the council's members.
    pub(crate) fn register_members(&self) -> Outcome {
        let actions = self.members.iter().map(|member| self.new_account(&self.account, member)).collect();
        self.chain.push(actions, &[&self.account])
    }

    /// The action that makes the account of `person`.
    pub(crate) fn new_account(&self, actor: &Person, person: &Person) -> Action {
        self.registrator(actor)
            .newaccount(self.name(), actor.name, person.name, person.public_key())
            .to_action()
    }

    /// Makes the council's members participants by the founding meeting.
    pub(crate) fn found(&self) -> Outcome {
        let founders: Vec<Name> = self.members.iter().map(|member| member.name).collect();
        let signers: Vec<&Person> = self.members.iter().collect();
        let meeting = Draft::founding(self.chain, self.name(), &founders).signed_by(self.chain, &signers);
        let action = self.registrator(&self.account).regfounders(self.name(), founders, meeting).to_action();
        self.chain.push(vec![action], &[&self.account])
    }

    /// Seats for all members, the first `voting` of them with a vote.
    pub(crate) fn seats(&self, voting: usize) -> Vec<Seat> {
        let seat = |(index, member): (usize, &Person)| Seat {
            username: member.name,
            is_voting: index < voting,
            position: if index == 0 { position::CHAIRMAN } else { position::MEMBER },
        };
        self.members.iter().enumerate().map(seat).collect()
    }

    /// The document of a meeting that elects these seats, signed by the first two members.
    pub(crate) fn election(&self, version: u64, seats: &Vec<Seat>) -> Document {
        let signers: Vec<&Person> = self.members.iter().take(2).collect();
        Draft::election(self.chain, self.name(), version, seats).signed_by(self.chain, &signers)
    }

    /// Another council, elected by a meeting that the first two members signed.
    pub(crate) fn elect(&self, seats: Vec<Seat>) -> Outcome {
        let council = self.chain.row(&self.chain.soviet, self.chain.soviet.name, name!("councils"), self.name());
        let version = super::documents::number(&council.expect("a council")["board"]) + 1;
        let meeting = self.election(version, &seats);
        let action = self.soviet(&self.account).updateboard(self.name(), seats, meeting).to_action();
        self.chain.push(vec![action], &[&self.account])
    }

    // Decisions

    /// A free question proposed by the chairman.
    pub(crate) fn question(&self) -> Question {
        self.question_by(self.chairman())
    }

    /// A free question proposed by this member.
    pub(crate) fn question_by(&self, member: &Person) -> Question {
        let proposal = Draft::proposal(self, member.name).signed_by(self.chain, &[member]);
        self.propose(member, &proposal).accepted();
        self.question_of(proposal.hash())
    }

    /// The unfinished question with this hash.
    #[track_caller]
    pub(crate) fn question_of(&self, hash: Checksum256) -> Question {
        let text = hash.to_string();
        let rows = self.decisions();
        let row = rows.iter().find(|row| row["hash"] == text.as_str()).expect("a question with this hash");
        Question { id: super::documents::number(&row["id"]), hash }
    }

    /// Publishes a free question.
    pub(crate) fn propose(&self, member: &Person, proposal: &Document) -> Outcome {
        let action = self.soviet(member).freedecision(self.name(), member.name, proposal.clone()).to_action();
        self.chain.push(vec![action], &[member])
    }

    pub(crate) fn vote_for(&self, member: &Person, question: &Question) -> Outcome {
        let action = self.soviet(member).votefor(self.name(), member.name, question.id).to_action();
        self.chain.push(vec![action], &[member])
    }

    pub(crate) fn vote_against(&self, member: &Person, question: &Question) -> Outcome {
        let action = self.soviet(member).voteagainst(self.name(), member.name, question.id).to_action();
        self.chain.push(vec![action], &[member])
    }

    /// As many votes for as approve the question, from the chairman on.
    pub(crate) fn approve(&self, question: &Question) {
        let voting = super::documents::number(&self.decision(question.id).expect("a question")["seats"]);
        for member in self.members.iter().take(voting as usize / 2 + 1) {
            self.vote_for(member, question).accepted();
        }
    }

    /// The votes that are missing for approval, when the chairman's is there already.
    pub(crate) fn approve_rest(&self, question: &Question) {
        for member in self.members.iter().skip(1) {
            if self.status(question) != "open" {
                return;
            }
            self.vote_for(member, question).accepted();
        }
    }

    /// As many votes against as decline the question, from the last member on.
    pub(crate) fn decline(&self, question: &Question) {
        for member in self.members.iter().rev() {
            if self.status(question) != "open" {
                return;
            }
            self.vote_against(member, question).accepted();
        }
    }

    /// Anyone removes a declined question.
    pub(crate) fn remove_declined(&self, question: &Question) -> Outcome {
        let action = self.soviet(&self.chain.stranger).declinedec(self.name(), question.id).to_action();
        self.chain.push(vec![action], &[&self.chain.stranger])
    }

    /// Anyone removes a question whose term is over.
    pub(crate) fn expire(&self, question: &Question) -> Outcome {
        let action = self.soviet(&self.chain.stranger).expire(self.name(), question.id).to_action();
        self.chain.push(vec![action], &[&self.chain.stranger])
    }

    /// The chairman authorizes an approved question with its right protocol.
    pub(crate) fn authorize(&self, question: &Question) -> Outcome {
        let protocol = Draft::protocol(self, question).signed_by(self.chain, &[self.chairman()]);
        self.authorize_with(self.chairman(), question, &protocol)
    }

    /// Somebody authorizes a question with any document.
    pub(crate) fn authorize_with(&self, chairman: &Person, question: &Question, protocol: &Document) -> Outcome {
        let action =
            self.soviet(chairman).authorize(self.name(), chairman.name, question.id, protocol.clone()).to_action();
        self.chain.push(vec![action], &[chairman])
    }

    /// Somebody without any role executes a decision.
    pub(crate) fn exec(&self, question: &Question) -> Outcome {
        let executer = &self.chain.stranger;
        let action = self.soviet(executer).exec(executer.name, self.name(), question.id).to_action();
        self.chain.push(vec![action], &[executer])
    }

    /// Votes, protocol and execution of a question.
    pub(crate) fn decide(&self, question: &Question) {
        self.approve(question);
        self.authorize(question).accepted();
        self.exec(question).accepted();
    }

    // Admission

    /// Somebody with an account who has not applied.
    pub(crate) fn newcomer(&self) -> Person {
        self.newcomer_like(Person::new())
    }

    /// Makes the account of this person.
    pub(crate) fn newcomer_like(&self, person: Person) -> Person {
        let action = self.new_account(&self.account, &person);
        self.chain.push(vec![action], &[&self.account]).accepted();
        person
    }

    /// Somebody who has applied, as an individual, and not paid.
    pub(crate) fn applicant(&self) -> Candidate {
        self.applies(self.newcomer())
    }

    /// This person applies as an individual.
    pub(crate) fn applies(&self, person: Person) -> Candidate {
        let statement = Draft::statement(self, person.name).signed_by(self.chain, &[&person]);
        self.apply(&person, &person, kind::INDIVIDUAL, &statement).accepted();
        Candidate { person, hash: statement.hash() }
    }

    /// `sender` sends the application of `person`.
    pub(crate) fn apply(&self, sender: &Person, person: &Person, kind: Name, statement: &Document) -> Outcome {
        let action =
            self.registrator(sender).reguser(self.name(), person.name, kind, statement.clone()).to_action();
        self.chain.push(vec![action], &[sender])
    }

    /// The cashier confirms the exact payment.
    pub(crate) fn confirm_payment(&self, hash: Checksum256) -> Outcome {
        self.complete(&self.cashier, hash, ENTRANCE_AND_MINIMUM, self.chain.unique_hash())
    }

    /// Somebody confirms an incoming payment.
    pub(crate) fn complete(&self, actor: &Person, hash: Checksum256, quantity: Asset, reference: Checksum256) -> Outcome {
        let action =
            self.gateway(actor).incomplete(self.name(), actor.name, hash, quantity, reference).to_action();
        self.chain.push(vec![action], &[actor])
    }

    /// Somebody whose payment has come, and the question about them.
    pub(crate) fn paid_applicant(&self) -> (Candidate, Question) {
        let candidate = self.applicant();
        self.confirm_payment(candidate.hash).accepted();
        let question = self.question_of(candidate.hash);
        (candidate, question)
    }

    /// Somebody who has become a participant.
    pub(crate) fn admitted(&self) -> Person {
        let (candidate, question) = self.paid_applicant();
        self.decide(&question);
        candidate.person
    }

    /// The cashier says that the money went back.
    pub(crate) fn refund(&self, hash: Checksum256) -> Outcome {
        let (cashier, reference) = (&self.cashier, self.chain.unique_hash());
        let action = self
            .gateway(cashier)
            .outcomplete(self.name(), cashier.name, hash, ENTRANCE_AND_MINIMUM, reference)
            .to_action();
        self.chain.push(vec![action], &[cashier])
    }

    /// The cashier says that the transfer back failed.
    pub(crate) fn fail_refund(&self, hash: Checksum256) -> Outcome {
        let cashier = &self.cashier;
        let action =
            self.gateway(cashier).outdecline(self.name(), cashier.name, hash, "счёт закрыт").to_action();
        self.chain.push(vec![action], &[cashier])
    }

    /// The cooperative tries the transfer back once more.
    pub(crate) fn retry_refund(&self, hash: Checksum256) -> Outcome {
        let action = self.registrator(&self.account).retryrefund(self.name(), self.name(), hash).to_action();
        self.chain.push(vec![action], &[&self.account])
    }

    // Callers, signed by one person

    pub(crate) fn registrator(&self, signer: &Person) -> RegistratorSigned<1> {
        Registrator::at(self.chain.registrator.name).signed_by(PermissionLevel::active(signer.name))
    }

    pub(crate) fn soviet(&self, signer: &Person) -> SovietSigned<1> {
        Soviet::at(self.chain.soviet.name).signed_by(PermissionLevel::active(signer.name))
    }

    pub(crate) fn gateway(&self, signer: &Person) -> GatewaySigned<1> {
        Gateway::at(self.chain.gateway.name).signed_by(PermissionLevel::active(signer.name))
    }

    // Rows

    /// What the read-only action `getagenda` answers.
    pub(crate) fn agenda(&self, from_id: u64, limit: u32) -> Value {
        self.try_agenda(from_id, limit).expect("an agenda")
    }

    pub(crate) fn try_agenda(&self, from_id: u64, limit: u32) -> Result<Value, ClientError> {
        let arguments = json!({ "coopname": self.name().to_string(), "from_id": from_id, "limit": limit });
        self.chain.client.read_only_json(self.chain.soviet.name, name!("getagenda"), &arguments)
    }

    /// Ids of the questions on the agenda.
    pub(crate) fn agenda_ids(&self) -> Vec<u64> {
        let agenda = self.agenda(0, 50);
        let questions = agenda["questions"].as_array().expect("a list of questions");
        questions.iter().map(|question| super::documents::number(&question["id"])).collect()
    }

    pub(crate) fn decisions(&self) -> Vec<Value> {
        self.chain.rows(&self.chain.soviet, self.name(), name!("decisions"))
    }

    pub(crate) fn decision(&self, id: u64) -> Option<Value> {
        self.chain.row(&self.chain.soviet, self.name(), name!("decisions"), id)
    }

    /// `open`, `approved`, `authorized`, `declined`, or `gone` when the row is erased.
    pub(crate) fn status(&self, question: &Question) -> String {
        let row = self.decision(question.id);
        row.and_then(|row| row["status"].as_str().map(str::to_owned)).unwrap_or_else(|| "gone".to_owned())
    }

    pub(crate) fn participant(&self, person: &Person) -> Option<Value> {
        self.chain.row(&self.chain.registrator, self.name(), name!("participants"), person.name)
    }

    pub(crate) fn candidate(&self, person: &Person) -> Option<Value> {
        self.chain.row(&self.chain.registrator, self.name(), name!("candidates"), person.name)
    }

    pub(crate) fn payments(&self) -> Vec<Value> {
        self.chain.rows(&self.chain.gateway, self.name(), name!("payments"))
    }

    pub(crate) fn funds(&self) -> Value {
        let gateway = &self.chain.gateway;
        self.chain.row(gateway, gateway.name, name!("funds"), self.name()).expect("the cooperative's funds")
    }
}
