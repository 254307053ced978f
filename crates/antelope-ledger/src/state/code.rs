//! The code of contracts, stored once per hash however many accounts run it.
//!
//! Counterpart of a node's `code_object` (`libraries/chain/include/eosio/chain/code_object.hpp`),
//! with the same reference count. Sharing saves memory only: each account that sets the code is
//! billed for all of its bytes, ten bytes of RAM for each
//! ([`PER_CODE_BYTE`](super::ram::PER_CODE_BYTE)).

use super::State;
use crate::code_rules::CodeRules;
use crate::stored::stored_struct;
use antelope_types::Checksum256;
use std::sync::Arc;

stored_struct! {
    /// One piece of code, with the number of accounts that run it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Code {
        /// A number that grows with each piece of code stored: see `Global::next_object`.
        pub number: u64,
        /// The WebAssembly module, byte for byte as `setcode` received it: its SHA-256 is the key.
        pub bytes: Arc<[u8]>,
        /// How many accounts run it; an entry whose count falls to 0 is removed.
        pub accounts: u64,
    }
}

impl State {
    /// What code must satisfy when `setcode` stores it now: the active protocol features decide
    /// which host functions it may import, the chain's WASM parameters limit its size and shape.
    pub fn code_rules(&self) -> CodeRules {
        CodeRules {
            features: self.global.protocol.active(),
            limits: self.global.wasm_config,
        }
    }

    /// The code with this hash, if any account runs it.
    pub fn code(&self, hash: &Checksum256) -> Option<&Arc<[u8]>> {
        self.codes.get(hash).map(|code| &code.bytes)
    }

    /// Counts one more account that runs the code, and stores the bytes if it is the first.
    ///
    /// `hash` must be the SHA-256 of `bytes`; this is not checked here.
    pub fn use_code(&mut self, hash: Checksum256, bytes: &[u8]) {
        match self.codes.get_mut(&hash) {
            Some(code) => code.accounts += 1,
            None => {
                let code = Code {
                    number: self.number_object(),
                    bytes: bytes.into(),
                    accounts: 1,
                };
                self.codes.insert(hash, code);
            }
        }
    }

    /// Counts one account less that runs the code, and forgets the bytes with the last one. Returns
    /// the length of the code in bytes, or `None` if no account ran it.
    pub fn drop_code(&mut self, hash: &Checksum256) -> Option<usize> {
        let code = self.codes.get_mut(hash)?;
        let length = code.bytes.len();
        if code.accounts > 1 {
            code.accounts -= 1;
        } else {
            self.codes.remove(hash);
        }
        Some(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ChainConfig;

    #[test]
    fn code_is_kept_while_an_account_runs_it() {
        let mut state = State::new(ChainConfig::default());
        let hash = Checksum256([1; 32]);
        state.use_code(hash, b"code");
        state.use_code(hash, b"code");
        assert_eq!(state.drop_code(&hash), Some(4));
        assert_eq!(state.code(&hash).map(|code| &code[..]), Some(&b"code"[..]));
        assert_eq!(state.drop_code(&hash), Some(4));
        assert_eq!(state.code(&hash), None);
        assert_eq!(state.drop_code(&hash), None);
    }
}
