//! Where signatures come from. Keys and passphrases are never taken from arguments or from the
//! environment, where other programs see them.

use crate::answers::permission;
use crate::{Failure, Fallible, Session};
use antelope_keystore::{
    Agent, Keosd, KeyName, Keystore, KeystoreError, PassphraseSource, key_file,
};
use antelope_rpc_client::Signer;
use antelope_types::PermissionLevel;
use clap::Args;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Which keys may sign. Of those at hand only the ones sign that the chain asks for.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Keys")]
pub struct KeyOptions {
    /// Key of the keystore by its name, see `wallet list`
    #[arg(long = "key", value_name = "NAME", global = true)]
    pub names: Vec<String>,
    /// Where passphrases come from: prompt, agent, keyring, file:PATH or fd:NUMBER
    #[arg(long, value_name = "SOURCE", global = true)]
    pub passphrase: Option<String>,
    /// Address of a keosd whose unlocked wallets sign, such as unix:///run/keosd.sock
    #[arg(long, alias = "wallet", value_name = "URL", global = true)]
    pub wallet_url: Option<String>,
    /// File with a private key on each line; for development and for machines
    #[arg(long = "key-file", value_name = "FILE", global = true)]
    pub key_files: Vec<PathBuf>,
}

/// The keys of one user: the options, and the folder of the configuration that the keystore is beside.
#[derive(Clone, Debug)]
pub struct Keys<'a> {
    options: &'a KeyOptions,
    folder: PathBuf,
}

impl KeyOptions {
    /// The keys beside the configuration in this folder.
    #[must_use]
    pub fn beside(&self, configuration: &Path) -> Keys<'_> {
        let folder = configuration.join("keys");
        Keys {
            options: self,
            folder,
        }
    }
}

