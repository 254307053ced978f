//! Code of contracts, kept once however many accounts run it.

use super::State;
use crate::code_rules::CodeRules;
use antelope_types::Checksum256;
use std::sync::Arc;

/// The code of contracts.
#[derive(Clone, Debug)]
pub struct Code {
    pub bytes: Arc<[u8]>,
    /// How many accounts run it.
    pub accounts: u64,
}

impl State {
    /// What code is held to.
    pub fn code_rules(&self) -> CodeRules {
        CodeRules {
            features: self.global.protocol.active(),
            limits: self.global.wasm_config,
        }
    }

    /// The code that accounts of this hash run.
    pub fn code(&self, hash: &Checksum256) -> Option<&Arc<[u8]>> {
        self.codes.get(hash).map(|code| &code.bytes)
    }

    /// One account more runs the code.
    pub fn use_code(&mut self, hash: Checksum256, bytes: &[u8]) {
        match self.codes.get_mut(&hash) {
            Some(code) => code.accounts += 1,
            None => {
                let bytes = bytes.into();
                self.codes.insert(hash, Code { bytes, accounts: 1 });
            }
        }
    }

    /// One account less runs the code; its length, if it was known.
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
