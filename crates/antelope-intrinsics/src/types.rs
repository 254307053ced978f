//! Types of parameters: their layout in memory and the WebAssembly values that pass them.

use core::fmt;

/// A value type of MVP WebAssembly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueType {
    /// 32-bit integer; also every address, length and boolean.
    I32,
    /// 64-bit integer; also every name.
    I64,
    /// 32-bit float.
    F32,
    /// 64-bit float.
    F64,
}

impl ValueType {
    /// The name used by the text format.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::F32 => "f32",
            Self::F64 => "f64",
        }
    }
}

/// What an address points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Its name in the list.
    pub name: &'static str,
    /// Its size in bytes.
    pub size: u32,
    /// Its alignment in C++, in bytes. At other addresses a node works on a copy, which it writes
    /// back when the function ends.
    pub align: u32,
}

impl Item {
    const fn new(name: &'static str, size: u32) -> Self {
        let align = size;
        Self { name, size, align }
    }

    /// A hash, in C++ an array of 64-bit words, or of 32-bit words if its size requires it.
    const fn hash(name: &'static str, size: u32) -> Self {
        let align = if size.is_multiple_of(8) { 8 } else { 4 };
        Self { name, size, align }
    }
}

/// The type of a parameter or a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// A number.
    Number(&'static str, ValueType),
    /// A 128-bit number: passed as two 64-bit numbers, the lower half first.
    Wide(&'static str),
    /// The address of a value, never 0.
    One {
        /// Whether the function writes to it.
        mutable: bool,
        /// The type of the value.
        item: Item,
    },
    /// An address and the number of elements.
    Many {
        /// Whether the function writes to them.
        mutable: bool,
        /// The type of the value.
        item: Item,
    },
    /// The address of a zero-terminated text.
    Text,
    /// An address; another parameter gives the number of bytes.
    Address {
        /// Whether the function writes there.
        mutable: bool,
    },
}

impl Type {
    /// The WebAssembly values that pass it.
    #[must_use]
    pub const fn values(self) -> &'static [ValueType] {
        use ValueType::{F32, F64, I32, I64};
        match self {
            Self::Number(_, I32) | Self::One { .. } | Self::Text | Self::Address { .. } => &[I32],
            Self::Number(_, I64) => &[I64],
            Self::Number(_, F32) => &[F32],
            Self::Number(_, F64) => &[F64],
            Self::Wide(_) => &[I64, I64],
            Self::Many { .. } => &[I32, I32],
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Number(name, _) | Self::Wide(name) => f.write_str(name),
            Self::One { mutable, item } => write!(f, "&{}{}", word(mutable), item.name),
            Self::Many { mutable, item } => write!(f, "&{}[{}]", word(mutable), item.name),
            Self::Text => f.write_str("&cstr"),
            Self::Address { mutable: true } => f.write_str("*mut u8"),
            Self::Address { mutable: false } => f.write_str("*const u8"),
        }
    }
}

const fn word(mutable: bool) -> &'static str {
    if mutable { "mut " } else { "" }
}

/// The [`Type`] for a token tree of the list.
#[rustfmt::skip]
macro_rules! kind {
    (bool) => { Type::Number("bool", ValueType::I32) };
    (name) => { Type::Number("name", ValueType::I64) };
    (i32) => { Type::Number("i32", ValueType::I32) };
    (u32) => { Type::Number("u32", ValueType::I32) };
    (i64) => { Type::Number("i64", ValueType::I64) };
    (u64) => { Type::Number("u64", ValueType::I64) };
    (f32) => { Type::Number("f32", ValueType::F32) };
    (f64) => { Type::Number("f64", ValueType::F64) };
    (i128) => { Type::Wide("i128") };
    (u128) => { Type::Wide("u128") };
    (f128) => { Type::Wide("f128") };
    ((&cstr)) => { Type::Text };
    ((*const u8)) => { Type::Address { mutable: false } };
    ((*mut u8)) => { Type::Address { mutable: true } };
    ((&mut [u8; $size:tt])) => { Type::One { mutable: true, item: item!([u8; $size]) } };
    ((&[u8; $size:tt])) => { Type::One { mutable: false, item: item!([u8; $size]) } };
    ((&mut [$item:ident])) => { Type::Many { mutable: true, item: item!($item) } };
    ((&[$item:ident])) => { Type::Many { mutable: false, item: item!($item) } };
    ((&mut $item:ident)) => { Type::One { mutable: true, item: item!($item) } };
    ((&$item:ident)) => { Type::One { mutable: false, item: item!($item) } };
}

#[rustfmt::skip]
macro_rules! item {
    (u8) => { Item::U8 };
    (u64) => { Item::U64 };
    (i64) => { Item::I64 };
    (f64) => { Item::F64 };
    (name) => { Item::NAME };
    (u128) => { Item::U128 };
    (i128) => { Item::I128 };
    (f128) => { Item::F128 };
    ([u8; 20]) => { Item::HASH_20 };
    ([u8; 32]) => { Item::HASH_32 };
    ([u8; 64]) => { Item::HASH_64 };
}

pub(crate) use {item, kind};

impl Item {
    pub(crate) const U8: Self = Self::new("u8", 1);
    pub(crate) const U64: Self = Self::new("u64", 8);
    pub(crate) const I64: Self = Self::new("i64", 8);
    pub(crate) const F64: Self = Self::new("f64", 8);
    pub(crate) const NAME: Self = Self::new("name", 8);
    pub(crate) const U128: Self = Self::new("u128", 16);
    pub(crate) const I128: Self = Self::new("i128", 16);
    pub(crate) const F128: Self = Self::new("f128", 16);
    pub(crate) const HASH_20: Self = Self::hash("[u8; 20]", 20);
    pub(crate) const HASH_32: Self = Self::hash("[u8; 32]", 32);
    pub(crate) const HASH_64: Self = Self::hash("[u8; 64]", 64);
}
