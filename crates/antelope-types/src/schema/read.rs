//! Records out of bytes.
//!
//! The bytes come from a file, so that nothing in them is trusted: whatever is no record is
//! [`SchemaError::Malformed`] with its place. Lists grow as they are read, and a length that is too large
//! ends with the bytes.

use super::SchemaError;
use super::record::{
    ACTION, ALIAS, ARRAY, BUILTIN, CLAUSE, ERROR, EXTENSION, LIST, MAGIC, NAMED, OPTIONAL, REFUSAL,
    STRUCT, TABLE, VARIANT,
};
use std::{boxed::Box, string::String, vec::Vec};

/// How deep types may be nested, so that broken bytes cannot exhaust the stack.
///
/// Types of contracts are nested a few levels deep; those that contain themselves are named, not nested.
const MAX_DEPTH: usize = 64;

/// A record as it comes out of a wasm file.
///
/// It is an owned [`Record`](super::Record).
#[derive(Clone, Debug)]
pub(super) enum Entry {
    Action {
        name: String,
        arguments: Shape,
        result: Option<Shape>,
        ricardian: String,
    },
    Table {
        name: String,
        row: Shape,
    },
    Clause {
        id: String,
        body: String,
    },
    Error {
        code: u64,
        text: String,
    },
    Refusal {
        code: u64,
        text: String,
    },
}

/// A type as it comes out of a wasm file: an owned [`Ty`](super::Ty).
#[derive(Clone, Debug)]
pub(super) enum Shape {
    Builtin(String),
    Struct {
        name: String,
        args: Vec<Shape>,
        fields: Vec<(String, Shape)>,
    },
    Variant {
        name: String,
        args: Vec<Shape>,
        cases: Vec<(String, Shape)>,
    },
    List(Box<Shape>),
    Optional(Box<Shape>),
    Array(Box<Shape>, usize),
    Extension(Box<Shape>),
    Alias {
        name: String,
        ty: Box<Shape>,
    },
    Named(String),
}

/// Every record of a section.
///
/// # Errors
/// [`SchemaError::Malformed`].
pub(super) fn entries(bytes: &[u8]) -> Result<Vec<Entry>, SchemaError> {
    let mut input = Input { bytes, at: 0 };
    let mut entries = Vec::new();
    while input.at < bytes.len() {
        entries.push(input.entry()?);
    }
    Ok(entries)
}

/// The bytes, and how far they were read.
struct Input<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Input<'_> {
    /// The error, with the place where reading stopped.
    fn malformed<T>(&self) -> Result<T, SchemaError> {
        Err(SchemaError::Malformed { offset: self.at })
    }

    /// The next `len` bytes.
    fn raw(&mut self, len: usize) -> Result<&[u8], SchemaError> {
        match self.bytes.get(self.at..).and_then(|rest| rest.get(..len)) {
            Some(taken) => {
                self.at += len;
                Ok(taken)
            }
            None => self.malformed(),
        }
    }

    fn byte(&mut self) -> Result<u8, SchemaError> {
        Ok(self.raw(1)?[0])
    }

    /// A length or a size of 4 bytes, little-endian.
    fn number(&mut self) -> Result<usize, SchemaError> {
        let mut number = [0; 4];
        number.copy_from_slice(self.raw(4)?);
        Ok(u32::from_le_bytes(number) as usize)
    }

    /// A code of 8 bytes, little-endian.
    fn long(&mut self) -> Result<u64, SchemaError> {
        let mut number = [0; 8];
        number.copy_from_slice(self.raw(8)?);
        Ok(u64::from_le_bytes(number))
    }

    /// A text behind its length; it must be UTF-8.
    fn text(&mut self) -> Result<String, SchemaError> {
        let len = self.number()?;
        let text = self.raw(len)?.to_vec();
        String::from_utf8(text).or_else(|_| self.malformed())
    }

    /// A record; where the magic is not, the error has the place of the record.
    fn entry(&mut self) -> Result<Entry, SchemaError> {
        if self.raw(MAGIC.len())? != MAGIC {
            self.at -= MAGIC.len();
            return self.malformed();
        }
        Ok(match self.byte()? {
            ACTION => Entry::Action {
                name: self.text()?,
                arguments: self.shape(0)?,
                result: match self.byte()? {
                    0 => None,
                    _ => Some(self.shape(0)?),
                },
                ricardian: self.text()?,
            },
            TABLE => Entry::Table {
                name: self.text()?,
                row: self.shape(0)?,
            },
            CLAUSE => Entry::Clause {
                id: self.text()?,
                body: self.text()?,
            },
            ERROR => Entry::Error {
                code: self.long()?,
                text: self.text()?,
            },
            REFUSAL => Entry::Refusal {
                code: self.long()?,
                text: self.text()?,
            },
            _ => return self.malformed(),
        })
    }

    /// A type with all that it refers to, at this depth.
    fn shape(&mut self, depth: usize) -> Result<Shape, SchemaError> {
        if depth > MAX_DEPTH {
            return self.malformed();
        }
        let inner = depth + 1;
        Ok(match self.byte()? {
            BUILTIN => Shape::Builtin(self.text()?),
            STRUCT => Shape::Struct {
                name: self.text()?,
                args: self.list(|input| input.shape(inner))?,
                fields: self.list(|input| Ok((input.text()?, input.shape(inner)?)))?,
            },
            VARIANT => Shape::Variant {
                name: self.text()?,
                args: self.list(|input| input.shape(inner))?,
                cases: self.list(|input| Ok((input.text()?, input.shape(inner)?)))?,
            },
            LIST => Shape::List(Box::new(self.shape(inner)?)),
            OPTIONAL => Shape::Optional(Box::new(self.shape(inner)?)),
            ARRAY => {
                let size = self.number()?;
                Shape::Array(Box::new(self.shape(inner)?), size)
            }
            EXTENSION => Shape::Extension(Box::new(self.shape(inner)?)),
            ALIAS => Shape::Alias {
                name: self.text()?,
                ty: Box::new(self.shape(inner)?),
            },
            NAMED => Shape::Named(self.text()?),
            _ => return self.malformed(),
        })
    }

    /// Items behind their number.
    fn list<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<T, SchemaError>,
    ) -> Result<Vec<T>, SchemaError> {
        let len = self.number()?;
        let mut items = Vec::new();
        for _ in 0..len {
            items.push(item(self)?);
        }
        Ok(items)
    }
}
