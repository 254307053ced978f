//! The types that every node knows, and the containers of them.
//!
//! The builtin types have the names that nodes' `abi_serializer` gives them. Lists, optionals, arrays and extensions
//! become suffixes; boxes and references are what they hold, as their encodings are.

use super::{AbiType, Field, Ty};
use crate::{
    Asset, BinaryExtension, BlockTimestamp, Checksum160, Checksum256, Checksum512, ExtendedAsset,
    Float128, Name, PermissionLevel, PublicKey, Signature, Symbol, SymbolCode, TimePoint,
    TimePointSec, VarInt32, VarUint32,
};

macro_rules! builtin {
    ($($ty:ty => $name:literal),+ $(,)?) => {$(
        impl AbiType for $ty {
            const TY: &'static Ty = &Ty::Builtin($name);
        }
    )+};
}

builtin! {
    bool => "bool",
    i8 => "int8",
    u8 => "uint8",
    i16 => "int16",
    u16 => "uint16",
    i32 => "int32",
    u32 => "uint32",
    i64 => "int64",
    u64 => "uint64",
    i128 => "int128",
    u128 => "uint128",
    VarInt32 => "varint32",
    VarUint32 => "varuint32",
    f32 => "float32",
    f64 => "float64",
    Float128 => "float128",
    TimePoint => "time_point",
    TimePointSec => "time_point_sec",
    BlockTimestamp => "block_timestamp_type",
    Name => "name",
    str => "string",
    Checksum160 => "checksum160",
    Checksum256 => "checksum256",
    Checksum512 => "checksum512",
    PublicKey => "public_key",
    Signature => "signature",
    Symbol => "symbol",
    SymbolCode => "symbol_code",
    Asset => "asset",
    ExtendedAsset => "extended_asset",
}

/// It is not a builtin type of nodes: contracts that use it define it, as with CDT.
impl AbiType for PermissionLevel {
    const TY: &'static Ty = &Ty::Struct {
        name: "permission_level",
        args: &[],
        fields: &[
            Field {
                name: "actor",
                ty: Name::TY,
            },
            Field {
                name: "permission",
                ty: Name::TY,
            },
        ],
    };
}

/// A reference is described as what it refers to.
impl<T: AbiType + ?Sized> AbiType for &T {
    const TY: &'static Ty = T::TY;
}

/// `T[]`, and `bytes` for `u8` and `i8`.
impl<T: AbiType> AbiType for [T] {
    const TY: &'static Ty = &Ty::List(T::TY);
}

/// `T[N]`.
impl<T: AbiType, const N: usize> AbiType for [T; N] {
    const TY: &'static Ty = &Ty::Array(T::TY, N);
}

/// `T?`.
impl<T: AbiType> AbiType for Option<T> {
    const TY: &'static Ty = &Ty::Optional(T::TY);
}

/// `T$`.
impl<T: AbiType> AbiType for BinaryExtension<T> {
    const TY: &'static Ty = &Ty::Extension(T::TY);
}

/// `string`.
#[cfg(feature = "alloc")]
impl AbiType for alloc::string::String {
    const TY: &'static Ty = str::TY;
}

/// `T[]`, and `bytes` for `u8` and `i8`.
#[cfg(feature = "alloc")]
impl<T: AbiType> AbiType for alloc::vec::Vec<T> {
    const TY: &'static Ty = &Ty::List(T::TY);
}

/// A box is described as what it holds.
#[cfg(feature = "alloc")]
impl<T: AbiType + ?Sized> AbiType for alloc::boxed::Box<T> {
    const TY: &'static Ty = T::TY;
}

/// `std::pair` of CDT.
///
/// Its fields are `first` and `second`.
impl<A: AbiType, B: AbiType> AbiType for (A, B) {
    const TY: &'static Ty = &Ty::Struct {
        name: "pair",
        args: &[A::TY, B::TY],
        fields: &[
            Field {
                name: "first",
                ty: A::TY,
            },
            Field {
                name: "second",
                ty: B::TY,
            },
        ],
    };
}

/// `std::map` of CDT: a list of pairs.
#[cfg(feature = "alloc")]
impl<K: AbiType, V: AbiType> AbiType for alloc::collections::BTreeMap<K, V> {
    const TY: &'static Ty = &Ty::List(<(K, V)>::TY);
}

macro_rules! tuples {
    ($(($($part:ident $name:literal),+))+) => {$(
        /// `std::tuple` of CDT.
        impl<$($part: AbiType),+> AbiType for ($($part,)+) {
            const TY: &'static Ty = &Ty::Struct {
                name: "tuple",
                args: &[$($part::TY),+],
                fields: &[$(Field { name: $name, ty: $part::TY }),+],
            };
        }
    )+};
}

tuples! {
    (A "field_0")
    (A "field_0", B "field_1", C "field_2")
    (A "field_0", B "field_1", C "field_2", D "field_3")
    (A "field_0", B "field_1", C "field_2", D "field_3", E "field_4")
    (A "field_0", B "field_1", C "field_2", D "field_3", E "field_4", F "field_5")
    (A "field_0", B "field_1", C "field_2", D "field_3", E "field_4", F "field_5", G "field_6")
    (A "field_0", B "field_1", C "field_2", D "field_3", E "field_4", F "field_5", G "field_6", H "field_7")
}
