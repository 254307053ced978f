//! Every document that the contracts take, with each of its bytes changed: nothing of it is believed.

use std::collections::BTreeSet;

use antelope_rpc_client::ErrorKind;
use antelope_types::{Action, Encode, Name, asset, name};
use coop_model::catalogue::registry;
use coop_model::council::board;
use coop_model::document::subject::{PropertySubject, ReturnSubject};
use coop_model::people::kind;
use coop_model::{Charter, Document, Subject};

use crate::scenarios::world::{Chain, Coop, Draft, Person};

/// What is changed in one byte after the other: the lowest bit, the highest, all of them.
const FLIPS: [u8; 3] = [0x01, 0x80, 0xff];

/// What the chain says of bytes that are no signature: an error of its cryptography, an assertion in
/// it, or an exception of the library beneath, which has no number.
const NO_SIGNATURE: [u64; 5] = [3_230_002, 10, 13, ErrorKind::EosioAssertMessage.code(), 0];

/// Tries documents and remembers whose.
struct Trial<'c> {
    chain: &'c Chain,
    actions: BTreeSet<Name>,
    tried: usize,
}

impl Trial<'_> {
    /// Sends the action with each byte of its document changed, and then as it is.
    fn of(&mut self, action: Action, document: &Document, signer: &Person) {
        let packed = document.to_bytes();
        let name = action.name;
        let at = action
            .data
            .windows(packed.len())
            .position(|part| part == packed)
            .unwrap_or_else(|| panic!("{name} does not hold its document"));
        for (place, flip) in (at..at + packed.len()).zip(FLIPS.into_iter().cycle()) {
            let mut changed = action.clone();
            changed.data[place] ^= flip;
            let what = format!("{name}, byte {} of its document ^ {flip:#x}", place - at);
            let outcome = self.chain.push(vec![changed], &[signer]);
            let error = outcome.0.err().unwrap_or_else(|| panic!("taken: {what}"));
            let is_told = error.assertion().is_some()
                || error
                    .code()
                    .is_some_and(|code| NO_SIGNATURE.contains(&code));
            assert!(is_told, "{what}: {error} {:?}", error.code());
            self.tried += 1;
        }
        self.actions.insert(name);
        self.chain.push(vec![action], &[signer]).accepted();
    }
}

/// The actions of the ABIs that take documents.
fn actions_with_documents() -> BTreeSet<Name> {
    let mut found = BTreeSet::new();
    for package in ["registrator", "soviet", "gateway"] {
        let abi = veche_tests::built(package).abi.definition();
        for action in &abi.actions {
            let arguments = abi.structs.iter().find(|one| one.name == action.ty);
            let fields = arguments.map_or(&[][..], |found| &found.fields);
            if fields.iter().any(|field| field.ty.starts_with("Document")) {
                found.insert(action.name);
            }
        }
    }
    found
}

#[test]
fn attack_every_byte_of_every_document_is_covered() {
    let chain = &Chain::own();
    let mut trial = Trial {
        chain,
        actions: BTreeSet::new(),
        tried: 0,
    };
    founding(&mut trial);
    let coop = Coop::new(chain, 3);
    joining(&mut trial, &coop);
    meetings(&mut trial, &coop);
    deciding(&mut trial, &coop);
    money(&mut trial, &coop);
    property(&mut trial, &coop);
    leaving(&mut trial, &coop);
    assert_eq!(trial.actions, actions_with_documents());
    println!("{} changed documents", trial.tried);
}

