//! A transaction as far as a proposal needs it.

use alloc::vec::Vec;
use antelope_contract::client::send_inline;
use antelope_contract::prelude::*;
use antelope_contract::types::codec::{DecodeError, Decoder, Encoder};
use antelope_contract::types::schema::Ty;

/// A packed transaction: what is left of the action's data, as it is. It is stored without being
/// unpacked; the chain reads it where it decides about its permissions.
pub struct PackedTransaction<'a>(pub &'a [u8]);

/// What a transaction begins with.
#[derive(Decode)]
pub struct Header {
    expiration: TimePointSec,
    _ref_block_num: u16,
    _ref_block_prefix: u32,
    _max_net_usage_words: VarUint32,
    _max_cpu_usage_ms: u8,
    delay_sec: VarUint32,
}

/// An action within it.
#[derive(Decode)]
struct Action<'a> {
    account: Name,
    name: Name,
    authorization: Vec<PermissionLevel>,
    data: &'a [u8],
}

/// Arguments that are packed already.
struct Packed<'a>(&'a [u8]);

impl PackedTransaction<'_> {
    /// Its header.
    pub fn header(&self) -> Header {
        Header::of(self.0)
    }

    /// Sends its actions, each under its own permissions.
    pub fn send_actions(&self) {
        let mut input = Decoder::new(self.0);
        read::<Header>(&mut input);
        let context_free = read::<Vec<Action<'_>>>(&mut input);
        check!(
            context_free.is_empty(),
            "not allowed to `exec` a transaction with context-free actions"
        );
        for action in read::<Vec<Action<'_>>>(&mut input) {
            send_inline(
                action.account,
                action.name,
                &action.authorization,
                &Packed(action.data),
            );
        }
    }
}

impl Header {
    /// That of a packed transaction.
    pub fn of(transaction: &[u8]) -> Self {
        read(&mut Decoder::new(transaction))
    }

    /// Whether no block takes the transaction any more.
    pub fn is_expired(&self) -> bool {
        self.expiration < now().into()
    }

    /// The moment by its delay later.
    pub fn delayed(&self, moment: TimePoint) -> TimePoint {
        let delay = i64::from(self.delay_sec.0) * 1_000_000;
        TimePoint::from_micros(moment.micros() + delay)
    }
}

fn read<'a, T: Decode<'a>>(input: &mut Decoder<'a>) -> T {
    T::decode(input).or_fail("the transaction cannot be read")
}

/// Whether these permissions are enough for the transaction, as the chain decides it.
pub fn is_authorized(transaction: &[u8], levels: &[PermissionLevel]) -> bool {
    host::check_transaction_authorization(transaction, &levels.to_bytes())
}

/// The host function that decides about the permissions of a transaction.
#[cfg(target_family = "wasm")]
mod host {
    pub fn check_transaction_authorization(transaction: &[u8], permissions: &[u8]) -> bool {
        #[link(wasm_import_module = "env")]
        unsafe extern "C" {
            fn check_transaction_authorization(
                transaction: *const u8,
                transaction_len: usize,
                keys: *const u8,
                keys_len: usize,
                permissions: *const u8,
                permissions_len: usize,
            ) -> i32;
        }
        // SAFETY: the pointers and lengths are those of slices that live until the call returns; the
        // host only reads. No keys are given.
        let decision = unsafe {
            check_transaction_authorization(
                transaction.as_ptr(),
                transaction.len(),
                core::ptr::null(),
                0,
                permissions.as_ptr(),
                permissions.len(),
            )
        };
        decision > 0
    }
}

#[cfg(not(target_family = "wasm"))]
mod host {
    pub fn check_transaction_authorization(_: &[u8], _: &[u8]) -> bool {
        unimplemented!("only a chain decides about permissions")
    }
}

impl<'input: 'a, 'a> Decode<'input> for PackedTransaction<'a> {
    fn decode(input: &mut Decoder<'input>) -> Result<Self, DecodeError> {
        input.take(input.rest().len()).map(Self)
    }
}

impl Encode for PackedTransaction<'_> {
    fn encode(&self, out: &mut Encoder<'_>) {
        out.write(self.0);
    }
}

impl Encode for Packed<'_> {
    fn encode(&self, out: &mut Encoder<'_>) {
        out.write(self.0);
    }
}

impl<'a> From<&'a [u8]> for PackedTransaction<'a> {
    fn from(packed: &'a [u8]) -> Self {
        Self(packed)
    }
}

impl AbiType for PackedTransaction<'_> {
    const TY: &'static Ty = <abi::Transaction as AbiType>::TY;
}

/// The form of a transaction, for the ABI only.
mod abi {
    use super::*;

    #[derive(AbiType)]
    #[abi(name = "transaction")]
    #[allow(dead_code)]
    pub struct Transaction {
        expiration: TimePointSec,
        ref_block_num: u16,
        ref_block_prefix: u32,
        max_net_usage_words: VarUint32,
        max_cpu_usage_ms: u8,
        delay_sec: VarUint32,
        context_free_actions: Vec<Action>,
        actions: Vec<Action>,
        transaction_extensions: Vec<Extension>,
    }

    #[derive(AbiType)]
    #[abi(name = "action")]
    #[allow(dead_code)]
    pub struct Action {
        account: Name,
        name: Name,
        authorization: Vec<PermissionLevel>,
        data: Vec<u8>,
    }

    #[derive(AbiType)]
    #[abi(name = "extension")]
    #[allow(dead_code)]
    pub struct Extension {
        #[abi(name = "type")]
        kind: u16,
        data: Vec<u8>,
    }
}
