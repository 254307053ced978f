//! Bytes to values.
//!
//! The same functions run in contracts and elsewhere, but treat malformed bytes differently:
//!
//! | | on a host | in a contract |
//! |---|---|---|
//! | the input ends early, or a value is not one | the call returns the error | zeros, and a broken decoder |
//! | who notices | every call, by `?` | [`Decode::from_bytes`], once at the end |
//! | what is known | which error, and where | that something was wrong |

use crate::error::error_text;

/// How many lists and boxes may be nested in one value, as in nodeos.
///
/// It is `abi_serializer::max_recursion_depth` of nodes.
pub const MAX_DEPTH: u8 = 32;

/// How many items a node looks for in a list: `MAX_NUM_ARRAY_ELEMENTS`.
///
/// It is a constant of fc, the library of nodes; a decoder that is not [`Decoder::as_node`] needs no such
/// limit, because a list cannot be longer than its input.
#[cfg(feature = "alloc")]
const MAX_ITEMS: usize = 1024 * 1024;

/// How many bytes a node looks for in bytes or text: `MAX_SIZE_OF_BYTE_ARRAYS`.
///
/// It is 20 MiB, a constant of fc as well.
const MAX_BYTES: usize = 20 * 1024 * 1024;

/// Why bytes are not a value; one byte, so that a `Result` costs a contract next to nothing.
///
/// Where it happened is [`Decoder::position`].
/// In a contract most faults end up as [`UnexpectedEnd`](Self::UnexpectedEnd): see [`Decoder`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DecodeError {
    /// The input ended before the value did.
    UnexpectedEnd,
    /// The value ended before the input did.
    /// Only [`Decode::from_bytes`] looks for it, not [`Decode::decode`].
    TrailingBytes,
    /// A varint has more than 32 bits.
    /// That is one whose fifth byte is above 15.
    VarintTooLong,
    /// A truth value or the mark of an optional is neither 0 nor 1.
    InvalidBool,
    /// Text is not UTF-8.
    InvalidUtf8,
    /// A variant's tag names no alternative.
    /// Hand-written types use it for any number that has no meaning, too.
    UnknownVariant,
    /// A list claims more items than there are bytes left, or than a node looks for.
    LengthTooLarge,
    /// More than [`MAX_DEPTH`] lists inside each other.
    TooDeep,
    /// A key or signature of a kind that this build does not know.
    /// WebAuthn is unknown without the feature `alloc`.
    UnknownKeyKind,
    /// A WebAuthn key without a site, which nodes refuse.
    KeyWithoutSite,
}

impl DecodeError {
    /// What was wrong; the text of reading past the end is CDT's.
    ///
    /// ```
    /// use antelope_types::{Decode, DecodeError};
    /// let error = u32::from_bytes(&[1, 2]).unwrap_err();
    /// assert_eq!(error.text(), "datastream attempted to read past the end");
    /// ```
    pub const fn text(self) -> &'static str {
        match self {
            Self::UnexpectedEnd => "datastream attempted to read past the end",
            Self::TrailingBytes => "bytes left over after the value",
            Self::VarintTooLong => "varint longer than 32 bits",
            Self::InvalidBool => "bool must be 0 or 1",
            Self::InvalidUtf8 => "text is not utf-8",
            Self::UnknownVariant => "invalid variant index",
            Self::LengthTooLarge => "length exceeds the bytes left",
            Self::TooDeep => "value is nested too deeply",
            Self::UnknownKeyKind => "unknown kind of key or signature",
            Self::KeyWithoutSite => "rpid.length(): webauthn pubkey must have non empty rpid",
        }
    }
}

error_text!(DecodeError);

