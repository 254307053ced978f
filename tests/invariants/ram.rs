//! RAM to the byte: a finished process leaves the participant's own rows and nothing else.

use std::collections::BTreeMap;

use antelope_client::Trace;
use antelope_types::Name;

use crate::scenarios::world::{Chain, Coop, Draft};

/// A row costs its bytes and 112 more; each secondary index of 32 bytes costs 176; a table that is new in its scope
/// 112. (Billable sizes of the chain database.)
const ROW: i64 = 112;

/// Bytes of a participant's row: three names, two hashes, two assets and a time, packed.
const PARTICIPANT: i64 = ROW + 8 + 8 + 32 + 32 + 16 + 16 + 8;
/// Bytes of a wallet's row: a name and an asset.
const WALLET: i64 = ROW + 8 + 16;

/// The changes of RAM use over some transactions, accounts without a change left out.
fn sum<'a>(traces: impl IntoIterator<Item = &'a Trace>) -> BTreeMap<Name, i64> {
    let mut sums = BTreeMap::new();
    for (account, delta) in traces.into_iter().flat_map(Trace::ram_deltas) {
        *sums.entry(account).or_insert(0) += delta;
    }
    sums.retain(|_, delta| *delta != 0);
    sums
}

#[test]
fn bounds_an_admission_leaves_the_participants_rows_only() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    // Tables that are new in a scope cost something once: let the first person pay for them.
    coop.admitted();
    let person = coop.newcomer();
    let statement = Draft::statement(&coop, person.name).signed_by(chain, &[&person]);
    let mut traces = vec![
        coop.apply(
            &person,
            &person,
            antelope_types::name!("individual"),
            &statement,
        )
        .accepted(),
    ];
    traces.push(coop.confirm_payment(statement.hash()).accepted());
    let question = coop.question_of(statement.hash());
    for member in &coop.members[..2] {
        traces.push(coop.vote_for(member, &question).accepted());
    }
    traces.push(coop.authorize(&question).accepted());
    traces.push(coop.exec(&question).accepted());
    let left = sum(&traces);
    let expected = BTreeMap::from([
        (chain.registrator.name, PARTICIPANT),
        (chain.gateway.name, WALLET),
    ]);
    assert_eq!(left, expected);
}

#[test]
fn bounds_a_refused_admission_leaves_nothing() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let person = coop.newcomer();
    let statement = Draft::statement(&coop, person.name).signed_by(chain, &[&person]);
    let mut traces = vec![
        coop.apply(
            &person,
            &person,
            antelope_types::name!("individual"),
            &statement,
        )
        .accepted(),
    ];
    traces.push(coop.confirm_payment(statement.hash()).accepted());
    let question = coop.question_of(statement.hash());
    for member in &coop.members[..2] {
        traces.push(coop.vote_against(member, &question).accepted());
    }
    traces.push(coop.remove_declined(&question).accepted());
    traces.push(coop.fail_refund(statement.hash()).accepted());
    traces.push(coop.retry_refund(statement.hash()).accepted());
    traces.push(coop.refund(statement.hash()).accepted());
    assert_eq!(sum(&traces), BTreeMap::new());
}

#[test]
fn bounds_a_free_decision_leaves_nothing() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
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
    let chain = Chain::shared();
    let coop = Coop::new(chain, 5);
    let question = coop.question();
    let changed = coop.elect(coop.seats(5)).accepted();
    assert!(
        changed.ram_deltas()[&coop.name()] > 0,
        "the old council went while a question referred to it"
    );
    coop.approve(&question);
    coop.authorize(&question).accepted();
    let executed = coop.exec(&question).accepted();
    assert_eq!(
        executed.ram_deltas()[&coop.name()],
        -changed.ram_deltas()[&coop.name()]
    );
}

#[test]
fn bounds_the_sender_of_a_statement_pays_for_the_candidates_row() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    coop.applicant();
    for sent_by_the_cooperative in [false, true] {
        let person = coop.newcomer();
        let statement = Draft::statement(&coop, person.name).signed_by(chain, &[&person]);
        let sender = if sent_by_the_cooperative {
            &coop.account
        } else {
            &person
        };
        let trace = coop
            .apply(
                sender,
                &person,
                antelope_types::name!("individual"),
                &statement,
            )
            .accepted();
        let deltas = trace.ram_deltas();
        assert!(deltas[&sender.name] > 0, "{deltas:?}");
        assert_eq!(
            deltas.len(),
            2,
            "somebody else than the sender and gateway pays: {deltas:?}"
        );
        assert!(deltas[&chain.gateway.name] > 0, "{deltas:?}");
    }
}
