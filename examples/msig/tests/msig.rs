//! The contract on a chain, privileged as it has to be.

use antelope_testing::{Chain, Failure, contract};
use antelope_types::{
    Action, Authority, BinaryExtension, IntoActions, Name, PermissionLevel, PermissionLevelWeight,
    TimePointSec, Transaction, VarUint32, name,
};
use msig::msig::{Client, ClientSigned};
use msig::{Approvals, Invalidation, Proposal};
use serde_json::json;
use std::sync::LazyLock;
use std::time::Duration;

const MSIG: Name = name!("eosio.msig");
const ALICE: Name = name!("alice");
const BOB: Name = name!("bob");
const CAROL: Name = name!("carol");
const DAVE: Name = name!("dave");
/// An account that alice and bob have together.
const SHARED: Name = name!("shared");
const PAY: Name = name!("pay");
const HOUR: Duration = Duration::from_secs(3600);

/// A fork of a chain with the contract on it.
fn chain() -> Chain {
    static BOOTED: LazyLock<Chain> = LazyLock::new(|| {
        let contract = contract!().expect("the contract is built");
        let both = Authority {
            threshold: 2,
            accounts: [ALICE, BOB]
                .map(|who| PermissionLevelWeight {
                    permission: PermissionLevel::active(who),
                    weight: 1,
                })
                .into(),
            ..Authority::default()
        };
        let chain = Chain::builder()
            .accounts([ALICE, BOB, CAROL, DAVE])
            .account_with(SHARED, both)
            .contract(MSIG, &contract)
            .privileged(MSIG)
            .build();
        chain.expect("a chain")
    });
    BOOTED.clone()
}

fn by(actor: Name) -> ClientSigned<1> {
    Client::at(MSIG).signed_by(PermissionLevel::active(actor))
}

/// A transaction of the shared account, to be known by its row in the table of invalidations.
fn act_shared(chain: &Chain) -> Transaction {
    expiring(chain, vec![by(SHARED).invalidate(SHARED).to_action()])
}

fn has_acted(chain: &Chain) -> bool {
    let row = chain.row::<Invalidation>(MSIG, MSIG, SHARED);
    row.expect("the table").is_some()
}

fn expiring(chain: &Chain, actions: Vec<Action>) -> Transaction {
    let now = TimePointSec::from(chain.now());
    let mut transaction = Transaction {
        actions,
        ..Transaction::default()
    };
    transaction.header.expiration = now.checked_add(3600).expect("a moment");
    transaction
}

/// Alice proposes a transaction under the name `pay`.
fn propose(
    chain: &mut Chain,
    requested: &[Name],
    transaction: &Transaction,
) -> Result<(), Failure> {
    let levels: Vec<_> = requested
        .iter()
        .copied()
        .map(PermissionLevel::active)
        .collect();
    let mut trx = serde_json::to_value(transaction).expect("JSON");
    for list in ["context_free_actions", "transaction_extensions"] {
        let fields = trx.as_object_mut().expect("an object");
        fields.entry(list).or_insert(json!([]));
    }
    let arguments =
        json!({ "proposer": ALICE, "proposal_name": PAY, "requested": levels, "trx": trx });
    let action = chain.action(MSIG, name!("propose"), ALICE, &arguments)?;
    chain.push(action)?;
    Ok(())
}

fn approve(who: Name) -> impl IntoActions {
    by(who).approve(
        ALICE,
        PAY,
        PermissionLevel::active(who),
        BinaryExtension(None),
    )
}

fn unapprove(who: Name) -> impl IntoActions {
    by(who).unapprove(ALICE, PAY, PermissionLevel::active(who))
}

fn exec(chain: &mut Chain) -> Result<(), Failure> {
    chain.push(by(DAVE).exec(ALICE, PAY, DAVE))?;
    Ok(())
}

fn proposal(chain: &Chain) -> Option<Proposal> {
    chain.row(MSIG, ALICE, PAY).expect("the table")
}

fn approvals(chain: &Chain) -> (Vec<Name>, Vec<Name>) {
    let row = chain.row::<Approvals>(MSIG, ALICE, PAY).expect("the table");
    let row = row.expect("a row");
    let names = |list: &[msig::Approval]| list.iter().map(|it| it.level.actor).collect();
    (
        names(&row.requested_approvals),
        names(&row.provided_approvals),
    )
}

/// The contract's own words, where it refuses.
fn refused<T>(result: Result<T, Failure>) -> String {
    let failure = result.err().expect("a refusal");
    let message = failure.error().message();
    let words = message.strip_prefix("assertion failure with message: ");
    words.unwrap_or(message).to_owned()
}

#[test]
fn a_proposal_is_executed_once_its_approvals_suffice() -> Result<(), Failure> {
    let mut chain = chain();
    let transaction = act_shared(&chain);
    propose(&mut chain, &[ALICE, BOB], &transaction)?;
    assert_eq!(
        refused(exec(&mut chain)),
        "transaction authorization failed"
    );
    chain.push(approve(ALICE))?;
    assert_eq!(approvals(&chain), (vec![BOB], vec![ALICE]));
    assert_eq!(
        refused(exec(&mut chain)),
        "transaction authorization failed"
    );
    chain.push(approve(BOB))?;
    exec(&mut chain)?;
    assert!(has_acted(&chain));
    assert!(proposal(&chain).is_none());
    assert_eq!(refused(exec(&mut chain)), "proposal not found");
    Ok(())
}

