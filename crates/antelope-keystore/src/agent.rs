//! The agent: a process that keeps keys unlocked for a session.
//!
//! It listens on a unix socket that only its user can reach, takes a key's name and passphrase, and
//! from then on signs digests with the key until it was not used for a while. It gives no key away. A
//! request is one line of JSON, and with `unlock` the passphrase after it; then the client closes its
//! side. The answer is one line of JSON.
//!
//! | request | answer |
//! |---|---|
//! | `{"do":"list"}` | `keys`: `name`, `public_key`, `seconds_left` |
//! | `{"do":"unlock","name":…}` and the passphrase | `keys` |
//! | `{"do":"sign","key":…,"digest":…}` | `signature` |
//! | `{"do":"lock"}` | `keys`, which is empty |
//! | `{"do":"stop"}` | `keys`, which is empty |
//! | whatever it refuses | `refused`: `code`, `message`, `hint` |

mod held;
mod message;
mod server;

use crate::error::KeystoreError;
use crate::keystore::Keystore;
use crate::name::KeyName;
use crate::passphrase::Passphrase;
use antelope_keys::{Signer, SigningError};
use antelope_types::{Checksum256, PublicKey, Signature};
use message::{Answer, Request};
use std::io;
use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;
use zeroize::Zeroizing;

/// How long the agent may take to answer. Unlocking takes a second where memory is slow, and waits for
/// others that are unlocked at the same time.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a connection is tried again while the agent has as many as it takes, and how long after.
const TRIES: u32 = 200;
const PAUSE: Duration = Duration::from_millis(50);

/// A connection to the agent of a keystore. Each request makes a connection of its own.
///
/// ```
/// use antelope_keys::{Signer, signing};
/// use antelope_keystore::{Agent, Keystore, Passphrase};
/// use antelope_types::Checksum256;
/// use std::thread;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let folder = tempfile::tempdir()?;
/// let keystore = Keystore::open(folder.path())?;
/// let (name, passphrase) = ("alice".parse()?, Passphrase::new("horse battery staple".into()));
/// keystore.add(&name, &signing::generate_k1()?, &passphrase)?;
///
/// // A process of its own, in a program.
/// let (socket, keys) = (keystore.agent_socket(), keystore.clone());
/// let serving = thread::spawn(move || Agent::serve(socket, keys, Agent::IDLE));
///
/// # while Agent::connect(keystore.agent_socket()).is_err() { thread::yield_now(); }
/// let agent = Agent::connect(keystore.agent_socket())?;
/// let key = agent.unlock(&name, &passphrase)?;
/// let signature = key.sign(&Checksum256::sha256(b"what is signed"))?;
/// agent.lock()?;
/// assert!(key.sign(&Checksum256::sha256(b"more")).is_err());
/// agent.stop()?;
/// serving.join().expect("it does not panic")?;
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct Agent {
    socket: PathBuf,
}

/// A key that the agent holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldKey {
    /// Its name in the keystore.
    pub name: KeyName,
    /// Its public key.
    pub public_key: PublicKey,
    /// Seconds until it is forgotten, if it is not used.
    pub seconds_left: u64,
}

/// A key that an agent holds, as a signer.
#[derive(Debug, Clone)]
pub struct AgentKey {
    agent: Agent,
    public_key: PublicKey,
}

impl Agent {
    /// How long an agent holds a key that is not used, unless told otherwise: 15 minutes, as keosd.
    pub const IDLE: Duration = Duration::from_secs(15 * 60);

