//! The bytes of an ABI, as a node takes them.
//!
//! This does not use the `Decode` of `antelope-types`, which is strict: it wants all bytes to be used
//! and text to be UTF-8, while a node lives with both.

use super::Fault;
use crate::cursor::Cursor;
use crate::limits::{MAX_BYTES, MAX_ITEMS};
use crate::{AbiError, AbiException};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use antelope_types::abi::{
    AbiDef, ActionDef, ActionResultDef, ErrorMessage, FieldDef, RicardianClause, StructDef,
    TableDef, TypeDef, VariantDef,
};
use antelope_types::{Extension, Name};

/// Reads the binary form that `setabi` takes and chains store, without checking what it says.
///
/// Like a node it does not look at bytes after the ABI, and takes an ABI that ends before the lists
/// that came with later versions. Text that is not UTF-8 is read with replacement characters.
///
/// ```
/// use antelope_abi::read_definition;
/// use antelope_types::{Encode, abi::AbiDef};
///
/// let mut bytes = AbiDef::default().to_bytes();
/// bytes.push(7);
/// assert_eq!(read_definition(&bytes), Ok(AbiDef::default()));
/// ```
///
/// # Errors
/// [`AbiError::Definition`] where a node cannot read it either.
pub fn read_definition(bytes: &[u8]) -> Result<AbiDef, AbiError> {
    let mut input = Cursor::new(bytes);
    Ok(definition(&mut input)?)
}

/// For how many items a list has room before they are read.
const RESERVED: usize = 256;

type Read<T> = Result<T, Fault>;

fn definition(input: &mut Cursor<'_>) -> Read<AbiDef> {
    Ok(AbiDef {
        version: text(input)?,
        types: list(input, |input| {
            Ok(TypeDef {
                new_type_name: text(input)?,
                ty: text(input)?,
            })
        })?,
        structs: list(input, structure)?,
        actions: list(input, |input| {
            Ok(ActionDef {
                name: name(input)?,
                ty: text(input)?,
                ricardian_contract: text(input)?,
            })
        })?,
        tables: list(input, table)?,
        ricardian_clauses: list(input, |input| {
            Ok(RicardianClause {
                id: text(input)?,
                body: text(input)?,
            })
        })?,
        error_messages: list(input, |input| {
            Ok(ErrorMessage {
                error_code: u64::from_le_bytes(array(input)?),
                error_msg: text(input)?,
            })
        })?,
        abi_extensions: list(input, |input| {
            Ok(Extension {
                kind: u16::from_le_bytes(array(input)?),
                data: bytes(input)?.into(),
            })
        })?,
        variants: may_end_here(input, |input| {
            Ok(VariantDef {
                name: text(input)?,
                types: list(input, text)?,
            })
        })?,
        action_results: may_end_here(input, |input| {
            Ok(ActionResultDef {
                name: name(input)?,
                result_type: text(input)?,
            })
        })?,
    })
}

fn structure(input: &mut Cursor<'_>) -> Read<StructDef> {
    Ok(StructDef {
        name: text(input)?,
        base: text(input)?,
        fields: list(input, |input| {
            Ok(FieldDef {
                name: text(input)?,
                ty: text(input)?,
            })
        })?,
    })
}

fn table(input: &mut Cursor<'_>) -> Read<TableDef> {
    Ok(TableDef {
        name: name(input)?,
        index_type: text(input)?,
        key_names: list(input, text)?,
        key_types: list(input, text)?,
        ty: text(input)?,
    })
}

fn may_end_here<T>(input: &mut Cursor<'_>, item: fn(&mut Cursor<'_>) -> Read<T>) -> Read<Vec<T>> {
    match input.left() {
        0 => Ok(Vec::new()),
        _ => list(input, item),
    }
}

fn list<T>(input: &mut Cursor<'_>, item: fn(&mut Cursor<'_>) -> Read<T>) -> Read<Vec<T>> {
    let count = count(input, MAX_ITEMS)?;
    // Every item has at least a byte, and what the bytes only claim gets little room.
    let mut items = Vec::with_capacity(count.min(input.left()).min(RESERVED));
    for _ in 0..count {
        items.push(item(input)?);
    }
    Ok(items)
}

fn text(input: &mut Cursor<'_>) -> Read<String> {
    let bytes = bytes(input)?;
    // Replacing as one goes takes twice as long where there is nothing to replace.
    Ok(match core::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => String::from_utf8_lossy(bytes).into_owned(),
    })
}

fn bytes<'a>(input: &mut Cursor<'a>) -> Read<&'a [u8]> {
    let count = count(input, MAX_BYTES)?;
    input.take(count).ok_or_else(|| ended("read", input))
}

fn count(input: &mut Cursor<'_>, most: usize) -> Read<usize> {
    let count = input.unsigned().ok_or_else(|| ended("get", input))? as usize;
    match count <= most {
        true => Ok(count),
        false => Err(Fault::new(AbiException::Assert, "assert:")),
    }
}

fn name(input: &mut Cursor<'_>) -> Read<Name> {
    Ok(Name::from_raw(u64::from_le_bytes(array(input)?)))
}

fn array<const N: usize>(input: &mut Cursor<'_>) -> Read<[u8; N]> {
    input.array().ok_or_else(|| ended("read", input))
}

/// A node's words for the end of its bytes, in which the second number is always this.
fn ended(method: &str, input: &Cursor<'_>) -> Fault {
    let over = 1 - input.left() as i64;
    let problem = format!(
        "{method} datastream of length {} over by {over}",
        input.len()
    );
    Fault::new(AbiException::OutOfRange, problem)
}
