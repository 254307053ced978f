//! A key that can sign.

use crate::raw::SecretPage;
use crate::stack::leaving_nothing;
use antelope_keys::{Signer, SigningError, signing};
use antelope_types::{Checksum256, PrivateKey, PublicKey, Signature};
use std::fmt;

/// A private key in memory, unlocked by its passphrase.
///
/// Its page of memory is kept out of swap and of core dumps, where the system allows that, and is
/// overwritten on drop. `Debug` shows the public key only, and there is no `Clone`.
///
/// ```
/// # use antelope_keystore::{Keystore, Passphrase};
/// # use antelope_keys::{Signer, signing};
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let keystore = Keystore::open(folder.path())?;
/// # let (name, passphrase) = ("alice".parse()?, Passphrase::new("horse battery staple".into()));
/// # keystore.add(&name, &signing::generate_k1()?, &passphrase)?;
/// let key = keystore.unlock(&name, &passphrase)?;
/// let public = key.public_key().to_text();
/// assert_eq!(format!("{key:?}"), format!("UnlockedKey({public:?})"));
/// # Ok(()) }
/// ```
pub struct UnlockedKey {
    public: PublicKey,
    page: SecretPage,
}

impl UnlockedKey {
    /// The key of this secret, on the curve of `public`; `None` where it is another key's.
    pub(crate) fn new(public: &PublicKey, secret: &[u8; 32]) -> Option<Self> {
        let empty = match public {
            PublicKey::K1(_) => PrivateKey::K1([0; 32]),
            PublicKey::R1(_) => PrivateKey::R1([0; 32]),
            // A browser keeps these.
            _ => return None,
        };
        let page = SecretPage::new(empty, |place| place.copy_from_slice(secret));
        let is_same = signing::public_key(page.key()).is_ok_and(|found| found == *public);
        is_same.then(|| Self {
            public: public.clone(),
            page,
        })
    }

    /// The secret itself.
    pub(crate) fn private_key(&self) -> &PrivateKey {
        self.page.key()
    }
}

impl Signer for UnlockedKey {
    fn public_key(&self) -> PublicKey {
        self.public.clone()
    }

    fn sign(&self, digest: &Checksum256) -> Result<Signature, SigningError> {
        leaving_nothing(|| signing::sign_digest(self.page.key(), digest))
    }
}

impl fmt::Debug for UnlockedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UnlockedKey")
            .field(&self.public.to_text())
            .finish()
    }
}
