//! People with keys, each with an account name nobody else has.

use antelope_rpc_client::{Signer, WebAuthnKey, signing};
use antelope_types::{Checksum256, Name, PermissionLevel, PrivateKey, PublicKey, UserPresence};
use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// An account name and the key of its owner.
#[derive(Clone)]
pub struct Person {
    /// The account.
    pub name: Name,
    /// Its key.
    pub key: Arc<dyn Signer>,
}

impl Person {
    /// A person with a K1 key and a random name; the account does not exist yet.
    ///
    /// # Panics
    /// When the system has no random numbers.
    pub fn new() -> Self {
        let drawn = draw().map(|bytes| PrivateKey::K1(bytes.0));
        Self::holding(drawn.unwrap_or_else(|| signing::generate_k1().expect("a K1 key")))
    }

    /// The same with an R1 key, as in a phone's secure store.
    ///
    /// # Panics
    /// As [`Person::new`].
    pub fn with_r1() -> Self {
        Self::holding(signing::generate_r1().expect("an R1 key"))
    }

    /// The same with a WebAuthn key, as a browser makes it.
    ///
    /// # Panics
    /// As [`Person::new`].
    pub fn with_webauthn() -> Self {
        let key = WebAuthnKey::generate("coop.example", UserPresence::VERIFIED);
        Self::holding(key.expect("a WebAuthn key"))
    }

    /// The holder of `key` under a random name.
    pub fn holding(key: impl Signer + 'static) -> Self {
        Self {
            name: random_name(),
            key: Arc::new(key),
        }
    }

    /// The public key.
    pub fn public_key(&self) -> PublicKey {
        self.key.public_key()
    }

    /// The person's own permission.
    pub fn active(&self) -> PermissionLevel {
        PermissionLevel::active(self.name)
    }

    /// What [`Client::push`](antelope_rpc_client::Client::push) takes.
    pub fn signer(&self) -> &dyn Signer {
        self.key.as_ref()
    }
}

impl Default for Person {
    fn default() -> Self {
        Self::new()
    }
}

thread_local! {
    /// How many names and keys were drawn, where they are the same in every run.
    static DRAWN: Cell<Option<u64>> = const { Cell::new(None) };
}

/// Names and K1 keys that are made meanwhile, on this thread, are the same in every run: what depends on
/// their order, as the instructions of a search do, can be counted.
pub fn drawn_alike<T>(run: impl FnOnce() -> T) -> T {
    /// Also where `run` panics.
    struct Restore(Option<u64>);

    impl Drop for Restore {
        fn drop(&mut self) {
            DRAWN.set(self.0);
        }
    }

    let _restore = Restore(DRAWN.replace(Some(0)));
    run()
}

/// The next bytes of the list that is the same in every run.
fn draw() -> Option<Checksum256> {
    let count = DRAWN.get()?;
    DRAWN.set(Some(count + 1));
    Some(Checksum256::sha256(&count.to_le_bytes()))
}

/// Twelve random letters a–z.
pub fn random_name() -> Name {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let random = || {
        let count = COUNTER.fetch_add(1, Ordering::Relaxed);
        // Each `RandomState` has random keys of its own.
        RandomState::new().hash_one(count)
    };
    let drawn = draw().and_then(|bytes| bytes.0.first_chunk().copied());
    let mut number = drawn.map_or_else(random, u64::from_le_bytes);
    let text: String = (0..12)
        .map(|_| {
            let letter = b'a' + (number % 26) as u8;
            number /= 26;
            char::from(letter)
        })
        .collect();
    text.parse().expect("twelve letters are a name")
}
