//! keosd, the wallet that comes with nodes: its keys sign without leaving it.

mod socket;

use crate::error::KeystoreError;
use crate::passphrase::Passphrase;
use antelope_keys::{Signer, SigningError};
use antelope_rpc_client::{Client, ClientError};
use antelope_types::{Checksum256, PublicKey, Signature};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use socket::Socket;
use std::path::Path;
use std::sync::Arc;

/// keosd's codes for keys that it does not have at hand: `wallet_locked_exception`, where all wallets are
/// locked, and `wallet_not_available_exception`, where none was opened.
const NO_KEYS: [u64; 2] = [3_120_003, 3_120_006];

/// A running keosd.
///
/// ```no_run
/// use antelope_keystore::{Keosd, Passphrase};
///
/// # fn main() -> Result<(), antelope_keystore::KeystoreError> {
/// let keosd = Keosd::new("unix:///home/alice/eosio-wallet/keosd.sock")?;
/// for wallet in keosd.wallets()? {
///     println!("{} {}", wallet.name, if wallet.is_unlocked { "unlocked" } else { "locked" });
/// }
/// let signers = keosd.signers()?;
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct Keosd {
    /// keosd speaks JSON over HTTP in the form of nodes.
    client: Client,
}

/// A wallet of a keosd.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wallet {
    /// Its name, such as `default`.
    pub name: String,
    /// Whether its keys can sign now.
    pub is_unlocked: bool,
}

/// A key in an unlocked wallet of a keosd, as a signer.
#[derive(Debug, Clone)]
pub struct KeosdKey {
    client: Client,
    key: PublicKey,
}

impl Keosd {
    /// The keosd at an address: `http://host:port`, or `unix:///path/keosd.sock` for its socket. Nothing
    /// is sent yet.
    ///
    /// # Errors
    /// [`KeystoreError::Keosd`] where the address cannot be used.
    pub fn new(address: &str) -> Result<Self, KeystoreError> {
        let client = match address.strip_prefix("unix://") {
            Some(path) if Path::new(path).is_absolute() => {
                Client::over(Arc::new(Socket::new(address, path)))
            }
            Some(_) => {
                let problem = "a relative path, expected unix:///path/keosd.sock".to_owned();
                let url = address.to_owned();
                return Err(failed(ClientError::Url { url, problem }));
            }
            None => Client::new(address).map_err(failed)?,
        };
        Ok(Self { client })
    }

    /// Its address.
    #[must_use]
    pub fn address(&self) -> &str {
        self.client.url()
    }

    /// The keys of all wallets that are unlocked; none where these have none.
    ///
    /// # Errors
    /// [`KeystoreError::WalletLocked`] where all are locked, or none is open;
    /// [`KeystoreError::Keosd`] where keosd does not answer or refuses otherwise.
    pub fn public_keys(&self) -> Result<Vec<PublicKey>, KeystoreError> {
        self.call("get_public_keys", &json!({}))
            .map_err(|error| match error {
                KeystoreError::Keosd(error)
                    if error.code().is_some_and(|it| NO_KEYS.contains(&it)) =>
                {
                    self.locked()
                }
                error => error,
            })
    }

    /// The same keys, as signers.
    ///
    /// # Errors
    /// As [`public_keys`](Self::public_keys); [`KeystoreError::WalletLocked`] where there are none.
    pub fn signers(&self) -> Result<Vec<KeosdKey>, KeystoreError> {
        let keys = self.public_keys()?;
        if keys.is_empty() {
            return Err(self.locked());
        }
        let client = &self.client;
        Ok(keys
            .into_iter()
            .map(|key| KeosdKey {
                client: client.clone(),
                key,
            })
            .collect())
    }

    /// The wallets that it has open. A wallet whose file was not opened since keosd began is not among
    /// them, see [`open`](Self::open).
    ///
    /// # Errors
    /// [`KeystoreError::Keosd`].
    pub fn wallets(&self) -> Result<Vec<Wallet>, KeystoreError> {
        let listed: Vec<String> = self.call("list_wallets", &json!({}))?;
        // An unlocked one has an asterisk behind its name.
        let wallet = |text: String| match text.strip_suffix(" *") {
            Some(name) => Wallet {
                name: name.to_owned(),
                is_unlocked: true,
            },
            None => Wallet {
                name: text,
                is_unlocked: false,
            },
        };
        Ok(listed.into_iter().map(wallet).collect())
    }

    /// Opens the file of a wallet, which is locked then, also where it was open and unlocked before.
    ///
    /// # Errors
    /// [`KeystoreError::Keosd`].
    pub fn open(&self, wallet: &str) -> Result<(), KeystoreError> {
        self.call::<serde_json::Value>("open", &wallet).map(drop)
    }

    /// Unlocks a wallet, until keosd locks it again: 15 minutes after its last use, by default.
    ///
    /// # Errors
    /// [`KeystoreError::Keosd`], also where the password is wrong or the wallet is unlocked already.
    pub fn unlock(&self, wallet: &str, password: &Passphrase) -> Result<(), KeystoreError> {
        let wrong = |_| {
            let problem = "the password is not UTF-8 text".to_owned();
            failed(ClientError::Signing(SigningError::Device { problem }))
        };
        let password = std::str::from_utf8(password.bytes()).map_err(wrong)?;
        let unlocked = self.call::<serde_json::Value>("unlock", &(wallet, password));
        unlocked.map(drop)
    }

    /// Locks a wallet.
    ///
    /// # Errors
    /// [`KeystoreError::Keosd`].
    pub fn lock(&self, wallet: &str) -> Result<(), KeystoreError> {
        self.call::<serde_json::Value>("lock", &wallet).map(drop)
    }

    fn locked(&self) -> KeystoreError {
        let address = self.address().to_owned();
        KeystoreError::WalletLocked { address }
    }

    fn call<A: DeserializeOwned>(
        &self,
        call: &str,
        request: &impl Serialize,
    ) -> Result<A, KeystoreError> {
        let path = format!("/v1/wallet/{call}");
        self.client.call(&path, request).map_err(failed)
    }
}

fn failed(error: ClientError) -> KeystoreError {
    KeystoreError::Keosd(Box::new(error))
}

impl Signer for KeosdKey {
    fn public_key(&self) -> PublicKey {
        self.key.clone()
    }

    fn sign(&self, digest: &Checksum256) -> Result<Signature, SigningError> {
        let request = json!([digest, self.key]);
        self.client
            .call("/v1/wallet/sign_digest", &request)
            .map_err(|error| SigningError::Device {
                problem: error.to_string(),
            })
    }
}
