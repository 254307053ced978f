//! `wallet`: keys in the encrypted keystore, or in a running keosd with `--wallet-url`.
//!
//! What cleos calls a wallet is a file of many keys with one password. The keystore has a file for each
//! key, with a name and a passphrase of its own; `--name` is the key's.

use crate::options::Options;
use crate::signers::{KeyOptions, Keys, outer_source};
use crate::{Console, Failure, Fallible, Report};
use antelope_keystore::{
    Agent, KeyName, Keystore, Passphrase, PassphraseSource, key_file, typed_key,
};
use antelope_rpc_client::signing;
use antelope_types::{PrivateKey, PublicKey};
use clap::{Args, Subcommand};
use serde_json::json;
use std::path::PathBuf;
use std::time::Duration;

/// Keep keys.
#[derive(Args, Clone, Debug)]
pub struct WalletArgs {
    #[command(subcommand)]
    #[allow(missing_docs)]
    pub command: Wallet,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub keys: KeyOptions,
}

/// What is done with keys.
#[derive(Subcommand, Clone, Debug)]
pub enum Wallet {
    /// Make the folder of the keystore
    Create,
    /// Open a wallet of keosd; the keystore is always open
    Open(OfName),
    /// Lock all keys of the agent, or a wallet of keosd
    Lock(OfName),
    /// Lock all keys
    #[command(name = "lock_all")]
    LockAll,
    /// Unlock a key in the agent, or a wallet of keosd
    Unlock(OfName),
    /// Put a private key into the keystore: typed, or from a file
    Import {
        /// The key's name
        #[arg(long, default_value = "default")]
        name: String,
        /// The file with the key
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Remove a key from the keystore
    #[command(name = "remove_key")]
    RemoveKey {
        /// The key's name, or the public key
        key: String,
    },
    /// Make a key in the keystore
    #[command(name = "create_key")]
    CreateKey {
        /// K1 or R1
        #[arg(default_value = "K1", value_parser = ["K1", "R1"])]
        key_type: String,
        /// The key's name
        #[arg(long, default_value = "default")]
        name: String,
    },
    /// List the keys of the keystore with their names, or the wallets of keosd
    List,
    /// List the public keys that are unlocked
    Keys,
    /// Show a private key of the keystore
    #[command(name = "private_keys")]
    PrivateKeys(OfName),
    /// Encrypt a key of the keystore with another passphrase
    #[command(name = "change_passphrase")]
    ChangePassphrase {
        /// The key's name
        #[arg(long, default_value = "default")]
        name: String,
        /// Where the new passphrase comes from: prompt, file:PATH or fd:NUMBER
        #[arg(long, value_name = "SOURCE", default_value = "prompt")]
        new: String,
    },
    /// Give a key of the keystore another name
    Rename {
        /// The name that it has
        from: String,
        /// The name that it gets
        to: String,
    },
    /// Keep the passphrase of a key in the system's keyring, for `--passphrase keyring`
    Remember(OfName),
    /// Forget the passphrase of a key that is kept in the system's keyring
    Forget(OfName),
    /// Stop the agent
    Stop,
    /// Run the agent: it keeps keys unlocked until they are not used for a while
    Agent {
        /// Minutes after which a key that is not used is locked
        #[arg(long, default_value_t = 15)]
        idle: u64,
    },
}

/// A key of the keystore, or a wallet of keosd.
#[derive(Args, Clone, Debug)]
pub struct OfName {
    /// The name of the key, or of the wallet
    #[arg(long, default_value = "default")]
    pub name: String,
}

/// Runs a command of the group. Needs no node.
///
/// # Errors
/// `keys.…`
pub fn run(options: &Options, console: &mut Console<'_>, given: &WalletArgs) -> Fallible<Report> {
    let keys = &given.keys.beside(&options.folder()?);
    match &given.command {
        Wallet::Create => {
            let folder = keys.keystore()?.folder().display().to_string();
            Ok(Report::new(
                json!({ "folder": folder }),
                format!("keys are kept in {folder}"),
            ))
        }
        Wallet::Open(it) => match keys.keosd()? {
            Some(keosd) => {
                keosd.open(&it.name)?;
                Ok(done(format!("{} is open", it.name)))
            }
            None => Ok(done("the keystore is always open".to_owned())),
        },
        Wallet::Lock(it) => match keys.keosd()? {
            Some(keosd) => {
                keosd.lock(&it.name)?;
                Ok(done(format!("{} is locked", it.name)))
            }
            None => lock_all(keys),
        },
        Wallet::LockAll => match keys.keosd()? {
            Some(keosd) => {
                for wallet in keosd.wallets()?.into_iter().filter(|it| it.is_unlocked) {
                    keosd.lock(&wallet.name)?;
                }
                Ok(done("all wallets are locked".to_owned()))
            }
            None => lock_all(keys),
        },
        Wallet::Unlock(it) => unlock(keys, it),
        Wallet::Import { name, file } => {
            let key = match file {
                Some(file) => {
                    let mut keys = key_file(file)?;
                    match (keys.pop(), keys.is_empty()) {
                        (Some(key), true) => key,
                        _ => return Err(Failure::usage("the file holds more than one key")),
                    }
                }
                None => typed_key("private key: ")?,
            };
            add(keys, name, &key)
        }
        Wallet::CreateKey { key_type, name } => {
            let made = match key_type.as_str() {
                "R1" => signing::generate_r1(),
                _ => signing::generate_k1(),
            };
            let key = made.map_err(|error| Failure::new("keys.sign", error.to_string()))?;
            add(keys, name, &key)
        }
        Wallet::RemoveKey { key } => remove(keys, console, key, options.yes > 0),
        Wallet::List => list(keys),
        Wallet::Keys => {
            let found = match keys.keosd()? {
                Some(keosd) => keosd.public_keys()?,
                None => match keys.agent()? {
                    Some(agent) => agent.public_keys()?,
                    None => Vec::new(),
                },
            };
            let texts: Vec<_> = found.iter().map(PublicKey::to_string).collect();
            Ok(Report::new(&texts, texts.join("\n")))
        }
        Wallet::PrivateKeys(it) => {
            let name: KeyName = it.name.parse()?;
            let keystore = keys.keystore()?;
            let passphrase = passphrase(keys, &keystore, &name)?;
            let text = keystore.export(&name, &passphrase)?.to_string();
            Ok(Report::new(&text, text.clone()))
        }
        Wallet::ChangePassphrase { name, new } => change_passphrase(keys, name, new),
        Wallet::Rename { from, to } => {
            let (from, to): (KeyName, KeyName) = (from.parse()?, to.parse()?);
            let keystore = keys.keystore()?;
            let passphrase = passphrase(keys, &keystore, &from)?;
            keystore.rename(&from, &to, &passphrase)?;
            Ok(done(format!("{from} is called {to}")))
        }
        Wallet::Remember(it) => remember(keys, it),
        Wallet::Forget(it) => {
            let name: KeyName = it.name.parse()?;
            keys.keystore()?.keyring_item(&name).forget()?;
            Ok(done(format!(
                "the keyring has no passphrase of {name} any more"
            )))
        }
        Wallet::Stop => match keys.agent()? {
            Some(agent) => {
                agent.stop()?;
                Ok(done("the agent has ended".to_owned()))
            }
            None => Ok(done("no agent is running".to_owned())),
        },
        Wallet::Agent { idle } => {
            let keystore = keys.keystore()?;
            let socket = keystore.agent_socket();
            console.say(&format!("the agent listens on {}", socket.display()));
            let idle = Duration::from_secs(idle.saturating_mul(60));
            Agent::serve(socket, keystore, idle)?;
            Ok(done("the agent has ended".to_owned()))
        }
    }
}

fn done(text: String) -> Report {
    Report::new(json!({ "done": text }), text)
}

fn lock_all(keys: &Keys<'_>) -> Fallible<Report> {
    if let Some(agent) = keys.agent()? {
        agent.lock()?;
    }
    Ok(done("all keys are locked".to_owned()))
}

fn unlock(keys: &Keys<'_>, it: &OfName) -> Fallible<Report> {
    if let Some(keosd) = keys.keosd()? {
        // A name of keosd's own rules; and no wallet of its has a passphrase in our keyring or agent.
        let password = keys
            .outer_source()?
            .read(&format!("password of the wallet {}: ", it.name))?;
        keosd.unlock(&it.name, &password)?;
        return Ok(done(format!("{} is unlocked", it.name)));
    }
    let name: KeyName = it.name.parse()?;
    let keystore = keys.keystore()?;
    keystore.entry(&name)?;
    let agent = Agent::connect(keystore.agent_socket())?;
    let source = match keys.has_source() {
        true => keys.source(&name)?,
        false => PassphraseSource::Prompt,
    };
    let passphrase = source.read(&format!("passphrase of the key {name}: "))?;
    agent.unlock(&name, &passphrase)?;
    Ok(done(format!("{name} is unlocked")))
}

/// The passphrase of a key itself, which the agent does not give away.
fn passphrase(keys: &Keys<'_>, keystore: &Keystore, name: &KeyName) -> Fallible<Passphrase> {
    keystore.entry(name)?;
    let source = match keys.source(name)? {
        PassphraseSource::Agent => PassphraseSource::Prompt,
        source => source,
    };
    Ok(source.read(&format!("passphrase of the key {name}: "))?)
}

/// Encrypts a key anew. A passphrase that came from the keyring is replaced there too.
fn change_passphrase(keys: &Keys<'_>, name: &str, new: &str) -> Fallible<Report> {
    let name: KeyName = name.parse()?;
    let keystore = keys.keystore()?;
    let old = passphrase(keys, &keystore, &name)?;
    let new = outer_source(new)?.read_new(&format!("new passphrase for the key {name}: "))?;
    keystore.change_passphrase(&name, &old, &new)?;
    if let PassphraseSource::Keyring(item) = keys.source(&name)? {
        item.store(&new)?;
    }
    Ok(done(format!("{name} has a new passphrase")))
}

/// Keeps the passphrase of a key in the system's keyring, once it is known to be the right one.
fn remember(keys: &Keys<'_>, it: &OfName) -> Fallible<Report> {
    let name: KeyName = it.name.parse()?;
    let keystore = keys.keystore()?;
    keystore.entry(&name)?;
    let passphrase = keys
        .outer_source()?
        .read(&format!("passphrase of the key {name}: "))?;
    keystore.unlock(&name, &passphrase)?;
    keystore.keyring_item(&name).store(&passphrase)?;
    Ok(done(format!("the keyring has the passphrase of {name}")))
}

/// Puts a key into the keystore, with a new passphrase.
fn add(keys: &Keys<'_>, name: &str, key: &PrivateKey) -> Fallible<Report> {
    let name: KeyName = name.parse()?;
    let source = keys.outer_source()?;
    let keystore = keys.keystore()?;
    let passphrase = source.read_new(&format!("new passphrase for the key {name}: "))?;
    keystore.add(&name, key, &passphrase)?;
    let public = keystore.entry(&name)?.public_key;
    let data = json!({ "name": name.as_str(), "public_key": public });
    Ok(Report::new(data, format!("{name}  {public}")))
}

fn remove(keys: &Keys<'_>, console: &mut Console<'_>, key: &str, yes: bool) -> Fallible<Report> {
    let keystore = keys.keystore()?;
    let name = match PublicKey::parse_of_any_chain(key) {
        Ok(public) => {
            let entries = keystore.entries()?.into_iter();
            let entry = entries.into_iter().find(|it| it.public_key == public);
            let missing = || Failure::not_found("keys.missing", format!("no key {public} is kept"));
            entry.ok_or_else(missing)?.name
        }
        Err(_) => key.parse()?,
    };
    let public = keystore.entry(&name)?.public_key;
    // Nothing brings it back.
    if !yes {
        console.confirm(&format!("remove the key {name} ({public}) for good?"))?;
    }
    keystore.remove(&name)?;
    Ok(done(format!("{name} is removed")))
}

fn list(keys: &Keys<'_>) -> Fallible<Report> {
    if let Some(keosd) = keys.keosd()? {
        let wallets = keosd.wallets()?;
        let line = |name: &str, is_unlocked| match is_unlocked {
            true => format!("{name} *"),
            false => name.to_owned(),
        };
        let lines = wallets.iter().map(|it| line(&it.name, it.is_unlocked));
        let lines: Vec<_> = lines.collect();
        return Ok(Report::new(&lines, lines.join("\n")));
    }
    let unlocked = match keys.agent()? {
        Some(agent) => agent.public_keys()?,
        None => Vec::new(),
    };
    let (mut data, mut text) = (Vec::new(), String::new());
    for entry in keys.keystore()?.entries()? {
        let is_unlocked = unlocked.contains(&entry.public_key);
        let mark = if is_unlocked { " *" } else { "" };
        let (name, key) = (entry.name.as_str(), &entry.public_key);
        text += &format!("{name:<20} {key}{mark}\n");
        data.push(json!({ "name": name, "public_key": key, "unlocked": is_unlocked }));
    }
    Ok(Report::new(data, text))
}
