//! Attributes, derives and literals for Antelope contracts.
//!
//! Depend on `antelope-contract` (in a contract) or `antelope-types` (elsewhere) and use the macros
//! from there: `antelope-types` re-exports the derives and the literals, `antelope-contract`
//! re-exports all of them, with the documentation for users. This crate documents what the macros
//! generate.
//!
//! | macro | on | generates |
//! |---|---|---|
//! | [`macro@contract`] | a module | entry point, argument structs, client, ABI records |
//! | [`macro@table`] | a struct | the table with its keys and indexes |
//! | [`macro@client`] | a trait | argument structs and typed calls of another contract |
//! | [`macro@error_codes`] | an enum | failures by number, with texts in the ABI |
//! | [`import_abi!`] | in a module | types, calls and table views of an ABI file |
//! | `derive(Encode, Decode)` | a struct or enum | the wire encoding |
//! | `derive(AbiType)` | a struct or enum | its description in an ABI |
//! | `name!`, `symbol!`, `asset!` | in an expression | constants, checked at compile time |
//!
//! A derive exists twice, because the code that it generates must name the crate that its user
//! depends on: `Encode` names `antelope_types`; `ContractEncode`, which `antelope-contract`
//! re-exports as `Encode`, names `antelope_contract::types`. Literals get that path as an argument,
//! so they can be tried here:
//!
//! ```
//! use antelope_macros::{asset_literal, name_literal, symbol_literal};
//!
//! /// A stand-in for `antelope-types`.
//! mod types {
//!     pub struct Name(pub u64);
//!     pub struct Symbol(pub u64);
//!     pub struct Asset(pub i64, pub Symbol);
//!
//!     impl Name {
//!         pub const fn from_raw(raw: u64) -> Self { Self(raw) }
//!     }
//!     impl Symbol {
//!         pub const fn from_raw(raw: u64) -> Self { Self(raw) }
//!     }
//!     impl Asset {
//!         pub const fn from_raw(amount: i64, symbol: Symbol) -> Self { Self(amount, symbol) }
//!     }
//! }
//!
//! const ALICE: types::Name = name_literal!((types) "alice");
//! const EOS: types::Symbol = symbol_literal!((types) "4,EOS");
//! const PRICE: types::Asset = asset_literal!((types) "1.5000 EOS");
//! assert_eq!(ALICE.0, 0x345c_8500_0000_0000);
//! assert_eq!(EOS.0, 0x53_4f_45_04); // precision, then the letters from the lowest byte up
//! assert_eq!((PRICE.0, PRICE.1.0), (15_000, EOS.0));
//! ```
//!
//! # How it is made
//!
//! Each macro has a module with a function from tokens to tokens, so that tests can call it:
//! snapshots in `src/snapshots` show the generated code, and `antelope-contract/tests/misuse` has
//! one file for each mistake with the compiler's message. Errors are `syn::Error`s at the tokens at
//! fault; what only the compiler can know, such as whether a field's type is encodable, is arranged
//! to fail at the user's tokens.

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

/// Runs a derive for the crate that is found at `root`, and turns an error into one of the
/// compiler.
fn derive(
    input: TokenStream,
    root: Tokens,
    expand: fn(&syn::DeriveInput, &Tokens) -> syn::Result<Tokens>,
) -> TokenStream {
    let input = syn::parse_macro_input!(input as syn::DeriveInput);
    finish(expand(&input, &root))
}

/// The generated code, or a `compile_error!` at the tokens at fault.
fn finish(result: syn::Result<Tokens>) -> TokenStream {
    result
        .unwrap_or_else(|error| error.into_compile_error())
        .into()
}

/// The path of `antelope-types` for crates that depend on it.
fn types() -> Tokens {
    quote!(::antelope_types)
}

/// The path of `antelope-types` for crates that depend on `antelope-contract`.
fn contract_types() -> Tokens {
    quote!(::antelope_contract::types)
}

