//! A block as a log has it, with the place of each of its fields.

use crate::field::{LogDamage, LogField};
use antelope_chain::{BlockHeader, BlockTransaction, TransactionReceipt, merkle_root};
use antelope_ledger::stored::Stored;
use antelope_ledger::transaction::unpack;
use antelope_types::{
    Checksum256, Decode, DecodeError, Decoder, Extension, PackedTransaction, Signature,
    SignedTransaction, VarUint32,
};
use std::ops::Range;
use std::sync::Arc;

/// The length of the position after a block.
const POSITION: usize = 8;

/// A block of a log.
pub struct LoggedBlock {
    /// Where it begins in the file.
    pub offset: u64,
    /// The id: the SHA-256 of the header, its first four bytes replaced by the number.
    pub id: Checksum256,
    /// The header.
    pub header: BlockHeader,
    /// The signature of its producer; zeros in the first block of a chain.
    pub signature: Signature,
    /// The transactions with their receipts.
    pub(crate) transactions: Vec<BlockTransaction>,
    /// The transactions themselves, where they are in the block: deferred ones are not.
    pub(crate) signed: Vec<Option<SignedTransaction>>,
    /// The bytes, without the position after them.
    pub(crate) bytes: Vec<u8>,
    /// The fields in their order, with their places in the bytes.
    fields: Vec<(LogField, Range<usize>)>,
}

/// What a block consists of.
struct Parts {
    header: BlockHeader,
    signature: Signature,
    /// With the transactions themselves, where they are in the block.
    transactions: Vec<(BlockTransaction, Option<SignedTransaction>)>,
}

/// Notes where each field ends, and what could not be read.
struct Reader<'a> {
    input: Decoder<'a>,
    fields: Vec<(LogField, Range<usize>)>,
    /// Which field is read now.
    field: LogField,
}

impl<'a> Reader<'a> {
    fn field<T>(
        &mut self,
        field: LogField,
        read: impl FnOnce(&mut Decoder<'a>) -> Result<T, String>,
    ) -> Result<T, String> {
        self.field = field;
        let start = self.input.position();
        let value = read(&mut self.input)?;
        self.fields.push((field, start..self.input.position()));
        Ok(value)
    }

    fn plain<T: Decode<'a>>(&mut self, field: LogField) -> Result<T, String> {
        self.field(field, |input| T::decode(input).map_err(text))
    }
}

/// The words of an error.
fn text(error: DecodeError) -> String {
    error.text().to_owned()
}

impl LoggedBlock {
    /// Reads the block at the beginning of these bytes, which are at this offset of the file, and the
    /// position after it.
    ///
    /// # Errors
    /// The field that could not be read, or that has another number or position than belongs there.
    pub(crate) fn read(bytes: &[u8], offset: u64, number: u32) -> Result<Self, LogDamage> {
        let mut reader = Reader {
            input: Decoder::new(bytes),
            fields: Vec::with_capacity(12),
            field: LogField::Timestamp,
        };
        let read = Self::fields(&mut reader, number);
        let at = reader.input.position();
        let damage = |field, range: Range<usize>, problem| LogDamage {
            block: number,
            field,
            offset: offset + range.start as u64,
            length: range.len() as u64,
            problem,
        };
        let parts = read.map_err(|problem| {
            let start = reader.fields.last().map_or(0, |(_, range)| range.end);
            damage(reader.field, start..start.max(at), problem)
        })?;
        let Ok(position) = reader.input.take(POSITION) else {
            let problem = "the file ends in it".to_owned();
            return Err(damage(LogField::Position, at..at, problem));
        };
        if position != offset.to_le_bytes() {
            let problem = format!("expected {offset} after the block that begins there");
            return Err(damage(LogField::Position, at..at + POSITION, problem));
        }
        let (transactions, signed) = parts.transactions.into_iter().unzip();
        Ok(Self {
            offset,
            id: parts.header.id(),
            header: parts.header,
            signature: parts.signature,
            transactions,
            signed,
            bytes: bytes.get(..at).unwrap_or_default().to_vec(),
            fields: reader.fields,
        })
    }