impl Keys<'_> {
    /// All keys at hand: those that are named, or else those that the agent has unlocked.
    ///
    /// # Errors
    /// `keys.…` where there is none, or one cannot be read.
    pub fn signers(&self) -> Fallible<Vec<Box<dyn Signer>>> {
        let mut signers: Vec<Box<dyn Signer>> = Vec::new();
        for file in &self.options.key_files {
            for key in key_file(file)? {
                signers.push(Box::new(key));
            }
        }
        for name in &self.options.names {
            let keystore = self.keystore()?;
            let name: KeyName = name.parse()?;
            signers.push(keystore.signer(&name, &self.source(&name)?)?);
        }
        if let Some(keosd) = self.keosd()? {
            for key in keosd.signers()? {
                signers.push(Box::new(key));
            }
        }
        if signers.is_empty()
            && self.options.key_files.is_empty()
            && let Some(agent) = self.agent()?
        {
            for key in agent.signers()? {
                signers.push(Box::new(key));
            }
        }
        match signers.is_empty() {
            true => Err(Failure::new("keys.none", "there is no key to sign with")
                .hint("--key NAME for a key of the keystore: `wallet list` lists them")
                .hint("--wallet-url URL for a keosd, --key-file FILE for a file")),
            false => Ok(signers),
        }
    }

    /// The keosd that is meant, if one is.
    ///
    /// # Errors
    /// `keys.keosd` where its address cannot be used.
    pub(crate) fn keosd(&self) -> Fallible<Option<Keosd>> {
        let keosd = self
            .options
            .wallet_url
            .as_deref()
            .map(Keosd::new)
            .transpose()?;
        Ok(keosd)
    }

    /// Where the passphrase of a key comes from: as the options say, or else from the agent where it has
    /// the key unlocked, or else it is typed.
    ///
    /// # Errors
    /// `usage.argument`.
    pub(crate) fn source(&self, name: &KeyName) -> Fallible<PassphraseSource> {
        let Some(text) = self.options.passphrase.as_deref() else {
            let Some(agent) = self.agent()? else {
                return Ok(PassphraseSource::Prompt);
            };
            return match agent.signer(name) {
                Ok(_) => Ok(PassphraseSource::Agent),
                Err(KeystoreError::AgentLocked { .. }) => Ok(PassphraseSource::Prompt),
                Err(error) => Err(error.into()),
            };
        };
        match text {
            "agent" => Ok(PassphraseSource::Agent),
            "keyring" => Ok(PassphraseSource::Keyring(
                self.keystore()?.keyring_item(name),
            )),
            text => plain(text, "prompt, agent, keyring, file:PATH or fd:NUMBER"),
        }
    }

    /// Where a passphrase comes from that neither keyring nor agent have, such as the password of a wallet
    /// of keosd: as the options say, or else it is typed.
    ///
    /// # Errors
    /// `usage.argument`.
    pub(crate) fn outer_source(&self) -> Fallible<PassphraseSource> {
        match self.options.passphrase.as_deref() {
            None => Ok(PassphraseSource::Prompt),
            Some(text) => outer_source(text),
        }
    }

    /// Whether the options say where passphrases come from.
    pub(crate) fn has_source(&self) -> bool {
        self.options.passphrase.is_some()
    }

    /// The keystore: the folder `keys` beside the configuration.
    ///
    /// # Errors
    /// `keys.…` where others can write the folder.
    pub(crate) fn keystore(&self) -> Fallible<Keystore> {
        Ok(Keystore::open(self.folder.clone())?)
    }

    /// The agent of the keystore; none where none runs.
    ///
    /// # Errors
    /// `keys.…` where one may run and cannot be reached: it may hold keys.
    pub(crate) fn agent(&self) -> Fallible<Option<Agent>> {
        // Nothing is made where nothing was kept yet.
        match std::fs::metadata(&self.folder) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Ok(None),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                let message = format!("cannot look at {}: {error}", self.folder.display());
                return Err(Failure::new("keys.io", message));
            }
        }
        match Agent::connect(self.keystore()?.agent_socket()) {
            Ok(agent) => Ok(Some(agent)),
            Err(KeystoreError::NoAgent { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// A source of passphrases that knows nothing of keys.
///
/// # Errors
/// `usage.argument`.
pub(crate) fn outer_source(text: &str) -> Fallible<PassphraseSource> {
    plain(text, "prompt, file:PATH or fd:NUMBER")
}

fn plain(text: &str, expected: &str) -> Fallible<PassphraseSource> {
    let wrong = || {
        Failure::usage(format!("{text:?} is not where a passphrase comes from")).expected(expected)
    };
    match text.split_once(':') {
        None if text == "prompt" => Ok(PassphraseSource::Prompt),
        Some(("file", path)) => Ok(PassphraseSource::File(path.into())),
        Some(("fd", number)) => {
            let number = number.parse().map_err(|_| wrong())?;
            Ok(PassphraseSource::Descriptor(number))
        }
        _ => Err(wrong()),
    }
}

/// Of the keys at hand, the one that a permission names.
///
/// # Errors
/// `chain.keys` where none of them is in the permission; it tells which keys are. Those of the client.
pub fn key_of(
    session: &Session,
    level: PermissionLevel,
    signers: Vec<Box<dyn Signer>>,
) -> Fallible<Box<dyn Signer>> {
    let account = session.client.get_account(level.actor)?;
    let keys = permission(&account, level.permission)?
        .required_auth
        .keys
        .iter();
    let keys: Vec<_> = keys.filter_map(|it| it.key.key()).collect();
    let mut signers = signers.into_iter();
    let found = signers.find(|it| keys.contains(&&it.public_key()));
    found.ok_or_else(|| {
        let texts: Vec<_> = keys.iter().map(|key| key.to_string()).collect();
        Failure::new("chain.keys", format!("no key at hand signs for {level}"))
            .expected(texts.join(", "))
            .hint("--key NAME, --wallet-url URL or --key-file FILE")
    })
}

/// Each failure of the keystore has a code of its own, and its next step.
impl From<KeystoreError> for Box<Failure> {
    fn from(error: KeystoreError) -> Self {
        let failure = Failure::new(error.code().to_owned(), error.to_string());
        match error.hint() {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }
}
