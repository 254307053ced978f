//! Private keys of Antelope chains at rest: files encrypted with a passphrase, an agent that keeps keys
//! unlocked for a session, and a running keosd. Whatever holds a key is a
//! [`Signer`](antelope_keys::Signer), and gives the key to nobody.
//!
//! ```
//! use antelope_keys::{Signer, signing};
//! use antelope_keystore::{Keystore, Passphrase};
//! use antelope_types::Checksum256;
//!
//! let folder = tempfile::tempdir()?;
//! let keystore = Keystore::open(folder.path().join("keys"))?;
//! let name = "alice".parse()?;
//! let passphrase = Passphrase::new("horse battery staple".to_owned());
//! keystore.add(&name, &signing::generate_k1()?, &passphrase)?;
//!
//! let key = keystore.unlock(&name, &passphrase)?;
//! let digest = Checksum256::sha256(b"what is signed");
//! assert_eq!(signing::recover(&digest, &key.sign(&digest)?)?, key.public_key());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | to | use |
//! |---|---|
//! | keep keys in a folder | [`Keystore`], [`KeyName`], [`Entry`] |
//! | read a key that is imported | [`private_key`], [`typed_key`], [`key_file`] |
//! | get a passphrase | [`PassphraseSource`], [`Passphrase`] |
//! | sign with a key of the keystore, wherever its passphrase comes from | [`Keystore::signer`] |
//! | unlock a key once for a session | [`Agent`] |
//! | keep a passphrase in the system's keyring | [`Keystore::keyring_item`] |
//! | sign with the wallets of a keosd | [`Keosd`] |
//! | tell what is wrong, and what to do | [`KeystoreError`] |
//!
//! The README of the crate has the format of the files with every field, the bounds of the agent, and
//! what all this protects from and what not.
//!
//! # What a command line does with it
//!
//! A command that signs names a key and where its passphrase comes from, and gets a signer. It prints
//! errors with their code and hint; both are part of the interface and stay.
//!
//! ```
//! use antelope_keystore::{Keystore, PassphraseSource};
//!
//! /// The public key that would sign, or what the user is told.
//! fn signer(keystore: &Keystore, key: &str, source: &PassphraseSource) -> Result<String, String> {
//!     let found = key.parse().and_then(|name| keystore.signer(&name, source));
//!     match found {
//!         Ok(signer) => Ok(signer.public_key().to_text()),
//!         Err(error) => {
//!             let hint = error.hint().unwrap_or_default();
//!             Err(format!("error [{}]: {error}\n{hint}", error.code()))
//!         }
//!     }
//! }
//!
//! let folder = tempfile::tempdir()?;
//! let keystore = Keystore::open(folder.path())?;
//! let told = signer(&keystore, "alice", &PassphraseSource::Prompt).unwrap_err();
//! assert!(told.starts_with("error [keys.missing]: no key `alice` in "), "{told}");
//! let told = signer(&keystore, "alice", &PassphraseSource::Agent).unwrap_err();
//! assert!(told.starts_with("error [keys.agent-missing]: no agent at "), "{told}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where secrets are
//!
//! | what | where | until |
//! |---|---|---|
//! | the key in a file | encrypted | it is removed |
//! | an [`UnlockedKey`] | a page of memory to itself, out of swap and core dumps where the system allows | it is dropped, and overwritten |
//! | a [`Passphrase`] | ordinary memory | it is dropped, and overwritten |
//! | the memory of Argon2 and the key that it gives | ordinary memory | they were used, and are overwritten |
//! | a passphrase that is sent to the agent or the keyring | a unix socket, a pipe | it was sent, and is overwritten here |
//! | the password of a wallet that is sent to keosd | a unix socket, HTTP where the user chose that | it was sent; the client of HTTP does not overwrite its copy |
//!
//! Nothing secret is in arguments, in the environment, in `Debug`, in errors or in logs; there are no
//! logs. After an unlocking and after each signature, the stack that was used is overwritten too, where
//! the libraries below leave copies. A test reads the memory of an agent from outside: it finds
//! the key while the agent holds it, and no copy of it once the key is locked. That is as far as a program can go: values in
//! registers, and copies that another version of a compiler makes, are out of its reach.
//!
//! # Features
//!
//! | feature | default | |
//! |---|---|---|
//! | `weak-for-tests` | no | `Keystore::open_weak_for_tests`, whose passphrases cost nothing to guess |
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
mod stack;
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