    /// Reads the fields one after the other.
    fn fields(reader: &mut Reader<'_>, number: u32) -> Result<Parts, String> {
        let timestamp = reader.plain(LogField::Timestamp)?;
        let producer = reader.plain(LogField::Producer)?;
        let confirmed = reader.plain(LogField::Confirmed)?;
        let previous: Checksum256 = reader.field(LogField::Previous, |input| {
            let id = Checksum256::decode(input).map_err(text)?;
            let before = u32::from_be_bytes([id.0[0], id.0[1], id.0[2], id.0[3]]);
            match before.checked_add(1) == Some(number) {
                true => Ok(id),
                false => Err(format!("it is of block {before}, not of {}", number - 1)),
            }
        })?;
        let header = BlockHeader {
            timestamp,
            producer,
            confirmed,
            previous,
            transaction_mroot: reader.plain(LogField::TransactionMroot)?,
            action_mroot: reader.plain(LogField::ActionMroot)?,
            schedule_version: reader.plain(LogField::ScheduleVersion)?,
            new_producers: reader.plain(LogField::NewProducers)?,
            header_extensions: reader.plain(LogField::HeaderExtensions)?,
        };
        let signature = reader.plain(LogField::Signature)?;
        let transactions = reader.field(LogField::Transactions, |input| {
            let count = input.take_len().map_err(text)?;
            (0..count).map(|_| transaction(input)).collect()
        })?;
        reader.plain::<Vec<Extension>>(LogField::BlockExtensions)?;
        Ok(Parts {
            header,
            signature,
            transactions,
        })
    }

    /// Its number.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.header.number()
    }

    /// Where the next block begins in the file.
    pub(crate) fn end(&self) -> u64 {
        self.offset + (self.bytes.len() + POSITION) as u64
    }

    /// The root over its transactions.
    pub(crate) fn root(&self) -> Checksum256 {
        merkle_root(self.transactions.iter().map(|it| it.digest()).collect())
    }

    /// Which field has the byte at this place of the block; the position, behind the last field.
    pub(crate) fn field_at(&self, place: usize) -> LogField {
        let found = self.fields.iter().find(|(_, range)| range.contains(&place));
        found.map_or(LogField::Position, |(field, _)| *field)
    }

    /// Something wrong with a field.
    pub(crate) fn damage(&self, field: LogField, problem: String) -> LogDamage {
        let whole = 0..self.place(LogField::HeaderExtensions).end;
        let range = match field {
            LogField::Header => whole,
            field => self.place(field),
        };
        LogDamage {
            block: self.number(),
            field,
            offset: self.offset + range.start as u64,
            length: range.len() as u64,
            problem,
        }
    }

    /// Where a field is.
    fn place(&self, field: LogField) -> Range<usize> {
        let found = self.fields.iter().find(|(it, _)| *it == field);
        found.map_or(0..0, |(_, range)| range.clone())
    }
}

/// Reads a transaction with its receipt.
fn transaction(
    input: &mut Decoder<'_>,
) -> Result<(BlockTransaction, Option<SignedTransaction>), String> {
    let status = Stored::restore(input).map_err(|it: antelope_ledger::stored::Malformed| it.0)?;
    let receipt = TransactionReceipt {
        status,
        cpu_usage_us: u32::decode(input).map_err(text)?,
        net_usage_words: VarUint32::decode(input).map_err(text)?.0,
    };
    let (id, packed, signed) = match input.take_tag().map_err(text)? {
        0 => (Checksum256::decode(input).map_err(text)?, None, None),
        1 => {
            let packed = PackedTransaction::decode(input).map_err(text)?;
            let signed = unpack(&packed).map_err(|error| error.to_string())?;
            let id = signed.transaction.id();
            (id, Some(Arc::new(packed)), Some(signed))
        }
        _ => return Err("neither a transaction nor the id of one".to_owned()),
    };
    let transaction = BlockTransaction {
        receipt,
        id,
        packed,
    };
    Ok((transaction, signed))
}
