//! Records: what one action, table, clause or error adds to an ABI, as bytes.
//!
//! A record is [`MAGIC`], a kind and its parts. Texts and lists have their length before them, numbers
//! are little-endian `u32`; a type is a tag and its parts, with everything it refers to inside.
//! Records follow each other in any order.
//!
//! | kind | parts |
//! |---|---|
//! | [`ACTION`] | name, type of the arguments, 0 or 1 and the type of the result, ricardian contract |
//! | [`TABLE`] | name, type of the rows |
//! | [`CLAUSE`] | id, text |
//! | [`ERROR`], [`REFUSAL`] | code (8 bytes), text |
//!
//! | tag | parts |
//! |---|---|
//! | [`BUILTIN`], [`NAMED`] | name |
//! | [`STRUCT`], [`VARIANT`] | name, list of type arguments, list of fields: a name and a type each |
//! | [`LIST`], [`OPTIONAL`], [`EXTENSION`] | type |
//! | [`ARRAY`] | number of items, type |
//! | [`ALIAS`] | name, type |
//!
//! The linker puts the records of a contract's object files into one section, one after another.

use super::{Field, Ty};

/// How each record begins.
///
/// Its last byte is the version of the format: a section of another version is not read by mistake.
pub(super) const MAGIC: [u8; 4] = *b"ABI\x01";

/// The kind of [`Record::Action`].
pub(super) const ACTION: u8 = 0;
/// The kind of [`Record::Table`].
pub(super) const TABLE: u8 = 1;
/// The kind of [`Record::Clause`].
pub(super) const CLAUSE: u8 = 2;
/// The kind of [`Record::Error`].
pub(super) const ERROR: u8 = 3;
/// The kind of [`Record::Refusal`].
pub(super) const REFUSAL: u8 = 4;

/// The tag of [`Ty::Builtin`].
pub(super) const BUILTIN: u8 = 0;
/// The tag of [`Ty::Struct`].
pub(super) const STRUCT: u8 = 1;
/// The tag of [`Ty::Variant`].
pub(super) const VARIANT: u8 = 2;
/// The tag of [`Ty::List`].
pub(super) const LIST: u8 = 3;
/// The tag of [`Ty::Optional`].
pub(super) const OPTIONAL: u8 = 4;
/// The tag of [`Ty::Array`].
pub(super) const ARRAY: u8 = 5;
/// The tag of [`Ty::Extension`].
pub(super) const EXTENSION: u8 = 6;
/// The tag of [`Ty::Alias`].
pub(super) const ALIAS: u8 = 7;
/// The tag of [`Ty::Named`].
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
    /// It is listed among the ABI's error messages only where the contract can raise it.
    Refusal {
        /// The number, for those who look the failure up; it never arrives.
        code: u64,
        /// What arrives.
        text: &'static str,
    },
}

impl Record {
    /// The number of bytes of some records.
    ///
    /// Needed first, because a constant array must know its size: see [`bytes_of`](Self::bytes_of).
    ///
    /// ```
    /// use antelope_types::schema::Record;
    /// const NOTES: &[Record] = &[Record::Clause { id: "terms", body: "Be kind." }];
    /// const BYTES: [u8; Record::size_of(NOTES)] = Record::bytes_of(NOTES);
    /// assert_eq!(&BYTES[..5], b"ABI\x01\x02"); // the magic, and the kind of clauses
    /// assert_eq!(BYTES.len(), 5 + (4 + 5) + (4 + 8));
    /// ```
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
    ///
    /// # Panics
    /// For another `N`; where the call is a constant, that is a compile error.
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
    /// Where to write; empty to count alone.
    bytes: &'a mut [u8],
    /// How many bytes the parts so far have.
    at: usize,
}

impl Out<'_> {
    /// Appends bytes as they are.
    const fn raw(&mut self, bytes: &[u8]) {
        let end = self.at + bytes.len();
        if end <= self.bytes.len() {
            let (head, _) = self.bytes.split_at_mut(end);
            let (_, room) = head.split_at_mut(self.at);
            room.copy_from_slice(bytes);
        }
        self.at = end;
    }

    /// Appends a length or a size as 4 bytes.
    const fn number(&mut self, number: usize) {
        assert!(number <= u32::MAX as usize);
        self.raw(&(number as u32).to_le_bytes());
    }

    /// Appends a text behind its length.
    const fn text(&mut self, text: &str) {
        self.number(text.len());
        self.raw(text.as_bytes());
    }

    /// Appends a record: the magic, its kind and its parts.
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

    /// Appends a type: its tag and its parts, with the types that it refers to.
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

    /// Appends the arguments of a generic type behind their number.
    const fn types(&mut self, types: &[&Ty]) {
        self.number(types.len());
        let mut i = 0;
        while i < types.len() {
            self.ty(types[i]);
            i += 1;
        }
    }

    /// Appends fields, or the alternatives of a variant, behind their number.
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
