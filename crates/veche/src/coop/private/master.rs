//! Where the master key comes from, and the store that it opens.

use super::failure::failed;
use antelope_cli::{Failure, Fallible, Session};
use antelope_keystore::{Agent, Keystore, PassphraseSource};
use antelope_types::Name;
use coop_language::{Messages, Words};
use coop_private::{MasterSecret, PrivateStore};
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Where a master key comes from: `prompt`, `file:PATH`, `fd:NUMBER` or `agent:KEY`.
pub(in crate::coop) struct Master<'a> {
    pub(in crate::coop) session: &'a Session,
    pub(in crate::coop) messages: &'a Messages,
    pub(in crate::coop) source: &'a str,
}

/// Whether a passphrase is one that is there, or a new one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::coop) enum Asked {
    Known,
    New,
}

impl Master<'_> {
    /// Opens the store in a folder, which must be that of the cooperative where one is named.
    ///
    /// # Errors
    /// Those of the master key and of the store; `private.other`.
    pub(in crate::coop) fn open(
        &self,
        folder: &Path,
        wanted: Option<Name>,
    ) -> Fallible<PrivateStore> {
        let secret = self.secret(Asked::Known)?;
        let store = PrivateStore::open(folder, &secret).map_err(failed(self.messages))?;
        match wanted {
            Some(wanted) if wanted != store.cooperative() => {
                let words = Words::of("private.other")
                    .with("found", store.cooperative())
                    .with("folder", folder.display());
                Err(Failure::new("private.other", words.say(self.messages)))
            }
            _ => Ok(store),
        }
    }

    /// What the master key is made from. A file that is to be new and is not there is made, of random digits.
    ///
    /// # Errors
    /// `usage.argument`; those of the keystore.
    pub(in crate::coop) fn secret(&self, asked: Asked) -> Fallible<MasterSecret> {
        let wrong = || {
            let words = Words::of("private.source").with("source", self.source);
            Failure::usage(words.say(self.messages))
                .expected("prompt, file:PATH, fd:NUMBER, agent:KEY")
        };
        let source = match self.source.split_once(':') {
            None if self.source == "prompt" => PassphraseSource::Prompt,
            Some(("file", path)) => {
                let path = PathBuf::from(path);
                if asked == Asked::New && !path.exists() {
                    self.make_key_file(&path)?;
                }
                PassphraseSource::File(path)
            }
            Some(("fd", number)) => {
                PassphraseSource::Descriptor(number.parse().map_err(|_| wrong())?)
            }
            Some(("agent", name)) => {
                let keystore = Keystore::open(self.session.folder()?.join("keys"))?;
                let agent = Agent::connect(keystore.agent_socket())?;
                let signer = agent.signer(&name.parse()?)?;
                return Ok(MasterSecret::Signer(Box::new(signer)));
            }
            _ => return Err(wrong()),
        };
        let prompt = self.messages.text("private.prompt") + " ";
        let passphrase = match asked {
            Asked::Known => source.read(&prompt)?,
            Asked::New => source.read_new(&prompt)?,
        };
        Ok(MasterSecret::Passphrase(passphrase))
    }

    fn make_key_file(&self, path: &Path) -> Fallible<()> {
        let write = || {
            let mut options = OpenOptions::new();
            let mut file = options
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(path)?;
            let digits = coop_private::random_digits().map_err(io::Error::other)?;
            file.write_all(digits.as_bytes())?;
            file.sync_all()
        };
        write().map_err(|error| crate::coop::desk::unwritten(self.messages, path, &error))
    }
}
