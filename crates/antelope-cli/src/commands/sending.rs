//! What all commands that send a transaction have in common.

use crate::transact::{Intent, SendOptions, transact};
use crate::{Console, Fallible, Report, Session};
use antelope_rpc_client::ClientError;
use antelope_types::{Action, Name, PermissionLevel};
use clap::Args;
use serde_json::Value;

/// What a command takes of its own, and the options of its transaction.
#[derive(Args, Clone, Debug)]
pub struct Sending<T: Args> {
    /// What the command takes.
    #[command(flatten)]
    #[allow(missing_docs)] // A text here would replace the command's own.
    pub given: T,
    /// How it is sent.
    #[command(flatten)]
    #[allow(missing_docs)]
    pub send: Box<SendOptions>,
}

impl<T: Args> Sending<T> {
    /// Sends these actions.
    ///
    /// # Errors
    /// As [`transact`].
    pub(crate) fn transact(
        &self,
        session: &Session,
        console: &mut Console<'_>,
        sentence: impl Into<String>,
        actions: Vec<Action>,
    ) -> Fallible<Report> {
        transact(
            session,
            console,
            &self.send,
            &Intent::new(sentence, actions),
        )
    }

    /// An action of a contract with the permissions that were given, or else of `usual`.
    ///
    /// # Errors
    /// Those of the client.
    pub(crate) fn action(
        &self,
        session: &Session,
        contract: Name,
        name: Name,
        usual: PermissionLevel,
        arguments: &Value,
    ) -> Fallible<Action> {
        Ok(Action {
            account: contract,
            name,
            authorization: self.send.levels_or(usual),
            data: packed(session, contract, name, arguments)?,
        })
    }
}

/// Arguments by the contract's ABI. Where they do not fit the ABI that is remembered, it is asked for once
/// more: the contract may have been changed meanwhile.
///
/// # Errors
/// Those of the client.
pub(crate) fn packed(
    session: &Session,
    contract: Name,
    name: Name,
    arguments: &Value,
) -> Fallible<Vec<u8>> {
    let client = &session.client;
    let pack = || {
        let abi = client.abi(contract)?;
        abi.pack_action(name, arguments).map_err(ClientError::from)
    };
    match pack() {
        Err(ClientError::Abi(_)) => {
            client.forget_abi(contract);
            Ok(pack()?)
        }
        other => Ok(other?),
    }
}