    /// Is an agent: answers on `socket` until [`stop`](Self::stop) is asked for, with keys of
    /// `keystore`. A key is forgotten, and its memory overwritten, when it was not used for `idle`, by a
    /// clock that goes on while the machine sleeps; the agent goes on without it.
    ///
    /// The folder of the socket is made with mode 0700 where it is missing. Processes of other users are
    /// refused by their user id, whatever the modes say. The whole process is left out of core dumps, and
    /// other processes of the user cannot trace it, on Linux; so give it a process of its own. Requests
    /// have at most 4 KiB and 5 s, and 32 are answered at a time.
    ///
    /// # Errors
    /// [`KeystoreError::AgentRunning`] where there is one already; [`KeystoreError::Permissions`] where
    /// others may use the folder of the socket; [`KeystoreError::Io`], also where the path has more than
    /// the some 100 bytes that the system allows.
    pub fn serve(
        socket: impl AsRef<Path>,
        keystore: Keystore,
        idle: Duration,
    ) -> Result<(), KeystoreError> {
        server::serve(socket.as_ref(), keystore, idle)
    }

    /// A connection to the agent at `socket`, which must answer.
    ///
    /// # Errors
    /// [`KeystoreError::NoAgent`], [`KeystoreError::AgentFailed`].
    pub fn connect(socket: impl Into<PathBuf>) -> Result<Self, KeystoreError> {
        let socket = socket.into();
        let agent = Self { socket };
        agent.keys()?;
        Ok(agent)
    }

    /// The keys that it holds, sorted by name. This does not count as use.
    ///
    /// # Errors
    /// [`KeystoreError::NoAgent`], [`KeystoreError::AgentFailed`], and
    /// [`KeystoreError::AgentRefused`] for a user that it does not serve.
    pub fn keys(&self) -> Result<Vec<HeldKey>, KeystoreError> {
        self.ask_for_keys(&Request::List {}, &[])
    }

    /// The public keys that it holds.
    ///
    /// # Errors
    /// As [`keys`](Self::keys).
    pub fn public_keys(&self) -> Result<Vec<PublicKey>, KeystoreError> {
        let keys = self.keys()?.into_iter();
        Ok(keys.map(|key| key.public_key).collect())
    }

    /// All keys that it holds, as signers.
    ///
    /// # Errors
    /// As [`keys`](Self::keys).
    pub fn signers(&self) -> Result<Vec<AgentKey>, KeystoreError> {
        let keys = self.public_keys()?.into_iter();
        Ok(keys.map(|key| self.holding(key)).collect())
    }

    /// The key of this name, as a signer.
    ///
    /// # Errors
    /// As [`keys`](Self::keys); [`KeystoreError::AgentLocked`] where it does not hold the key.
    pub fn signer(&self, name: &KeyName) -> Result<AgentKey, KeystoreError> {
        self.of(self.keys()?, name)
    }

    /// Unlocks a key of the agent's keystore, and holds it.
    ///
    /// # Errors
    /// As [`keys`](Self::keys); [`KeystoreError::AgentRefused`] with the code of what
    /// [`Keystore::unlock`] would say, such as `keys.passphrase`.
    pub fn unlock(
        &self,
        name: &KeyName,
        passphrase: &Passphrase,
    ) -> Result<AgentKey, KeystoreError> {
        let request = Request::Unlock {
            name: name.as_str().to_owned(),
        };
        // By this answer, and not by another one: the key may be forgotten by then.
        let held = self.ask_for_keys(&request, passphrase.bytes())?;
        self.of(held, name)
    }

    /// Forgets all keys; their memory is overwritten.
    ///
    /// # Errors
    /// As [`keys`](Self::keys).
    pub fn lock(&self) -> Result<(), KeystoreError> {
        self.ask_for_keys(&Request::Lock {}, &[]).map(drop)
    }

    /// Forgets all keys and ends the agent.
    ///
    /// # Errors
    /// As [`keys`](Self::keys).
    pub fn stop(&self) -> Result<(), KeystoreError> {
        self.ask_for_keys(&Request::Stop {}, &[]).map(drop)
    }

    /// The key of this name among those that it holds.
    fn of(&self, held: Vec<HeldKey>, name: &KeyName) -> Result<AgentKey, KeystoreError> {
        let mut keys = held.into_iter();
        let key = keys.find(|key| key.name == *name);
        key.map(|key| self.holding(key.public_key))
            .ok_or_else(|| KeystoreError::AgentLocked {
                key: format!("`{name}`"),
            })
    }

