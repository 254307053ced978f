//! The bytes of traces: each struct in the order of the protocol's fields, behind the tag of its
//! version.

use super::{PartialTransaction, StoredAction, StoredTrace};
use crate::version::expect;
use antelope_types::{
    AccountDelta, ActionReceipt, Decode, DecodeError, Decoder, Encode, Encoder, Name,
    TransactionStatus, VarUint32,
};
use std::collections::BTreeMap;

/// The version of transaction traces.
const TRANSACTION: u32 = 0;
/// The version of action traces: the one with return values. Nodes since 2.1 write no other.
const ACTION: u32 = 1;
/// The version of receipts.
const RECEIPT: u32 = 0;
/// The version of transactions without actions.
const PARTIAL: u32 = 0;

impl Encode for StoredTrace {
    fn encode(&self, out: &mut Encoder<'_>) {
        VarUint32(TRANSACTION).encode(out);
        self.id.encode(out);
        (self.status as u8).encode(out);
        self.cpu_usage_us.encode(out);
        VarUint32(self.net_usage_words).encode(out);
        self.elapsed.encode(out);
        self.net_usage.encode(out);
        self.scheduled.encode(out);
        self.action_traces.encode(out);
        self.account_ram_delta.map(delta).encode(out);
        self.except.encode(out);
        self.error_code.encode(out);
        self.failed_dtrx_trace.encode(out);
        self.partial.encode(out);
    }
}

impl<'a> Decode<'a> for StoredTrace {
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        expect(TRANSACTION, input)?;
        Ok(Self {
            id: Decode::decode(input)?,
            status: status(u8::decode(input)?)?,
            cpu_usage_us: Decode::decode(input)?,
            net_usage_words: VarUint32::decode(input)?.0,
            elapsed: Decode::decode(input)?,
            net_usage: Decode::decode(input)?,
            scheduled: Decode::decode(input)?,
            action_traces: Decode::decode(input)?,
            account_ram_delta: Option::<(Name, i64)>::decode(input)?.map(of_delta),
            except: Decode::decode(input)?,
            error_code: Decode::decode(input)?,
            failed_dtrx_trace: Decode::decode(input)?,
            partial: Decode::decode(input)?,
        })
    }
}

impl Encode for StoredAction {
    fn encode(&self, out: &mut Encoder<'_>) {
        VarUint32(ACTION).encode(out);
        VarUint32(self.action_ordinal).encode(out);
        VarUint32(self.creator_action_ordinal).encode(out);
        // A receipt has the tag of its version, too.
        self.receipt
            .as_ref()
            .map(|receipt| (VarUint32(RECEIPT), receipt))
            .encode(out);
        self.receiver.encode(out);
        self.act.encode(out);
        self.context_free.encode(out);
        self.elapsed.encode(out);
        self.console.encode(out);
        let deltas: Vec<_> = self.account_ram_deltas.iter().copied().map(delta).collect();
        deltas.encode(out);
        self.except.encode(out);
        self.error_code.encode(out);
        self.return_value.encode(out);
    }
}

impl<'a> Decode<'a> for StoredAction {
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        expect(ACTION, input)?;
        Ok(Self {
            action_ordinal: VarUint32::decode(input)?.0,
            creator_action_ordinal: VarUint32::decode(input)?.0,
            receipt: match bool::decode(input)? {
                true => Some(receipt(input)?),
                false => None,
            },
            receiver: Decode::decode(input)?,
            act: Decode::decode(input)?,
            context_free: Decode::decode(input)?,
            elapsed: Decode::decode(input)?,
            console: Decode::decode(input)?,
            account_ram_deltas: {
                let deltas = Vec::<(Name, i64)>::decode(input)?;
                deltas.into_iter().map(of_delta).collect()
            },
            except: Decode::decode(input)?,
            error_code: Decode::decode(input)?,
            return_value: Decode::decode(input)?,
        })
    }
}

impl Encode for PartialTransaction {
    fn encode(&self, out: &mut Encoder<'_>) {
        VarUint32(PARTIAL).encode(out);
        self.header.encode(out);
        self.transaction_extensions.encode(out);
        self.signatures.encode(out);
        self.context_free_data.encode(out);
    }
}

impl<'a> Decode<'a> for PartialTransaction {
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
        expect(PARTIAL, input)?;
        Ok(Self {
            header: Decode::decode(input)?,
            transaction_extensions: Decode::decode(input)?,
            signatures: Decode::decode(input)?,
            context_free_data: Decode::decode(input)?,
        })
    }
}

/// Reads a receipt. Its `auth_sequence` is a list of pairs, ascending by account.
fn receipt(input: &mut Decoder<'_>) -> Result<ActionReceipt, DecodeError> {
    expect(RECEIPT, input)?;
    Ok(ActionReceipt {
        receiver: Decode::decode(input)?,
        act_digest: Decode::decode(input)?,
        global_sequence: Decode::decode(input)?,
        recv_sequence: Decode::decode(input)?,
        auth_sequence: BTreeMap::decode(input)?,
        code_sequence: VarUint32::decode(input)?.0,
        abi_sequence: VarUint32::decode(input)?.0,
    })
}

/// A change of RAM as it is encoded.
fn delta(delta: AccountDelta) -> (Name, i64) {
    (delta.account, delta.delta)
}

/// A change of RAM as it was read.
fn of_delta((account, delta): (Name, i64)) -> AccountDelta {
    AccountDelta { account, delta }
}

/// The status with this number.
fn status(number: u8) -> Result<TransactionStatus, DecodeError> {
    match number {
        0 => Ok(TransactionStatus::Executed),
        1 => Ok(TransactionStatus::SoftFail),
        2 => Ok(TransactionStatus::HardFail),
        3 => Ok(TransactionStatus::Delayed),
        4 => Ok(TransactionStatus::Expired),
        _ => Err(DecodeError::UnknownVariant),
    }
}
