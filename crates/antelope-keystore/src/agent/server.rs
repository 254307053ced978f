//! The agent's side of the socket.
//!
//! One thread accepts, one forgets keys whose time is over, and one answers each request, of which
//! there are at most 32 at a time. Passphrases are hashed one after another, so that no number of
//! requests takes more memory than one: 64 MiB for keys that this version wrote, and 1 GiB at most,
//! whatever a file asks for.

use super::held::{HeldKeys, Moment};
use super::message::{Answer, BUSY, Key, MOST_REQUEST, Request};
use crate::error::{Doing, KeystoreError};
use crate::files;
use crate::keystore::Keystore;
use crate::name::KeyName;
use crate::passphrase::Passphrase;
use crate::raw;
use antelope_keys::Signer;
use antelope_types::{Checksum256, PublicKey};
use std::fs::{self, Permissions, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// Most requests that are answered at a time.
const MOST_CONNECTIONS: usize = 32;
/// How long a client may take to send its request, and to take the answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long keys may outlive their time at most, where the machine has slept in between.
const LOOK: Duration = Duration::from_secs(10);

/// What the threads of an agent share.
struct Shared {
    keystore: Keystore,
    socket: PathBuf,
    held: Mutex<HeldKeys>,
    /// Rings when a key is held or the agent ends.
    changed: Condvar,
    /// Whoever hashes a passphrase.
    hashing: Mutex<()>,
    connections: AtomicUsize,
    is_ending: AtomicBool,
}

/// See [`Agent::serve`](super::Agent::serve).
pub(super) fn serve(
    socket: &Path,
    keystore: Keystore,
    idle: Duration,
) -> Result<(), KeystoreError> {
    let folder = socket.parent().unwrap_or(Path::new("."));
    files::own_folder(folder, 0o077)?;
    // Held as long as the agent lives: a socket without it is that of an agent that was killed.
    let lock = files::lock_file(&socket.with_extension("lock"))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let socket = socket.to_owned();
            return Err(KeystoreError::AgentRunning { socket });
        }
        Err(TryLockError::Error(error)) => {
            return Err(error).doing(|| format!("lock {}", socket.display()));
        }
    }
    let _ = fs::remove_file(socket);
    let doing = || format!("listen on {}", socket.display());
    let listener = UnixListener::bind(socket).doing(doing)?;
    fs::set_permissions(socket, Permissions::from_mode(0o600)).doing(doing)?;
    leave_no_dumps();
    let shared = Arc::new(Shared {
        keystore,
        socket: socket.to_owned(),
        held: Mutex::new(HeldKeys::new(idle)),
        changed: Condvar::new(),
        hashing: Mutex::new(()),
        connections: AtomicUsize::new(0),
        is_ending: AtomicBool::new(false),
    });
    let forgetting = Arc::clone(&shared);
    let forgetting = thread::Builder::new().spawn(move || forgetting.forget());
    let forgetting = forgetting.doing(|| "start a thread".to_owned())?;
    for stream in listener.incoming() {
        if shared.is_ending() {
            break;
        }
        match stream {
            Ok(stream) => shared.accept(stream),
            // Too many open files, say: they become fewer.
            Err(_) => thread::sleep(Duration::from_millis(50)),
        }
    }
    // Whoever comes now finds no agent, and its lock is free when this ends.
    let _ = fs::remove_file(socket);
    shared.end();
    let _ = forgetting.join();
    // Those who were just asking, such as the one who ended it, still get their answer.
    let end = Instant::now() + PATIENCE;
    while shared.connections.load(Ordering::SeqCst) > 0 && Instant::now() < end {
        thread::sleep(Duration::from_millis(5));
    }
    Ok(())
}

/// Leaves this process out of core dumps, and forbids others of this user to trace it. Where the system
/// does not allow it, pages of keys are left out all the same.
fn leave_no_dumps() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
    let none = rustix::process::Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    let _ = rustix::process::setrlimit(rustix::process::Resource::Core, none);
}

impl Shared {
    /// Answers on a thread of its own, or refuses where there are too many.
    fn accept(self: &Arc<Self>, mut stream: UnixStream) {
        let slot = Slot::take(self);
        let refuse = |mut stream: &UnixStream| {
            let _ = stream.set_write_timeout(Some(PATIENCE));
            let refusal = Answer::refused(BUSY, "the agent is busy");
            let _ = stream.write_all(&refusal.to_line());
        };
        let Some(slot) = slot else {
            return refuse(&stream);
        };
        let _ = thread::Builder::new().spawn(move || {
            let answer = slot.0.answer(&stream);
            let _ = stream.set_write_timeout(Some(PATIENCE));
            let _ = stream.write_all(&answer.to_line());
        });
    }

