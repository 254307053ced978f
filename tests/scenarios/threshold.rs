//! R4: approved when 2·for > N.

use super::world::{Chain, Coop};
use coop_model::refusal;

/// Votes that approve a question of `seats` seats, by the rule's own words.
fn needed(seats: usize) -> usize {
    (0..=seats)
        .find(|votes| 2 * votes > seats)
        .expect("all seats are more than half")
}

#[test]
fn r04_strict_majority_of_all_seats_approves_for_every_small_council() {
    for seats in 3..=9 {
        let coop = Coop::new(Chain::shared(), seats);
        let question = coop.question();
        for (cast, member) in coop.members.iter().take(needed(seats)).enumerate() {
            assert_eq!(coop.status(&question), "open", "{cast} of {seats} approved");
            coop.vote_for(member, &question).accepted();
        }
        assert_eq!(
            coop.status(&question),
            "approved",
            "{} of {seats} did not approve",
            needed(seats)
        );
    }
}

#[test]
fn r04_half_of_the_seats_is_not_enough() {
    for seats in [4, 6] {
        let coop = Coop::new(Chain::shared(), seats);
        let question = coop.question();
        for member in coop.members.iter().take(seats / 2) {
            coop.vote_for(member, &question).accepted();
        }
        assert_eq!(coop.status(&question), "open", "half of {seats} approved");
        coop.authorize(&question)
            .refused(refusal::decision::NOT_APPROVED);
    }
}

#[test]
fn r04_the_largest_council_needs_thirty_three_of_sixty_four() {
    let coop = Coop::new(Chain::shared(), 64);
    let question = coop.question();
    for member in coop.members.iter().take(32) {
        coop.vote_for(member, &question).accepted();
    }
    assert_eq!(coop.status(&question), "open", "32 of 64 approved");
    // The last seat is the highest bit of the mask.
    coop.vote_for(&coop.members[63], &question).accepted();
    assert_eq!(coop.status(&question), "approved");
    coop.authorize(&question).accepted();
    coop.exec(&question).accepted();
}

#[test]
fn r04_approval_is_dated() {
    let coop = Coop::new(Chain::shared(), 3);
    let question = coop.question();
    assert_eq!(
        coop.decision(question.id).expect("the question")["approved_at"],
        "1970-01-01T00:00:00.000"
    );
    coop.approve(&question);
    let row = coop.decision(question.id).expect("the question");
    assert!(
        row["approved_at"].as_str() >= row["created_at"].as_str(),
        "{row}"
    );
}
