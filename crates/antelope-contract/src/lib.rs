//! The SDK for Antelope contracts in Rust.
//!
//! ```
//! use antelope_contract::prelude::*;
//!
//! #[table("greetings")]
//! pub struct Greeting {
//!     #[primary]
//!     pub who: Name,
//!     pub count: u64,
//! }
//!
//! #[contract(tables(Greeting))]
//! mod hello {
//!     use super::*;
//!
//!     /// Greets and counts.
//!     #[action]
//!     pub fn hi(who: Name) {
//!         require_auth(who);
//!         let greetings = Greeting::table(receiver());
//!         match greetings.get(who) {
//!             Some(greeting) => {
//!                 greeting.update(Payer::Same, |greeting| greeting.count += 1);
//!             }
//!             None => greetings.insert(who, &Greeting { who, count: 1 }),
//!         }
//!         print("hello, ");
//!         print(who);
//!     }
//! }
//!
//! // On the development machine the module has its ABI, and its actions are plain functions.
//! # fn main() {
//! let abi = hello::abi().expect("an ABI");
//! assert!(abi.find_action(name!("hi")).is_some());
//! assert!(abi.find_table(name!("greetings")).is_some());
//! # }
//! ```
//!
//! # Where things are
//!
//! | to | write |
//! |---|---|
//! | add or replace a row; change it or begin with one | [`table.upsert(payer, &row)`](table::Scoped::upsert); [`table.update_or_insert(key, payer, new, change)`](table::Scoped::update_or_insert) |
//! | get the rows with a secondary key | [`table.by_owner().equal(&owner)`](table::Index::equal) |
//! | get the time, in seconds | [`now_seconds()`](system::now_seconds), a [`TimePointSec`](types::TimePointSec); [`now()`](system::now) has microseconds |
//! | call another contract, or itself, in the contract's own name | `Client::at(account).signed_by_self().transfer(…).send()`; see [inline actions](#inline-actions) |
//! | send an action that is data | `action.send()`, from the trait `client::SendInline` (feature `alloc`) |
//! | test whether approvals suffice | [`auth::check_transaction_authorization`], [`auth::check_permission_authorization`] |
//! | fail with a message, with a number | [`check!`], [`error_codes`] |
//! | pass a pair, a map, a struct with a base, an enum of numbers | [`types::AbiType`] |
//! | use more than 8 KiB of stack | `[package.metadata.antelope] stack-size = 16384` in `Cargo.toml`; the build says when it is needed |
//!
//! # Inline actions
//!
//! Each contract and each [`client`](macro@client) trait has a typed client. `signed_by_self()`
//! signs with the `active` permission of the contract that runs. The chain lets a contract use a
//! permission of its account only if the authority of that permission contains `eosio.code`: that
//! of `shop@active` must contain `shop@eosio.code`. Without it the transaction fails with
//! `unsatisfied_authorization`.
//!
//! ```no_run
//! use antelope_contract::prelude::*;
//!
//! #[client]
//! pub trait Token {
//!     fn transfer(from: Name, to: Name, quantity: Asset, memo: &str);
//! }
//!
//! #[contract]
//! pub mod shop {
//!     use super::*;
//!
//!     /// Pays back, and notes it by an action of its own.
//!     #[action]
//!     pub fn refund(buyer: Name, quantity: Asset) {
//!         require_auth(receiver());
//!         Token::at(name!("eosio.token"))
//!             .signed_by_self()
//!             .transfer(receiver(), buyer, quantity, "refund")
//!             .send();
//!         Client::at(receiver()).signed_by_self().refunded(buyer).send();
//!     }
//!
//!     /// What indexers read.
//!     #[action]
//!     pub fn refunded(buyer: Name) {
//!         require_auth(receiver());
//!         require_recipient(buyer);
//!     }
//! }
//! # fn main() {}
//! ```
//!
//! # Read-only calls
//!
//! An action with `#[action(read_only)]` can be called without a signature, and returns a value. In
//! a test with the embedded chain, where `shop` is the contract's crate:
//!
//! ```text
//! let trace = chain.read(shop::Client::at(SHOP).unsigned().price(3))?;
//! let price: Asset = trace.returned()?;
//! ```
//!
//! # Building
//!
//! A contract is a `cdylib` (and, for its tests, an `rlib`) whose root begins with
//! `#![cfg_attr(target_family = "wasm", no_std)]`; it builds for `wasm32v1-none`. It also builds
//! for the development machine, and for browsers, where a [`host::Host`] takes the place of the
//! chain.
//!
//! | feature | adds |
//! |---|---|
//! | `alloc` | `Vec`, `String` and whatever needs them; in a contract a heap that only grows |
#![cfg_attr(target_os = "none", no_std)]

