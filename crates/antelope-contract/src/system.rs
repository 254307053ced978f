//! Where and when the action runs.

use crate::{
    raw,
    types::{Checksum256, Decode, Name, TimePoint, TimePointSec},
};

/// The account whose code runs: the account that this contract is deployed on.
#[inline]
pub fn receiver() -> Name {
    Name::from_raw(raw::current_receiver())
}

/// Notifies `account` of this action: its contract runs with the same action after this one, and
/// may fail the transaction.
#[inline]
pub fn require_recipient(account: Name) {
    raw::require_recipient(account.raw());
}

/// The time of the block, the same for every action in it: a multiple of 500 ms.
#[inline]
pub fn now() -> TimePoint {
    TimePoint::from_micros(raw::current_time() as i64)
}

/// The time of the block in whole seconds, rounded down.
#[inline]
pub fn now_seconds() -> TimePointSec {
    TimePointSec::from_seconds((raw::current_time() / 1_000_000) as u32)
}

/// The number of the block. Protocol feature `GET_BLOCK_NUM`.
#[inline]
pub fn block_number() -> u32 {
    raw::get_block_num()
}

/// The contract that sent this action inline; `None` for an action of the transaction itself.
/// Protocol feature `GET_SENDER`.
#[inline]
pub fn sender() -> Option<Name> {
    match raw::get_sender() {
        0 => None,
        sender => Some(Name::from_raw(sender)),
    }
}

/// When the account was created; fails for an unknown account.
#[inline]
pub fn account_creation_time(account: Name) -> TimePoint {
    TimePoint::from_micros(raw::get_account_creation_time(account.raw()))
}

/// When the permission was last used; fails where it does not exist.
#[inline]
pub fn permission_last_used(account: Name, permission: Name) -> TimePoint {
    TimePoint::from_micros(raw::get_permission_last_used(
        account.raw(),
        permission.raw(),
    ))
}

/// Whether a protocol feature is active, by its digest. Protocol feature `PREACTIVATE_FEATURE`.
#[inline]
pub fn is_feature_activated(digest: &Checksum256) -> bool {
    raw::is_feature_activated(&digest.0) != 0
}

/// Ends the action at once, successfully. Nodes ignore the code.
pub fn exit(code: i32) -> ! {
    raw::eosio_exit(code);
    raw::stop()
}

/// The code of an account; see [`code_of`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// How often its code was set.
    pub sequence: u64,
    /// The SHA-256 of the code; zeros for an account without code.
    pub hash: Checksum256,
    /// The kind of virtual machine; 0 is WebAssembly.
    pub vm_type: u8,
    /// The version of the virtual machine.
    pub vm_version: u8,
}

/// The code of an account. Protocol feature `GET_CODE_HASH`.
pub fn code_of(account: Name) -> Option<Code> {
    // A version as varuint32, then the fields of `Code`.
    let mut packed = [0; 43];
    raw::get_code_hash(account.raw(), 0, &mut packed);
    let (_, fields) = packed.split_first()?;
    let mut input = crate::types::Decoder::new(fields);
    Some(Code {
        sequence: Decode::decode(&mut input).ok()?,
        hash: Decode::decode(&mut input).ok()?,
        vm_type: Decode::decode(&mut input).ok()?,
        vm_version: Decode::decode(&mut input).ok()?,
    })
}