#[test]
fn an_approval_is_taken_back() -> Result<(), Failure> {
    let mut chain = chain();
    let transaction = act_shared(&chain);
    propose(&mut chain, &[ALICE, BOB], &transaction)?;
    assert_eq!(
        refused(chain.push(unapprove(BOB))),
        "no approval previously granted"
    );
    chain.push(approve(ALICE))?;
    chain.push(approve(BOB))?;
    chain.push(unapprove(BOB))?;
    assert_eq!(approvals(&chain), (vec![BOB], vec![ALICE]));
    assert_eq!(
        refused(exec(&mut chain)),
        "transaction authorization failed"
    );
    assert_eq!(
        refused(chain.push(approve(ALICE))),
        "approval is not on the list of requested approvals"
    );
    let for_bob = by(CAROL).approve(
        ALICE,
        PAY,
        PermissionLevel::active(BOB),
        BinaryExtension(None),
    );
    assert_eq!(
        refused(chain.push(for_bob)),
        "missing authority of bob/active"
    );
    Ok(())
}

#[test]
fn a_proposal_needs_a_name_of_its_own_and_enough_who_are_asked() -> Result<(), Failure> {
    let mut chain = chain();
    let transaction = act_shared(&chain);
    assert_eq!(
        refused(propose(&mut chain, &[ALICE], &transaction)),
        "transaction authorization failed"
    );
    propose(&mut chain, &[ALICE, BOB], &transaction)?;
    assert_eq!(
        refused(propose(&mut chain, &[ALICE, BOB], &transaction)),
        "proposal with the same name exists"
    );
    Ok(())
}

#[test]
fn the_proposer_cancels_at_any_time_and_others_after_expiration() -> Result<(), Failure> {
    let mut chain = chain();
    let transaction = act_shared(&chain);
    propose(&mut chain, &[ALICE, BOB], &transaction)?;
    let early = chain.push(by(CAROL).cancel(ALICE, PAY, CAROL));
    assert_eq!(refused(early), "cannot cancel until expiration");
    chain.push(by(ALICE).cancel(ALICE, PAY, ALICE))?;
    assert!(proposal(&chain).is_none());

    propose(&mut chain, &[ALICE, BOB], &transaction)?;
    chain.push(approve(ALICE))?;
    chain.push(approve(BOB))?;
    chain.advance(2 * HOUR)?;
    assert_eq!(refused(exec(&mut chain)), "transaction expired");
    assert_eq!(
        refused(propose(&mut chain, &[ALICE, BOB], &transaction)),
        "transaction expired"
    );
    let cancelled = chain.push(by(CAROL).cancel(ALICE, PAY, CAROL))?;
    assert!(
        cancelled.ram_deltas()[&ALICE] < 0,
        "the proposer has the RAM back"
    );
    Ok(())
}

#[test]
fn invalidated_approvals_do_not_count() -> Result<(), Failure> {
    let mut chain = chain();
    let transaction = act_shared(&chain);
    propose(&mut chain, &[ALICE, BOB], &transaction)?;
    chain.push(approve(ALICE))?;
    chain.push(approve(BOB))?;
    chain.push(by(BOB).invalidate(BOB))?;
    assert_eq!(
        refused(exec(&mut chain)),
        "transaction authorization failed"
    );
    chain.advance(Duration::from_secs(1))?;
    chain.push(unapprove(BOB))?;
    chain.push(approve(BOB))?;
    exec(&mut chain)?;
    Ok(())
}

#[test]
fn the_delay_of_a_transaction_begins_when_the_approvals_suffice() -> Result<(), Failure> {
    let mut chain = chain();
    let mut transaction = act_shared(&chain);
    transaction.header.delay_sec = VarUint32(600);
    propose(&mut chain, &[ALICE, BOB], &transaction)?;
    chain.push(approve(ALICE))?;
    assert_eq!(
        proposal(&chain).map(|it| it.earliest_exec_time),
        Some(BinaryExtension(Some(None)))
    );
    chain.push(approve(BOB))?;
    assert_eq!(refused(exec(&mut chain)), "too early to execute");
    chain.advance(Duration::from_secs(300))?;
    chain.push(unapprove(BOB))?;
    chain.push(approve(BOB))?;
    chain.advance(Duration::from_secs(599))?;
    assert_eq!(refused(exec(&mut chain)), "too early to execute");
    chain.advance(Duration::from_secs(2))?;
    exec(&mut chain)?;
    Ok(())
}

#[test]
fn who_names_the_hash_approves_this_transaction_only() -> Result<(), Failure> {
    let mut chain = chain();
    let transaction = act_shared(&chain);
    let other = expiring(&chain, vec![]);
    propose(&mut chain, &[ALICE, BOB], &transaction)?;
    let level = PermissionLevel::active(BOB);
    let wrong = by(BOB).approve(ALICE, PAY, level, other.id().into());
    assert_eq!(refused(chain.push(wrong)), "hash mismatch");
    chain.push(by(BOB).approve(ALICE, PAY, level, transaction.id().into()))?;
    assert_eq!(approvals(&chain), (vec![ALICE], vec![BOB]));
    Ok(())
}
