#![doc = include_str!("../README.md")]
#![deny(unsafe_code)]

mod agent;
mod cost;
mod error;
mod files;
mod keosd;
mod keyring;
mod keystore;
mod name;
mod passphrase;
mod raw;
mod record;
mod signer;
mod source;
mod text;
mod unlocked;

pub use agent::{Agent, AgentKey, HeldKey};
pub use error::KeystoreError;
pub use keosd::{Keosd, KeosdKey, Wallet};
pub use keyring::KeyringItem;
pub use keystore::{Entry, Keystore};
pub use name::KeyName;
pub use passphrase::Passphrase;
pub use source::PassphraseSource;
pub use text::{key_file, private_key, typed_key};
pub use unlocked::UnlockedKey;
