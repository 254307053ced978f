//! The client: one node, all its calls.

use crate::error::ClientError;
use crate::http::{ClientOptions, Http};
use crate::transport::{self, Answer, Transport};
use antelope_abi::Abi;
use antelope_types::{Checksum256, Name};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::atomic::AtomicU8;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// A connection to an Antelope node. Cheap to clone, shared between threads.
///
/// ```no_run
/// use antelope_rpc_client::{Client, ClientError};
/// use antelope_types::name;
///
/// fn main() -> Result<(), ClientError> {
///     let client = Client::new("http://127.0.0.1:8888")?;
///     println!("block {}", client.get_info()?.head_block_num);
///     println!("{} bytes", client.get_account(name!("eosio"))?.ram_usage);
///     Ok(())
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Client {
    pub(crate) shared: Arc<Shared>,
}

#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) chain_id: OnceLock<Checksum256>,
    /// Which of the calls that send a transaction this node has, see `push.rs`.
    pub(crate) send_call: AtomicU8,
    abis: Mutex<HashMap<Name, Arc<Abi>>>,
}

impl Client {
    /// A client of the node at `url`, e.g. `http://127.0.0.1:8888` or `https://host`. Nothing is
    /// sent yet.
    ///
    /// # Errors
    /// [`ClientError::Url`].
    pub fn new(url: &str) -> Result<Self, ClientError> {
        Self::with_options(url, &ClientOptions::default())
    }

    /// A client with other limits.
    ///
    /// # Errors
    /// [`ClientError::Url`].
    pub fn with_options(url: &str, options: &ClientOptions) -> Result<Self, ClientError> {
        Ok(Self::over(Arc::new(Http::new(url, options)?)))
    }

    /// A client of a node that is reached otherwise than by HTTP.
    #[must_use]
    pub fn over(transport: Arc<dyn Transport>) -> Self {
        Self {
            shared: Arc::new(Shared {
                transport,
                chain_id: OnceLock::new(),
                send_call: AtomicU8::new(0),
                abis: Mutex::default(),
            }),
        }
    }

    /// The node's address.
    #[must_use]
    pub fn url(&self) -> &str {
        self.shared.transport.address()
    }

    /// Any other call of the node: `path` like `/v1/producer/get_runtime_options`, the request
    /// and the answer as JSON or as types of the caller.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn call<A: DeserializeOwned>(
        &self,
        path: &str,
        request: &impl Serialize,
    ) -> Result<A, ClientError> {
        transport::call(self.shared.transport.as_ref(), path, request)
    }

    /// Passes a call on as it is, to the answer as it comes, also one that refuses: for what stands
    /// between a client and a node.
    ///
    /// # Errors
    /// When no answer came.
    pub fn post(&self, path: &str, body: &[u8]) -> Result<Answer, ClientError> {
        self.shared.transport.post(path, body)
    }

    /// The chain's id, asked for once.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn chain_id(&self) -> Result<Checksum256, ClientError> {
        if let Some(id) = self.shared.chain_id.get() {
            return Ok(*id);
        }
        Ok(self.get_info()?.chain_id)
    }

    /// An account's ABI, kept after the first call; see [`Client::forget_abi`].
    ///
    /// # Errors
    /// [`ClientError::NoAbi`] when the account has none.
    pub fn abi(&self, account: Name) -> Result<Arc<Abi>, ClientError> {
        if let Some(abi) = self.abis().get(&account) {
            return Ok(Arc::clone(abi));
        }
        let abi = Arc::new(self.get_abi(account)?);
        self.abis().insert(account, Arc::clone(&abi));
        Ok(abi)
    }

    /// Gives an account's ABI without asking the node, e.g. from the file just deployed.
    pub fn remember_abi(&self, account: Name, abi: Abi) {
        self.abis().insert(account, Arc::new(abi));
    }

    /// Makes the next [`Client::abi`] ask the node again, after `setabi`.
    pub fn forget_abi(&self, account: Name) {
        self.abis().remove(&account);
    }

    fn abis(&self) -> MutexGuard<'_, HashMap<Name, Arc<Abi>>> {
        self.shared
            .abis
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