/// Reads from a slice of bytes.
///
/// In a contract (`target_os = "none"`) a decoder that runs out of input goes on with zeros, empty
/// text and empty lists, and remembers it: [`is_broken`](Self::is_broken). Whoever makes a decoder
/// there asks it at the end, as [`Decode::from_bytes`] does. So reading a field costs a contract one
/// call and no branch.
///
/// ```
/// use antelope_types::{Decode, Decoder, DecodeError};
///
/// let mut input = Decoder::new(&[1, 0, 2]);
/// assert_eq!(u16::decode(&mut input), Ok(1));
/// assert_eq!(u16::decode(&mut input), Err(DecodeError::UnexpectedEnd));
/// assert_eq!(input.position(), 2);
/// ```
#[derive(Clone, Debug)]
pub struct Decoder<'a> {
    /// What was not read yet.
    pub(super) rest: &'a [u8],
    /// The length of the whole input, which [`position`](Self::position) is counted from.
    total: usize,
    /// How many lists and boxes the value that is being read lies in.
    depth: u8,
    /// Set by the first fault and never cleared.
    #[cfg(target_os = "none")]
    pub(super) is_broken: bool,
    /// Contracts, which have no `std`, pay nothing for it.
    #[cfg(feature = "std")]
    as_node: bool,
}

