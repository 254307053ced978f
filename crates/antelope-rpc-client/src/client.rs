//! The client: one node, all its calls.

use crate::error::ClientError;
#[cfg(feature = "http")]
use crate::http::{ClientOptions, Http};
use crate::transport::{self, Answer, Transport};
use antelope_abi::Abi;
use antelope_types::{Checksum256, Name};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::atomic::AtomicU8;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// A client of one Antelope node.
///
/// Clones are cheap: they share the transport, its open connections, and what is remembered about
/// the node (see the [crate's page](crate#what-is-remembered)). A client may be used by many threads
/// at once; their calls do not wait for each other.
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

/// What all clones of a client have in common.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) transport: Arc<dyn Transport>,
    /// Set by the first answer to `get_info` and never changed: a client is for one chain.
    pub(crate) chain_id: OnceLock<Checksum256>,
    /// Index into the list of calls that send a transaction, see `push.rs`. It only grows, each time
    /// the node turns out not to have the call.
    pub(crate) send_call: AtomicU8,
    /// Never locked during a request, so that two threads may ask for the same ABI. The later answer
    /// stays.
    abis: Mutex<HashMap<Name, Arc<Abi>>>,
}

impl Client {
    /// A client of the node at `url`, such as `http://127.0.0.1:8888` or `https://host/path`, with
    /// the default limits of [`ClientOptions`]. Slashes at the end and then a `/v1` are cut off,
    /// since calls begin with it. Nothing is sent yet: whether a node answers there is found out by
    /// the first call.
    ///
    /// ```
    /// use antelope_rpc_client::Client;
    ///
    /// let client = Client::new("https://node.example/v1/")?;
    /// assert_eq!(client.url(), "https://node.example");
    /// let error = Client::new("node.example:8888").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "node address `node.example:8888`: no scheme, expected http:// or https://"
    /// );
    /// # Ok::<(), antelope_rpc_client::ClientError>(())
    /// ```
    ///
    /// # Errors
    /// [`ClientError::Url`] where `url` is not an address, begins with another scheme, has no host, or
    /// contains a query, a fragment or credentials.
    #[cfg(feature = "http")]
    pub fn new(url: &str) -> Result<Self, ClientError> {
        Self::with_options(url, &ClientOptions::default())
    }

    /// A client with limits of the caller's choice.
    ///
    /// # Errors
    /// As [`Client::new`].
    #[cfg(feature = "http")]
    pub fn with_options(url: &str, options: &ClientOptions) -> Result<Self, ClientError> {
        Ok(Self::over(Arc::new(Http::new(url, options)?)))
    }

    /// A client of a node that is reached otherwise than by HTTP, such as a chain in the same
    /// process. Limits on time and size are then the transport's own.
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

    /// The node's address, which errors begin with; of an HTTP transport, the URL without a slash at
    /// its end.
    #[must_use]
    pub fn url(&self) -> &str {
        self.shared.transport.address()
    }

    /// Sends any call of the node, for those that have no method of their own. `path` is the whole
    /// path, such as `/v1/producer/get_runtime_options`. The request and the answer are types of the
    /// caller, or [`Value`](serde_json::Value).
    ///
    /// ```no_run
    /// # use antelope_rpc_client::{Client, ClientError};
    /// # fn paused(client: &Client) -> Result<bool, ClientError> {
    /// let paused: bool = client.call("/v1/producer/paused", &serde_json::json!({}))?;
    /// # Ok(paused) }
    /// ```
    ///
    /// # Errors
    /// | error | when |
    /// |---|---|
    /// | [`ClientError::Transport`], [`ClientError::AnswerTooLong`] | no answer came, or it exceeds the limit on size |
    /// | [`ClientError::Unsupported`] | the node does not have the call |
    /// | [`ClientError::Chain`] | the node refuses: the status is not 2xx, and the body is a node's error |
    /// | [`ClientError::NotANode`] | the status is not 2xx, and the body is anything else |
    /// | [`ClientError::Shape`] | the status is 2xx, and the body is not an `A`; or the request cannot be written as JSON |
    ///
    /// All other methods that send requests fail in these ways too, so their documentation only
    /// lists what they add.
    pub fn call<A: DeserializeOwned>(
        &self,
        path: &str,
        request: &impl Serialize,
    ) -> Result<A, ClientError> {
        transport::call(self.shared.transport.as_ref(), path, request)
    }

