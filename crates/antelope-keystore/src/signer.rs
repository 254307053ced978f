//! A signer from a keystore, wherever its passphrase comes from.

use crate::agent::Agent;
use crate::error::KeystoreError;
use crate::keystore::Keystore;
use crate::name::KeyName;
use crate::source::PassphraseSource;
use antelope_keys::Signer;

impl Keystore {
    /// A signer with the key of this name: the agent's, where the passphrase is to come from the agent,
    /// and otherwise the key itself, unlocked with the passphrase.
    ///
    /// # Errors
    /// As [`unlock`](Self::unlock) and [`PassphraseSource::read`]; with the agent as [`Agent::signer`].
    pub fn signer(
        &self,
        name: &KeyName,
        source: &PassphraseSource,
    ) -> Result<Box<dyn Signer>, KeystoreError> {
        if *source == PassphraseSource::Agent {
            let agent = Agent::connect(self.agent_socket())?;
            return Ok(Box::new(agent.signer(name)?));
        }
        // Before anything is typed for nothing.
        self.entry(name)?;
        let passphrase = source.read(&format!("passphrase of the key {name}: "))?;
        Ok(Box::new(self.unlock(name, &passphrase)?))
    }
}
