//! Decisions of a kind that another contract owns: its effect may fail, and must harm nobody else.

use antelope_client::native;
use antelope_types::{Authority, Encode, Name, name};
use coop_model::clients::Soviet;

use super::world::{Chain, Coop, Draft, Outcome, Person, Question, random_name};
use crate::attacks::foreign_code::{repeater, veto};

/// Registry id of the protocols of these kinds.
const PROTOCOL: u64 = 777;

/// A kind of decisions and the contract that owns it.
struct Owner {
    kind: Name,
    account: Person,
}

/// A new kind owned by a new account, which has no code yet: its callbacks do nothing.
fn owner(chain: &Chain) -> Owner {
    let owner = Owner {
        kind: random_name(),
        account: chain.account(),
    };
    let regtype = Soviet::at(chain.soviet.name)
        .signed_by(chain.soviet.active())
        .regtype(
            owner.kind,
            owner.account.name,
            name!("yes"),
            name!("no"),
            PROTOCOL,
        );
    chain
        .push(vec![regtype.to_action()], &[&chain.soviet])
        .accepted();
    owner
}

impl Owner {
    /// A question of this kind.
    fn question(&self, coop: &Coop<'_>) -> Question {
        let hash = coop.chain.unique_hash();
        self.publish(coop, hash).accepted();
        coop.question_of(hash)
    }

    fn publish(&self, coop: &Coop<'_>, hash: antelope_types::Checksum256) -> Outcome {
        let action = coop
            .soviet(&self.account)
            .createagenda(coop.name(), coop.chairman().name, self.kind, hash)
            .to_action();
        coop.chain.push(vec![action], &[&self.account])
    }

    /// Gives the owner code; empty to take it away.
    fn arm(&self, chain: &Chain, code: &[u8]) {
        chain
            .push(
                vec![native::set_code(self.account.name, code)],
                &[&self.account],
            )
            .accepted();
    }
}

/// Votes and a protocol of this registry id.
fn authorize(coop: &Coop<'_>, question: &Question) {
    coop.approve(question);
    let mut draft = Draft::protocol(coop, question);
    draft.meta.registry_id = PROTOCOL;
    let protocol = draft.signed_by(coop.chain, &[coop.chairman()]);
    coop.authorize_with(coop.chairman(), question, &protocol)
        .accepted();
}

#[test]
fn r01_another_contract_owns_its_kind_and_gets_the_callbacks() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let owner = owner(chain);
    let question = owner.question(&coop);
    authorize(&coop, &question);
    let executed = coop.exec(&question).accepted();
    let callback = executed
        .calls_of(owner.account.name, name!("yes"))
        .next()
        .expect("a confirm callback");
    assert_eq!(callback.authorization, [chain.soviet.active()]);
    assert_eq!(callback.data.len(), 8 + 32 + 32);
    assert_eq!(callback.data[8..40], question.hash.0);

    let lost = owner.question(&coop);
    coop.decline(&lost);
    let removed = coop.remove_declined(&lost).accepted();
    let callback = removed
        .calls_of(owner.account.name, name!("no"))
        .next()
        .expect("a decline callback");
    assert_eq!(callback.data[8..40], lost.hash.0);
    assert_eq!(callback.data[40..], "declined by the council".to_bytes());
}

#[test]
fn r08_an_effect_that_fails_leaves_the_decision_as_it_was_for_another_try() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let owner = owner(chain);
    let question = owner.question(&coop);
    authorize(&coop, &question);
    owner.arm(chain, &veto());
    let before = coop.decision(question.id);
    for _ in 0..2 {
        let outcome = coop.exec(&question);
        assert!(outcome.0.is_err(), "the effect did not fail");
        assert_eq!(coop.decision(question.id), before);
    }
    owner.arm(chain, &[]);
    coop.exec(&question).accepted();
    assert_eq!(coop.status(&question), "gone");
}

#[test]
fn r08_an_effect_that_executes_again_fails_as_a_whole() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let owner = owner(chain);
    let active = Authority::from_key(owner.account.public_key()).with_code(owner.account.name);
    let change = native::update_auth(owner.account.name, name!("active"), name!("owner"), active);
    chain.push(vec![change], &[&owner.account]).accepted();
    let question = owner.question(&coop);
    authorize(&coop, &question);
    let again = coop
        .soviet(&owner.account)
        .exec(owner.account.name, coop.name(), question.id)
        .to_action();
    owner.arm(chain, &repeater(&again.to_bytes()));
    coop.exec(&question)
        .refused("the cooperative has no such question");
    assert_eq!(coop.status(&question), "authorized");
}

#[test]
fn r09_a_decline_callback_that_fails_blocks_no_vote() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let owner = owner(chain);
    let (lost, other) = (owner.question(&coop), coop.question());
    owner.arm(chain, &veto());
    coop.decline(&lost);
    assert_eq!(coop.status(&lost), "declined");
    let removal = coop.remove_declined(&lost);
    assert!(removal.0.is_err(), "the callback did not fail");
    assert_eq!(coop.status(&lost), "declined");
    coop.decide(&other);
    assert_eq!(coop.question().id, 3);
    owner.arm(chain, &[]);
    coop.remove_declined(&lost).accepted();
}

#[test]
fn r02_two_kinds_do_not_share_an_unfinished_hash() {
    let chain = Chain::shared();
    let coop = Coop::new(chain, 3);
    let (one, other) = (owner(chain), owner(chain));
    let question = one.question(&coop);
    let refused = "a question with this hash is not finished";
    one.publish(&coop, question.hash).refused(refused);
    other.publish(&coop, question.hash).refused(refused);
    coop.decline(&question);
    other.publish(&coop, question.hash).refused(refused);
    coop.remove_declined(&question).accepted();
    other.publish(&coop, question.hash).accepted();
}