    /// The answer to the request that comes from a client.
    fn answer(&self, stream: &UnixStream) -> Answer {
        let user = rustix::process::geteuid().as_raw();
        if raw::peer_uid(stream).ok() != Some(user) {
            return Answer::refused("keys.agent-user", "this agent serves its own user only");
        }
        let Some(bytes) = read(stream) else {
            let message = "the request was longer than 4096 bytes or not complete within 5 s";
            return Answer::refused("keys.agent-request", message);
        };
        let mut parts = bytes.splitn(2, |byte| *byte == b'\n');
        let line = parts.next().unwrap_or_default();
        match serde_json::from_slice(line) {
            Ok(request) => self.carry_out(&request, parts.next().unwrap_or_default()),
            // Not with serde's message, which may repeat what was sent.
            Err(_) => Answer::refused("keys.agent-request", "not a request of this agent"),
        }
    }

    fn carry_out(&self, request: &Request, passphrase: &[u8]) -> Answer {
        match request {
            Request::List {} => {}
            Request::Unlock { name } => {
                if let Err(error) = self.unlock(name, passphrase) {
                    return error.into();
                }
            }
            Request::Sign { key, digest } => return self.sign(key, digest),
            Request::Lock {} => self.held().forget_all(),
            Request::Stop {} => {
                self.end();
                // Wakes the thread that accepts.
                let _ = UnixStream::connect(&self.socket);
            }
        }
        let keys = self
            .held()
            .list(Moment::now())
            .map(|(name, public, left)| Key {
                name: name.to_string(),
                public_key: public.to_text(),
                seconds_left: left.as_secs(),
            })
            .collect();
        Answer::Keys(keys)
    }

    fn unlock(&self, name: &str, passphrase: &[u8]) -> Result<(), KeystoreError> {
        let name = KeyName::new(name)?;
        let wrong = |_| KeystoreError::WrongPassphrase {
            name: name.to_string(),
        };
        let text = std::str::from_utf8(passphrase).map_err(wrong)?;
        let passphrase = Passphrase::new(text.to_owned());
        let key = {
            let _one = self.hashing.lock().unwrap_or_else(PoisonError::into_inner);
            self.keystore.unlock(&name, &passphrase)?
        };
        if !self.is_ending() {
            self.held().hold(name, key, Moment::now());
            self.changed.notify_all();
        }
        Ok(())
    }

    fn sign(&self, key: &str, digest: &str) -> Answer {
        let (Ok(public), Ok(digest)) = (PublicKey::parse(key), digest.parse::<Checksum256>())
        else {
            return Answer::refused("keys.agent-request", "not a public key and a digest");
        };
        let found = self.held().find_to_use(&public, Moment::now());
        let Some(key) = found else {
            let key = public.to_text();
            return KeystoreError::AgentLocked { key }.into();
        };
        match key.sign(&digest) {
            Ok(signature) => Answer::Signature(signature.to_string()),
            Err(error) => KeystoreError::from(error).into(),
        }
    }

    /// Forgets keys when their time is over, until the agent ends.
    fn forget(&self) {
        let mut held = self.held();
        while !self.is_ending() {
            let next = held.forget_old(Moment::now());
            held = match next {
                None => self
                    .changed
                    .wait(held)
                    .unwrap_or_else(PoisonError::into_inner),
                Some(left) => {
                    let left = left.min(LOOK).max(Duration::from_millis(1));
                    let waited = self.changed.wait_timeout(held, left);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        held.forget_all();
    }

    /// Forgets all keys and lets the threads end.
    fn end(&self) {
        let mut held = self.held();
        self.is_ending.store(true, Ordering::SeqCst);
        held.forget_all();
        self.changed.notify_all();
    }

    fn is_ending(&self) -> bool {
        self.is_ending.load(Ordering::SeqCst)
    }

    /// The keys. A thread that panicked left them whole, since each use is a single operation.
    fn held(&self) -> MutexGuard<'_, HeldKeys> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One of the requests that are answered at a time.
struct Slot(Arc<Shared>);

impl Slot {
    /// `None` where all are taken.
    fn take(shared: &Arc<Shared>) -> Option<Self> {
        let slot = Self(Arc::clone(shared));
        let others = shared.connections.fetch_add(1, Ordering::SeqCst);
        (others < MOST_CONNECTIONS).then_some(slot)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.connections.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The whole request, if it comes in time and is not too long.
fn read(mut stream: &UnixStream) -> Option<Zeroizing<Vec<u8>>> {
    let end = Instant::now() + PATIENCE;
    let mut bytes = Zeroizing::new(vec![0; MOST_REQUEST + 1]);
    let mut filled = 0;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() || stream.set_read_timeout(Some(left)).is_err() {
            return None;
        }
        match stream.read(bytes.get_mut(filled..)?) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
    if filled > MOST_REQUEST {
        return None;
    }
    bytes.truncate(filled);
    Some(bytes)
}
