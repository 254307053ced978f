//! Names and types of an ABI in Rust's spelling.

use proc_macro2::TokenStream as Tokens;
use quote::format_ident;
use syn::Type;

/// The name of a type without its suffixes: `name` for `name[]?`.
pub(super) fn base_name(name: &str) -> &str {
    name.split(['[', '?', '$']).next().unwrap_or(name)
}

/// `currency_stats` as `CurrencyStats`: characters that are not letters or digits separate words.
///
/// Two names of an ABI may become one in Rust, such as `a_b` and `aB`; the compiler then reports a
/// duplicate.
pub(super) fn pascal(name: &str) -> String {
    name.split(|letter: char| !letter.is_alphanumeric())
        .flat_map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map(|first| first.to_uppercase().chain(letters).collect::<String>())
        })
        .collect()
}

/// The Rust type for a builtin type of ABIs; `None` for any other name.
///
/// Numbers and `bool` are Rust's own, `string` and `bytes` own their contents (feature `alloc`),
/// everything else is a type of `antelope-types`, found at `root`.
///
/// | ABI | Rust |
/// |---|---|
/// | `bool` | `bool` |
/// | `int8` … `int128`, `uint8` … `uint128` | `i8` … `i128`, `u8` … `u128` |
/// | `varint32`, `varuint32` | `VarInt32`, `VarUint32` |
/// | `float32`, `float64`, `float128` | `f32`, `f64`, `Float128` |
/// | `time_point`, `time_point_sec`, `block_timestamp_type` | `TimePoint`, `TimePointSec`, `BlockTimestamp` |
/// | `name` | `Name` |
/// | `string`, `bytes` | `String`, `Vec<u8>` |
/// | `checksum160`, `checksum256`, `checksum512` | `Checksum160`, `Checksum256`, `Checksum512` |
/// | `public_key`, `signature` | `PublicKey`, `Signature` |
/// | `symbol`, `symbol_code`, `asset`, `extended_asset` | `Symbol`, `SymbolCode`, `Asset`, `ExtendedAsset` |
pub(super) fn builtin(name: &str, root: &Tokens) -> Option<Type> {
    let word = |ty: &str| {
        let ident = format_ident!("{ty}");
        Some(syn::parse_quote!(#ident))
    };
    let of = |ty: &str| {
        let ident = format_ident!("{ty}");
        Some(syn::parse_quote!(#root::#ident))
    };
    match name {
        "bool" => word("bool"),
        "int8" => word("i8"),
        "uint8" => word("u8"),
        "int16" => word("i16"),
        "uint16" => word("u16"),
        "int32" => word("i32"),
        "uint32" => word("u32"),
        "int64" => word("i64"),
        "uint64" => word("u64"),
        "int128" => word("i128"),
        "uint128" => word("u128"),
        "float32" => word("f32"),
        "float64" => word("f64"),
        "float128" => of("Float128"),
        "varint32" => of("VarInt32"),
        "varuint32" => of("VarUint32"),
        "time_point" => of("TimePoint"),
        "time_point_sec" => of("TimePointSec"),
        "block_timestamp_type" => of("BlockTimestamp"),
        "name" => of("Name"),
        "checksum160" => of("Checksum160"),
        "checksum256" => of("Checksum256"),
        "checksum512" => of("Checksum512"),
        "public_key" => of("PublicKey"),
        "signature" => of("Signature"),
        "symbol" => of("Symbol"),
        "symbol_code" => of("SymbolCode"),
        "asset" => of("Asset"),
        "extended_asset" => of("ExtendedAsset"),
        "string" => Some(syn::parse_quote!(::antelope_contract::dispatch::String)),
        "bytes" => Some(syn::parse_quote!(::antelope_contract::dispatch::Vec<u8>)),
        _ => None,
    }
}
