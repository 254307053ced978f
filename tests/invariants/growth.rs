//! Limits on the number of questions, and work that does not grow with it.

use antelope_types::{Action, name};
use coop_model::Document;

use crate::scenarios::world::{Chain, Coop, Draft, Person};

/// Most free questions in one transaction: well below the time that a node gives a transaction.
const BATCH: usize = 30;

fn proposals(coop: &Coop<'_>, count: usize) -> Vec<Document> {
    (0..count)
        .map(|_| {
            Draft::proposal(coop, coop.chairman().name).signed_by(coop.chain, &[coop.chairman()])
        })
        .collect()
}

fn publish(coop: &Coop<'_>, count: usize) {
    let chairman = coop.chairman();
    for batch in proposals(coop, count).chunks(BATCH) {
        let actions: Vec<Action> = batch
            .iter()
            .map(|proposal| {
                coop.soviet(chairman)
                    .freedecision(coop.name(), chairman.name, proposal.clone())
                    .to_action()
            })
            .collect();
        coop.chain.push(actions, &[chairman]).accepted();
    }
}

#[test]
fn bounds_a_cooperative_has_900_free_and_1000_questions_and_the_last_costs_what_the_first_did() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let council = || {
        chain
            .row(
                &chain.soviet,
                chain.soviet.name,
                name!("councils"),
                coop.name(),
            )
            .expect("a council")
    };
    let vote_cost = |question| {
        let trace = coop.vote_for(&coop.members[1], question).accepted();
        trace.elapsed_us
    };
    let first = coop.question();
    let early = vote_cost(&first);
    publish(&coop, 898);
    let last = coop.question();
    let late = vote_cost(&last);
    assert_eq!(council()["free"], 900);
    let one_more = proposals(&coop, 1).remove(0);
    coop.propose(coop.chairman(), &one_more)
        .refused("the cooperative has 900 unfinished free questions already");

    // Candidates still get in, up to 1 000 altogether; here their contract's key asks for them directly.
    let agenda = |count: usize| -> Vec<Action> {
        (0..count)
            .map(|_| {
                coop.soviet(&chain.registrator)
                    .createagenda(
                        coop.name(),
                        coop.name(),
                        name!("joincoop"),
                        chain.unique_hash(),
                    )
                    .to_action()
            })
            .collect()
    };
    let operator = &chain.registrator;
    for _ in 0..4 {
        chain.push(agenda(25), &[operator]).accepted();
    }
    chain
        .push(agenda(1), &[operator])
        .refused("the cooperative has 1000 unfinished questions already");
    assert_eq!(council()["unfinished"], 1000);

    // A finished question makes room for one.
    coop.vote_for(coop.chairman(), &last).accepted();
    coop.authorize(&last).accepted();
    coop.exec(&last).accepted();
    coop.propose(coop.chairman(), &one_more).accepted();

    // Ten times is what a busy machine may add; a table scan over 900 rows would be hundreds.
    assert!(
        late < 10 * early + 2_000,
        "a vote took {late} µs among 900 questions and {early} µs alone"
    );
    let page = coop.agenda(0, 50);
    assert_eq!(page["questions"].as_array().map(Vec::len), Some(50));
}

/// What a node gives a transaction by default.
const TRANSACTION_US: u32 = 30_000;

#[test]
fn bounds_the_largest_meetings_fit_a_transaction() {
    let chain = Chain::shared();
    for (kind, make) in [
        ("K1", Person::new as fn() -> Person),
        ("R1", Person::with_r1),
        ("WebAuthn", Person::with_webauthn),
    ] {
        // A busy machine measures too much now and then: one of three attempts must fit.
        let mut measured = Vec::new();
        while measured.iter().all(|cpu_us| *cpu_us >= TRANSACTION_US) {
            assert!(
                measured.len() < 3,
                "64 signatures of {kind}: {measured:?} us"
            );
            let coop = Coop::active(chain, (0..64).map(|_| make()).collect());
            coop.register_members().accepted();
            measured.push(coop.found().accepted().cpu_us());
        }
    }
}