fn founding(trial: &mut Trial<'_>) {
    let chain = trial.chain;
    let coop = Coop::active(chain, (0..3).map(|_| Person::new()).collect());
    coop.register_members().accepted();
    let founders: Vec<Name> = coop.members.iter().map(|person| person.name).collect();
    let everybody: Vec<&Person> = coop.members.iter().collect();
    let meeting = Draft::founding(chain, coop.name(), &founders).signed_by(chain, &everybody);
    let action = coop
        .registrator(&coop.account)
        .regfounders(coop.name(), founders, meeting.clone())
        .to_action();
    trial.of(action, &meeting, &coop.account);
    let seats = coop.seats(3);
    let draft = Draft::election(chain, coop.name(), 1, board::COUNCIL, &seats);
    let meeting = draft.signed_by(chain, &everybody);
    let action = coop
        .soviet(&coop.account)
        .createboard(coop.name(), seats, meeting.clone())
        .to_action();
    trial.of(action, &meeting, &coop.account);
}

fn joining(trial: &mut Trial<'_>, coop: &Coop<'_>) {
    let chain = trial.chain;
    let person = coop.outsider();
    let draft = Draft::agreement(coop, person.name, registry::PRIVACY_AGREEMENT);
    let agreement = draft.signed_by(chain, &[&person]);
    let action = coop
        .registrator(&person)
        .signagree(coop.name(), person.name, vec![agreement.clone()])
        .to_action();
    trial.of(action, &agreement, &person);
    let person = coop.newcomer();
    let statement = Draft::statement(coop, person.name).signed_by(chain, &[&person]);
    let action = coop
        .registrator(&person)
        .reguser(
            coop.name(),
            person.name,
            kind::INDIVIDUAL,
            statement.clone(),
        )
        .to_action();
    trial.of(action, &statement, &person);
}

fn meetings(trial: &mut Trial<'_>, coop: &Coop<'_>) {
    let chain = trial.chain;
    let everybody: Vec<&Person> = coop.members.iter().collect();
    let seats = coop.seats(3);
    let draft = Draft::election(
        chain,
        coop.name(),
        coop.next_version(),
        board::COUNCIL,
        &seats,
    );
    let meeting = draft.signed_by(chain, &everybody);
    let action = coop
        .soviet(&coop.account)
        .updateboard(coop.name(), board::COUNCIL, seats, meeting.clone())
        .to_action();
    trial.of(action, &meeting, &coop.account);
    let version = coop.ballot().version;
    coop.drop_board(&coop.account, version).accepted();
    let charter = Charter {
        quorum_percent: 50,
        ..Charter::default()
    };
    let meeting = Draft::charter(coop, charter).signed_by(chain, &everybody);
    let action = coop
        .registrator(&coop.account)
        .setcharter(coop.name(), charter, meeting.clone())
        .to_action();
    trial.of(action, &meeting, &coop.account);
}

fn deciding(trial: &mut Trial<'_>, coop: &Coop<'_>) {
    let chain = trial.chain;
    let chairman = coop.chairman();
    let proposal = Draft::proposal(coop, chairman.name).signed_by(chain, &[chairman]);
    let action = coop
        .soviet(chairman)
        .freedecision(coop.name(), chairman.name, proposal.clone())
        .to_action();
    trial.of(action, &proposal, chairman);
    let question = coop.question_of(proposal.hash());
    coop.approve(&question);
    let protocol = Draft::protocol(coop, &question).signed_by(chain, &[chairman]);
    let action = coop
        .soviet(chairman)
        .authorize(coop.name(), chairman.name, question.id, protocol.clone())
        .to_action();
    trial.of(action, &protocol, chairman);
}

fn money(trial: &mut Trial<'_>, coop: &Coop<'_>) {
    let chain = trial.chain;
    let person = coop.admitted();
    let sum = asset!("5.00 RUB");
    coop.contribute(&person, sum);
    let draft = |id| Draft::money(coop, id, person.name, sum).signed_by(chain, &[&person]);
    let statement = draft(registry::MONEY_STATEMENT);
    let action = coop
        .gateway(&person)
        .sharemoney(coop.name(), person.name, sum, statement.clone())
        .to_action();
    trial.of(action, &statement, &person);
    let statement = draft(registry::MONEY_RETURN_STATEMENT);
    let action = coop
        .gateway(&person)
        .returnmoney(coop.name(), person.name, sum, statement.clone())
        .to_action();
    trial.of(action, &statement, &person);
}

