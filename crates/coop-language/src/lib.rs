//! The languages that people read, Russian and English, and messages in them.
//!
//! A crate that talks to people keeps one file of messages per language, a line `key = text with
//! {places}` for each. [`Messages`] reads such a file, [`Words`] is a message that has not been put
//! into a language yet, and [`faults`] is the test that holds the files and the code together.
//!
//! ```
//! use coop_language::{Lang, Messages, Words};
//!
//! let english = Messages::read(Lang::En, "greeting.hello = Hello, {name}");
//! let words = Words::of("greeting.hello").with("name", "Anna");
//! assert_eq!(words.say(&english), "Hello, Anna");
//! ```

mod check;
mod lang;
mod messages;
mod words;

pub use check::faults;
pub use lang::Lang;
pub use messages::Messages;
pub use words::Words;
