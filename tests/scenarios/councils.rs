//! Boards: elected by a general meeting with everyone's consent, supported by participants, then seated.

use antelope_types::{Name, asset, name};
use coop_model::catalogue::registry;
use coop_model::coop::status;
use coop_model::council::{board, position};
use coop_model::people::kind;
use coop_model::{Seat, refusal};

use super::world::{Chain, Coop, Draft, Person};

/// A seat of somebody who is not among the founders.
fn seat(person: &Person, position: Name) -> Seat {
    Seat {
        username: person.name,
        is_voting: true,
        position,
    }
}

#[test]
fn people_of_a_council_are_in_order() {
    let coop = Coop::new(Chain::shared(), 4);
    let changed = |change: &dyn Fn(&mut Vec<Seat>)| {
        let mut seats = coop.seats(4);
        change(&mut seats);
        coop.submit(seats)
    };
    changed(&|seats| seats.truncate(2)).refused(refusal::council::VOTING_SEATS_BOUND);
    changed(&|seats| {
        seats[2..]
            .iter_mut()
            .for_each(|seat| seat.is_voting = false)
    })
    .refused(refusal::council::VOTING_SEATS_BOUND);
    changed(&|seats| seats.clear()).refused(refusal::council::SEATS_BOUND);
    changed(&|seats| *seats = vec![seats[1]; 65]).refused(refusal::council::SEATS_BOUND);
    changed(&|seats| seats[2].username = seats[1].username).refused(refusal::council::TWO_SEATS);
    changed(&|seats| seats[0].is_voting = false).refused(refusal::council::SILENT_CHAIRMAN);
    changed(&|seats| seats[1].position = name!("boss")).refused(refusal::council::POSITION);
    let one_chairman = refusal::council::ONE_CHAIRMAN;
    changed(&|seats| seats[1].position = position::CHAIRMAN).refused(one_chairman);
    changed(&|seats| seats[0].position = position::MEMBER).refused(one_chairman);
    changed(&|seats| seats[3].username = coop.cashier.name)
        .refused(refusal::council::MEMBER_NOT_A_PARTICIPANT);
    changed(&|seats| seats.truncate(3)).accepted();
}

#[test]
fn people_of_a_council_are_individuals_with_all_rights() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let firm = coop.newcomer();
    let statement = Draft::statement(&coop, firm.name)
        .applying_as(kind::ORGANIZATION)
        .signed_by(chain, &[&firm]);
    coop.apply(&firm, &firm, kind::ORGANIZATION, &statement)
        .accepted();
    coop.comes(statement.hash(), asset!("4000.00 RUB"))
        .accepted();
    coop.decide(&coop.question_of(statement.hash()));
    let (blocked, leaving) = (coop.admitted(), coop.admitted());
    coop.decide(&coop.block(&blocked, true));
    coop.exit(&leaving);
    for (person, refused) in [
        (&firm, refusal::council::MEMBER_NOT_AN_INDIVIDUAL),
        (&blocked, refusal::council::MEMBER_NOT_ACTIVE),
        (&leaving, refusal::council::MEMBER_NOT_ACTIVE),
    ] {
        let mut seats = coop.seats(3);
        seats[2].username = person.name;
        coop.submit_board(board::COUNCIL, seats, &[person])
            .refused(refused);
    }
}

#[test]
fn people_submit_a_council_through_the_cooperative() {
    let coop = Coop::new(Chain::shared(), 4);
    let seats = coop.seats(3);
    let signers: Vec<&Person> = coop.members.iter().collect();
    let meeting = Draft::election(coop.chain, coop.name(), 2, board::COUNCIL, &seats)
        .signed_by(coop.chain, &signers);
    for other in [
        coop.chairman(),
        &coop.cashier,
        &coop.chain.stranger,
        &coop.chain.soviet,
    ] {
        let action = coop
            .soviet(other)
            .updateboard(coop.name(), board::COUNCIL, seats.clone(), meeting.clone())
            .to_action();
        coop.chain
            .push(vec![action], &[other])
            .lacks_authority_of(coop.name());
    }
    coop.submit_with(board::COUNCIL, seats, meeting).accepted();
}

