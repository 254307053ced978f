//! RAM to the byte: a finished process leaves the participant's own rows and nothing else.

use std::collections::BTreeMap;

use antelope_rpc_client::TransactionTrace;
use antelope_types::{Name, name};
use coop_model::decision::after;
use coop_model::{parameters, refusal};

use crate::scenarios::world::{Chain, Coop, Draft, ENTRANCE_AND_MINIMUM};

/// A row costs its bytes and 112 more; each secondary index of 32 bytes costs 176 and one of 8 bytes 128; a table
/// that is new in its scope 112. (Billable sizes of the chain database.)
const ROW: i64 = 112;

/// Bytes of a participant's row: four names, two hashes, two assets and a time, packed.
pub(crate) const PARTICIPANT: i64 = ROW + 8 + 8 + 32 + 32 + 16 + 16 + 8 + 8;
/// Bytes of a wallet's row: a name, four assets, two counters and a time.
pub(crate) const WALLET: i64 = ROW + 8 + 4 * 16 + 4 + 4 + 8;

/// The changes of RAM use over some transactions, accounts without a change left out.
fn sum<'a>(traces: impl IntoIterator<Item = &'a TransactionTrace>) -> BTreeMap<Name, i64> {
    let mut sums = BTreeMap::new();
    for (account, delta) in traces.into_iter().flat_map(TransactionTrace::ram_deltas) {
        *sums.entry(account).or_insert(0) += delta;
    }
    sums.retain(|_, delta| *delta != 0);
    sums
}

#[test]
fn bounds_an_admission_leaves_the_participants_rows_only() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    // Tables that are new in a scope cost something once: let the first person pay for them.
    coop.admitted();
    let person = coop.outsider();
    let before = coop.snapshot();
    let candidate = coop.applies(person);
    coop.confirm_payment(candidate.hash).accepted();
    coop.decide(&coop.question_of(candidate.hash));
    let expected = BTreeMap::from([
        (chain.registrator.name, PARTICIPANT),
        (chain.gateway.name, WALLET),
    ]);
    assert_eq!(coop.residue(&before), expected);
}

#[test]
fn bounds_a_refused_admission_leaves_nothing() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    coop.admitted();
    let person = coop.outsider();
    let before = coop.snapshot();
    let candidate = coop.applies(person);
    coop.confirm_payment(candidate.hash).accepted();
    coop.refuse(&coop.question_of(candidate.hash));
    coop.fail_refund(candidate.hash).accepted();
    coop.retry_refund(candidate.hash).accepted();
    coop.refund(candidate.hash).accepted();
    assert_eq!(coop.residue(&before), BTreeMap::new());
}

#[test]
fn bounds_a_free_decision_leaves_nothing_but_the_row_that_counts_the_members_proposals() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    coop.decide(&coop.question());
    let chairman = coop.chairman();
    let proposal = Draft::proposal(&coop, chairman.name).signed_by(chain, &[chairman]);
    let mut traces = vec![coop.propose(chairman, &proposal).accepted()];
    // The proposer pays for the row while it stands.
    assert!(traces[0].ram_deltas()[&chairman.name] > 0);
    let question = coop.question_of(proposal.hash());
    for member in &coop.members[..2] {
        traces.push(coop.vote_for(member, &question).accepted());
    }
    traces.push(coop.authorize(&question).accepted());
    traces.push(coop.exec(&question).accepted());
    assert_eq!(sum(&traces), BTreeMap::new());
}

#[test]
fn bounds_votes_and_signatures_cost_nobody_ram() {
    let coop = Coop::new(Chain::shared(), 5);
    let question = coop.question();
    for (index, member) in coop.members.iter().enumerate() {
        let outcome = if index % 2 == 0 {
            coop.vote_for(member, &question)
        } else {
            coop.vote_against(member, &question)
        };
        assert_eq!(sum(&[outcome.accepted()]), BTreeMap::new());
    }
    assert_eq!(
        sum(&[coop.authorize(&question).accepted()]),
        BTreeMap::new()
    );
}

#[test]
fn bounds_a_council_change_leaves_one_council() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 5);
    // Tables that are new in a scope cost something once, and so do rows of members who propose.
    let first = coop.question();
    coop.decide(&first);
    coop.elect(coop.seats(5));
    coop.free_voices(50).accepted();
    let before = chain.ram();
    let ballot = coop.nearly_elect(coop.seats(5));
    let question = coop.question();
    coop.sit(&ballot).accepted();
    coop.free_voices(50).accepted();
    assert_eq!(
        coop.boards().len(),
        2,
        "the old council went while a question referred to it"
    );
    coop.decide(&question);
    assert_eq!(coop.boards().len(), 1);
    assert_eq!(chain.ram(), before);
}

#[test]
fn bounds_the_sender_of_a_statement_pays_for_the_candidates_row() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    coop.applicant();
    for sent_by_the_cooperative in [false, true] {
        let person = coop.outsider();
        let sender = if sent_by_the_cooperative {
            &coop.account
        } else {
            &person
        };
        let agree = coop.agreements(sender, &person, &[2, 3, 4]);
        let agreed = chain.push(vec![agree], &[sender]).accepted();
        let statement = Draft::statement(&coop, person.name).signed_by(chain, &[&person]);
        let applied = coop
            .apply(sender, &person, name!("individual"), &statement)
            .accepted();
        let deltas = sum(&[agreed, applied]);
        assert!(deltas[&sender.name] > 0, "{deltas:?}");
        assert_eq!(
            deltas.len(),
            2,
            "somebody else than the sender and gateway pays: {deltas:?}"
        );
        assert!(deltas[&chain.gateway.name] > 0, "{deltas:?}");
    }
}

#[test]
fn bounds_references_of_bank_records_are_freed_when_their_term_ends() {
    let chain = &Chain::own();
    let coop = Coop::new(chain, 3);
    let free = |limit: u32| {
        let action = coop
            .gateway(&chain.stranger)
            .freerefs(coop.name(), limit)
            .to_action();
        chain.push(vec![action], &[&chain.stranger])
    };
    let used = || {
        chain
            .rows(&chain.gateway, coop.name(), name!("references"))
            .len()
    };
    let people = [0; 4].map(|_| coop.sent_application());
    let reference = chain.unique_hash();
    let first_day = chain.now();
    coop.complete(
        &coop.cashier,
        people[0].hash,
        ENTRANCE_AND_MINIMUM,
        reference,
    )
    .accepted();
    chain.pass(24 * 3600);
    for person in &people[1..3] {
        coop.confirm_payment(person.hash).accepted();
    }
    for limit in [0, 51] {
        free(limit).refused(refusal::bounds::BATCH);
    }
    chain.jump_just_before(after(first_day, parameters::REFERENCE_SECONDS));
    free(50).refused(refusal::payment::NOTHING_TO_FORGET);
    chain.pass(1);
    free(50).accepted();
    assert_eq!(used(), 2);
    free(50).refused(refusal::payment::NOTHING_TO_FORGET);
    // Each payment forgets two that are old; what is forgotten may come again.
    chain.pass(24 * 3600);
    let person = coop.sent_application();
    coop.complete(&coop.cashier, person.hash, ENTRANCE_AND_MINIMUM, reference)
        .accepted();
    assert_eq!(used(), 1);
}
