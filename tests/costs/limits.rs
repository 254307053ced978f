//! What the costs may never exceed.

use antelope_build::costs::{Cost, Spread};
use antelope_chain::ram;
use antelope_types::{Action, asset};
use coop_model::parameters;
use veche_tests::drawn_alike;

use super::paths::Paths;
use super::story;
use crate::scenarios::world::{Chain, Coop, Draft, Foreign, Person};

/// The most bytes of RAM that an open question may take.
const MOST_OF_A_QUESTION: i64 = 480;

/// What it takes: the row, and the index by hash. See `Decision` in `contracts/soviet`.
const QUESTION: i64 = ram::ROW + 154 + ram::index_entry(32);

#[test]
fn bounds_an_open_question_takes_426_bytes_and_a_vote_none() {
    const { assert!(QUESTION == 426 && QUESTION <= MOST_OF_A_QUESTION) };
    let cost = |action: &str| -> &Cost { &story::costs()[action] };
    // The first question of an agenda makes its table too, the first of a member a row that counts.
    for action in ["soviet::freedecision", "soviet::createagenda"] {
        assert_eq!(cost(action).ram.least, QUESTION, "{action}");
    }
    let nothing = Spread {
        least: 0,
        median: 0,
        most: 0,
    };
    for action in [
        "soviet::votefor",
        "soviet::voteagainst",
        "soviet::authorize",
    ] {
        assert_eq!(cost(action).ram, nothing, "{action}");
    }
    // What was published goes off, whatever becomes of it.
    for action in ["soviet::exec", "soviet::declinedec", "soviet::expire"] {
        assert!(cost(action).ram.most < 0, "{action}");
    }
}

/// Counted CPU may grow by so many percent.
const GROWTH: u64 = 5;

#[track_caller]
fn hardly_more(few: Paths, many: Paths) {
    for ((step, few), (_, many)) in few.named().into_iter().zip(many.named()) {
        println!("{step}: {few} -> {many}");
        let most = few + few * GROWTH / 100;
        assert!(many <= most, "{step}: {few} -> {many}, at most {most}");
    }
}

/// So many questions of a contract of others.
fn fill(owner: &Foreign<'_>, coop: &Coop<'_>, count: u32) {
    let chain = coop.chain;
    let mut left = count;
    while left > 0 {
        let batch = left.min(40);
        let publish = |_| {
            let hash = chain.unique_hash();
            let action = coop
                .soviet(&owner.account)
                .createagenda(coop.name(), coop.chairman().name, owner.kind, hash)
                .to_action();
            owner.order(&action)
        };
        let actions: Vec<Action> = (0..batch).map(publish).collect();
        chain.push(actions, &[&owner.account]).accepted();
        left -= batch;
    }
}

/// So many free questions of a member.
fn propose(coop: &Coop<'_>, member: usize, count: u32) {
    let member = &coop.members[member];
    let publish = |_| {
        let proposal = Draft::proposal(coop, member.name).signed_by(coop.chain, &[member]);
        coop.soviet(member)
            .freedecision(coop.name(), member.name, proposal)
            .to_action()
    };
    let actions = (0..count).map(publish).collect();
    coop.chain.push(actions, &[member]).accepted();
}

#[test]
fn bounds_questions_cost_the_same_among_10_and_among_1000_and_10000_of_others() {
    drawn_alike(|| {
        let chain = &Chain::alike();
        let coop = &Coop::new(chain, 11);
        let quota = coop
            .registrator(&chain.registrator)
            .setquota(coop.name(), 2_000, 2_000)
            .to_action();
        chain.push(vec![quota], &[&chain.registrator]).accepted();
        let owner = &Foreign::of(coop);
        let people: Vec<Person> = (0..50).map(|_| coop.admitted()).collect();
        for person in &people {
            coop.contribute(person, asset!("50.00 RUB"));
        }
        fill(owner, coop, 10);
        let few = Paths::of(coop);

        // As many as the quotas permit, with the three that are measured: 200 of others, 200 free, 400
        // about money that goes back, 200 about candidates.
        fill(owner, coop, parameters::MAX_UNFINISHED_FOREIGN - 10);
        for member in 0..9 {
            propose(coop, member, parameters::MAX_UNFINISHED_OF_MEMBER);
        }
        propose(coop, 9, 16);
        for person in &people {
            for _ in 0..parameters::MAX_OPEN_OF_PARTICIPANT {
                let (asked, _) = coop.try_return_money(person, asset!("1.00 RUB"));
                asked.accepted();
            }
        }
        for _ in 0..199 {
            coop.confirm_payment(coop.sent_application().hash)
                .accepted();
        }
        assert_eq!(coop.council()["unfinished"], parameters::MAX_UNFINISHED - 3);
        // 50 cooperatives with 200 questions each.
        for _ in 0..50 {
            let other = &Coop::new(chain, 3);
            owner.accepted_by(other).accepted();
            fill(owner, other, parameters::MAX_UNFINISHED_FOREIGN);
        }
        hardly_more(few, Paths::of(coop));
    });
}

#[test]
fn bounds_questions_cost_the_same_in_a_council_of_5_and_of_64() {
    let of = |seats| {
        drawn_alike(|| {
            let chain = &Chain::alike();
            let coop = &Coop::new(chain, seats);
            coop.admitted();
            Paths::of(coop)
        })
    };
    hardly_more(of(5), of(64));
}
