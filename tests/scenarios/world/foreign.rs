//! A kind of decisions that a contract of others owns.

use antelope_rpc_client::native;
use antelope_types::{Action, Asset, Authority, Checksum256, Name, name};
use coop_model::clients::{Gateway, Soviet};

use super::{Chain, Coop, Outcome, Person, Question, random_name};
use crate::attacks::foreign_code;

/// Registry id of the protocols of these kinds.
const FOREIGN_PROTOCOL: u64 = 777;

/// A kind and the contract that owns it, which sends what it is told and takes every callback.
pub(crate) struct Foreign<'c> {
    pub chain: &'c Chain,
    pub kind: Name,
    pub account: Person,
}

impl<'c> Foreign<'c> {
    /// A new kind of a new contract, accepted by nobody.
    pub(crate) fn new(chain: &'c Chain) -> Self {
        let owner = Self::unregistered(chain);
        owner.register(name!("yes"), name!("no")).accepted();
        owner
    }

    /// A contract that owns no kind yet.
    pub(crate) fn unregistered(chain: &'c Chain) -> Self {
        let account = chain.account_with_code(&foreign_code::owner());
        let active = Authority::from_key(account.public_key()).with_code(account.name);
        let change = native::update_auth(account.name, name!("active"), name!("owner"), active);
        chain.push(vec![change], &[&account]).accepted();
        Self {
            chain,
            kind: random_name(),
            account,
        }
    }

    /// The same, accepted by this cooperative.
    pub(crate) fn of(coop: &Coop<'c>) -> Self {
        let owner = Self::new(coop.chain);
        owner.accepted_by(coop).accepted();
        owner
    }

    /// The operator registers the kind with these callbacks.
    pub(crate) fn register(&self, confirm: Name, decline: Name) -> Outcome {
        self.chain
            .push(vec![self.regtype(confirm, decline)], &[&self.chain.soviet])
    }

    /// The operator and the owner of the kind register it with these callbacks.
    pub(crate) fn mend(&self, confirm: Name, decline: Name) -> Outcome {
        let mut action = self.regtype(confirm, decline);
        action.authorization.push(self.account.active());
        self.chain
            .push(vec![action], &[&self.chain.soviet, &self.account])
    }

    fn regtype(&self, confirm: Name, decline: Name) -> Action {
        let soviet = &self.chain.soviet;
        Soviet::at(soviet.name)
            .signed_by(soviet.active())
            .regtype(
                self.kind,
                self.account.name,
                confirm,
                decline,
                FOREIGN_PROTOCOL,
            )
            .to_action()
    }

    /// The cooperative and its chairman accept the kind.
    pub(crate) fn accepted_by(&self, coop: &Coop<'_>) -> Outcome {
        let mut action = coop
            .soviet(&coop.account)
            .accepttype(coop.name(), coop.chairman().name, self.kind)
            .to_action();
        action.authorization.push(coop.chairman().active());
        self.chain
            .push(vec![action], &[&coop.account, coop.chairman()])
    }

    /// The cooperative and its chairman accept the kind no longer.
    pub(crate) fn dropped_by(&self, coop: &Coop<'_>) -> Outcome {
        let mut action = coop
            .soviet(&coop.account)
            .droptype(coop.name(), coop.chairman().name, self.kind)
            .to_action();
        action.authorization.push(coop.chairman().active());
        self.chain
            .push(vec![action], &[&coop.account, coop.chairman()])
    }

    /// The contract sends this action.
    pub(crate) fn send(&self, action: &Action) -> Outcome {
        self.chain.push(vec![self.order(action)], &[&self.account])
    }

    /// What makes the contract send this action.
    pub(crate) fn order(&self, action: &Action) -> Action {
        Action::new(
            self.account.name,
            name!("send"),
            &[self.account.active()],
            action,
        )
    }

    /// The contract publishes a question.
    pub(crate) fn publish(&self, coop: &Coop<'_>, hash: Checksum256) -> Outcome {
        let action = coop
            .soviet(&self.account)
            .createagenda(coop.name(), coop.chairman().name, self.kind, hash)
            .to_action();
        self.send(&action)
    }

    /// A question of this kind.
    pub(crate) fn question(&self, coop: &Coop<'_>) -> Question {
        let hash = self.chain.unique_hash();
        self.publish(coop, hash).accepted();
        coop.question_of(hash)
    }

    /// The contract asks for money of this person.
    pub(crate) fn invoice(
        &self,
        coop: &Coop<'_>,
        username: Name,
        hash: Checksum256,
        quantity: Asset,
        callbacks: (Name, Name),
    ) -> Outcome {
        let action = Gateway::at(self.chain.gateway.name)
            .signed_by(self.account.active())
            .createinpay(
                coop.name(),
                username,
                self.kind,
                hash,
                quantity,
                false,
                self.account.name,
                callbacks.0,
                callbacks.1,
            )
            .to_action();
        self.send(&action)
    }

    /// The contract orders that what came goes back.
    pub(crate) fn send_back(
        &self,
        coop: &Coop<'_>,
        username: Name,
        hash: Checksum256,
        quantity: Asset,
    ) -> Outcome {
        let action = coop
            .gateway(&self.account)
            .createoutpay(
                coop.name(),
                username,
                hash,
                quantity,
                self.account.name,
                name!("back"),
                name!("failed"),
            )
            .to_action();
        self.send(&action)
    }

    /// Gives the contract other code; empty to take it away.
    pub(crate) fn arm(&self, code: &[u8]) {
        let account = &self.account;
        self.chain
            .push(vec![native::set_code(account.name, code)], &[account])
            .accepted();
    }

    /// Gives the contract its own code again.
    pub(crate) fn disarm(&self) {
        self.arm(&foreign_code::owner());
    }

    /// Votes and a protocol.
    pub(crate) fn authorize(&self, coop: &Coop<'_>, question: &Question) {
        coop.approve(question);
        self.sign(coop, question).accepted();
    }

    /// The chairman signs a protocol of this kind.
    pub(crate) fn sign(&self, coop: &Coop<'_>, question: &Question) -> Outcome {
        coop.authorize(question)
    }
}
