//! A server and its threads.
//!
//! # Threads
//!
//! | threads | how many | what they do |
//! |---|---|---|
//! | named `http`, for connections | one for each processor | read, write, answer short calls, and never wait for anything else |
//! | named `http`, for calls | at most [`Options::max_calls`] and two for `/health` and `/metrics` | call the chain, and wait for its lock and for the disk |
//!
//! The server brings its own runtime, so that a program without one can use it, and a slow chain does
//! not stop the tasks of a program that has one.
//!
//! # The end
//!
//! [`Server::shut_down`] accepts no more connections, lets requests that have come be answered, and
//! gives calls that run ten seconds. Dropping the server does the same with one second: a test ends
//! soon. A call that still runs then goes on until it is done, but its answer reaches nobody.

use crate::error::ServeError;
use crate::listener::{Acceptor, Listener};
use crate::options::Options;
use crate::running::{Running, bind};
use crate::service::Service;
use antelope_chain::api::Api;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Files that are left to the chain: journals, the block log, checkpoints, modules.
const OTHER_FILES: usize = 64;

/// Threads for `/health` and `/metrics` beside those for calls, all of which may wait for the chain.
const OWN_THREADS: usize = 2;

/// How long calls that run may take to end when the server is shut down.
const LAST_CALLS: Duration = Duration::from_secs(10);

/// Answers requests on threads of its own until it is dropped.
///
/// ```
/// use antelope_chain::api::{Api, Production};
/// use antelope_chain::{Chain, Genesis, NoContracts};
/// use antelope_rpc::{Options, ServeError, Server};
/// use std::sync::Arc;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let chain = Chain::start(Genesis::default(), Arc::new(NoContracts))?;
/// let api = Api::new(chain, Production::PerTransaction);
/// let first = Server::start(api.clone(), "127.0.0.1:0".parse()?, Options::default())?;
/// // The port is taken now.
/// let second = Server::start(api, first.address(), Options::default());
/// assert!(matches!(second, Err(ServeError::Listen { .. })));
/// first.shut_down();
/// # Ok(()) }
/// ```
pub struct Server {
    /// Where it listens.
    address: SocketAddr,
    /// The threads.
    running: Running,
}

impl Server {
    /// Listens on an address; port 0 takes a free one, which [`address`](Self::address) tells.
    ///
    /// Raises this process's limit of open files as far as it may, and lowers
    /// [`Options::max_connections`] to what that leaves. Warns by `tracing` where the address can be
    /// reached from other machines, since there is no TLS here.
    ///
    /// # Errors
    /// [`ServeError`].
    pub fn start(api: Api, listen: SocketAddr, options: Options) -> Result<Self, ServeError> {
        let (listener, address) = bind(listen, "the API")?;
        let waiting = options.max_calls.max(1) + OWN_THREADS;
        let running = Running::start("http", threads_for_bytes(), waiting)?;
        if let Some(bounds) = options.waiting_transactions {
            api.wait_for_room(bounds).map_err(ServeError::Threads)?;
        }
        let most = options.max_connections.min(files_for_connections()).max(1);
        let socket = options.unix_socket.clone();
        let acceptor = Acceptor {
            service: Arc::new(Service::new(api, options)),
            places: Arc::new(Semaphore::new(most)),
            stopping: running.stopping(),
        };
        if let Some(path) = socket {
            let acceptor = acceptor.clone();
            running.spawn(|| Ok::<_, ServeError>(acceptor.run(Listener::socket(path)?)))?;
        }
        running
            .spawn(|| Ok::<_, ServeError>(acceptor.run(Listener::address(listener, address)?)))?;
        Ok(Self { address, running })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it listens, e.g. `http://127.0.0.1:8888`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Accepts no more connections, answers the requests that have come, and returns then; at most
    /// after 10 seconds.
    pub fn shut_down(mut self) {
        self.running.end(LAST_CALLS);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.running.end(Duration::from_secs(1));
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// Threads that move bytes: one for each processor, and a second one in any case, so that one moves bytes
/// while the other answers a short call itself.
fn threads_for_bytes() -> usize {
    std::thread::available_parallelism().map_or(2, |processors| processors.get().max(2))
}

/// How many connections the system's limit of open files leaves, after it was raised as far as this
/// process may. Each connection is a file; beyond the limit accepting fails, and what the chain would
/// open fails as well.
#[cfg(unix)]
fn files_for_connections() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    // Where it may not be raised, what there is must do.
    let now = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => limit.maximum,
        Err(_) => limit.current,
    };
    let now = now.map_or(usize::MAX, |files| {
        usize::try_from(files).unwrap_or(usize::MAX)
    });
    now.saturating_sub(OTHER_FILES)
}

#[cfg(not(unix))]
fn files_for_connections() -> usize {
    usize::MAX
}
