//! R3: the seats of the council at publication vote, once each.

use super::world::{Chain, Coop, Draft, Question, with_wrong_key};
use coop_model::refusal::{self, Refusal};

const NO_SEAT: Refusal = refusal::council::NO_VOTING_SEAT;
const CAME_LATER: Refusal = refusal::decision::NO_SEAT;

#[test]
fn r03_one_seat_one_vote_and_it_is_final() {
    let coop = Coop::new(Chain::shared(), 5);
    let question = coop.question();
    let member = &coop.members[1];
    let final_vote = refusal::decision::VOTED_ALREADY;
    coop.vote_for(member, &question).accepted();
    coop.vote_for(member, &question).refused(final_vote);
    coop.vote_against(member, &question).refused(final_vote);
    let row = coop.decision(question.id).expect("the question");
    assert_eq!(
        (row["votes_for"].as_u64(), row["votes_against"].as_u64()),
        (Some(0b10), Some(0))
    );
}

#[test]
fn r03_only_voting_seats_vote() {
    let coop = Coop::with_seats(Chain::shared(), 3, 1);
    let question = coop.question();
    let participant = coop.admitted();
    for nobody in [
        &coop.members[3],
        &participant,
        &coop.cashier,
        &coop.account,
        &coop.chain.stranger,
    ] {
        coop.vote_for(nobody, &question).refused(NO_SEAT);
        coop.vote_against(nobody, &question).refused(NO_SEAT);
    }
    assert_eq!(
        coop.decision(question.id).expect("the question")["seats"],
        3,
        "a silent seat counts"
    );
}

#[test]
fn r03_a_member_who_leaves_votes_no_more_and_the_votes_cast_stand() {
    let chain = Chain::own();
    let coop = Coop::new(&chain, 5);
    let mut seats = coop.seats(5);
    seats.truncate(3);
    let ballot = coop.nearly_elect(seats);
    let question = coop.question();
    coop.vote_for(&coop.members[3], &question).accepted();
    coop.vote_for(&coop.members[1], &question).accepted();
    coop.sit(&ballot).accepted();
    coop.vote_for(&coop.members[4], &question).refused(NO_SEAT);
    assert_eq!(coop.status(&question), "open", "N shrank with the council");
    coop.vote_for(&coop.members[2], &question).accepted();
    assert_eq!(
        coop.status(&question),
        "approved",
        "the vote of a former member was lost"
    );
    assert_eq!(
        coop.decision(question.id).expect("the question")["seats"],
        5
    );
}

#[test]
fn r03_a_member_who_joins_later_votes_on_later_questions_only() {
    let chain = Chain::own();
    let coop = Coop::with_seats(&chain, 3, 1);
    let ballot = coop.nearly_elect(coop.seats(4));
    let old = coop.question();
    coop.sit(&ballot).accepted();
    let new_member = &coop.members[3];
    coop.vote_for(new_member, &old).refused(CAME_LATER);
    let new = coop.question();
    coop.vote_for(new_member, &new).accepted();
    assert_eq!(coop.decision(old.id).expect("the old question")["seats"], 3);
    assert_eq!(coop.decision(new.id).expect("the new question")["seats"], 4);
}

#[test]
fn r03_a_seat_moved_in_the_list_keeps_its_old_place_in_an_old_question() {
    let chain = Chain::own();
    let coop = Coop::new(&chain, 4);
    let mut seats = coop.seats(4);
    seats.reverse();
    let ballot = coop.nearly_elect(seats);
    let question = coop.question();
    coop.sit(&ballot).accepted();
    coop.vote_for(&coop.members[3], &question).accepted();
    assert_eq!(
        coop.decision(question.id).expect("the question")["votes_for"],
        0b1000
    );
}

#[test]
fn r03_a_member_who_lost_the_vote_but_not_the_seat_votes_no_more() {
    let chain = Chain::own();
    let coop = Coop::new(&chain, 4);
    let ballot = coop.nearly_elect(coop.seats(3));
    let question = coop.question();
    coop.sit(&ballot).accepted();
    coop.vote_for(&coop.members[3], &question).refused(NO_SEAT);
}

#[test]
fn r03_old_councils_stay_while_questions_refer_to_them() {
    let chain = Chain::own();
    let coop = Coop::new(&chain, 3);
    let versions = || coop.boards().len();
    let ballot = coop.nearly_elect(coop.seats(3));
    let (first, second) = (coop.question(), coop.question());
    coop.sit(&ballot).accepted();
    assert_eq!(versions(), 2);
    coop.decide(&first);
    assert_eq!(
        versions(),
        2,
        "a version went while a question referred to it"
    );
    coop.decide(&second);
    assert_eq!(versions(), 1, "a version stayed that nobody refers to");
    coop.elect(coop.seats(3));
    assert_eq!(
        versions(),
        1,
        "a version without questions stayed after a change"
    );
}

#[test]
fn r03_a_vote_needs_the_members_own_authority() {
    let coop = Coop::new(Chain::shared(), 3);
    let question = coop.question();
    let member = &coop.members[1];
    let action = coop
        .soviet(&coop.account)
        .votefor(coop.name(), member.name, question.id, question.hash)
        .to_action();
    coop.chain
        .push(vec![action], &[&coop.account])
        .lacks_authority_of(member.name);
    coop.vote_for(&with_wrong_key(member), &question)
        .lacks_signature();
}

#[test]
fn r03_unknown_questions_take_no_votes() {
    let chain = Chain::shared();
    let (coop, other) = (Coop::new(chain, 3), Coop::new(chain, 3));
    let question = other.question();
    coop.vote_for(coop.chairman(), &question)
        .refused(refusal::decision::NO_QUESTION);
    other.vote_for(coop.chairman(), &question).refused(NO_SEAT);
}

#[test]
fn r03_a_protocol_shows_votes_by_name() {
    let coop = Coop::new(Chain::shared(), 5);
    let question = coop.question();
    coop.vote_for(&coop.members[4], &question).accepted();
    coop.vote_against(&coop.members[2], &question).accepted();
    coop.vote_for(&coop.members[0], &question).accepted();
    let agenda = coop.agenda(0, 50);
    let names = |indices: &[usize]| {
        serde_json::json!(
            indices
                .iter()
                .map(|&index| coop.members[index].name.to_string())
                .collect::<Vec<_>>()
        )
    };
    assert_eq!(agenda["questions"][0]["votes_for"], names(&[0, 4]));
    assert_eq!(agenda["questions"][0]["votes_against"], names(&[2]));
    let protocol = Draft::protocol(&coop, &question);
    let Some(coop_model::Subject::Decision(subject)) = protocol.meta.subject else {
        panic!("not a protocol")
    };
    assert_eq!(
        (subject.votes_for, subject.votes_against),
        (0b10001, 0b00100)
    );
}

#[test]
fn r03_a_vote_names_the_hash_of_its_question() {
    let coop = Coop::new(Chain::shared(), 3);
    let (question, other) = (coop.question(), coop.question());
    let swapped = Question {
        id: question.id,
        hash: other.hash,
    };
    for vote in [Coop::vote_for, Coop::vote_against] {
        vote(&coop, coop.chairman(), &swapped).refused(refusal::decision::ANOTHER_QUESTION);
    }
    coop.vote_for(coop.chairman(), &question).accepted();
}
