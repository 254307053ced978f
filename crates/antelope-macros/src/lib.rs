//! Attributes and derives for Antelope contracts.
//!
//! Nothing here is used directly: `antelope-types` re-exports the derives and the literals,
//! `antelope-contract` re-exports all of it. A derive exists twice, because the code it writes must
//! name the crate that its user depends on: `Encode` names `antelope_types`, `ContractEncode` (which
//! `antelope-contract` re-exports as `Encode`) names `antelope_contract::types`.

mod abi_type;
mod client;
mod codec;
mod contract;
mod error_codes;
mod import;
mod literals;
mod names;
mod signature;
mod table;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use quote::quote;

/// Runs a derive that knows where `antelope-types` is found, or reports its error at the right place.
fn derive(
    input: TokenStream,
    root: Tokens,
    expand: fn(&syn::DeriveInput, &Tokens) -> syn::Result<Tokens>,
) -> TokenStream {
    let input = syn::parse_macro_input!(input as syn::DeriveInput);
    finish(expand(&input, &root))
}

/// The result of an expansion as the compiler takes it.
fn finish(result: syn::Result<Tokens>) -> TokenStream {
    result
        .unwrap_or_else(|error| error.into_compile_error())
        .into()
}

/// Path of `antelope-types` for crates that depend on it.
fn types() -> Tokens {
    quote!(::antelope_types)
}

/// Path of `antelope-types` for crates that depend on `antelope-contract`.
fn contract_types() -> Tokens {
    quote!(::antelope_contract::types)
}

/// The wire encoding of a struct or an enum.
#[proc_macro_derive(Encode)]
pub fn encode(input: TokenStream) -> TokenStream {
    derive(input, types(), codec::derive_encode)
}

/// `Encode` for crates that depend on `antelope-contract`.
#[proc_macro_derive(ContractEncode)]
pub fn contract_encode(input: TokenStream) -> TokenStream {
    derive(input, contract_types(), codec::derive_encode)
}

/// The wire decoding of a struct or an enum.
#[proc_macro_derive(Decode)]
pub fn decode(input: TokenStream) -> TokenStream {
    derive(input, types(), codec::derive_decode)
}

/// `Decode` for crates that depend on `antelope-contract`.
#[proc_macro_derive(ContractDecode)]
pub fn contract_decode(input: TokenStream) -> TokenStream {
    derive(input, contract_types(), codec::derive_decode)
}

/// The description of a struct or an enum in an ABI.
#[proc_macro_derive(AbiType, attributes(abi))]
pub fn abi_type(input: TokenStream) -> TokenStream {
    derive(input, types(), abi_type::derive)
}

/// `AbiType` for crates that depend on `antelope-contract`.
#[proc_macro_derive(ContractAbiType, attributes(abi))]
pub fn contract_abi_type(input: TokenStream) -> TokenStream {
    derive(input, contract_types(), abi_type::derive)
}

/// A contract; see `antelope_contract::contract`.
#[proc_macro_attribute]
pub fn contract(arguments: TokenStream, item: TokenStream) -> TokenStream {
    finish(contract::expand(arguments.into(), item.into()))
}

/// A table; see `antelope_contract::table`.
#[proc_macro_attribute]
pub fn table(arguments: TokenStream, item: TokenStream) -> TokenStream {
    finish(table::expand(arguments.into(), item.into()))
}

/// An ABI file as types and calls; see `antelope_contract::import_abi`.
#[proc_macro]
pub fn import_abi(input: TokenStream) -> TokenStream {
    finish(import::expand(input.into()))
}

/// Failures by number; see `antelope_contract::error_codes`.
#[proc_macro_attribute]
pub fn error_codes(arguments: TokenStream, item: TokenStream) -> TokenStream {
    finish(error_codes::expand(arguments.into(), item.into()))
}

/// A client; see `antelope_contract::client`.
#[proc_macro_attribute]
pub fn client(arguments: TokenStream, item: TokenStream) -> TokenStream {
    finish(client::expand(arguments.into(), item.into()))
}

/// The expression behind `name!`; takes the crate's path in parentheses and the literal.
#[proc_macro]
pub fn name_literal(input: TokenStream) -> TokenStream {
    finish(literals::name(input.into()))
}

/// The expression behind `symbol!`; takes the crate's path in parentheses and the literal.
#[proc_macro]
pub fn symbol_literal(input: TokenStream) -> TokenStream {
    finish(literals::symbol(input.into()))
}

/// The expression behind `asset!`; takes the crate's path in parentheses and the literal.
#[proc_macro]
pub fn asset_literal(input: TokenStream) -> TokenStream {
    finish(literals::asset(input.into()))
}