#[cfg(feature = "alloc")]
extern crate alloc;
// The macros name this crate by its path, also in its own examples.
extern crate self as antelope_contract;

/// The types of the chain.
pub use antelope_types as types;

#[macro_use]
mod raw;

pub mod assert;
pub mod auth;
mod buffer;
pub mod client;
pub mod console;
mod context;
pub mod crypto;
pub mod crypto_ext;
#[doc(hidden)]
pub mod dispatch;
pub mod host;
#[doc(hidden)]
pub mod places;
pub mod prelude;
pub mod privileged;
mod refusal;
pub mod system;
pub mod table;
pub mod transaction;

/// Turns a module into a contract.
///
/// Functions with `#[action]` are its actions; functions with `#[on_notify]` handle notifications
/// of other contracts' actions. The attribute adds to the module:
///
/// - `apply`, the entry point. An action that the contract does not have fails with CDT's code
///   8000000000000000000; notifications without a handler are ignored; bytes after the last argument
///   are ignored; an argument that cannot be read fails with its path, `transfer.quantity`.
/// - `Client`, typed calls of its own actions, and a struct `<Action>Args` for each; with
///   `implements(…)` those of the interface, under these names.
/// - the ABI: records in the wasm section `antelope_abi`, and on the host the function `abi()`.
///
/// | argument of the attribute | means |
/// |---|---|
/// | `implements(calls::Shop)` | the contract has exactly the actions of this [`client`](macro@client) trait |
/// | `strict` | bytes after the last argument of an own action fail it: `place: unexpected bytes after the arguments` |
/// | `tables(A, B)` | the tables that the contract owns; those in the module are found |
/// | `parameters(TEXTS)` | the values of `%name%` in its ricardian texts, a constant `&[(&str, &str)]` |
/// | `errors(E)` | its enums of [`error_codes`] and lists of [`refusals!`] |
///
/// | on a function | means |
/// |---|---|
/// | `#[action]` | an action with the function's name |
/// | `#[action(name = "votefor")]` | an action with another name |
/// | `#[action(read_only)]` | an action for read-only transactions; in native tests it panics where it writes |
/// | `#[action(ricardian = "texts/transfer.md")]` | its ricardian contract; without, it is `ricardian/<action>.md` beside `Cargo.toml` if that exists |
/// | `#[on_notify("eosio.token::transfer")]` | handles notifications of that contract's action only |
/// | `#[on_notify(any_contract, "transfer")]` | handles notifications of any contract's action of that name; the first argument is the contract. Check it: anybody can deploy a contract with that action |
///
/// # Interfaces
///
/// `implements(…)` ties the signatures that others call to those of the contract.
/// Functions are matched by their Rust names, and every difference is a compile error: an action
/// that one side lacks, its name on chain, the name or type of an argument, the type of the result.
/// Arguments are matched by their names and may stand in another order here; on the wire and in the
/// ABI they have the order of the interface. The trait is named by its whole path, because its
/// other types are found beside it, and must be visible to whoever uses the contract's module.
///
/// ```no_run
/// # use antelope_contract::prelude::*;
/// pub mod calls {
///     use antelope_contract::prelude::*;
///
///     #[client]
///     pub trait Shop {
///         fn place(buyer: Name, price: Asset, memo: &str);
///         fn cheapest(symbol: Symbol) -> Asset;
///     }
/// }
///
/// #[contract(strict, implements(calls::Shop))]
/// pub mod shop {
///     use super::*;
///
///     #[action]
///     pub fn place(cx: &Context, buyer: Name, price: Asset, memo: &str) {
///         require_auth(buyer);
///         # let _ = (cx, price, memo);
///     }
///
///     #[action(read_only)]
///     pub fn cheapest(symbol: Symbol) -> Asset {
///         Asset::zero(symbol)
///     }
/// }
/// # fn main() {}
/// ```
///
/// # Arguments and results
///
/// Arguments may borrow from the data of the action: `&str`, `&[u8]`. A first argument
/// `cx: &Context` is filled in by the SDK. A result is returned to the sender of the action.
///
/// ```no_run
/// # use antelope_contract::prelude::*;
/// #[contract]
/// pub mod shop {
///     use super::*;
///
///     /// The price of some pieces.
///     #[action(read_only)]
///     pub fn price(pieces: u32) -> Asset {
///         Asset::new(i64::from(pieces) * 100, symbol!("2,EUR")).or_fail("too many pieces")
///     }
///
///     #[on_notify("eosio.token::transfer")]
///     pub fn paid(cx: &Context, from: Name, to: Name, quantity: Asset, memo: &str) {
///         if to == cx.receiver() {
///             check!(quantity.amount >= 100, "too little");
///         }
///         # let _ = (from, memo);
///     }
///
///     #[on_notify(any_contract, "transfer")]
///     pub fn noticed(code: Name, from: Name) {
///         print(code);
///         # let _ = from;
///     }
/// }
/// # fn main() {}
/// ```
///
/// # Ricardian texts
///
/// Contracts are the files `ricardian/<action>.md`, clauses `ricardian/clauses/<id>.md`. With
/// `parameters(TEXTS)` each `%name%` in them becomes its value while compiling, and `%%` a percent
/// sign; an unknown name is a compile error. [`types::expanded!`] and [`types::parameters::expand`]
/// do the same to other texts.
pub use antelope_macros::contract;

