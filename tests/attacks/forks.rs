//! Blocks that are taken back: what was done in them is done again or not, and never to something else.

use antelope_rpc_client::{ErrorKind, TransactionOptions, transaction};
use antelope_types::{Action, SignedTransaction};
use coop_model::refusal;

use crate::scenarios::world::{Chain, Coop, Draft, Outcome, Person};

/// A cooperative on a branch of its chain.
fn on<'c>(branch: &'c Chain, coop: &Coop<'_>) -> Coop<'c> {
    Coop {
        chain: branch,
        account: coop.account.clone(),
        members: coop.members.clone(),
        cashier: coop.cashier.clone(),
    }
}

/// Signs an action for a block that all branches have.
fn signed(chain: &Chain, action: Action, signer: &Person) -> SignedTransaction {
    let built = chain
        .client
        .build(&[action], &TransactionOptions::default())
        .expect("a transaction");
    transaction::sign(&chain.id, built, &[signer.signer()]).expect("signatures")
}

fn send(chain: &Chain, signed: &SignedTransaction) -> Outcome {
    Outcome(chain.client.send(signed))
}

#[test]
fn attack_a_vote_in_a_block_that_is_taken_back_counts_once_or_not_at_all() {
    let trunk = &Chain::own();
    let coop = Coop::new(trunk, 3);
    let proposer = &coop.members[0];
    let [other, asked] =
        [0; 2].map(|_| Draft::proposal(&coop, proposer.name).signed_by(trunk, &[proposer]));
    let voter = &coop.members[1];
    // The vote names the number and the hash that the question will have.
    let vote = coop
        .soviet(voter)
        .votefor(coop.name(), voter.name, 1, asked.hash())
        .to_action();
    let vote = signed(trunk, vote, voter);

    // In one branch the question is published and the vote cast; then its blocks are taken back.
    let lost = trunk.fork();
    let there = on(&lost, &coop);
    there.propose(proposer, &asked).accepted();
    send(&lost, &vote).accepted();
    assert_eq!(there.decision(1).expect("the question")["votes_for"], 2);
    assert!(coop.decisions().is_empty(), "the trunk knows nothing of it");

    // In the branch that stays the same happens again: the vote counts once.
    let again = trunk.fork();
    let there = on(&again, &coop);
    there.propose(proposer, &asked).accepted();
    send(&again, &vote).accepted();
    send(&again, &vote).refused_by_chain(ErrorKind::TxDuplicate.code());
    assert_eq!(there.decision(1).expect("the question")["votes_for"], 2);
    assert_eq!(there.decisions(), on(&lost, &coop).decisions());

    // In another one that number is of another question: the vote is not a vote on it.
    let changed = trunk.fork();
    let there = on(&changed, &coop);
    there.propose(proposer, &other).accepted();
    send(&changed, &vote).refused(refusal::decision::ANOTHER_QUESTION);
    there.propose(proposer, &asked).accepted();
    send(&changed, &vote).refused(refusal::decision::ANOTHER_QUESTION);
    for row in there.decisions() {
        assert_eq!(row["votes_for"], 0, "{row}");
    }
}

#[test]
fn attack_a_decision_in_a_block_that_is_taken_back_is_carried_out_once() {
    let trunk = &Chain::own();
    let coop = Coop::new(trunk, 3);
    let (candidate, question) = coop.paid_applicant();
    coop.approve(&question);
    let chairman = coop.chairman();
    let protocol = Draft::protocol(&coop, &question).signed_by(trunk, &[chairman]);
    let authorize = coop
        .soviet(chairman)
        .authorize(coop.name(), chairman.name, question.id, protocol)
        .to_action();
    let authorize = signed(trunk, authorize, chairman);
    let stranger = &trunk.stranger;
    let exec = coop
        .soviet(stranger)
        .exec(stranger.name, coop.name(), question.id)
        .to_action();
    let exec = signed(trunk, exec, stranger);

    let lost = trunk.fork();
    for transaction in [&authorize, &exec] {
        send(&lost, transaction).accepted();
    }
    assert!(on(&lost, &coop).participant(&candidate.person).is_some());
    assert!(coop.participant(&candidate.person).is_none());

    // The executor came first on the other branch, where nobody has signed yet; then both, and once.
    let stays = trunk.fork();
    let there = on(&stays, &coop);
    send(&stays, &exec).refused(refusal::decision::NOT_AUTHORIZED);
    send(&stays, &authorize).accepted();
    send(&stays, &exec).accepted();
    assert!(there.participant(&candidate.person).is_some());
    for transaction in [&authorize, &exec] {
        send(&stays, transaction).refused_by_chain(ErrorKind::TxDuplicate.code());
    }
    there.check_books();

    // A member who voted before the fork votes against after it: the protocol shows other votes.
    let changed = trunk.fork();
    let there = on(&changed, &coop);
    there.vote_against(&coop.members[2], &question).accepted();
    send(&changed, &authorize).refused(refusal::decision::PROTOCOL_SHOWS_OTHER_VOTES);
    there.authorize(&question).accepted();
    send(&changed, &exec).accepted();
    assert!(there.participant(&candidate.person).is_some());
}
