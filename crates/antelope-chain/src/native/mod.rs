//! The actions that every chain has without a contract: accounts, code and permissions.

mod account;
mod code;
mod permission;
mod types;

pub(crate) use account::account_ram;
pub use types::{
    CancelDelay, DeleteAuth, LinkAuth, NewAccount, SetAbi, SetCode, UnlinkAuth, UpdateAuth,
};

use crate::config::SYSTEM;
use crate::error::{ChainError, ErrorKind};
use crate::transaction::ApplyContext;
use antelope_types::{Action, Decode, DecodeError, Decoder, Name, name};

pub(crate) const NEWACCOUNT: Name = name!("newaccount");
pub(crate) const SETCODE: Name = name!("setcode");
pub(crate) const SETABI: Name = name!("setabi");
pub(crate) const UPDATEAUTH: Name = name!("updateauth");
pub(crate) const DELETEAUTH: Name = name!("deleteauth");
pub(crate) const LINKAUTH: Name = name!("linkauth");
pub(crate) const UNLINKAUTH: Name = name!("unlinkauth");
/// The action that tells a contract that its deferred transaction has failed.
pub(crate) const ONERROR: Name = name!("onerror");
pub(crate) const CANCELDELAY: Name = name!("canceldelay");

const ALL: [Name; 8] = [
    NEWACCOUNT,
    SETCODE,
    SETABI,
    UPDATEAUTH,
    DELETEAUTH,
    LINKAUTH,
    UNLINKAUTH,
    CANCELDELAY,
];

/// Runs what the chain itself does for the action, if it does anything.
pub(crate) fn apply(context: &mut ApplyContext<'_>) -> Result<(), ChainError> {
    let action = context.action().clone();
    if context.receiver() != SYSTEM || action.account != SYSTEM {
        return Ok(());
    }
    if context.is_read_only() && ALL.contains(&action.name) {
        // One of the texts has lost a letter in every node.
        let not = if action.name == SETABI { "ot" } else { "not" };
        let message = format!("{} {not} allowed in read-only transaction", action.name);
        return Err(ChainError::new(ErrorKind::ActionValidate, message));
    }
    match action.name {
        NEWACCOUNT => {
            account::new_account(context, arguments(&action)?).map_err(ChainError::passed_on)
        }
        SETCODE => code::set_code(context, &arguments(&action)?),
        SETABI => code::set_abi(context, &arguments(&action)?),
        UPDATEAUTH => permission::update_auth(context, arguments(&action)?),
        DELETEAUTH => permission::delete_auth(context, &arguments(&action)?),
        LINKAUTH => {
            permission::link_auth(context, &arguments(&action)?).map_err(ChainError::passed_on)
        }
        UNLINKAUTH => permission::unlink_auth(context, &arguments(&action)?),
        CANCELDELAY => {
            let cancel: CancelDelay = arguments(&action)?;
            context.require_auth(cancel.canceling_auth.actor)?;
            context.cancel_delayed(&cancel.trx_id).map(drop)
        }
        _ => Ok(()),
    }
}

/// The arguments of a native action; bytes after them are ignored, as nodes do.
pub(crate) fn arguments<'a, T: Decode<'a>>(action: &'a Action) -> Result<T, ChainError> {
    let mut input = Decoder::as_node(&action.data);
    T::decode(&mut input).map_err(|error| {
        let kind = match error {
            DecodeError::UnexpectedEnd => ErrorKind::OutOfRange,
            DecodeError::LengthTooLarge => ErrorKind::Assert,
            _ => ErrorKind::Std,
        };
        let length = action.data.len();
        let at = input.position();
        ChainError::new(
            kind,
            format!(
                "data of {}::{} of length {length}, at {at}: {error}",
                action.account, action.name
            ),
        )
    })
}