fn property(trial: &mut Trial<'_>, coop: &Coop<'_>) {
    let chain = trial.chain;
    let (person, cashier) = (coop.admitted(), &coop.cashier);
    let gateway = |signer| coop.gateway(signer);
    let subject = PropertySubject {
        description: chain.unique_hash(),
        valuation: asset!("5.00 RUB"),
    };
    let draft = |id, subject| {
        Draft::new(chain, id, coop.name(), person.name, Some(subject)).signed_by(chain, &[&person])
    };
    let statement = draft(registry::PROPERTY_STATEMENT, Subject::Property(subject));
    let action = gateway(&person)
        .shareprop(
            coop.name(),
            person.name,
            subject.description,
            subject.valuation,
            statement.clone(),
        )
        .to_action();
    trial.of(action, &statement, &person);
    let id = crate::scenarios::world::number(&coop.funds()["last_property"]);
    let act = coop
        .act(registry::ACCEPTANCE_ACT, id)
        .signed_by(chain, &[&person, cashier]);
    let action = gateway(cashier)
        .acceptprop(coop.name(), cashier.name, id, act.clone())
        .to_action();
    trial.of(action, &act, cashier);
    coop.decide(&coop.question_of(coop.property_hash(id)));
    let subject = Subject::Return(ReturnSubject {
        property_id: id,
        valuation: subject.valuation,
    });
    let statement = draft(registry::PROPERTY_RETURN_STATEMENT, subject);
    let action = gateway(&person)
        .returnprop(coop.name(), person.name, id, statement.clone())
        .to_action();
    trial.of(action, &statement, &person);
    coop.decide(&coop.question_of(statement.hash()));
    let act = coop
        .act(registry::HANDOVER_ACT, id)
        .signed_by(chain, &[&person, cashier]);
    let action = gateway(cashier)
        .handprop(coop.name(), cashier.name, id, act.clone())
        .to_action();
    trial.of(action, &act, cashier);
}

fn leaving(trial: &mut Trial<'_>, coop: &Coop<'_>) {
    let chain = trial.chain;
    let (leaving, lost, blocked) = (coop.admitted(), coop.admitted(), coop.admitted());
    let statement = Draft::exit(coop, leaving.name).signed_by(chain, &[&leaving]);
    let action = coop
        .registrator(&leaving)
        .exitcoop(coop.name(), leaving.name, statement.clone())
        .to_action();
    trial.of(action, &statement, &leaving);
    let new = coop.outsider();
    let statement = Draft::moving(coop, lost.name, new.name).signed_by(chain, &[&new]);
    let action = coop
        .registrator(&new)
        .moveuser(coop.name(), lost.name, new.name, statement.clone())
        .to_action();
    trial.of(action, &statement, &new);
    let chairman = coop.chairman();
    let proposal = Draft::blocking(coop, blocked.name, true).signed_by(chain, &[chairman]);
    let action = coop
        .registrator(chairman)
        .blockuser(coop.name(), chairman.name, blocked.name, proposal.clone())
        .to_action();
    trial.of(action, &proposal, chairman);
}

#[test]
fn attack_every_byte_is_covered_by_every_kind_of_key() {
    let chain = &Chain::own();
    let people = vec![Person::with_webauthn(), Person::with_r1(), Person::new()];
    let coop = Coop::founded_by(chain, people, 3);
    let mut trial = Trial {
        chain,
        actions: BTreeSet::new(),
        tried: 0,
    };
    for member in &coop.members {
        let proposal = Draft::proposal(&coop, member.name).signed_by(chain, &[member]);
        let action = coop
            .soviet(member)
            .freedecision(coop.name(), member.name, proposal.clone())
            .to_action();
        trial.of(action, &proposal, member);
    }
    assert_eq!(coop.decisions().len(), 3);
    assert_eq!(trial.actions, BTreeSet::from([name!("freedecision")]));
}
