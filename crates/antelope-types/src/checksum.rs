//! Digests of 160, 256 and 512 bits.
//!
//! On the wire a digest is its bytes without a length; text and JSON are lower-case hexadecimal, and
//! capitals are read too. Digests order by their bytes from the first on, as their texts do.

use crate::{Decode, DecodeError, Decoder, Encode};

macro_rules! checksum {
    ($(#[$doc:meta])* $name:ident, $bytes:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode)]
        pub struct $name(pub [u8; $bytes]);

        impl $name {
            /// All bytes zero.
            pub const ZERO: Self = Self([0; $bytes]);

            /// The bytes, in the order of the text.
            #[inline]
            pub const fn as_bytes(&self) -> &[u8; $bytes] {
                &self.0
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::ZERO
            }
        }

        impl From<[u8; $bytes]> for $name {
            fn from(bytes: [u8; $bytes]) -> Self {
                Self(bytes)
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }

        impl<'a> Decode<'a> for $name {
            // Not a call of its own: its result, with the mark of an error, would be copied once more.
            #[inline(always)]
            fn decode(input: &mut Decoder<'a>) -> Result<Self, DecodeError> {
                input.take_array().map(Self)
            }
        }

        crate::text::hex::hex_text!($name);
    };
}

checksum!(
    /// Twenty bytes: a RIPEMD-160 or SHA-1 digest; ABI type `checksum160`.
    ///
    /// ```
    /// use antelope_types::Checksum160;
    /// assert_eq!(Checksum160([0xab; 20]).to_string(), "ab".repeat(20));
    /// ```
    Checksum160, 20
);
checksum!(
    /// Thirty-two bytes: a SHA-256 digest, an id of a transaction or a chain; ABI type `checksum256`.
    ///
    /// ```
    /// use antelope_types::Checksum256;
    /// let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    /// let digest: Checksum256 = text.parse()?;
    /// assert_eq!(digest.as_bytes()[..2], [0xba, 0x78]);
    /// assert_eq!(digest.to_string(), text);
    /// # Ok::<(), antelope_types::HexError>(())
    /// ```
    Checksum256, 32
);
checksum!(
    /// Sixty-four bytes: a SHA-512 digest; ABI type `checksum512`.
    ///
    /// ```
    /// use antelope_types::Checksum512;
    /// assert_eq!("00".repeat(64).parse(), Ok(Checksum512::ZERO));
    /// ```
    Checksum512, 64
);

#[cfg(feature = "hash")]
impl Checksum256 {
    /// The SHA-256 of `bytes`; contracts ask their chain for it instead.
    ///
    /// Ids of blocks and transactions and the digests that are signed are such hashes.
    ///
    /// ```
    /// use antelope_types::Checksum256;
    /// assert!(Checksum256::sha256(b"abc").to_string().starts_with("ba7816bf"));
    /// ```
    pub fn sha256(bytes: &[u8]) -> Self {
        Self::sha256_of(&[bytes])
    }

    /// The SHA-256 of all parts, one after the other.
    ///
    /// It saves the copy that would join them.
    ///
    /// ```
    /// use antelope_types::Checksum256;
    /// assert_eq!(Checksum256::sha256_of(&[b"a", b"bc"]), Checksum256::sha256(b"abc"));
    /// ```
    pub fn sha256_of(parts: &[&[u8]]) -> Self {
        use sha2::Digest;
        let mut hasher = sha2::Sha256::new();
        parts.iter().for_each(|part| hasher.update(part));
        Self(hasher.finalize().into())
    }
}