    /// Sends the bytes of a request and returns the bytes of the answer with its status, whatever
    /// the status is. Nothing is interpreted. This is for programs that stand between a client and a
    /// node, such as a proxy or a [`Transport`] that wraps another one.
    ///
    /// # Errors
    /// [`ClientError::Transport`] and [`ClientError::AnswerTooLong`]; a refusal of the node is `Ok`.
    pub fn post(&self, path: &str, body: &[u8]) -> Result<Answer, ClientError> {
        self.shared.transport.post(path, body)
    }

    /// The chain's id, which signatures cover so that a transaction of one chain is invalid on every
    /// other. It is remembered from the first answer to [`Client::get_info`], which this method sends
    /// if there was none yet.
    ///
    /// # Errors
    /// As [`Client::call`].
    pub fn chain_id(&self) -> Result<Checksum256, ClientError> {
        if let Some(id) = self.shared.chain_id.get() {
            return Ok(*id);
        }
        Ok(self.get_info()?.chain_id)
    }

    /// An account's ABI. It is read with [`Client::get_abi`] the first time and remembered without a
    /// limit of time or number; [`Client::forget_abi`] drops it. That an account has no ABI is not
    /// remembered.
    ///
    /// # Errors
    /// As [`Client::get_abi`].
    pub fn abi(&self, account: Name) -> Result<Arc<Abi>, ClientError> {
        if let Some(abi) = self.abis().get(&account) {
            return Ok(Arc::clone(abi));
        }
        let abi = Arc::new(self.get_abi(account)?);
        self.abis().insert(account, Arc::clone(&abi));
        Ok(abi)
    }

    /// Sets the ABI that [`Client::abi`] returns for an account, in place of the one remembered. Use
    /// it for an ABI that is at hand, such as the file just deployed, or where the node's is not to be
    /// trusted. It need not be the one on the chain.
    ///
    /// ```
    /// use antelope_rpc_client::{Abi, Client};
    /// use antelope_types::{PermissionLevel, name};
    /// use serde_json::json;
    ///
    /// let client = Client::new("http://127.0.0.1:8888")?;
    /// let abi = Abi::from_json(
    ///     r#"{"version": "eosio::abi/1.2",
    ///         "structs": [{"name": "hi", "base": "", "fields": [{"name": "times", "type": "uint8"}]}],
    ///         "actions": [{"name": "hi", "type": "hi", "ricardian_contract": ""}]}"#,
    /// )?;
    /// client.remember_abi(name!("hello"), abi);
    /// // Packed here, without a request.
    /// let alice = PermissionLevel::active(name!("alice"));
    /// let hi = client.action(name!("hello"), name!("hi"), alice, &json!({ "times": 3 }))?;
    /// assert_eq!(hi.data, [3]);
    /// # Ok::<(), antelope_rpc_client::ClientError>(())
    /// ```
    pub fn remember_abi(&self, account: Name, abi: Abi) {
        self.abis().insert(account, Arc::new(abi));
    }

    /// Makes the next [`Client::abi`] of this account ask the node again. Call it after `setabi`, also
    /// where another program has sent it: nothing tells the client.
    pub fn forget_abi(&self, account: Name) {
        self.abis().remove(&account);
    }

    /// The remembered ABIs. A thread that panicked while it held the lock left a whole map, since
    /// each use is a single operation on it, so poisoning is ignored.
    fn abis(&self) -> MutexGuard<'_, HashMap<Name, Arc<Abi>>> {
        self.shared
            .abis
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
