//! Contracts that mean no good.

use antelope_types::{Action, Checksum256, Name, asset, name};
use hostile::hostile::{Client, ClientSigned};
use hostile::{Behaviour, Sent};
use veche_tests::{Person, random_name};

use super::world::{Coop, Outcome, Question, World};

mod callbacks;
mod forgery;
mod reentry;

/// A contract that owns a kind which a cooperative has accepted.
pub(crate) struct Hostile<'w> {
    pub coop: Coop<'w>,
    pub account: Person,
    pub kind: Name,
}

impl<'w> Hostile<'w> {
    pub(crate) fn new(world: &'w World) -> Self {
        let hostile = Self {
            coop: Coop::new(world),
            account: world.account(),
            kind: random_name(),
        };
        world.deploy(&hostile.account, veche_tests::built("hostile"));
        let register = world.regtype(
            hostile.kind,
            hostile.account.name,
            name!("yes"),
            name!("no"),
            workshop::PROTOCOL,
        );
        world.push(vec![register], &[&world.soviet]).accepted();
        hostile.coop.accept(hostile.kind).accepted();
        hostile
    }

    /// The contract's actions under its own permission.
    pub(crate) fn own(&self) -> ClientSigned<1> {
        Client::at(self.account.name).signed_by(self.account.active())
    }

    /// What callbacks do from now on.
    pub(crate) fn behave(&self, behaviour: Behaviour, sends: &[Action]) {
        let sends = sends.iter().map(sent).collect();
        let action = self.own().behave(behaviour, sends).to_action();
        self.coop
            .world
            .push(vec![action], &[&self.account])
            .accepted();
    }

    /// Sends actions inline, under the authorities that they name.
    pub(crate) fn relay(&self, depth: u8, actions: &[Action]) -> Outcome {
        let sends = actions.iter().map(sent).collect();
        let action = self.own().relay(depth, sends).to_action();
        self.coop.world.push(vec![action], &[&self.account])
    }

    /// The action that publishes a question of its kind.
    pub(crate) fn publication(&self, hash: Checksum256) -> Action {
        self.coop
            .soviet(&self.account)
            .createagenda(self.coop.name(), self.coop.chairman().name, self.kind, hash)
            .to_action()
    }

    /// A question of its kind on the agenda.
    pub(crate) fn question(&self) -> Question {
        let hash = self.coop.world.unique_hash();
        self.relay(0, &[self.publication(hash)]).accepted();
        self.coop.question_of(hash)
    }

    /// The same, with the chairman's signature.
    pub(crate) fn authorized(&self) -> Question {
        let question = self.question();
        self.coop.approve(&question);
        self.coop.authorize(&question).accepted();
        question
    }

    /// The action that makes an invoice of its kind for the second founder.
    pub(crate) fn bill(&self, hash: Checksum256) -> Action {
        self.coop
            .gateway(&self.account)
            .createinpay(
                self.coop.name(),
                self.coop.members[1].name,
                self.kind,
                hash,
                asset!("5.00 RUB"),
                true,
                self.account.name,
                name!("came"),
                name!("no"),
            )
            .to_action()
    }

    /// An invoice of its kind.
    pub(crate) fn invoice(&self) -> Checksum256 {
        let hash = self.coop.world.unique_hash();
        self.relay(0, &[self.bill(hash)]).accepted();
        hash
    }
}

/// An action as the contract takes it.
fn sent(action: &Action) -> Sent {
    Sent {
        account: action.account,
        action: action.name,
        authorization: action.authorization.clone(),
        data: action.data.clone(),
    }
}

/// Code that fails whatever is asked of it: `apply` is one `unreachable`.
pub(crate) fn veto() -> Vec<u8> {
    use wasm_encoder::{
        CodeSection, ExportKind, ExportSection, Function, FunctionSection, Module, TypeSection,
        ValType,
    };
    let mut types = TypeSection::new();
    types.ty().function([ValType::I64; 3], []);
    let mut functions = FunctionSection::new();
    functions.function(0);
    let mut exports = ExportSection::new();
    exports.export("apply", ExportKind::Func, 0);
    let mut body = Function::new([]);
    body.instructions().unreachable().end();
    let mut code = CodeSection::new();
    code.function(&body);
    let mut module = Module::new();
    module
        .section(&types)
        .section(&functions)
        .section(&exports)
        .section(&code);
    module.finish()
}