/// Implements `Encode`, the wire encoding.
///
/// A struct is encoded as its fields in order, without names and padding. An enum is an Antelope
/// variant: the position of the variant as `varuint32`, then its fields. An enum with `#[repr(u8)]`
/// (or another integer) and explicit numbers is that integer.
#[proc_macro_derive(Encode)]
pub fn encode(input: TokenStream) -> TokenStream {
    derive(input, types(), codec::derive_encode)
}

/// `Encode` for crates that depend on `antelope-contract`.
#[proc_macro_derive(ContractEncode)]
pub fn contract_encode(input: TokenStream) -> TokenStream {
    derive(input, contract_types(), codec::derive_encode)
}

/// Implements `Decode`, the inverse of `Encode`.
///
/// Types with lifetimes borrow from the input. Bytes that no value has are an error: the position
/// of a variant that does not exist, or a number that is not among those of the enum.
#[proc_macro_derive(Decode)]
pub fn decode(input: TokenStream) -> TokenStream {
    derive(input, types(), codec::derive_decode)
}

/// `Decode` for crates that depend on `antelope-contract`.
#[proc_macro_derive(ContractDecode)]
pub fn contract_decode(input: TokenStream) -> TokenStream {
    derive(input, contract_types(), codec::derive_decode)
}

/// Implements `AbiType`, the description of a type in an ABI.
///
/// | attribute | on | effect |
/// |---|---|---|
/// | `#[abi(name = "…")]` | type, field, variant | another name in the ABI |
/// | `#[abi(type = "…")]` | field | the ABI's type as text, for types that contain themselves: on the field that leads back to the type that the contract uses |
/// | `#[abi(base)]` | first field | the field's struct is the base of this one |
///
/// A struct becomes an ABI struct, a struct with one unnamed field an alias, an enum a variant.
/// Bounds are added for type parameters, and different arguments give different structs in the ABI.
#[proc_macro_derive(AbiType, attributes(abi))]
pub fn abi_type(input: TokenStream) -> TokenStream {
    derive(input, types(), abi_type::derive)
}

/// `AbiType` for crates that depend on `antelope-contract`.
#[proc_macro_derive(ContractAbiType, attributes(abi))]
pub fn contract_abi_type(input: TokenStream) -> TokenStream {
    derive(input, contract_types(), abi_type::derive)
}

/// # Generated code
///
/// For a module with `#[action] fn buy(cx: &Context, who: Name, memo: &str)`:
///
/// ```text
/// pub mod shop {
///     pub fn buy(cx: &Context, who: Name, memo: &str) { … }     // as written, without the mark
///
///     pub struct BuyArgs<'a> { pub who: Name, pub memo: &'a str }  // Encode, Decode, AbiType
///     pub struct Client { … }                                   // Client::at(…).signed_by(…).buy(…)
///     pub struct ClientSigned<const N: usize> { … }
///
///     pub fn apply(receiver: u64, code: u64, action: u64) { … }  // also exported, in a wasm file
///     pub fn abi() -> Result<AbiDef, SchemaError> { … }          // on the host only
/// }
/// ```
///
/// The records of the ABI are in the section `antelope_abi` of the wasm file, where the build reads
/// and removes them.
#[proc_macro_attribute]
pub fn contract(arguments: TokenStream, item: TokenStream) -> TokenStream {
    finish(contract::expand(arguments.into(), item.into()))
}

/// # Generated code
///
/// For
///
/// ```text
/// #[table("orders", index(by_price: u128 = price_key))]
/// pub struct Order {
///     #[primary]
///     pub id: u64,
///     #[index]
///     pub owner: Name,
///     pub price: Asset,
/// }
/// ```
///
/// the struct stays, without the marks, and gets
///
/// ```text
/// #[derive(Encode, Decode, AbiType)]
/// pub struct Order { … }
///
/// impl TableRow for Order {
///     const NAME: Name = Name::from_raw(11948801739928371200); // orders
///     type Key = u64;
///     type Keys = (Name, u128);
///     type Indexes<A> = OrderIndexes<A>;                      // by_owner(), by_price()
///
///     fn primary_key(&self) -> u64 { self.id }
///     fn secondary_keys(&self) -> (Name, u128) { (self.owner, self.price_key()) }
///     …                                                       // store, move and remove index entries
/// }
/// ```
///
/// `Order::table(scope)` and everything that can be done with it come from the trait.
#[proc_macro_attribute]
pub fn table(arguments: TokenStream, item: TokenStream) -> TokenStream {
    finish(table::expand(arguments.into(), item.into()))
}

