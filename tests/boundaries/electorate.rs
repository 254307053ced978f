//! Threshold and quorum on the chain, for councils and quorums at their edges. All of them, 3 to 64
//! seats and 0 to 100 percent, are counted through in `contracts/soviet/src/decision/tests/quorum.rs`.

use coop_model::{Charter, refusal};

use crate::scenarios::world::{Chain, Coop};

/// The fewest votes for that approve when nobody votes against, by the words of the rule.
fn needed(seats: usize, quorum: usize) -> usize {
    (0..=seats)
        .find(|votes| 2 * votes > seats && 100 * votes >= quorum * seats)
        .expect("all seats are enough for any quorum")
}

/// Seats, quorum and what is needed, written out.
const TABLE: [(usize, u8, usize); 16] = [
    (3, 0, 2),
    (3, 66, 2),
    (3, 67, 3),
    (3, 100, 3),
    (4, 50, 3),
    (4, 75, 3),
    (4, 76, 4),
    (5, 60, 3),
    (5, 61, 4),
    (16, 0, 9),
    (31, 51, 16),
    (32, 50, 17),
    (33, 52, 18),
    (63, 0, 32),
    (64, 1, 33),
    (64, 52, 34),
];

#[test]
fn r04_one_vote_decides_at_the_edge_of_every_quorum() {
    let chain = Chain::shared();
    for (seats, quorum_percent, votes) in TABLE {
        assert_eq!(needed(seats, usize::from(quorum_percent)), votes);
        let charter = Charter {
            quorum_percent,
            ..Charter::default()
        };
        let coop = Coop::chartered(chain, seats, charter);
        let question = coop.question();
        let (last, first) = coop.members[..votes].split_last().expect("a vote");
        for member in first {
            coop.vote_for(member, &question).accepted();
        }
        let what = format!("{votes} of {seats}, {quorum_percent} percent");
        assert_eq!(coop.status(&question), "open", "one vote before {what}");
        coop.authorize(&question)
            .refused(refusal::decision::NOT_APPROVED);
        coop.vote_for(last, &question).accepted();
        assert_eq!(coop.status(&question), "approved", "{what}");

        // As many against as leave less than the majority decline, one less does not.
        let question = coop.question();
        let against = seats.div_ceil(2);
        let (last, first) = coop.members[..against].split_last().expect("a vote");
        for member in first {
            coop.vote_against(member, &question).accepted();
        }
        assert_eq!(
            coop.status(&question),
            "open",
            "one vote before {against} against of {seats}"
        );
        coop.vote_against(last, &question).accepted();
        assert_eq!(
            coop.status(&question),
            "declined",
            "{against} against of {seats}"
        );
    }
}