    fn holding(&self, public_key: PublicKey) -> AgentKey {
        AgentKey {
            agent: self.clone(),
            public_key,
        }
    }

    /// Asks for something that is answered with keys.
    fn ask_for_keys(
        &self,
        request: &Request,
        passphrase: &[u8],
    ) -> Result<Vec<HeldKey>, KeystoreError> {
        let read = |key: message::Key| {
            Some(HeldKey {
                name: KeyName::new(key.name).ok()?,
                public_key: PublicKey::parse(&key.public_key).ok()?,
                seconds_left: key.seconds_left,
            })
        };
        match self.ask(request, passphrase)? {
            Answer::Keys(keys) => {
                let keys: Option<_> = keys.into_iter().map(read).collect();
                keys.ok_or_else(|| self.failed("it lists what is not a key"))
            }
            _ => Err(self.failed("another answer than its keys")),
        }
    }

    /// Sends a request and reads the answer; tries again while the agent is busy.
    fn ask(&self, request: &Request, passphrase: &[u8]) -> Result<Answer, KeystoreError> {
        let mut tries = 0;
        loop {
            let answer = self.ask_once(request, passphrase)?;
            let Answer::Refused(refusal) = answer else {
                return Ok(answer);
            };
            tries += 1;
            if refusal.code != message::BUSY || tries == TRIES {
                return Err(KeystoreError::AgentRefused {
                    code: refusal.code,
                    message: refusal.message,
                    hint: refusal.hint,
                });
            }
            sleep(PAUSE);
        }
    }

    fn ask_once(&self, request: &Request, passphrase: &[u8]) -> Result<Answer, KeystoreError> {
        let broken = |error: io::Error| self.failed(&error.to_string());
        let mut stream = UnixStream::connect(&self.socket).map_err(|error| match error.kind() {
            // No socket, or one that an agent has left behind.
            io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused => KeystoreError::NoAgent {
                socket: self.socket.clone(),
            },
            _ => self.failed(&error.to_string()),
        })?;
        stream.set_read_timeout(Some(PATIENCE)).map_err(broken)?;
        stream.set_write_timeout(Some(PATIENCE)).map_err(broken)?;
        let line = request.to_line();
        let mut bytes = Zeroizing::new(Vec::with_capacity(line.len() + passphrase.len()));
        bytes.extend_from_slice(&line);
        bytes.extend_from_slice(passphrase);
        // An agent that is busy answers without having read all of it.
        let sent = stream.write_all(&bytes);
        let _ = stream.shutdown(Shutdown::Write);
        let mut answer = Vec::new();
        let read = (&stream)
            .take(message::MOST_ANSWER)
            .read_to_end(&mut answer);
        if answer.is_empty() {
            sent.and(read.map(drop)).map_err(broken)?;
            return Err(self.failed("it closed the connection without an answer"));
        }
        serde_json::from_slice(&answer).map_err(|error| self.failed(&error.to_string()))
    }

    fn failed(&self, problem: &str) -> KeystoreError {
        KeystoreError::AgentFailed {
            socket: self.socket.clone(),
            problem: problem.to_owned(),
        }
    }
}

impl Signer for AgentKey {
    fn public_key(&self) -> PublicKey {
        self.public_key.clone()
    }

    fn sign(&self, digest: &Checksum256) -> Result<Signature, SigningError> {
        let request = Request::Sign {
            key: self.public_key.to_text(),
            digest: digest.to_string(),
        };
        let problem = match self.agent.ask(&request, &[]) {
            Ok(Answer::Signature(text)) => match Signature::parse(&text) {
                Ok(signature) => return Ok(signature),
                Err(_) => "the agent answered with what is not a signature".to_owned(),
            },
            Ok(_) => "the agent answered without a signature".to_owned(),
            Err(error) => error.to_string(),
        };
        Err(SigningError::Device { problem })
    }
}
