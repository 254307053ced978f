//! Texts for people about the cooperative contracts.
//!
//! Every number in them is a parameter of [`coop_model::parameters`] and is written nowhere else:
//! - [`pages`] makes `docs/refusals.md` and `docs/parameters.md` from the model, and a page of `docs`
//!   from each of `docs/src`;
//! - [`blocks`] keeps the marked numbers of pages that are written by hand;
//! - [`ricardian`] reads the ricardian contracts and expands them;
//! - [`interface`] reads the actions that they must cover.
//!
//! `cargo run -p coop-texts -- write` brings all pages up to date, `-- print` prints every text as
//! people see it.

pub mod blocks;
pub mod interface;
pub mod numbers;
pub mod pages;
pub mod ricardian;

mod error;

pub use error::TextsError;