/// # Generated code
///
/// | ABI | Rust |
/// |---|---|
/// | an action `transfer` | `TransferArgs`, and a method of `Client` and `ClientSigned` |
/// | a struct `currency_stats` | `CurrencyStats`, with the fields of its bases first |
/// | a variant | an enum with a variant for each type, named after it |
/// | an alias | a type alias |
/// | a table `stat` | `StatTable`, a view for reading |
/// | `name[]`, `name[3]`, `name?`, `name$` | `Vec<Name>`, `[Name; 3]`, `Option<Name>`, `BinaryExtension<Name>` |
/// | `string`, `bytes` | `String`, `Vec<u8>`; as arguments `&str`, `&[u8]` |
/// | other builtin types | Rust's numbers, and types of `antelope-types` |
///
/// Ricardian contracts, clauses and error messages are not imported.
#[proc_macro]
pub fn import_abi(input: TokenStream) -> TokenStream {
    finish(import::expand(input.into()))
}

/// # Generated code
///
/// For
///
/// ```text
/// #[error_codes]
/// pub enum ShopError {
///     /// no such order
///     NoOrder = 1,
/// }
/// ```
///
/// the enum gets its numbers and two implementations:
///
/// ```text
/// #[repr(u64)]
/// #[derive(Clone, Copy, Debug, PartialEq, Eq)]
/// pub enum ShopError { NoOrder = 1 }
///
/// impl Failure for ShopError {
///     fn raise(self) -> ! { fail_code(self as u64) }          // eosio_assert_code
/// }
///
/// impl ErrorCodes for ShopError {
///     const RECORDS: &[Record] = &[Record::Error { code: 1, text: "no such order" }];
/// }
/// ```
#[proc_macro_attribute]
pub fn error_codes(arguments: TokenStream, item: TokenStream) -> TokenStream {
    finish(error_codes::expand(arguments.into(), item.into()))
}

/// # Generated code
///
/// For a trait `Token` with `fn transfer(from: Name, to: Name, quantity: Asset, memo: &str)`:
///
/// | item | what it is |
/// |---|---|
/// | `TokenTransferArgs<'a>` | the arguments; `Encode`, `Decode`, `AbiType` |
/// | `Token` | the contract on an account: `Token::at(account)` |
/// | `TokenSigned<N>` | the same under `N` permissions, with a method for each action |
/// | `TokenActions`, hidden | what a contract with `implements(Token)` implements |
///
/// | method of `Token` | permissions |
/// |---|---|
/// | `signed_by(permission)` | one |
/// | `signed_by_all([…])` | several |
/// | `signed_by_self()` | `active` of the contract that runs |
/// | `unsigned()` | none, for read-only transactions |
///
/// The trait itself is replaced, so it cannot be implemented or used as a bound.
#[proc_macro_attribute]
pub fn client(arguments: TokenStream, item: TokenStream) -> TokenStream {
    finish(client::expand(arguments.into(), item.into()))
}

/// The expression behind `name!`: `Name::from_raw(…)`. Takes the path of `antelope-types` in
/// parentheses, then the literal.
#[proc_macro]
pub fn name_literal(input: TokenStream) -> TokenStream {
    finish(literals::name(input.into()))
}

/// The expression behind `symbol!`: `Symbol::from_raw(…)`. Takes the path of `antelope-types` in
/// parentheses, then the literal.
#[proc_macro]
pub fn symbol_literal(input: TokenStream) -> TokenStream {
    finish(literals::symbol(input.into()))
}

/// The expression behind `asset!`: `Asset::from_raw(…)`. Takes the path of `antelope-types` in
/// parentheses, then the literal.
#[proc_macro]
pub fn asset_literal(input: TokenStream) -> TokenStream {
    finish(literals::asset(input.into()))
}
