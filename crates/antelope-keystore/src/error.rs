//! What can go wrong with keys at rest, as data: a code for programs, a sentence, and what to do.

use antelope_keys::SigningError;
use antelope_rpc_client::ClientError;
use std::io;
use std::path::PathBuf;

/// Why a key cannot be kept, found, unlocked or used.
///
/// [`code`](Self::code) is for programs and stays the same when the text changes; [`hint`](Self::hint)
/// is the next step for people. No variant carries a secret: not even a text that was not a key, which
/// may be one with a slip of the pen.
///
/// | code | variant |
/// |---|---|
/// | `keys` | [`Signing`](Self::Signing) |
/// | `keys.name` | [`Name`](Self::Name) |
/// | `keys.io` | [`Io`](Self::Io) |
/// | `keys.permissions` | [`Permissions`](Self::Permissions) |
/// | `keys.missing` | [`Missing`](Self::Missing) |
/// | `keys.exists` | [`Exists`](Self::Exists) |
/// | `keys.damaged` | [`Damaged`](Self::Damaged) |
/// | `keys.version` | [`Version`](Self::Version) |
/// | `keys.bounds` | [`Bounds`](Self::Bounds) |
/// | `keys.memory` | [`Memory`](Self::Memory) |
/// | `keys.random` | [`Random`](Self::Random) |
/// | `keys.passphrase` | [`WrongPassphrase`](Self::WrongPassphrase) |
/// | `keys.passphrase-weak` | [`WeakPassphrase`](Self::WeakPassphrase) |
/// | `keys.passphrase-differs` | [`PassphraseDiffers`](Self::PassphraseDiffers) |
/// | `keys.passphrase-source` | [`PassphraseSource`](Self::PassphraseSource) |
/// | `keys.terminal` | [`NoTerminal`](Self::NoTerminal) |
/// | `keys.text` | [`Text`](Self::Text) |
/// | `keys.file` | [`KeyFile`](Self::KeyFile) |
/// | `keys.none` | [`NoKey`](Self::NoKey) |
/// | `keys.agent-missing` | [`NoAgent`](Self::NoAgent) |
/// | `keys.agent-running` | [`AgentRunning`](Self::AgentRunning) |
/// | `keys.agent-locked` | [`AgentLocked`](Self::AgentLocked) |
/// | `keys.agent` | [`AgentFailed`](Self::AgentFailed) |
/// | `keys.agent-user` | [`AgentRefused`](Self::AgentRefused): it serves its own user only |
/// | `keys.agent-busy` | [`AgentRefused`](Self::AgentRefused), after trying for 10 s |
/// | `keys.agent-request` | [`AgentRefused`](Self::AgentRefused): it does not understand, as one of another version |
/// | any of these | [`AgentRefused`](Self::AgentRefused): what unlocking or signing says in the agent |
/// | `keys.keosd` | [`Keosd`](Self::Keosd) |
/// | `keys.wallet` | [`WalletLocked`](Self::WalletLocked) |
/// | `keys.keyring` | [`Keyring`](Self::Keyring) |
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeystoreError {
    /// The text is not a name of a key.
    #[error(
        "`{name}` is not a name of a key, expected 1 to 64 of a-z, 0-9, `.`, `-` and `_`, \
         beginning with a letter or a digit"
    )]
    Name {
        /// The text; only `…` where it is so long that it may be a private key.
        name: String,
    },
    /// The operating system refused something.
    #[error("cannot {doing}: {source}")]
    Io {
        /// What was to be done, with the path.
        doing: String,
        /// The system's reason.
        source: io::Error,
    },
    /// Others than the owner could read or change the file or folder, or it is not a plain one.
    #[error("{}: {problem}", path.display())]
    Permissions {
        /// The file or folder.
        path: PathBuf,
        /// Who may do what, and what was expected.
        problem: String,
        /// The command that corrects it.
        cure: String,
    },
    /// There is no key of this name.
    #[error("no key `{name}` in {}", folder.display())]
    Missing {
        /// The name.
        name: String,
        /// The keystore.
        folder: PathBuf,
    },
    /// There is a key of this name already; it was not touched.
    #[error("there is a key `{name}` already; a key is never overwritten")]
    Exists {
        /// The name.
        name: String,
    },
    /// The file of a key is not as it was written.
    #[error("{} is damaged: {problem}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found and what was expected.
        problem: String,
    },
    /// The file was written by a later version of this library.
    #[error("{} has version {version} of the format, expected 1", path.display())]
    Version {
        /// The file.
        path: PathBuf,
        /// Its version.
        version: u64,
    },
    /// A parameter of the file is out of bounds; nothing was computed with it.
    #[error("{}: {what} is {value}, expected {least} to {most}", path.display())]
    Bounds {
        /// The file.
        path: PathBuf,
        /// The parameter with its unit.
        what: &'static str,
        /// Its value in the file.
        value: u64,
        /// The least value that is accepted.
        least: u64,
        /// The greatest value that is accepted.
        most: u64,
    },
    /// The memory that the passphrase's hash needs is not there.
    #[error("not enough memory to hash the passphrase: {mib} MiB are needed")]
    Memory {
        /// How much, in MiB, rounded up.
        mib: u32,
    },
    /// The operating system gave no random numbers.
    #[error("the operating system gave no random numbers: {problem}")]
    Random {
        /// The reason that the system gives.
        problem: String,
    },
    /// The passphrase does not open the key, or the file was changed: the two look the same.
    #[error("the passphrase does not open the key `{name}`, or its file was changed")]
    WrongPassphrase {
        /// The key.
        name: String,
    },
    /// A new passphrase is empty, too short or too long, or has characters that no line has.
    #[error("{problem}")]
    WeakPassphrase {
        /// What is wrong, what was expected, and why.
        problem: String,
    },
    /// A new passphrase was typed twice, and differently.
    #[error("the two passphrases differ, expected the same one twice; nothing was changed")]
    PassphraseDiffers,
    /// No passphrase can be read from there.
    #[error("no passphrase from {from}: {problem}")]
    PassphraseSource {
        /// The file, descriptor, or other place.
        from: String,
        /// What was found and what was expected.
        problem: String,
    },
    /// Something must be typed, and standard input is not a terminal.
    #[error("no terminal to ask for {what}")]
    NoTerminal {
        /// What would be typed.
        what: String,
    },
    /// What was read is not a private key. The text is not repeated.
    #[error("{place} is not a private key, expected PVT_K1_…, PVT_R1_… or WIF")]
    Text {
        /// Where it was read, such as `keys.txt line 3`.
        place: String,
    },
    /// A file with private keys cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    KeyFile {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// Nothing was typed: standard input is at its end.
    #[error("no key to sign with")]
    NoKey,
    /// A key cannot sign.
    #[error(transparent)]
    Signing(#[from] SigningError),
    /// No agent answers on the socket.
    #[error("no agent at {}", socket.display())]
    NoAgent {
        /// The socket.
        socket: PathBuf,
    },
    /// An agent has this socket already.
    #[error("an agent is at {} already", socket.display())]
    AgentRunning {
        /// The socket.
        socket: PathBuf,
    },
    /// The agent does not hold the key: it was never unlocked there, or its time is over.
    #[error("the agent has not unlocked {key}")]
    AgentLocked {
        /// The name or the public key.
        key: String,
    },
    /// The agent's answer did not come whole or cannot be read.
    #[error("the agent at {}: {problem}", socket.display())]
    AgentFailed {
        /// The socket.
        socket: PathBuf,
        /// What happened.
        problem: String,
    },
    /// The agent refused, in its own words.
    #[error("{message}")]
    AgentRefused {
        /// The code of the agent's own error.
        code: String,
        /// Its message.
        message: String,
        /// Its hint.
        hint: Option<String>,
    },
    /// keosd does not answer, or refuses.
    #[error("keosd: {0}")]
    Keosd(#[source] Box<ClientError>),
    /// keosd has no wallet that is unlocked and has keys.
    #[error("no unlocked key in the wallet {address}")]
    WalletLocked {
        /// The address of keosd.
        address: String,
    },
    /// The operating system's keyring cannot be used.
    #[error("the keyring of the system: {problem}")]
    Keyring {
        /// What happened.
        problem: String,
    },
}

impl KeystoreError {
    /// A name for programs, which stays the same when the text changes. The table is at
    /// [`KeystoreError`].
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Name { .. } => "keys.name",
            Self::Io { .. } => "keys.io",
            Self::Permissions { .. } => "keys.permissions",
            Self::Missing { .. } => "keys.missing",
            Self::Exists { .. } => "keys.exists",
            Self::Damaged { .. } => "keys.damaged",
            Self::Version { .. } => "keys.version",
            Self::Bounds { .. } => "keys.bounds",
            Self::Memory { .. } => "keys.memory",
            Self::Random { .. } => "keys.random",
            Self::WrongPassphrase { .. } => "keys.passphrase",
            Self::WeakPassphrase { .. } => "keys.passphrase-weak",
            Self::PassphraseDiffers => "keys.passphrase-differs",
            Self::PassphraseSource { .. } => "keys.passphrase-source",
            Self::NoTerminal { .. } => "keys.terminal",
            Self::Text { .. } => "keys.text",
            Self::KeyFile { .. } => "keys.file",
            Self::NoKey => "keys.none",
            Self::Signing(_) => "keys",
            Self::NoAgent { .. } => "keys.agent-missing",
            Self::AgentRunning { .. } => "keys.agent-running",
            Self::AgentLocked { .. } => "keys.agent-locked",
            Self::AgentFailed { .. } => "keys.agent",
            Self::AgentRefused { code, .. } => code,
            Self::Keosd(_) => "keys.keosd",
            Self::WalletLocked { .. } => "keys.wallet",
            Self::Keyring { .. } => "keys.keyring",
        }
    }

    /// What to do about it, where there is something to do; each line is a step or a possibility.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let text = match self {
            Self::Permissions { cure, .. } => cure,
            Self::Missing { .. } => "list the keys that are there, or import this one",
            Self::Exists { .. } => "choose another name, or rename or remove the other key first",
            Self::Damaged { .. } => {
                "take the file from a backup\n\
                 or move it away and import the key again from its printed copy"
            }
            Self::Version { .. } => {
                "use the version of the program that wrote the file, or a later one"
            }
            Self::Bounds { .. } => {
                "no version of this program writes such a file: take it from a backup, and ask who changed it"
            }
            Self::Memory { .. } => "end other programs, or raise the limit of memory (`ulimit -v`)",
            Self::WrongPassphrase { .. } => {
                "check the keyboard's layout and Caps Lock, and try again\n\
                 nothing recovers a lost passphrase: import the key again, under another name, from its printed copy\n\
                 without a copy, make a new key and set it with the account's owner key \
                 (`updateauth`), or ask those who hold that"
            }
            Self::WeakPassphrase { .. } => {
                "five or six random words are long enough and can be remembered"
            }
            Self::PassphraseDiffers => "type it again",
            Self::NoTerminal { .. } => {
                "run it in a terminal\n\
                 or give a file that only you can read, a file descriptor, or an agent that has the key unlocked"
            }
            Self::NoAgent { .. } => {
                "start the agent and unlock the key in it, or give the passphrase otherwise"
            }
            Self::AgentRunning { .. } => "use the one that runs, or stop it first",
            Self::AgentLocked { .. } => "unlock the key in the agent again",
            Self::AgentRefused { code, .. } if code == "keys.agent-user" => {
                "start an agent of your own, or give the passphrase otherwise"
            }
            Self::AgentRefused { hint, .. } => return hint.clone(),
            Self::Keosd(_) => {
                "check that keosd runs at this address, such as unix://$HOME/eosio-wallet/keosd.sock"
            }
            Self::WalletLocked { .. } => "cleos wallet unlock",
            Self::Keyring { .. } => {
                "install libsecret's `secret-tool`, and run in a session that has a keyring\n\
                 or give the passphrase otherwise"
            }
            Self::PassphraseSource { .. } => {
                "type it in a terminal, or give it as one line of a file that only you can read"
            }
            Self::Text { .. } => {
                "check that it is the private key and not the public one (EOS…, PUB_…), and whole"
            }
            Self::KeyFile { .. } => "give a file with a private key on each line",
            Self::NoKey => "run it in a terminal, or give a file with the key",
            Self::AgentFailed { .. } => {
                "look whether the agent runs as this user; ending its process locks all its keys"
            }
            Self::Name { .. } | Self::Io { .. } | Self::Random { .. } | Self::Signing(_) => {
                return None;
            }
        };
        Some(text.to_owned())
    }
}

/// Says what was to be done where the system refuses.
pub(crate) trait Doing<T> {
    /// The error with its task, such as `read /home/alice/keys`.
    fn doing(self, what: impl FnOnce() -> String) -> Result<T, KeystoreError>;
}

impl<T> Doing<T> for io::Result<T> {
    fn doing(self, what: impl FnOnce() -> String) -> Result<T, KeystoreError> {
        self.map_err(|source| KeystoreError::Io {
            doing: what(),
            source,
        })
    }
}