/// Turns a struct into the rows of a table; see [`table`](mod@table).
///
/// `#[table("name")]` with a field marked `#[primary]`, or with `primary = method: Type` for a
/// computed key (`u64` if the type is left out). Secondary keys are fields marked `#[index]` and,
/// in the list, `index(by_price: u128 = price_key)`; marked fields are numbered first, each group
/// in its order. `#[table("name", singleton)]` is a table with a single row. `#[abi(name = "row")]`
/// gives the struct another name in the ABI.
pub use antelope_macros::table;

/// Generates typed calls from a trait that lists the actions of a contract.
///
/// A result (`-> Asset`) is the return value of the action. The contract itself can implement the
/// trait; see [`contract`].
///
/// ```no_run
/// # use antelope_contract::prelude::*;
/// #[client]
/// pub trait Token {
///     fn transfer(from: Name, to: Name, quantity: Asset, memo: &str);
///     #[action(name = "open")]
///     fn open_row(owner: Name, symbol: Symbol, ram_payer: Name);
/// }
///
/// # fn pay(to: Name) {
/// Token::at(name!("eosio.token"))
///     .signed_by(PermissionLevel::active(receiver()))
///     .transfer(receiver(), to, asset!("1.0000 EOS"), "thank you")
///     .send();
/// # }
/// ```
pub use antelope_macros::client;

/// Generates typed calls, types and table views from an ABI file, in the module that contains it.
///
/// The path is relative to `Cargo.toml`. The module gets `Client` with a method for each action, a
/// struct `<Action>Args` for each action, the types of the ABI in Rust's spelling (`currency_stats`
/// becomes `CurrencyStats`) and a `<Table>Table` for each table. An ABI does not say what the
/// primary keys of rows are, so that views take any key and have no secondary indexes. Types that
/// own text or lists need the feature `alloc`.
///
/// ```no_run
/// # #[cfg(feature = "alloc")] fn main() {}
/// # #[cfg(feature = "alloc")]
/// pub mod eosio_token {
///     antelope_contract::import_abi!("tests/abi/eosio.token.abi");
/// }
///
/// # use antelope_contract::prelude::*;
/// # #[cfg(feature = "alloc")]
/// # fn pay(to: Name) {
/// let token = name!("eosio.token");
/// let row = eosio_token::AccountsTable::of(token, receiver()).get(symbol!("4,EOS").code());
/// check!(row.is_some_and(|row| row.balance.amount >= 10_000), "not enough");
/// eosio_token::Client::at(token)
///     .signed_by(PermissionLevel::active(receiver()))
///     .transfer(receiver(), to, asset!("1.0000 EOS"), "thank you")
///     .send();
/// # }
/// ```
pub use antelope_macros::import_abi;

/// Turns an enum into error codes: the client receives a number, whose message is in the ABI.
///
/// ```no_run
/// # use antelope_contract::prelude::*;
/// #[error_codes]
/// pub enum ShopError {
///     /// no such order
///     NoOrder = 1,
///     /// the order is paid already
///     Paid = 2,
/// }
///
/// #[contract(errors(ShopError))]
/// pub mod shop {
///     use super::*;
///
///     #[action]
///     pub fn pay(paid: bool) {
///         check!(!paid, ShopError::Paid);
///     }
/// }
/// # fn main() {}
/// ```
pub use antelope_macros::error_codes;
/// Reports what `String`, `Vec` and `Box` in a contract need; the derive of [`types::AbiType`]
/// calls it.
#[doc(hidden)]
#[macro_export]
#[cfg(any(feature = "alloc", not(target_os = "none")))]
macro_rules! __needs_alloc {
    ($ty:literal) => {};
}

#[doc(hidden)]
#[macro_export]
#[cfg(not(any(feature = "alloc", not(target_os = "none"))))]
macro_rules! __needs_alloc {
    ($ty:literal) => {
        ::core::compile_error!(::core::concat!(
            "`",
            $ty,
            "` needs a heap: give antelope-contract the feature in Cargo.toml, features = [\"alloc\"]; \
             or borrow, as `&str` and `&[u8]`"
        ));
    };
}

pub use assert::{Failure, OrFail, fail};
pub use context::Context;
pub use refusal::Refusal;