impl<'a> Decoder<'a> {
    /// A decoder that reads `bytes` from their beginning.
    #[inline]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            total: bytes.len(),
            depth: 0,
            #[cfg(target_os = "none")]
            is_broken: false,
            #[cfg(feature = "std")]
            as_node: false,
        }
    }

    /// A decoder that takes what a node takes, and notices what is wrong where a node does.
    ///
    /// A varint ends with its fifth byte, and bits that have no place in 32 are lost. Of a list that
    /// is longer than the input, the items that there are come first.
    /// Lists may have at most 1 048 576 items, text and bytes at most 20 MiB; beyond that a node does not
    /// look at them, and the error is [`DecodeError::LengthTooLarge`].
    ///
    /// ```
    /// use antelope_types::{Decode, Decoder, DecodeError, VarUint32};
    /// let bytes = [0x81, 0x80, 0x80, 0x80, 0xf0];
    /// assert_eq!(VarUint32::decode(&mut Decoder::as_node(&bytes)), Ok(VarUint32(1)));
    /// assert_eq!(VarUint32::from_bytes(&bytes), Err(DecodeError::VarintTooLong));
    ///
    /// let mut input = Decoder::as_node(&[3, 2]);
    /// assert_eq!(Vec::<bool>::decode(&mut input), Err(DecodeError::InvalidBool));
    /// assert_eq!(Vec::<bool>::from_bytes(&[3, 2]), Err(DecodeError::LengthTooLarge));
    /// ```
    #[cfg(feature = "std")]
    pub const fn as_node(bytes: &'a [u8]) -> Self {
        Self {
            as_node: true,
            ..Self::new(bytes)
        }
    }

    /// The next `count` bytes.
    ///
    /// # Errors
    /// [`DecodeError::UnexpectedEnd`]; then nothing is read.
    /// It is a slice of the input: nothing is copied. In a contract the slice is empty where there are fewer.
    #[inline]
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], DecodeError> {
        #[cfg(target_os = "none")]
        return Ok(self.take_or_break(count));
        #[cfg(not(target_os = "none"))]
        {
            let (taken, rest) = self
                .rest
                .split_at_checked(count)
                .ok_or(DecodeError::UnexpectedEnd)?;
            self.rest = rest;
            Ok(taken)
        }
    }

    /// The next `N` bytes, as an array.
    ///
    /// # Errors
    /// [`DecodeError::UnexpectedEnd`]; then nothing is read.
    /// In a contract they are zeros where there are fewer.
    #[inline]
    pub fn take_array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        #[cfg(target_os = "none")]
        return Ok(*self.take_chunk());
        #[cfg(not(target_os = "none"))]
        {
            let (taken, rest) = self
                .rest
                .split_first_chunk()
                .ok_or(DecodeError::UnexpectedEnd)?;
            self.rest = rest;
            Ok(*taken)
        }
    }

    /// Whether the input ended before a value did, or a value was not one. Only in a contract: on
    /// other machines the call that notices returns the error.
    #[inline]
    pub const fn is_broken(&self) -> bool {
        #[cfg(target_os = "none")]
        return self.is_broken;
        #[cfg(not(target_os = "none"))]
        false
    }

    /// The length of a list: a varint, no larger than the number of bytes left.
    ///
    /// Every item takes at least a byte, so a larger length cannot be true. (Lists of empty structs
    /// are the exception, and cannot be read.)
    /// [`as_node`](Self::as_node) takes larger ones too.
    ///
    /// # Errors
    /// [`DecodeError::LengthTooLarge`], and those of a varint.
    ///
    /// ```
    /// use antelope_types::{DecodeError, Decoder};
    /// let mut input = Decoder::new(&[2, 7, 7]);
    /// assert_eq!(input.take_len(), Ok(2));
    /// assert_eq!(Decoder::new(&[200, 1, 7]).take_len(), Err(DecodeError::LengthTooLarge)); // 200 of 1
    /// ```
    pub fn take_len(&mut self) -> Result<usize, DecodeError> {
        let len = super::varint::read_unsigned(self)? as usize;
        let most = if self.reads_as_node() {
            MAX_BYTES
        } else {
            self.rest.len()
        };
        if len > most {
            return self.failed(0, DecodeError::LengthTooLarge);
        }
        Ok(len)
    }

    /// The bytes of bytes or text, behind their length.
    #[inline]
    pub(super) fn take_sized(&mut self) -> Result<&'a [u8], DecodeError> {
        let len = super::varint::read_unsigned(self)? as usize;
        if self.reads_as_node() && len > MAX_BYTES {
            return Err(DecodeError::LengthTooLarge);
        }
        self.take(len)
    }

    /// The tag of a variant.
    ///
    /// # Errors
    /// [`DecodeError::UnexpectedEnd`], [`DecodeError::VarintTooLong`].
    /// It is a varint, and the index of the alternative, from 0.
    #[inline]
    pub fn take_tag(&mut self) -> Result<u32, DecodeError> {
        super::varint::read_unsigned(self)
    }

    /// What to make of a fault: in a contract `value` and a broken decoder, elsewhere the error.
    #[inline]
    pub(crate) fn failed<T>(&mut self, value: T, error: DecodeError) -> Result<T, DecodeError> {
        #[cfg(target_os = "none")]
        {
            let _ = error;
            self.is_broken = true;
            Ok(value)
        }
        #[cfg(not(target_os = "none"))]
        {
            let _ = value;
            Err(error)
        }
    }

    /// Whether it is one of [`as_node`](Self::as_node).
    #[inline]
    pub(crate) const fn reads_as_node(&self) -> bool {
        #[cfg(feature = "std")]
        return self.as_node;
        #[cfg(not(feature = "std"))]
        false
    }

    /// The bytes not read yet.
    #[inline]
    pub const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Whether everything was read.
    #[inline]
    pub const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// How many bytes were read.
    ///
    /// After an error it is at the fault or behind it: a call that finds too few bytes reads none.
    #[inline]
    pub const fn position(&self) -> usize {
        self.total.wrapping_sub(self.rest.len())
    }

    /// Runs `read` one level deeper, so that types which contain themselves cannot exhaust the stack.
    ///
    /// Lists and boxes do it by themselves.
    ///
    /// # Errors
    /// [`DecodeError::TooDeep`], and those of `read`.
    ///
    /// ```
    /// use antelope_types::{Decode, DecodeError, Decoder};
    ///
    /// /// A one, and another chain of ones; a zero ends it.
    /// fn depth(input: &mut Decoder<'_>) -> Result<u32, DecodeError> {
    ///     match u8::decode(input)? {
    ///         0 => Ok(0),
    ///         _ => input.nested(depth).map(|more| more + 1),
    ///     }
    /// }
    /// assert_eq!(depth(&mut Decoder::new(&[1, 1, 0])), Ok(2));
    /// assert_eq!(depth(&mut Decoder::new(&[1; 100])), Err(DecodeError::TooDeep));
    /// ```
    #[inline]
    pub fn nested<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let depth = self.depth;
        if depth >= MAX_DEPTH {
            return Err(DecodeError::TooDeep);
        }
        self.depth = depth + 1;
        let value = read(self);
        self.depth = depth;
        value
    }
}