#[test]
fn people_of_a_council_are_those_of_the_signed_document() {
    let coop = Coop::new(Chain::shared(), 4);
    let chain = coop.chain;
    let seats = coop.seats(4);
    let signers: Vec<&Person> = coop.members.iter().collect();
    let signed = |change: &dyn Fn(&mut Draft)| {
        let mut draft = Draft::election(chain, coop.name(), 2, board::COUNCIL, &seats);
        change(&mut draft);
        coop.submit_with(
            board::COUNCIL,
            seats.clone(),
            draft.signed_by(chain, &signers),
        )
    };
    let another = refusal::document::ANOTHER_SUBJECT;
    let about = |version, kind, seats: &Vec<Seat>| {
        Draft::election(chain, coop.name(), version, kind, seats)
            .meta
            .subject
    };
    let others = coop.seats(3);
    for subject in [
        None,
        about(1, board::COUNCIL, &seats),
        about(3, board::COUNCIL, &seats),
        about(2, board::AUDIT, &seats),
        about(2, board::COUNCIL, &others),
    ] {
        signed(&|draft| draft.meta.subject = subject).refused(another);
    }
    signed(&|draft| draft.meta.coopname = chain.stranger.name)
        .refused(refusal::document::ANOTHER_COOPERATIVE);
    signed(&|draft| draft.meta.username = coop.members[0].name)
        .refused(refusal::document::ANOTHER_PERSON);
    signed(&|draft| draft.meta.registry_id = registry::FREE_PROTOCOL)
        .refused(refusal::document::ANOTHER_REGISTRY_ID);
    signed(&|_| ()).accepted();
}

#[test]
fn people_who_are_elected_consent_and_nobody_signs_for_them() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 4);
    let seats = coop.seats(3);
    let draft = Draft::election(chain, coop.name(), 2, board::COUNCIL, &seats[..3].to_vec());
    let seats: Vec<Seat> = seats[..3].to_vec();
    let [a, b, c, d] = [0, 1, 2, 3].map(|index| &coop.members[index]);
    let signed = |signers: &[&Person]| {
        coop.submit_with(
            board::COUNCIL,
            seats.clone(),
            draft.signed_by(chain, signers),
        )
    };
    let all = refusal::council::NOT_ALL_ELECTED;
    coop.submit_with(board::COUNCIL, seats.clone(), draft.unsigned())
        .refused(refusal::document::NO_SIGNATURES);
    signed(&[a, b]).refused(all);
    signed(&[a, b, d]).refused(all);
    signed(&[a, b, c, d]).refused(all);
    signed(&[a, b, c, a]).refused(refusal::document::SIGNED_TWICE);
    signed(&[c, b, a]).accepted();
}

#[test]
fn people_elect_the_first_council_once_and_all_founders_sign() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let council = coop.first_council(coop.seats(3));
    chain
        .push(vec![council], &[&coop.account])
        .refused(refusal::council::EXISTS);

    let young = Coop::active(chain, (0..4).map(|_| Person::new()).collect());
    young.register_members().accepted();
    let seats = young.seats(3);
    let council = |signers: &[&Person]| {
        let meeting = Draft::election(chain, young.name(), 1, board::COUNCIL, &seats)
            .signed_by(chain, signers);
        let action = young
            .soviet(&young.account)
            .createboard(young.name(), seats.clone(), meeting)
            .to_action();
        chain.push(vec![action], &[&young.account])
    };
    let all: Vec<&Person> = young.members.iter().collect();
    council(&all).refused(refusal::council::MEMBER_NOT_A_PARTICIPANT);
    young.found().accepted();
    let meeting =
        Draft::election(chain, young.name(), 1, board::COUNCIL, &seats).signed_by(chain, &all);
    young
        .submit_with(board::COUNCIL, seats.clone(), meeting)
        .refused(refusal::council::MISSING);
    // It is as much in order as every later one.
    let few = young.first_council(young.seats(2));
    chain
        .push(vec![few], &[&young.account])
        .refused(refusal::council::VOTING_SEATS_BOUND);
    council(&all[..3]).refused(refusal::council::NOT_ALL_FOUNDERS);
    council(&[all[0], all[1], all[2], &chain.stranger])
        .refused(refusal::council::SIGNER_NOT_A_PARTICIPANT);
    council(&all).accepted();
}

