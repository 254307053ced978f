//! Admission, exit, a lost key, blocking.

use antelope_types::{Asset, Checksum256, asset, name};
use coop_model::catalogue::registry;
use coop_model::coop::{Charter, status};
use coop_model::document::subject::{BlockSubject, FoundersSubject, MoveSubject};
use coop_model::people::kind;
use coop_model::{Document, Subject, list_hash};
use veche_tests::Person;

use super::two_days;
use crate::foreign::world::{Coop, DAY, Draft, World, fees};

/// What an individual pays at once.
pub(crate) const ENTRANCE_AND_MINIMUM: Asset = asset!("400.00 RUB");

/// A document about a person.
pub(super) fn paper(
    coop: &Coop<'_>,
    registry_id: u64,
    about: &Person,
    subject: Option<Subject>,
    signers: &[&Person],
) -> Document {
    Draft::new(coop.world, registry_id, coop.name(), about.name, subject)
        .signed_by(coop.world, signers)
}

/// Somebody with an account.
pub(crate) fn newcomer(coop: &Coop<'_>) -> Person {
    let person = Person::new();
    coop.world
        .push(vec![coop.new_account(&person)], &[&coop.account])
        .accepted();
    person
}

/// Agreements and statement: the process by its hash.
pub(crate) fn apply(coop: &Coop<'_>, person: &Person) -> Checksum256 {
    let agreements = [2, 3, 4]
        .map(|id| paper(coop, id, person, None, &[person]))
        .to_vec();
    let agree = coop
        .registrator(person)
        .signagree(coop.name(), person.name, agreements)
        .to_action();
    let statement = paper(coop, registry::STATEMENT, person, None, &[person]);
    let hash = statement.hash();
    let ask = coop
        .registrator(person)
        .reguser(coop.name(), person.name, kind::INDIVIDUAL, statement)
        .to_action();
    coop.world.push(vec![agree, ask], &[person]).accepted();
    hash
}

/// Admission with everything that can go wrong before it; the participant.
pub(super) fn admission(coop: &Coop<'_>) -> Person {
    let world = coop.world;
    let person = newcomer(coop);
    coop.refuse_payment(apply(coop, &person)).accepted();
    let hash = apply(coop, &person);
    coop.pay(hash, ENTRANCE_AND_MINIMUM).accepted();
    let question = coop.question_of(hash);
    two_days(world);
    coop.expire(&question).accepted();
    coop.deliver(&question).accepted();
    coop.fail_to_send(hash).accepted();
    let retry = coop
        .registrator(&person)
        .retryrefund(coop.name(), person.name, hash)
        .to_action();
    world.push(vec![retry], &[&person]).accepted();
    coop.send(hash, ENTRANCE_AND_MINIMUM).accepted();
    let hash = apply(coop, &person);
    coop.set_status(status::BLOCKED);
    coop.pay(hash, ENTRANCE_AND_MINIMUM).accepted();
    coop.set_status(status::ACTIVE);
    coop.send(hash, ENTRANCE_AND_MINIMUM).accepted();
    let unpaid = apply(coop, &person);
    world.wait(30 * DAY);
    let expire = coop
        .gateway(&world.stranger)
        .inexpire(coop.name(), unpaid)
        .to_action();
    world.push(vec![expire], &[&world.stranger]).accepted();
    let hash = apply(coop, &person);
    coop.pay(hash, ENTRANCE_AND_MINIMUM).accepted();
    coop.decide(&coop.question_of(hash));
    person
}

/// The process of an exit by its hash.
fn ask_to_leave(coop: &Coop<'_>, person: &Person) -> Checksum256 {
    let statement = paper(coop, registry::EXIT_STATEMENT, person, None, &[person]);
    let hash = statement.hash();
    let ask = coop
        .registrator(person)
        .exitcoop(coop.name(), person.name, statement)
        .to_action();
    coop.world.push(vec![ask], &[person]).accepted();
    hash
}

