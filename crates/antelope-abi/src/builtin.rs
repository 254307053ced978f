//! The types that every node knows, with the layout of their bytes.
//!
//! The public page is [`guide::layout`](crate::guide::layout).

use antelope_types::abi::BUILTIN_TYPES;

macro_rules! builtins {
    ($($(#[$doc:meta])* $variant:ident,)*) => {
        /// A type that needs no definition: `abi_serializer::configure_built_in_types`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Builtin {
            $($(#[$doc])* $variant,)*
        }

        impl Builtin {
            /// All of them.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The type of this name.
            #[allow(non_upper_case_globals, reason = "one name for a type and its text")]
            pub(crate) fn parse(name: &str) -> Option<Self> {
                $(const $variant: &str = Builtin::$variant.name();)*
                match name {
                    $($variant => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// Its name in ABIs.
            pub(crate) const fn name(self) -> &'static str {
                BUILTIN_TYPES[self as usize]
            }
        }
    };
}

// In the order of `BUILTIN_TYPES`, which has the names.
builtins! {
    /// One byte, 0 or 1 where the contract is not faulty.
    Bool,
    /// 1 byte, two's complement, as all signed integers.
    Int8,
    /// 1 byte.
    Uint8,
    /// 2 bytes, little-endian, as all integers.
    Int16,
    /// 2 bytes.
    Uint16,
    /// 4 bytes.
    Int32,
    /// 4 bytes.
    Uint32,
    /// 8 bytes; text in JSON beyond ±(2³² − 1).
    Int64,
    /// 8 bytes; text in JSON from 2³² on.
    Uint64,
    /// 16 bytes; always text in JSON.
    Int128,
    /// 16 bytes; always text in JSON.
    Uint128,
    /// `fc::signed_int`: zigzag in groups of seven bits, 1 to 5 bytes.
    VarInt32,
    /// `fc::unsigned_int`: groups of seven bits, lowest first, 1 to 5 bytes.
    VarUint32,
    /// 4 bytes, IEEE 754; JSON text with 17 decimals.
    Float32,
    /// 8 bytes, IEEE 754; JSON text with 17 decimals.
    Float64,
    /// 16 bytes that are not interpreted; JSON `0x` and their digits.
    Float128,
    /// 8 bytes: signed microseconds since 1970. JSON has milliseconds.
    TimePoint,
    /// 4 bytes: seconds since 1970, until 2106.
    TimePointSec,
    /// 4 bytes: half seconds since 2000.
    BlockTimestamp,
    /// 8 bytes: twelve characters of five bits and one of four, from the top.
    Name,
    /// A varint and as many bytes; hexadecimal digits in JSON.
    Bytes,
    /// A varint and as many bytes, meant to be UTF-8.
    String,
    /// 20 bytes, as `ripemd160` returns them.
    Checksum160,
    /// 32 bytes, as `sha256` returns them.
    Checksum256,
    /// 64 bytes, as `sha512` returns them.
    Checksum512,
    /// A varint for the curve and 33 bytes; more for WebAuthn.
    PublicKey,
    /// A varint for the curve and 65 bytes; more for WebAuthn.
    Signature,
    /// 8 bytes: the number of decimals, then up to seven capital letters.
    Symbol,
    /// 8 bytes: up to seven capital letters, then zeros.
    SymbolCode,
    /// 16 bytes: a signed amount of 8, then the symbol.
    Asset,
    /// 24 bytes: an asset, then the name of the contract.
    ExtendedAsset,
}

const _: () = assert!(Builtin::ALL.len() == BUILTIN_TYPES.len());