#[test]
fn people_elect_a_board_that_sits_after_its_term_to_the_block() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 4);
    coop.submit(coop.seats(3)).accepted();
    let ballot = coop.ballot();
    let member = coop.admitted();
    assert_eq!(coop.election().expect("an election")["support"], 4);
    let over = refusal::council::ELECTION_NOT_OVER;
    coop.seat_board(&coop.account, 2).refused(over);
    chain.jump_just_before(ballot.ends_at);
    coop.seat_board(&chain.stranger, 2).refused(over);
    coop.drop_board(&chain.stranger, 2).refused(over);
    coop.support(&member, 2)
        .refused(refusal::council::JOINED_LATER);
    chain.jump_to(ballot.ends_at);
    coop.support(&member, 2)
        .refused(refusal::council::ELECTION_OVER);
    coop.object(&member, 2)
        .refused(refusal::council::ELECTION_OVER);
    coop.drop_board(&chain.stranger, 2)
        .refused(refusal::council::HAS_SUPPORT);
    let seated = coop.seat_board(&chain.stranger, 2).accepted();
    let event = seated.calls_of(chain.soviet.name, name!("newboard")).next();
    let event = event
        .and_then(|event| event.act.json.clone())
        .expect("an event");
    assert_eq!(
        (&event["version"], &event["kind"]),
        (&2.into(), &"council".into())
    );
    assert_eq!(
        (&coop.council()["board"], &coop.council()["seats"]),
        (&2.into(), &3.into())
    );
    coop.seat_board(&chain.stranger, 2)
        .refused(refusal::council::NO_ELECTION);
}

#[test]
fn people_support_and_object_with_one_voice_each() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 5);
    let [one, other] = [0; 2].map(|_| coop.admitted());
    let blocked = coop.admitted();
    coop.decide(&coop.block(&blocked, true));
    coop.submit(coop.seats(5)[..3].to_vec()).accepted();
    let raised = refusal::council::VOICE_RAISED;
    // Those elected have given theirs with their consent.
    coop.support(coop.chairman(), 2).refused(raised);
    coop.object(coop.chairman(), 2).refused(raised);
    coop.object(&one, 2).accepted();
    coop.object(&one, 2).refused(raised);
    coop.support(&one, 2).refused(raised);
    coop.support(&other, 2).accepted();
    coop.support(&other, 3)
        .refused(refusal::council::NO_ELECTION);
    coop.support(&blocked, 2)
        .refused(refusal::people::NOT_AN_ACTIVE_PARTICIPANT);
    coop.object(&chain.stranger, 2)
        .refused(refusal::people::NOT_A_PARTICIPANT);
    let row = coop.election().expect("an election");
    assert_eq!(
        (&row["support"], &row["objections"]),
        (&4.into(), &1.into())
    );
    // Of 8 participants half is 4, and the council's seats and one are 4.
    assert_eq!(row["support_needed"], 4);
}

#[test]
fn people_do_not_get_a_board_that_has_as_many_objections_as_support() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let others = [0; 3].map(|_| coop.admitted());
    coop.submit(coop.seats(3)).accepted();
    for other in &others {
        coop.object(other, 2).accepted();
    }
    let ballot = coop.ballot();
    coop.sit(&ballot).refused(refusal::council::NO_SUPPORT);
    let lost = coop.drop_board(&chain.stranger, 2).accepted();
    assert_eq!(
        lost.calls_of(chain.soviet.name, name!("lostboard")).count(),
        1
    );
    assert_eq!(coop.council()["board"], 1);
    assert_eq!(coop.next_version(), 3, "a version served twice");
    // Three for and two against is enough.
    coop.submit(coop.seats(3)).accepted();
    for other in &others[..2] {
        coop.object(other, 3).accepted();
    }
    let ballot = coop.ballot();
    coop.sit(&ballot).accepted();
}

