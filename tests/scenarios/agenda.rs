//! R5 as far as it needs no clock to be moved, and what readers of the agenda see.
//!
//! The rest of R5 is in `timetravel`.

use antelope_types::{TimePoint, name};
use coop_model::refusal;
use serde_json::json;

use super::world::{Chain, Coop, Person, number};

#[test]
fn r05_voting_ends_exactly_its_term_after_publication() {
    let coop = Coop::new(Chain::shared(), 3);
    let row = coop.decision(coop.question().id).expect("the question");
    let moment = |field: &str| -> TimePoint {
        row[field]
            .as_str()
            .expect("a time")
            .parse()
            .expect("a time")
    };
    assert_eq!(
        moment("expires_at").checked_since(moment("created_at")),
        Some(172_800_000_000)
    );
}

#[test]
fn r05_nobody_expires_a_question_early() {
    let coop = Coop::new(Chain::shared(), 3);
    let question = coop.question();
    coop.expire(&question)
        .refused(refusal::decision::VOTING_GOES_ON);
    coop.approve(&question);
    coop.expire(&question).refused(refusal::decision::APPROVED);
    coop.authorize(&question).accepted();
    coop.expire(&question)
        .refused(refusal::decision::AUTHORIZED);
}

#[test]
fn r05_agenda_shows_what_may_be_voted_on_or_signed() {
    let coop = Coop::new(Chain::shared(), 3);
    let [open, approved, authorized, declined] = [0; 4].map(|_| coop.question());
    coop.approve(&approved);
    coop.approve(&authorized);
    coop.authorize(&authorized).accepted();
    coop.decline(&declined);
    assert_eq!(coop.agenda_ids(), [open.id, approved.id]);
    let agenda = coop.agenda(0, 50);
    assert_eq!(agenda["questions"][0]["status"], "open");
    assert_eq!(agenda["questions"][1]["status"], "approved");
    assert_eq!(number(&agenda["next_id"]), 0);
}

#[test]
fn r05_agenda_shows_who_voted_how_by_name() {
    let coop = Coop::with_seats(Chain::shared(), 5, 1);
    let question = coop.question();
    let [first, second, third] = [0, 2, 4].map(|seat| &coop.members[seat]);
    coop.vote_for(first, &question).accepted();
    coop.vote_against(second, &question).accepted();
    coop.vote_for(third, &question).accepted();
    let shown = &coop.agenda(0, 50)["questions"][0];
    let names = |people: &[&Person]| -> Vec<String> {
        people
            .iter()
            .map(|person| person.name.to_string())
            .collect()
    };
    assert_eq!(shown["votes_for"], json!(names(&[first, third])));
    assert_eq!(shown["votes_against"], json!(names(&[second])));
    assert_eq!(
        (number(&shown["seats"]), number(&shown["id"])),
        (5, question.id)
    );
    assert_eq!(shown["hash"], question.hash.to_string());
    assert_eq!(shown["username"], coop.chairman().name.to_string());
}

#[test]
fn r05_agenda_is_read_in_pages() {
    let coop = Coop::new(Chain::shared(), 3);
    let ids: Vec<u64> = (0..5).map(|_| coop.question().id).collect();
    let first = coop.agenda(0, 2);
    assert_eq!(number(&first["next_id"]), ids[2]);
    let second = coop.agenda(ids[2], 3);
    assert_eq!(second["questions"].as_array().map(Vec::len), Some(3));
    assert_eq!(number(&second["next_id"]), 0);
    let beyond = coop.agenda(ids[4] + 1, 50);
    assert_eq!(
        (
            beyond["questions"].as_array().map(Vec::len),
            number(&beyond["next_id"])
        ),
        (Some(0), 0)
    );
    for limit in [0, 51, u32::MAX] {
        let error = coop.try_agenda(0, limit).expect_err("an unbounded page");
        assert_eq!(error.assertion(), Some(refusal::bounds::PAGE.text));
    }
}

#[test]
fn r05_agenda_of_another_cooperative_is_not_shown() {
    let chain = Chain::shared();
    let (one, other) = (Coop::new(chain, 3), Coop::new(chain, 3));
    one.question();
    assert_eq!(other.agenda_ids(), Vec::<u64>::new());
    assert_eq!(
        chain
            .rows(&chain.soviet, other.name(), name!("decisions"))
            .len(),
        0
    );
}