/// A participant stays once, cannot be paid once, then leaves.
pub(super) fn exit(coop: &Coop<'_>, person: &Person) {
    let question = coop.question_of(ask_to_leave(coop, person));
    coop.decline(&question);
    coop.take_off(&question).accepted();
    coop.deliver(&question).accepted();
    let hash = ask_to_leave(coop, person);
    coop.decide(&coop.question_of(hash));
    coop.fail_to_send(hash).accepted();
    let hash = ask_to_leave(coop, person);
    coop.decide(&coop.question_of(hash));
    coop.send(hash, asset!("300.00 RUB")).accepted();
}

/// A founder without a seat and without a share leaves: there is nothing to pay.
pub(super) fn exit_without_shares(world: &World) {
    let mut coop = Coop {
        world,
        account: world.account(),
        members: (0..4).map(|_| Person::new()).collect(),
        cashier: world.account(),
    };
    let register = coop
        .registrator(&coop.account)
        .regcoop(coop.name(), fees(), Charter::default(), world.unique_hash())
        .to_action();
    world.push(vec![register], &[&coop.account]).accepted();
    coop.set_status(status::ACTIVE);
    let accounts = coop.members.iter().map(|member| coop.new_account(member));
    world.push(accounts.collect(), &[&coop.account]).accepted();
    let founders: Vec<_> = coop.members.iter().map(|member| member.name).collect();
    let members = list_hash(&founders);
    let subject = Some(Subject::Founders(FoundersSubject { members }));
    let signers: Vec<&Person> = coop.members.iter().collect();
    let meeting = paper(&coop, registry::MEETING, &coop.account, subject, &signers);
    let found = coop
        .registrator(&coop.account)
        .regfounders(coop.name(), founders, meeting)
        .to_action();
    world.push(vec![found], &[&coop.account]).accepted();
    let signers: Vec<Person> = coop.members.clone();
    let leaver = coop.members.pop().expect("the fourth");
    coop.seat_first_by(&signers.iter().collect::<Vec<_>>());
    let hash = ask_to_leave(&coop, &leaver);
    coop.decide(&coop.question_of(hash));
}

/// A lost key: declined, vetoed, moved.
pub(super) fn moving(coop: &Coop<'_>, person: &Person) {
    let world = coop.world;
    let new = newcomer(coop);
    let ask = || {
        let subject = Some(Subject::Move(MoveSubject { newname: new.name }));
        let statement = paper(coop, registry::MOVE_STATEMENT, person, subject, &[&new]);
        let hash = statement.hash();
        let ask = coop
            .registrator(&new)
            .moveuser(coop.name(), person.name, new.name, statement)
            .to_action();
        world.push(vec![ask], &[&new]).accepted();
        coop.question_of(hash)
    };
    let question = ask();
    coop.decline(&question);
    coop.take_off(&question).accepted();
    coop.deliver(&question).accepted();
    coop.decide(&ask());
    let veto = coop
        .registrator(person)
        .vetomove(coop.name(), person.name)
        .to_action();
    world.push(vec![veto], &[person]).accepted();
    coop.decide(&ask());
    world.wait(7 * DAY);
    let complete = coop
        .registrator(&world.stranger)
        .completemove(coop.name(), person.name)
        .to_action();
    world.push(vec![complete], &[&world.stranger]).accepted();
    assert_eq!(
        world.row(
            &world.registrator,
            coop.name(),
            name!("participants"),
            person.name
        ),
        None
    );
}

/// A participant is blocked, after a proposal that was declined.
pub(super) fn blocking(coop: &Coop<'_>) {
    let person = admission(coop);
    let propose = || {
        let chairman = coop.chairman();
        let subject = Some(Subject::Block(BlockSubject { is_blocked: true }));
        let proposal = paper(
            coop,
            registry::BLOCK_PROPOSAL,
            &person,
            subject,
            &[chairman],
        );
        let hash = proposal.hash();
        let action = coop
            .registrator(chairman)
            .blockuser(coop.name(), chairman.name, person.name, proposal)
            .to_action();
        coop.world.push(vec![action], &[chairman]).accepted();
        coop.question_of(hash)
    };
    let question = propose();
    coop.decline(&question);
    coop.take_off(&question).accepted();
    coop.deliver(&question).accepted();
    coop.decide(&propose());
}
