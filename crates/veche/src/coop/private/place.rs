//! The folder of the registry, and where the master key comes from.

use super::PrivateOffice;
use super::failure::failed;
use crate::coop::office::OfficeOptions;
use antelope_cli::{Failure, Fallible};
use antelope_keystore::{Agent, Keystore, PassphraseSource};
use clap::Args;
use coop_language::Words;
use coop_private::{MasterSecret, PrivateStore};
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

/// Which cooperative, and the folder of its registry.
#[derive(Args, Clone, Debug)]
pub(crate) struct RegistryPlace {
    #[command(flatten)]
    pub(in crate::coop) office: OfficeOptions,
    /// The folder of the registry [default: registry/COOPERATIVE beside the configuration]
    #[arg(long = "data", value_name = "DIR", env = "VECHE_INDEX")]
    data: Option<PathBuf>,
}

/// Where the master key comes from.
#[derive(Args, Clone, Debug)]
pub(crate) struct MasterOptions {
    /// Where the master key comes from: prompt, file:PATH, fd:NUMBER or agent:KEY
    #[arg(
        long,
        value_name = "SOURCE",
        env = "VECHE_MASTER",
        default_value = "prompt"
    )]
    pub(super) master: String,
}

/// Whether a passphrase is one that is there, or a new one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Known,
    New,
}

#[cfg(feature = "api")]
impl RegistryPlace {
    /// The registry of a cooperative in this folder.
    pub(super) fn of(office: OfficeOptions, data: PathBuf) -> Self {
        let data = Some(data);
        Self { office, data }
    }
}

#[cfg(feature = "api")]
impl MasterOptions {
    /// A master key that comes from there.
    pub(super) fn of(source: &str) -> Self {
        let master = source.to_owned();
        Self { master }
    }
}

impl PrivateOffice<'_> {
    /// The folder of the registry.
    ///
    /// # Errors
    /// `usage.argument` where neither the folder nor the cooperative is named.
    pub(super) fn folder(&self) -> Fallible<PathBuf> {
        let RegistryPlace { office, data } = self.place;
        match (data, office.coop) {
            (Some(data), _) => Ok(data.clone()),
            (None, Some(name)) => {
                let registry = self.session.folder()?.join("registry");
                Ok(registry.join(name.to_string()))
            }
            (None, None) => {
                let text = self.messages.text("personal.which");
                Err(Failure::usage(text).expected("--coop ACCOUNT, VECHE_COOP, --data DIR"))
            }
        }
    }

    /// Opens the store, which must be that of the cooperative where one is named.
    ///
    /// # Errors
    /// Those of the master key and of the store.
    pub(super) fn store(&self, master: &MasterOptions) -> Fallible<PrivateStore> {
        let folder = self.folder()?;
        let secret = self.secret(&master.master, Asked::Known)?;
        let store = PrivateStore::open(&folder, &secret).map_err(failed(&self.messages))?;
        match self.place.office.coop {
            Some(wanted) if wanted != store.cooperative() => {
                let words = Words::of("personal.other_coop")
                    .with("found", store.cooperative())
                    .with("folder", folder.display());
                Err(Failure::new("private.other", self.say(&words)))
            }
            _ => Ok(store),
        }
    }

    /// What the master key is made from. A file that is to be new and is not there is made, of random digits.
    ///
    /// # Errors
    /// `usage.argument`; those of the keystore.
    pub(super) fn secret(&self, source: &str, asked: Asked) -> Fallible<MasterSecret> {
        let wrong = || {
            let words = Words::of("personal.source").with("source", source);
            Failure::usage(self.say(&words)).expected("prompt, file:PATH, fd:NUMBER, agent:KEY")
        };
        let source = match source.split_once(':') {
            None if source == "prompt" => PassphraseSource::Prompt,
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
        let prompt = self.messages.text("personal.prompt") + " ";
        let passphrase = match asked {
            Asked::Known => source.read(&prompt)?,
            Asked::New => source.read_new(&prompt)?,
        };
        Ok(MasterSecret::Passphrase(passphrase))
    }

    fn make_key_file(&self, path: &std::path::Path) -> Fallible<()> {
        let write = || {
            let mut options = OpenOptions::new();
            let mut file = options
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(path)?;
            let digits = coop_private::random_digits().map_err(std::io::Error::other)?;
            file.write_all(digits.as_bytes())?;
            file.sync_all()
        };
        write().map_err(|error| crate::coop::desk::unwritten(&self.messages, path, &error))
    }
}
