//! A table of another node, as it was read: rows with their primary keys, and secondary indexes.

use super::remote::other;
use antelope_chain::{FetchedIndex, FetchedKeys, FetchedRow, FetchedTable, TableKey};
use antelope_types::{ChainError, Name};

/// A table in one scope.
pub(crate) struct Table {
    /// Contract, scope and table.
    pub(crate) key: TableKey,
    /// Its rows, ascending by their primary keys.
    pub(crate) rows: Vec<Row>,
    /// Its secondary indexes.
    pub(crate) indexes: Vec<Index>,
    /// Who pays for the table, and for each of its indexes, by number.
    pub(crate) payers: Vec<(u8, Name)>,
}

/// A row.
pub(crate) struct Row {
    /// Its primary key.
    pub(crate) primary: u64,
    /// Who pays for it where it comes from.
    pub(crate) payer: Name,
    /// What the contract has packed.
    pub(crate) data: Vec<u8>,
}

/// A secondary index.
pub(crate) struct Index {
    /// Its number from 0, by which the host functions know it.
    pub(crate) number: u64,
    /// The type of its keys.
    pub(crate) keys: Keys,
    /// Primary keys with the bytes of secondary keys, in the order of the index.
    pub(crate) entries: Vec<(u64, Vec<u8>)>,
}

/// The type of the keys of an index.
#[derive(Clone, Copy)]
pub(crate) enum Keys {
    /// 64 bits: integers, names, symbols.
    U64,
    /// 128 bits.
    U128,
    /// 256 bits, which nodes tell as a checksum.
    Checksum,
    /// A 64-bit float.
    Float64,
    /// A 128-bit float, which nodes tell as if it were one of 64 bits.
    Float128,
}

impl Keys {
    /// A key as nodes write it, as bytes that the host functions take: little-endian, and of a
    /// checksum two words of 16 bytes each. `None` for text of another form.
    pub(crate) fn read(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::U64 => Some(text.parse::<u64>().ok()?.to_le_bytes().to_vec()),
            Self::U128 => Some(text.parse::<u128>().ok()?.to_le_bytes().to_vec()),
            Self::Checksum => {
                // Two words, the more significant first.
                let word = |digits: &str| u128::from_str_radix(digits, 16).ok();
                let (high, low) = text.split_at_checked(32)?;
                Some([word(high)?.to_le_bytes(), word(low)?.to_le_bytes()].concat())
            }
            Self::Float64 => Some(number(text)?.to_le_bytes().to_vec()),
            Self::Float128 => Some(widened(number(text)?).to_le_bytes().to_vec()),
        }
    }
}

impl Table {
    /// As a fork takes it over.
    ///
    /// # Errors
    /// For a key of another length than its type has.
    pub(super) fn fetched(self) -> Result<FetchedTable, ChainError> {
        let TableKey { code, scope, table } = self.key;
        let rows = self.rows.into_iter().map(|row| FetchedRow {
            primary: row.primary,
            payer: row.payer,
            value: row.data,
        });
        let indexes = self.indexes.iter().map(Index::fetched);
        Ok(FetchedTable {
            code,
            scope,
            table,
            payers: self.payers,
            rows: rows.collect(),
            indexes: indexes.collect::<Result<_, _>>()?,
        })
    }
}

impl Index {
    fn fetched(&self) -> Result<FetchedIndex, ChainError> {
        Ok(FetchedIndex {
            // It is below 16.
            number: self.number as u8,
            keys: match self.keys {
                Keys::U64 => FetchedKeys::U64(self.entries_of(u64::from_le_bytes)?),
                Keys::U128 => FetchedKeys::U128(self.entries_of(u128::from_le_bytes)?),
                Keys::Checksum => FetchedKeys::U256(self.entries_of(words)?),
                Keys::Float64 => FetchedKeys::Float64(self.entries_of(u64::from_le_bytes)?),
                Keys::Float128 => FetchedKeys::Float128(self.entries_of(u128::from_le_bytes)?),
            },
        })
    }

    fn entries_of<const N: usize, T>(
        &self,
        read: impl Fn([u8; N]) -> T,
    ) -> Result<Vec<(u64, T)>, ChainError> {
        let entries = self.entries.iter().map(|(primary, key)| {
            let bytes = <[u8; N]>::try_from(key.as_slice());
            let bytes = bytes.map_err(|_| other("a key has another length".to_owned()))?;
            Ok((*primary, read(bytes)))
        });
        entries.collect()
    }
}

/// The two words of a key of 256 bits.
fn words(bytes: [u8; 32]) -> (u128, u128) {
    let word = |from: usize| {
        let bytes = bytes[from..from + 16].iter().rev();
        bytes.fold(0, |word, byte| word << 8 | u128::from(*byte))
    };
    (word(0), word(16))
}

/// Decimal digits of a number that both sizes of floats have.
fn number(text: &str) -> Option<f64> {
    let number: f64 = text.parse().ok()?;
    (number == 0.0 || number.is_normal()).then_some(number)
}

/// The bits of the 128-bit float equal to a normal `f64` or to zero.
fn widened(number: f64) -> u128 {
    let bits = u128::from(number.to_bits());
    let (sign, magnitude) = (bits >> 63 << 127, bits & (u128::MAX >> 65));
    if magnitude == 0 {
        return sign;
    }
    // The exponent has 4 bits more, with another bias, and the fraction 60.
    sign | ((magnitude << 60) + ((16383 - 1023) << 112))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_nodes_write_them() {
        assert_eq!(Keys::U64.read("258").unwrap(), [2, 1, 0, 0, 0, 0, 0, 0]);
        assert_eq!(Keys::U128.read("1").unwrap()[..2], [1, 0]);
        let digits = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
        let bytes = Keys::Checksum.read(digits).unwrap();
        assert_eq!((bytes[0], bytes[15], bytes[16], bytes[31]), (15, 0, 31, 16));
        let half = Keys::Float64.read("0.50000000000000000").unwrap();
        assert_eq!(half, 0.5f64.to_le_bytes());
        for (text, bits) in [
            ("0.00000000000000000", 0),
            ("1.00000000000000000", 0x3fff << 112),
            ("-2.00000000000000000", 0xc000 << 112),
            ("0.75000000000000000", 0x3ffe8 << 108),
        ] {
            let found = Keys::Float128.read(text).unwrap();
            assert_eq!(found, u128::to_le_bytes(bits), "{text}");
        }
        assert!(Keys::Float128.read("nan").is_none());
        assert!(Keys::U64.read("0.5").is_none());
        assert!(Keys::Checksum.read("00").is_none());
    }
}
