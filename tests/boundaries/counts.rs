//! Bounds on numbers of things that no scenario shows at the limit and beyond it.

use antelope_types::name;
use coop_model::catalogue::registry;
use coop_model::council::{board, position};
use coop_model::{Charter, Right, Seat, parameters, refusal};

use crate::scenarios::world::{Chain, Coop, Draft, Foreign, Person, fees};

#[test]
fn bounds_of_a_charter_are_those_of_the_parameters() {
    let chain = Chain::shared();
    let most = (
        parameters::MAX_QUORUM_PERCENT,
        parameters::MAX_BOARD_SUPPORT,
    );
    for (quorum_percent, board_support, refused) in [
        (most.0, most.1, None),
        (most.0 + 1, most.1, Some(refusal::coop::QUORUM_BOUND)),
        (most.0, most.1 + 1, Some(refusal::coop::SUPPORT_BOUND)),
        (u8::MAX, 0, Some(refusal::coop::QUORUM_BOUND)),
        (0, u32::MAX, Some(refusal::coop::SUPPORT_BOUND)),
    ] {
        let account = chain.account();
        let charter = Charter {
            quorum_percent,
            board_support,
        };
        let action = coop_model::clients::Registrator::at(chain.registrator.name)
            .signed_by(account.active())
            .regcoop(account.name, fees(), charter, chain.unique_hash())
            .to_action();
        let outcome = chain.push(vec![action], &[&account]);
        match refused {
            Some(refusal) => outcome.refused(refusal),
            None => drop(outcome.accepted()),
        }
    }
}

#[test]
fn bounds_of_agreements_are_the_first_and_the_last_id() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let last = parameters::AGREEMENTS;
    for id in [0, last + 1, u64::MAX] {
        let person = coop.outsider();
        let action = coop.agreements(&person, &person, &[id]);
        chain
            .push(vec![action], &[&person])
            .refused(refusal::agreement::NOT_AN_AGREEMENT);
    }
    let person = coop.outsider();
    let all: Vec<u64> = (1..=last).collect();
    let action = coop.agreements(&person, &person, &all);
    chain.push(vec![action], &[&person]).accepted();
    let too_many: Vec<u64> = (1..=last).chain([registry::PRIVACY_AGREEMENT]).collect();
    let action = coop.agreements(&person, &person, &too_many);
    chain
        .push(vec![action], &[&person])
        .refused(refusal::agreement::NUMBER);
}

#[test]
fn bounds_of_other_boards_are_one_seat_and_the_most_seats() {
    let chain = &Chain::own();
    let most = parameters::MAX_SEATS;
    let coop = Coop::new(chain, most);
    let seats = |count: usize| -> Vec<Seat> {
        let mut seats = coop.seats(most);
        seats.truncate(count);
        for seat in &mut seats {
            seat.position = position::MEMBER;
        }
        seats
    };
    coop.submit_board(board::AUDIT, Vec::new(), &[])
        .refused(refusal::council::SEATS_BOUND);
    let mut beyond = seats(most);
    beyond.push(beyond[0]);
    coop.submit_board(board::AUDIT, beyond, &[])
        .refused(refusal::council::SEATS_BOUND);
    for count in [1, most] {
        coop.submit_board(board::AUDIT, seats(count), &[])
            .accepted();
        let version = coop.ballot().version;
        coop.drop_board(&coop.account, version).accepted();
    }
}

#[test]
fn bounds_of_rights_are_one_and_the_most_rights_when_they_are_changed_too() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let rights = |count: usize| -> Vec<Right> {
        let right = |number: usize| Right {
            contract: chain.gateway.name,
            action: antelope_types::Name::from_raw((number as u64 + 1) << 8),
        };
        (0..count).map(right).collect()
    };
    let set = |count| {
        let chairman = coop.chairman();
        let action = coop
            .soviet(chairman)
            .setrights(coop.name(), chairman.name, coop.cashier.name, rights(count))
            .to_action();
        chain.push(vec![action], &[chairman])
    };
    let most = parameters::MAX_RIGHTS;
    for count in [0, most + 1] {
        set(count).refused(refusal::staff::RIGHTS_BOUND);
    }
    for count in [1, most] {
        set(count).accepted();
    }
}

#[test]
fn bounds_of_signatures_are_as_many_as_may_sign() {
    // One more than may sign is refused for its number, before any of them is looked at.
    let chain = Chain::shared();
    let most = parameters::MAX_SIGNATURES;
    let coop = Coop::active(chain, (0..most).map(|_| Person::new()).collect());
    coop.register_members().accepted();
    let founders: Vec<_> = coop.members.iter().map(|person| person.name).collect();
    let mut signers: Vec<&Person> = coop.members.iter().collect();
    let draft = Draft::founding(chain, coop.name(), &founders);
    let register = |signers: &[&Person]| {
        let meeting = draft.signed_by(chain, signers);
        let action = coop
            .registrator(&coop.account)
            .regfounders(coop.name(), founders.clone(), meeting)
            .to_action();
        chain.push(vec![action], &[&coop.account])
    };
    signers.push(&chain.stranger);
    register(&signers).refused(refusal::founder::NOT_ALL_SIGNED);
    signers.pop();
    register(&signers).accepted();
}

#[test]
fn bounds_of_undelivered_declines_make_room_when_one_is_delivered() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let owner = Foreign::of(&coop);
    let mut first = None;
    for _ in 0..parameters::MAX_UNDELIVERED {
        let question = owner.question(&coop);
        coop.decline(&question);
        coop.take_off(&question).accepted();
        first = first.or(Some(question));
    }
    let publish = || owner.publish(&coop, chain.unique_hash());
    publish().refused(refusal::decision::TOO_MANY_UNDELIVERED);
    coop.deliver(&first.expect("a question")).accepted();
    publish().accepted();
}

#[test]
fn bounds_of_quotas_are_the_defaults_until_the_operator_sets_others() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let quota = |accounts, participants| {
        let operator = &chain.registrator;
        let action = coop
            .registrator(operator)
            .setquota(coop.name(), accounts, participants)
            .to_action();
        chain.push(vec![action], &[operator]).accepted();
    };
    let account = || {
        let action = coop.new_account(&coop.account, &Person::new());
        chain.push(vec![action], &[&coop.account])
    };
    // Three founders have accounts: so many more, and not one beyond.
    for _ in 3..parameters::DEFAULT_ACCOUNTS {
        account().accepted();
    }
    account().refused(refusal::account::QUOTA);
    quota(0, 0);
    account().refused(refusal::account::QUOTA);
    quota(u32::MAX, u32::MAX);
    account().accepted();
    coop.admitted();
    assert_eq!(coop.row()["status"], name!("active").to_string());
}
