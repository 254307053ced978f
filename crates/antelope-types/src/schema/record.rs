//! Records: what one action, table, clause or error adds to an ABI, as bytes.
//!
//! A record is [`MAGIC`], a kind and its parts. Texts and lists have their length before them, numbers
//! are little-endian `u32`; a type is a tag and its parts, with everything it refers to inside.
//! Records follow each other in any order.

use super::{Field, Ty};

/// How each record begins.
pub(super) const MAGIC: [u8; 4] = *b"ABI\x01";

pub(super) const ACTION: u8 = 0;
pub(super) const TABLE: u8 = 1;
pub(super) const CLAUSE: u8 = 2;
pub(super) const ERROR: u8 = 3;
pub(super) const REFUSAL: u8 = 4;

pub(super) const BUILTIN: u8 = 0;
pub(super) const STRUCT: u8 = 1;
pub(super) const VARIANT: u8 = 2;
pub(super) const LIST: u8 = 3;
pub(super) const OPTIONAL: u8 = 4;
pub(super) const ARRAY: u8 = 5;
pub(super) const EXTENSION: u8 = 6;
pub(super) const ALIAS: u8 = 7;
pub(super) const NAMED: u8 = 8;

/// What one action, table, clause or error adds to an ABI.
#[derive(Clone, Copy, Debug)]
pub enum Record {
    /// An action.
    Action {
        /// Its name on chain.
        name: &'static str,
        /// The struct of its arguments.
        arguments: &'static Ty,
        /// What it returns; `None` where it returns nothing.
        result: Option<&'static Ty>,
        /// Its ricardian contract, empty where there is none.
        ricardian: &'static str,
    },
    /// A table.
    Table {
        /// Its name on chain.
        name: &'static str,
        /// The struct of its rows.
        row: &'static Ty,
    },
    /// A ricardian clause.
    Clause {
        /// Its id.
        id: &'static str,
        /// Its text.
        body: &'static str,
    },
    /// A failure by number.
    Error {
        /// The number.
        code: u64,
        /// What it means.
        text: &'static str,
    },
    /// A failure by text, which has a number all the same.
    Refusal {
        /// The number, for those who look the failure up; it never arrives.
        code: u64,
        /// What arrives.
        text: &'static str,
    },
}

impl Record {
    /// The number of bytes of some records.
    pub const fn size_of(records: &[Self]) -> usize {
        let mut out = Out {
            bytes: &mut [],
            at: 0,
        };
        let mut i = 0;
        while i < records.len() {
            out.record(&records[i]);
            i += 1;
        }
        out.at
    }

    /// The records as bytes; `N` must be their [`size_of`](Self::size_of).
    pub const fn bytes_of<const N: usize>(records: &[Self]) -> [u8; N] {
        let mut bytes = [0; N];
        let mut out = Out {
            bytes: &mut bytes,
            at: 0,
        };
        let mut i = 0;
        while i < records.len() {
            out.record(&records[i]);
            i += 1;
        }
        assert!(out.at == N, "the array must have the size of the records");
        bytes
    }
}

#[cfg(feature = "std")]
impl Record {
    /// This record as bytes.
    pub fn to_bytes(&self) -> std::vec::Vec<u8> {
        let records = core::slice::from_ref(self);
        let mut bytes = std::vec![0; Self::size_of(records)];
        Out {
            bytes: &mut bytes,
            at: 0,
        }
        .record(self);
        bytes
    }
}

/// Writes what fits and counts all of it, at compile time.
struct Out<'a> {
    bytes: &'a mut [u8],
    at: usize,
}

impl Out<'_> {
    const fn raw(&mut self, bytes: &[u8]) {
        let end = self.at + bytes.len();
        if end <= self.bytes.len() {
            let (head, _) = self.bytes.split_at_mut(end);
            let (_, room) = head.split_at_mut(self.at);
            room.copy_from_slice(bytes);
        }
        self.at = end;
    }

    const fn number(&mut self, number: usize) {
        assert!(number <= u32::MAX as usize);
        self.raw(&(number as u32).to_le_bytes());
    }

    const fn text(&mut self, text: &str) {
        self.number(text.len());
        self.raw(text.as_bytes());
    }

    const fn record(&mut self, record: &Record) {
        self.raw(&MAGIC);
        match record {
            Record::Action {
                name,
                arguments,
                result,
                ricardian,
            } => {
                self.raw(&[ACTION]);
                self.text(name);
                self.ty(arguments);
                match result {
                    Some(result) => {
                        self.raw(&[1]);
                        self.ty(result);
                    }
                    None => self.raw(&[0]),
                }
                self.text(ricardian);
            }
            Record::Table { name, row } => {
                self.raw(&[TABLE]);
                self.text(name);
                self.ty(row);
            }
            Record::Clause { id, body } => {
                self.raw(&[CLAUSE]);
                self.text(id);
                self.text(body);
            }
            Record::Error { code, text } => {
                self.raw(&[ERROR]);
                self.raw(&code.to_le_bytes());
                self.text(text);
            }
            Record::Refusal { code, text } => {
                self.raw(&[REFUSAL]);
                self.raw(&code.to_le_bytes());
                self.text(text);
            }
        }
    }

    const fn ty(&mut self, ty: &Ty) {
        match ty {
            Ty::Builtin(name) => {
                self.raw(&[BUILTIN]);
                self.text(name);
            }
            Ty::Struct { name, args, fields } => {
                self.raw(&[STRUCT]);
                self.text(name);
                self.types(args);
                self.fields(fields);
            }
            Ty::Variant { name, args, cases } => {
                self.raw(&[VARIANT]);
                self.text(name);
                self.types(args);
                self.fields(cases);
            }
            Ty::List(item) => {
                self.raw(&[LIST]);
                self.ty(item);
            }
            Ty::Optional(item) => {
                self.raw(&[OPTIONAL]);
                self.ty(item);
            }
            Ty::Array(item, size) => {
                self.raw(&[ARRAY]);
                self.number(*size);
                self.ty(item);
            }
            Ty::Extension(item) => {
                self.raw(&[EXTENSION]);
                self.ty(item);
            }
            Ty::Alias { name, ty } => {
                self.raw(&[ALIAS]);
                self.text(name);
                self.ty(ty);
            }
            Ty::Named(name) => {
                self.raw(&[NAMED]);
                self.text(name);
            }
        }
    }

    const fn types(&mut self, types: &[&Ty]) {
        self.number(types.len());
        let mut i = 0;
        while i < types.len() {
            self.ty(types[i]);
            i += 1;
        }
    }

    const fn fields(&mut self, fields: &[Field]) {
        self.number(fields.len());
        let mut i = 0;
        while i < fields.len() {
            self.text(fields[i].name);
            self.ty(fields[i].ty);
            i += 1;
        }
    }
}