#[test]
fn people_need_the_support_that_the_charter_asks_for() {
    let chain = &Chain::own();
    let charter = coop_model::Charter {
        board_support: 5,
        ..Default::default()
    };
    let coop = Coop::chartered(chain, 3, charter);
    let others = [0; 2].map(|_| coop.admitted());
    coop.submit(coop.seats(3)).accepted();
    coop.support(&others[0], 2).accepted();
    let ballot = coop.ballot();
    coop.sit(&ballot).refused(refusal::council::NO_SUPPORT);
    coop.drop_board(&chain.stranger, 2).accepted();
    coop.submit(coop.seats(3)).accepted();
    for other in &others {
        coop.support(other, 3).accepted();
    }
    let ballot = coop.ballot();
    coop.sit(&ballot).accepted();
}

#[test]
fn people_elect_one_board_at_a_time_and_may_take_it_back() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 4);
    coop.submit(coop.seats(3)).accepted();
    for kind in [board::COUNCIL, board::AUDIT] {
        coop.submit_board(kind, coop.seats(3), &[])
            .refused(refusal::council::ELECTION_GOES_ON);
    }
    coop.free_voices(1)
        .refused(refusal::council::ELECTION_GOES_ON);
    coop.drop_board(&coop.members[1], 2)
        .refused(refusal::council::ELECTION_NOT_OVER);
    coop.drop_board(&coop.account, 3)
        .refused(refusal::council::NO_ELECTION);
    coop.drop_board(&coop.account, 2).accepted();
    coop.submit(coop.seats(4)).accepted();
    coop.seat_board(&chain.stranger, 2)
        .refused(refusal::council::NO_ELECTION);
}

#[test]
fn people_who_can_no_longer_sit_end_the_election() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let person = coop.admitted();
    let mut seats = coop.seats(3);
    seats[2].username = person.name;
    let blocking = coop.block(&person, true);
    coop.submit_board(board::COUNCIL, seats, &[&person])
        .accepted();
    // Who is elected is not blocked: the decision leaves them as they are.
    coop.decide(&blocking);
    assert_eq!(coop.standing(&person), "active");
    let (exit, _) = coop.try_exit(&person);
    exit.refused(refusal::people::HOLDS_SEAT);
    let ballot = coop.ballot();
    coop.sit(&ballot).accepted();
    let (exit, _) = coop.try_exit(&coop.members[2]);
    exit.accepted();
}

#[test]
fn people_have_other_boards_that_decide_nothing() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let people = [0; 2].map(|_| coop.admitted());
    let others = people.each_ref();
    let seats = vec![
        seat(&people[0], position::MEMBER),
        seat(&people[1], position::MEMBER),
    ];
    coop.submit_board(name!("senate"), seats.clone(), &others)
        .refused(refusal::council::KIND_OF_BOARD);
    for (kind, field) in [
        (board::AUDIT, "audit"),
        (board::EXECUTIVE, "executive"),
        (board::OTHER, "other"),
    ] {
        let (question, version) = (coop.council(), coop.next_version());
        coop.submit_board(kind, seats.clone(), &others).accepted();
        let ballot = coop.ballot();
        coop.support(&coop.members[0], version).accepted();
        coop.sit(&ballot).accepted();
        let council = coop.council();
        assert_eq!(council[field], version);
        assert_eq!(council["board"], question["board"], "the council changed");
        // A seat in one of them is enough to stay for.
        let (exit, _) = coop.try_exit(&people[0]);
        exit.refused(refusal::people::HOLDS_SEAT);
    }
    assert_eq!(coop.boards().len(), 4);
    // Its members have a seat, and no vote in the council.
    let question = coop.question();
    coop.vote_for(&people[0], &question)
        .refused(refusal::council::NO_VOTING_SEAT);
    let (blocking, _) = coop.try_block(coop.chairman(), &people[1], true);
    blocking.refused(refusal::people::HOLDS_SEAT);
    // The next one takes the place of the one before.
    let one = vec![seat(&people[0], position::CHAIRMAN)];
    coop.submit_board(board::AUDIT, one, &others[..1])
        .accepted();
    let ballot = coop.ballot();
    for member in &coop.members[..2] {
        coop.support(member, ballot.version).accepted();
    }
    coop.sit(&ballot).accepted();
    assert_eq!(coop.boards().len(), 4);
}

