//! A free decision: no effect on chain but its record.

use antelope_types::name;
use coop_model::{parameters, refusal};
use std::collections::BTreeMap;

use super::{CARRIED_OUT, COME_TO_NOTHING, blocked};
use crate::scenarios::world::{Chain, Coop, Draft};

#[test]
fn r08_a_free_decision_is_recorded_in_every_way_that_carries_it_out() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    // The row that counts the chairman's proposals stays.
    coop.decide(&coop.question());
    for (way, carry_out) in CARRIED_OUT {
        let before = coop.snapshot();
        let question = coop.question();
        carry_out(&coop, &question);
        assert_eq!(coop.status(&question), "gone", "{way}");
        assert_eq!(coop.residue(&before), BTreeMap::new(), "{way}");
        assert_eq!(coop.council()["free"], 0);
    }
}

#[test]
fn r09_a_free_question_that_comes_to_nothing_is_told_to_nobody() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    coop.decide(&coop.question());
    for (way, end) in COME_TO_NOTHING {
        if way.contains("told") {
            continue;
        }
        let before = coop.snapshot();
        let question = coop.question();
        end(&coop, &question);
        assert_eq!(coop.residue(&before), BTreeMap::new(), "{way}");
        coop.deliver(&question)
            .refused(refusal::decision::NOTHING_TO_DELIVER);
    }
    coop.decide(&coop.question());
}

#[test]
fn r05_questions_are_taken_off_in_batches_all_or_none() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 5);
    let ids: Vec<u64> = (0..60)
        .map(|index: usize| coop.question_by(&coop.members[index % 5]).id)
        .collect();
    chain.pass(parameters::VOTING_SECONDS);
    let fresh = coop.question();
    for wrong in [&[][..], &ids[..51]] {
        coop.expire_all(wrong).refused(refusal::bounds::BATCH);
    }
    coop.expire_all(&[ids[0], fresh.id])
        .refused(refusal::decision::VOTING_GOES_ON);
    coop.expire_all(&[ids[0], ids[0]])
        .refused(refusal::decision::NO_QUESTION);
    assert_eq!(coop.decisions().len(), 61, "a refused batch left a trace");
    let trace = coop.expire_all(&ids[..50]).accepted();
    assert_eq!(
        trace
            .calls_of(chain.soviet.name, name!("newdeclined"))
            .count(),
        50
    );
    blocked(&coop, || coop.expire_all(&ids[50..])).accepted();
    assert_eq!(coop.decisions().len(), 1);
}

#[test]
fn r01_nobody_proposes_in_a_blocked_or_paused_cooperative_and_everybody_votes() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let question = coop.question();
    let chairman = coop.chairman();
    let propose = || {
        let proposal = Draft::proposal(&coop, chairman.name).signed_by(chain, &[chairman]);
        coop.propose(chairman, &proposal)
    };
    blocked(&coop, propose).refused(refusal::coop::NOT_ACTIVE);
    chain.set_pause(true);
    propose().refused(refusal::coop::PAUSED);
    coop.decide(&question);
    chain.set_pause(false);
    propose().accepted();
}
