//! The JSON forms of nodeos.
//!
//! The types of this crate have their forms by themselves: names, assets, symbols, times, keys and
//! checksums are strings, structs are objects. Plain numbers need to be told, because nodeos writes
//! 64-bit integers above 2³² − 1, floating-point and 128-bit numbers as strings and truth values as
//! 0 and 1; the modules here are for `#[serde(with = "…")]`. All of them read numbers and strings.
//!
//! ```
//! use antelope_types::{Asset, Name, asset, json, name};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Debug, PartialEq, Serialize, Deserialize)]
//! struct Order {
//!     #[serde(with = "json::uint64")]
//!     id: u64,
//!     owner: Name,
//!     price: Asset,
//!     #[serde(with = "json::boolean")]
//!     open: bool,
//! }
//!
//! let order = Order { id: 1 << 40, owner: name!("alice"), price: asset!("1.0000 EOS"), open: true };
//! let text = r#"{"id":"1099511627776","owner":"alice","price":"1.0000 EOS","open":1}"#;
//! assert_eq!(serde_json::to_string(&order)?, text);
//! assert_eq!(serde_json::from_str::<Order>(text)?, order);
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! Unsigned and signed integers of 8 to 32 bits need no module: serde's own form is that of nodeos. The
//! modules ask the deserializer for whatever there is, so that they serve JSON and not formats that do
//! not describe themselves.

mod binary;
mod extension;
mod number;

mod text;

pub use binary::{bytes, bytes_list};
pub use number::{boolean, float32, float64, int64, int128, uint64, uint128};
