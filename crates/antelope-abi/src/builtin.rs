//! The types that every node knows.

macro_rules! builtins {
    ($($variant:ident $name:literal,)*) => {
        /// A type that needs no definition: `abi_serializer::configure_built_in_types`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Builtin {
            $($variant,)*
        }

        impl Builtin {
            /// All of them.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The type of this name.
            pub(crate) fn parse(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// Its name in ABIs.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

builtins! {
    Bool "bool",
    Int8 "int8",
    Uint8 "uint8",
    Int16 "int16",
    Uint16 "uint16",
    Int32 "int32",
    Uint32 "uint32",
    Int64 "int64",
    Uint64 "uint64",
    Int128 "int128",
    Uint128 "uint128",
    VarInt32 "varint32",
    VarUint32 "varuint32",
    Float32 "float32",
    Float64 "float64",
    Float128 "float128",
    TimePoint "time_point",
    TimePointSec "time_point_sec",
    BlockTimestamp "block_timestamp_type",
    Name "name",
    Bytes "bytes",
    String "string",
    Checksum160 "checksum160",
    Checksum256 "checksum256",
    Checksum512 "checksum512",
    PublicKey "public_key",
    Signature "signature",
    Symbol "symbol",
    SymbolCode "symbol_code",
    Asset "asset",
    ExtendedAsset "extended_asset",
}

impl Builtin {
    /// How many bytes each value has; none where that depends on the value.
    pub(crate) const fn size(self) -> Option<usize> {
        Some(match self {
            Self::Bool | Self::Int8 | Self::Uint8 => 1,
            Self::Int16 | Self::Uint16 => 2,
            Self::Int32
            | Self::Uint32
            | Self::Float32
            | Self::TimePointSec
            | Self::BlockTimestamp => 4,
            Self::Int64
            | Self::Uint64
            | Self::Float64
            | Self::TimePoint
            | Self::Name
            | Self::Symbol
            | Self::SymbolCode => 8,
            Self::Int128 | Self::Uint128 | Self::Float128 | Self::Asset => 16,
            Self::Checksum160 => 20,
            Self::ExtendedAsset => 24,
            Self::Checksum256 => 32,
            Self::Checksum512 => 64,
            Self::VarInt32
            | Self::VarUint32
            | Self::Bytes
            | Self::String
            | Self::PublicKey
            | Self::Signature => return None,
        })
    }
}
