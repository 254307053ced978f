//! Values to bytes.
//!
//! Encoding cannot fail: every value has bytes, and where the buffer is too short, the encoder only
//! counts. A contract therefore measures in one pass and writes in a second, without a growing vector.

/// Writes into a slice of bytes.
///
/// Writing past the end only moves [`position`](Self::position): encoding into an empty slice
/// measures, and a result is whole exactly if the position is within the slice.
///
/// ```
/// use antelope_types::{Encode, Encoder, name};
///
/// let mut row = [0; 16];
/// let mut out = Encoder::new(&mut row);
/// name!("alice").encode(&mut out);
/// 7u32.encode(&mut out);
/// assert_eq!(out.position(), 12);
/// assert!(out.fits());
/// ```
#[derive(Debug)]
pub struct Encoder<'a> {
    /// What is written into; it never grows.
    buffer: &'a mut [u8],
    /// How far the values so far reach, past the end of the buffer where they do not fit.
    position: usize,
}

impl<'a> Encoder<'a> {
    /// An encoder that fills `buffer` from its beginning.
    #[inline]
    pub fn new(buffer: &'a mut [u8]) -> Self {
        Self {
            buffer,
            position: 0,
        }
    }

    /// Appends `bytes`; where they do not fit whole, none of them is written.
    #[cfg_attr(not(target_os = "none"), inline)]
    pub fn write(&mut self, bytes: &[u8]) {
        let room = self
            .buffer
            .get_mut(self.position..)
            .and_then(|rest| rest.get_mut(..bytes.len()));
        if let Some(room) = room {
            // The lengths are equal, which the compiler sees: no panic is left, and in a contract the
            // copy is a call of the host.
            room.copy_from_slice(bytes);
        }
        self.position = self.position.saturating_add(bytes.len());
    }

    /// Appends an array, in one store where it is the size of a number.
    #[inline]
    pub fn write_array<const N: usize>(&mut self, bytes: &[u8; N]) {
        #[cfg(target_os = "none")]
        self.write(bytes);
        #[cfg(not(target_os = "none"))]
        self.store_array(bytes);
    }

    /// Appends an array where that is a few stores.
    #[inline]
    fn store_array<const N: usize>(&mut self, bytes: &[u8; N]) {
        let room = self
            .buffer
            .get_mut(self.position..)
            .and_then(|rest| rest.first_chunk_mut());
        if let Some(room) = room {
            *room = *bytes;
        }
        self.position = self.position.saturating_add(N);
    }

    /// Appends eight bytes of a number.
    #[cfg(target_os = "none")]
    pub(super) fn put_u64(&mut self, number: u64) {
        self.store_array(&number.to_le_bytes());
    }

    /// Appends four bytes of a number.
    #[cfg(target_os = "none")]
    pub(super) fn put_u32(&mut self, number: u32) {
        self.store_array(&number.to_le_bytes());
    }

    /// Appends a byte.
    #[cfg(target_os = "none")]
    pub(super) fn put_u8(&mut self, number: u8) {
        self.store_array(&[number]);
    }

    /// How many bytes the values so far take, written or not.
    #[inline]
    pub fn position(&self) -> usize {
        self.position
    }

    /// Whether everything so far was written.
    ///
    /// ```
    /// use antelope_types::{Encode, Encoder};
    /// let mut short = [0; 4];
    /// let mut out = Encoder::new(&mut short);
    /// 7u64.encode(&mut out);
    /// assert_eq!((out.fits(), out.position()), (false, 8)); // four bytes more are needed
    /// ```
    #[inline]
    pub fn fits(&self) -> bool {
        self.position <= self.buffer.len()
    }
}

/// A value with a wire encoding; derive it for structs and for enums, which are Antelope variants.
/// `str`, `[T]` and references have an encoding too, so that a row can be written from what is borrowed
/// and read back into what owns.
///
/// ```
/// use antelope_types::{Encode, Encoder};
///
/// #[derive(Encode)]
/// struct Point { x: u16, y: u16 }
///
/// let mut bytes = [0; 4];
/// Point { x: 1, y: 2 }.encode(&mut Encoder::new(&mut bytes));
/// assert_eq!(bytes, [1, 0, 2, 0]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no wire encoding",
    note = "derive it, #[derive(Encode, Decode)], or write `impl Encode for {Self}`"
)]
pub trait Encode {
    /// Appends the encoding of `self`.
    fn encode(&self, out: &mut Encoder<'_>);

    /// The number of bytes of the encoding.
    ///
    /// It runs [`encode`](Self::encode) into an empty buffer, so that it costs about as much as encoding.
    fn encoded_len(&self) -> usize {
        let mut out = Encoder::new(&mut []);
        self.encode(&mut out);
        out.position()
    }

    /// The encoding as a vector.
    ///
    /// The vector is allocated once, in the size of the encoding.
    ///
    /// ```
    /// use antelope_types::Encode;
    /// assert_eq!("abc".to_bytes(), [3, b'a', b'b', b'c']);
    /// ```
    #[cfg(feature = "alloc")]
    fn to_bytes(&self) -> alloc::vec::Vec<u8> {
        let mut bytes = alloc::vec![0; self.encoded_len()];
        self.encode(&mut Encoder::new(&mut bytes));
        bytes
    }

    /// Appends every item, without a length; bytes do it at once.
    #[doc(hidden)]
    #[inline]
    fn encode_all(items: &[Self], out: &mut Encoder<'_>)
    where
        Self: Sized,
    {
        for item in items {
            item.encode(out);
        }
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        (**self).encode(out);
    }
}

impl<T: Encode + ?Sized> Encode for &mut T {
    #[inline]
    fn encode(&self, out: &mut Encoder<'_>) {
        (**self).encode(out);
    }
}
