#![doc = include_str!("../README.md")]
//!
//! ```
//! use antelope_envelope::{Envelope, Exit, Message};
//!
//! // A command that worked.
//! let envelope = Envelope::success(serde_json::json!({ "bytes": 553 }));
//! assert_eq!(envelope.exit(), Exit::Success);
//!
//! // One whose input is wrong.
//! let problem = Message::new("not_account", "\"Anna\" is not an account name")
//!     .field("council[2].account")
//!     .expected("12 letters a–z")
//!     .hint("use the name that the account was created with");
//! let envelope = Envelope::<()>::failure(Exit::WrongUse, vec![problem]);
//! assert_eq!(u8::from(envelope.exit()), 2);
//! println!("{}", envelope.to_json());
//! ```

mod envelope;
mod exit;
mod message;

pub use envelope::{Envelope, SCHEMA_VERSION};
pub use exit::Exit;
pub use message::Message;
