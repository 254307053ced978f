//! A contract that fails in every way a program can, and has a second version.
#![cfg_attr(target_family = "wasm", no_std)]

use antelope_contract::prelude::*;

/// Why it may fail.
#[error_codes]
pub enum Fault {
    /// the shop is closed
    Closed = 7,
}

/// The contract.
#[contract(errors(Fault))]
pub mod stumble {
    use super::*;

    /// A row, which has grown in the second version.
    #[table("entries")]
    #[derive(Debug, PartialEq)]
    #[cfg(not(feature = "v2"))]
    pub struct Entry {
        /// The key.
        #[primary]
        pub id: u64,
    }

    /// A row, which has grown in the second version.
    #[table("entries")]
    #[derive(Debug, PartialEq)]
    #[cfg(feature = "v2")]
    pub struct Entry {
        /// The key.
        #[primary]
        pub id: u64,
        /// What older rows do not have.
        pub note: BinaryExtension<u32>,
    }

    /// Unwraps nothing.
    #[action]
    #[allow(clippy::unwrap_used)]
    pub fn unwrap(id: Option<u64>) -> u64 {
        id.unwrap()
    }

    /// Looks beyond a list.
    #[action]
    pub fn index(list: Vec<u32>, at: u32) -> u32 {
        list[at as usize]
    }

    /// Adds.
    #[action]
    pub fn add(left: u8, right: u8) -> u8 {
        left + right
    }

    /// Divides.
    #[action]
    pub fn divide(left: u32, right: u32) -> u32 {
        left / right
    }

    /// Panics in words.
    #[action]
    pub fn words(who: Name) {
        require_auth(who);
        panic!("my words");
    }

    /// Fails by number.
    #[action]
    pub fn number(open: bool) {
        check!(open, Fault::Closed);
    }

    /// Adds an entry.
    #[action]
    #[cfg(not(feature = "v2"))]
    pub fn enter(id: u64) {
        Entry::table(receiver()).insert(receiver(), &Entry { id });
    }

    /// Adds a note to an entry, and tells the one it had.
    #[action]
    #[cfg(feature = "v2")]
    pub fn note(id: u64, note: u32) -> u32 {
        let entry = Entry::table(receiver()).get(id).or_fail("no entry");
        let before = entry.note.0.unwrap_or_default();
        entry.update(receiver(), |entry| entry.note = BinaryExtension(Some(note)));
        before
    }
}
