//! A transaction as far as a proposal needs it.

use alloc::vec::Vec;
use antelope_contract::client::SendInline;
use antelope_contract::prelude::*;
use antelope_contract::types::codec::{DecodeError, Decoder, Encoder};
use antelope_contract::types::schema::Ty;
use antelope_contract::types::{Action, Transaction, TransactionHeader};

/// A packed transaction: what is left of the action's data, as it is. It is stored without being
/// unpacked; the chain reads it where it decides about its permissions.
pub struct PackedTransaction<'a>(pub &'a [u8]);

impl PackedTransaction<'_> {
    /// Its header.
    pub fn header(&self) -> TransactionHeader {
        read(&mut Decoder::new(self.0))
    }

    /// Whether no block takes it any more.
    pub fn is_expired(&self) -> bool {
        self.header().expiration < now().into()
    }

    /// The moment by its delay later.
    pub fn delayed(&self, moment: TimePoint) -> TimePoint {
        let delay = i64::from(self.header().delay_sec.0) * 1_000_000;
        TimePoint::from_micros(moment.micros() + delay)
    }

    /// Sends its actions, each under its own permissions.
    pub fn send_actions(&self) {
        let mut input = Decoder::new(self.0);
        read::<TransactionHeader>(&mut input);
        let context_free = read::<Vec<Action>>(&mut input);
        check!(
            context_free.is_empty(),
            "not allowed to `exec` a transaction with context-free actions"
        );
        for action in read::<Vec<Action>>(&mut input) {
            action.send();
        }
    }
}

fn read<'a, T: Decode<'a>>(input: &mut Decoder<'a>) -> T {
    T::decode(input).or_fail("the transaction cannot be read")
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

impl AbiType for PackedTransaction<'_> {
    const TY: &'static Ty = Transaction::TY;
}