#[test]
fn people_of_a_blocked_cooperative_keep_their_council_and_seat_what_they_elected() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 4);
    coop.submit(coop.seats(3)).accepted();
    coop.set_status(status::BLOCKED).accepted();
    let ballot = coop.ballot();
    coop.sit(&ballot).accepted();
    coop.submit(coop.seats(4))
        .refused(refusal::coop::NOT_ACTIVE);
}

#[test]
fn bounds_voices_are_freed_when_an_election_is_over() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let others = [0; 2].map(|_| coop.admitted());
    // Ids of boards and questions apart, one election leaves what the one before left.
    coop.elect(coop.seats(3));
    coop.free_voices(50).accepted();
    coop.free_voices(1).refused(refusal::council::NO_VOICES);
    for limit in [0, 51] {
        coop.free_voices(limit).refused(refusal::bounds::BATCH);
    }
    let before = chain.ram();
    coop.submit(coop.seats(3)).accepted();
    let ballot = coop.ballot();
    coop.support(&others[0], ballot.version).accepted();
    coop.object(&others[1], ballot.version).accepted();
    coop.sit(&ballot).accepted();
    for _ in 0..5 {
        coop.free_voices(1).accepted();
    }
    coop.free_voices(1).refused(refusal::council::NO_VOICES);
    assert_eq!(chain.ram(), before);
}

#[test]
fn people_change_the_charter_by_a_meeting() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let others = [0; 3].map(|_| coop.admitted());
    let charter = coop_model::Charter {
        quorum_percent: 60,
        board_support: 4,
    };
    let set = |charter, meeting: &coop_model::Document| {
        let action = coop
            .registrator(&coop.account)
            .setcharter(coop.name(), charter, meeting.clone())
            .to_action();
        chain.push(vec![action], &[&coop.account])
    };
    let all: Vec<&Person> = coop.members.iter().chain(&others).collect();
    let draft = Draft::charter(&coop, charter);
    // Half of the six, and less than the seats and one.
    set(charter, &draft.signed_by(chain, &all[..2]))
        .refused(refusal::coop::CHARTER_WITHOUT_SUPPORT);
    set(
        charter,
        &draft.signed_by(chain, &[all[0], all[1], &chain.stranger]),
    )
    .refused(refusal::people::NOT_A_PARTICIPANT);
    let other = coop_model::Charter {
        quorum_percent: 61,
        ..charter
    };
    set(other, &draft.signed_by(chain, &all)).refused(refusal::document::ANOTHER_SUBJECT);
    let old = coop.question();
    let meeting = draft.signed_by(chain, &all[..3]);
    set(charter, &meeting).accepted();
    set(charter, &meeting).refused(refusal::document::SERVED_ALREADY);
    assert_eq!(coop.row()["charter"]["quorum_percent"], 60);
    // The quorum is frozen in the question; now it needs four.
    assert_eq!(
        coop.decision(old.id).expect("a question")["quorum_percent"],
        0
    );
    let new = coop.question();
    assert_eq!(
        coop.decision(new.id).expect("a question")["quorum_percent"],
        60
    );
    let draft = Draft::charter(&coop, other);
    set(other, &draft.signed_by(chain, &all[..3])).refused(refusal::coop::CHARTER_WITHOUT_SUPPORT);
    set(other, &draft.signed_by(chain, &all[..4])).accepted();
}