/// A value that can be read from its wire encoding; borrowed values live as long as the input.
///
/// ```
/// use antelope_types::Decode;
///
/// #[derive(Debug, PartialEq, Decode)]
/// enum Step<'a> {
///     Stop,
///     Say(&'a str),
///     Move { by: i16 },
/// }
///
/// assert_eq!(Step::from_bytes(&[0]), Ok(Step::Stop));
/// assert_eq!(Step::from_bytes(&[1, 2, b'h', b'i']), Ok(Step::Say("hi")));
/// assert_eq!(Step::from_bytes(&[2, 0xff, 0xff]), Ok(Step::Move { by: -1 }));
/// ```
///
/// By hand, for a type that not all bytes are a value of; [`AbiType`](crate::AbiType) then says by hand,
/// too, what type others see:
///
/// ```
/// use antelope_types::{AbiType, Decode, DecodeError, Decoder, Encode, Encoder, schema::Ty};
///
/// #[derive(Debug, PartialEq)]
/// struct Percent(u8);
///
/// impl Encode for Percent {
///     fn encode(&self, out: &mut Encoder<'_>) {
///         self.0.encode(out);
///     }
/// }
///
/// impl<'a> Decode<'a> for Percent {
///     fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
///         match u8::decode(input)? {
///             percent @ 0..=100 => Ok(Self(percent)),
///             _ => Err(DecodeError::UnknownVariant),
///         }
///     }
/// }
///
/// impl AbiType for Percent {
///     const TY: &'static Ty = u8::TY;
/// }
///
/// assert_eq!(Percent::from_bytes(&[50]), Ok(Percent(50)));
/// assert!(Percent::from_bytes(&[101]).is_err());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from its wire encoding",
    note = "derive it, #[derive(Encode, Decode)], or write `impl<'a> Decode<'a> for {Self}`"
)]
pub trait Decode<'a>: Sized {
    /// Reads a value and leaves `input` after it.
    ///
    /// # Errors
    /// [`DecodeError`]; where `input` is left then, is not said.
    fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError>;

    /// Reads a value that fills `bytes` to the end.
    ///
    /// # Errors
    /// [`DecodeError`]; [`DecodeError::TrailingBytes`] for bytes after the value.
    /// In a contract a decoder that broke anywhere on the way is [`DecodeError::UnexpectedEnd`].
    fn from_bytes(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let mut input = Decoder::new(bytes);
        let value = Self::decode(&mut input)?;
        if input.is_broken() {
            return Err(DecodeError::UnexpectedEnd);
        }
        if !input.is_empty() {
            return Err(DecodeError::TrailingBytes);
        }
        Ok(value)
    }

    /// Reads `len` items, as many as [`Decoder::take_len`] said; bytes do it at once.
    #[doc(hidden)]
    #[cfg(feature = "alloc")]
    #[inline]
    fn decode_vec(
        len: usize,
        input: &mut Decoder<'a>,
    ) -> Result<alloc::vec::Vec<Self>, DecodeError> {
        if input.reads_as_node() && len > MAX_ITEMS {
            return Err(DecodeError::LengthTooLarge);
        }
        // A short hostile input must not reserve much, however large the items are.
        #[cfg(not(target_os = "none"))]
        let mut items = alloc::vec::Vec::with_capacity(len.min(256));
        // In a contract it may: an action that gets no memory fails, which is what hostile input is for.
        // A list that never grows is 300 to 500 bytes less of a contract.
        #[cfg(target_os = "none")]
        let mut items = alloc::vec::Vec::with_capacity(len);
        for _ in 0..len {
            let item = Self::decode(input)?;
            if cfg!(not(target_os = "none")) || items.len() < items.capacity() {
                items.push(item);
            }
        }
        Ok(items)
    }

    /// Reads an array of fixed size; bytes do it at once.
    #[doc(hidden)]
    #[inline]
    fn decode_array<const N: usize>(input: &mut Decoder<'a>) -> Result<[Self; N], DecodeError> {
        super::array::decode_each(input)
    }
}
