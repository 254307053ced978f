//! What the code of `#[contract]` calls.

use crate::{
    Context,
    assert::fail_code,
    buffer::Buffer,
    fail, raw,
    types::{
        __private::{Message, same_text},
        Decode, Decoder, Encode, Name,
    },
};

#[cfg(feature = "alloc")]
pub use alloc::{boxed::Box, string::String, vec::Vec};

/// For what `#[contract]` makes on the development machine, in crates without `std` too.
#[cfg(not(target_os = "none"))]
pub use std::vec::Vec as HostVec;

/// The code of a failed action that the contract does not have, as in CDT.
const NO_ACTION: u64 = 8_000_000_000_000_000_000;
/// The code of a failed deferred transaction that the contract does not handle, as in CDT.
const ON_ERROR: u64 = 8_000_000_000_000_000_001;

/// Hands the data of the action to `handle`.
#[inline(always)]
pub fn with_data(
    receiver: u64,
    code: u64,
    action: u64,
    handle: impl FnOnce(&Context<'_>, &mut Decoder<'_>),
) {
    let mut buffer = Buffer::new();
    let data = fetch(&mut buffer);
    let context = Context::new(
        Name::from_raw(receiver),
        Name::from_raw(code),
        Name::from_raw(action),
        data,
    );
    handle(&context, &mut Decoder::new(data));
}

#[inline]
fn fetch(buffer: &mut Buffer) -> &[u8] {
    let data = buffer.take(raw::action_data_size() as usize);
    raw::read_action_data(data);
    data
}

/// The arguments of an action, read with the path of the one that fails.
pub trait Arguments<'a> {
    /// Their names, in the order of the struct.
    const NAMES: &'static [&'static str];

    /// Reads them in the order of the struct.
    fn read(data: &mut Decoder<'a>) -> Self;

    /// The same for a `strict` contract; `action` is the number of the action's name.
    fn read_all(data: &mut Decoder<'a>, action: u64) -> Self;
}

/// Ends the compilation where an action of a contract and that of its interface differ in their names
/// on chain, or where the contract lacks an argument; what else may differ is a matter of types.
#[track_caller]
pub const fn same_names(
    interface: &str,
    action: &str,
    here: (u64, &[&str]),
    there: (Name, &[&str]),
) {
    let message = Message::new().with("the action `").with(action);
    if here.0 != there.0.raw() {
        message
            .with("` has another name on chain in `")
            .with(interface)
            .with("`")
            .panic();
    }
    let mut at = 0;
    while at < there.1.len() {
        if !contains(here.1, there.1[at]) {
            message
                .with("` has no argument `")
                .with(there.1[at])
                .with("`, which it has in `")
                .with(interface)
                .with("`")
                .panic();
        }
        at += 1;
    }
}

/// Ends the compilation where another table of the contract has the name on chain of this one.
#[track_caller]
pub const fn another_table(this: (&str, Name), others: &[(&str, Name)]) {
    let mut at = 0;
    while at < others.len() {
        if others[at].1.raw() == this.1.raw() {
            Message::new()
                .with("the tables `")
                .with(others[at].0)
                .with("` and `")
                .with(this.0)
                .with("` have one name on chain: give one of them another, #[table(\"…\")]")
                .panic();
        }
        at += 1;
    }
}

const fn contains(names: &[&str], name: &str) -> bool {
    let mut at = 0;
    while at < names.len() {
        if same_text(names[at], name) {
            return true;
        }
        at += 1;
    }
    false
}

/// The next argument; `path` is its action and name, for the failure.
///
/// Once for each type where that saves bytes: written out at each argument it took 4 to 12 % of a
/// contract's code.
#[inline]
pub fn argument<'a, T: Decode<'a>>(data: &mut Decoder<'a>, path: &str) -> T {
    match T::decode(data) {
        Ok(value) if !data.is_broken() => value,
        _ => fail(path),
    }
}

/// The next argument of a `strict` contract: [`all_read`] asks whether it was one.
#[inline(always)]
pub fn one_of_all<'a, T: Decode<'a>>(data: &mut Decoder<'a>, action: u64) -> T {
    match T::decode(data) {
        Ok(value) => value,
        Err(_) => unfit(action, &UNREADABLE),
    }
}

/// Fails the action of a `strict` contract if its arguments were not read, or bytes are left.
///
/// The failure names the action alone: the paths of arguments, which other contracts name, are a
/// tenth of the bytes of a contract with many actions.
pub fn all_read(data: &Decoder<'_>, action: u64) {
    if data.is_broken() {
        unfit(action, &UNREADABLE);
    }
    if !data.is_empty() {
        unfit(action, &LEFT_OVER);
    }
}

static UNREADABLE: Unfit = *b".............: the arguments cannot be read        ";
static LEFT_OVER: Unfit = *b".............: unexpected bytes after the arguments";

/// A text that begins with room for the name of an action.
type Unfit = [u8; 51];

/// Fails the action with its name and what is wrong with its data. The name is put in here, backwards,
/// so that a contract carries each text once and not for each action.
#[cold]
#[inline(never)]
fn unfit(action: u64, why: &Unfit) -> ! {
    let mut text = *why;
    let mut start = Name::MAX_TEXT;
    let mut rest = action;
    // The thirteenth character has four bits, the others five.
    let mut bits = 4;
    for _ in 0..Name::MAX_TEXT {
        let character = match (rest & !(u64::MAX << bits)) as u8 {
            0 => b'.',
            value @ 1..=5 => b'0' + value,
            value => value.wrapping_add(b'a' - 6),
        };
        rest >>= bits;
        bits = 5;
        // Dots at the end are not part of a name.
        if character != b'.' || start < Name::MAX_TEXT {
            start = start.saturating_sub(1);
            if let Some(place) = text.get_mut(start) {
                *place = character;
            }
        }
    }
    raw::eosio_assert_message(0, text.get(start..).unwrap_or_default().trim_ascii_end());
    raw::stop()
}

/// Runs an action that only reads; on the development machine it panics where it writes.
#[inline(always)]
pub fn read_only<R>(body: impl FnOnce() -> R) -> R {
    #[cfg(target_os = "none")]
    return body();
    #[cfg(not(target_os = "none"))]
    crate::host::reading(body)
}

/// Returns a value to whoever has sent the action.
#[inline]
pub fn return_value<T: Encode>(value: &T) {
    raw::set_action_return_value(Buffer::new().write(value));
}

/// Fails an action of this contract that it does not have.
///
/// On the account `eosio` they pass: the chain's own actions come there.
#[inline(always)]
pub fn unknown_action(receiver: u64) {
    if receiver != EOSIO {
        fail_code(NO_ACTION);
    }
}

/// Lets a notification pass that the contract does not handle, except that of a failed deferred
/// transaction.
#[inline(always)]
pub fn unknown_notification(code: u64, action: u64) {
    if code == EOSIO && action == ONERROR {
        fail_code(ON_ERROR);
    }
}

const EOSIO: u64 = crate::types::name!("eosio").raw();
const ONERROR: u64 = crate::types::name!("onerror").raw();
