//! Contracts that are Rust functions: an account's code is a function's name.

use antelope_chain::{
    ApplyContext, Chain, ChainError, CodeRules, ErrorKind, Executor, Failure, Genesis,
    TransactionTrace,
};
use antelope_types::{Action, Checksum256, Encode, Name, PermissionLevel, name};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a contract does with an action or a notification.
pub type Apply = fn(&mut ApplyContext<'_>) -> Result<(), ChainError>;

/// Runs the functions of a test.
#[derive(Default)]
pub struct Puppets(BTreeMap<Vec<u8>, Apply>);

impl Executor for Puppets {
    fn validate(&self, _: &Checksum256, code: &[u8], _: &CodeRules) -> Result<(), ChainError> {
        match self.0.contains_key(code) {
            true => Ok(()),
            false => Err(ChainError::new(
                ErrorKind::WasmExecutionError,
                "no such puppet",
            )),
        }
    }

    fn apply(&self, _: &Checksum256, context: &mut ApplyContext<'_>) -> Result<(), ChainError> {
        let code = context.code().map_or(&[][..], |code| code);
        self.0[code](context)
    }
}

/// A chain with these accounts, each with its contract; accounts without one are called apart.
pub fn chain(contracts: &[(Name, Apply)], accounts: &[Name]) -> Chain {
    chain_of(Genesis::default(), contracts, accounts)
}

/// The same, of a chain that begins like this.
pub fn chain_of(genesis: Genesis, contracts: &[(Name, Apply)], accounts: &[Name]) -> Chain {
    let mut puppets = Puppets::default();
    for (account, apply) in contracts {
        puppets.0.insert(account.to_string().into_bytes(), *apply);
    }
    let mut chain = Chain::start(genesis, Arc::new(puppets)).unwrap();
    for account in accounts {
        chain.create_account(*account).unwrap();
    }
    for (account, _) in contracts {
        if *account != name!("eosio") {
            chain.create_account(*account).unwrap();
        }
        chain
            .deploy(*account, account.to_string().as_bytes(), b"")
            .unwrap();
    }
    chain
}

pub const ALICE: Name = name!("alice");
pub const BOB: Name = name!("bob");

/// An action under somebody's `active` permission.
pub fn act(account: Name, action: Name, actor: Name, arguments: &impl Encode) -> Action {
    Action::new(
        account,
        action,
        &[PermissionLevel::active(actor)],
        arguments,
    )
}

/// Executes one action without arguments.
pub fn run(
    chain: &mut Chain,
    account: Name,
    action: Name,
    actor: Name,
) -> Result<TransactionTrace, Failure> {
    chain.push(&[act(account, action, actor, &())])
}

/// Sends an action to be executed after this one.
pub fn send(
    context: &mut ApplyContext<'_>,
    account: Name,
    action: Name,
    actor: Name,
) -> Result<(), ChainError> {
    context.send_inline(&act(account, action, actor, &()).to_bytes())
}

/// Fails as `eosio_assert` does.
pub fn fail(text: &str) -> Result<(), ChainError> {
    let message = format!("assertion failure with message: {text}");
    Err(ChainError::new(ErrorKind::EosioAssertMessage, message))
}
