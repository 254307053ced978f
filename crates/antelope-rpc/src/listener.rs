//! Where connections come from: an address, and a socket in the file system.
//!
//! # More connections than places
//!
//! A place is taken before a connection is accepted. Where there is none, connections wait in the
//! queue of the system, which holds some thousands and refuses what is beyond: a client sees that its
//! request is not answered yet, and not that it is refused. Idle connections give their places back
//! after [`Options::head_timeout`](crate::Options::head_timeout).
//!
//! # The socket in the file system
//!
//! nodeos has it as `unix-socket-path`, for programs of the same machine. Whoever may write to the
//! file may use it, so that its folder's permissions decide; the header `Host` does not matter, since
//! no web page reaches it.

use crate::connection::serve;
use crate::error::ServeError;
use crate::running::accepting;
use crate::service::Service;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

/// A listener of either kind.
pub(crate) enum Listener {
    /// An address.
    Tcp(TcpListener),
    /// A socket in the file system, which is removed at the end.
    #[cfg(unix)]
    Socket(SocketFile),
}

impl Listener {
    /// Listens on an address that is bound. Must be called within a runtime.
    ///
    /// # Errors
    /// [`ServeError::Listen`].
    pub(crate) fn address(
        listener: std::net::TcpListener,
        address: SocketAddr,
    ) -> Result<Self, ServeError> {
        let listener = TcpListener::from_std(listener);
        let listener = listener.map_err(|source| ServeError::Listen { address, source })?;
        Ok(Self::Tcp(listener))
    }

    /// Listens on a socket in the file system. One that a program has left behind is replaced; one
    /// on which a program listens is not.
    ///
    /// # Errors
    /// [`ServeError::Socket`].
    #[cfg(unix)]
    pub(crate) fn socket(path: PathBuf) -> Result<Self, ServeError> {
        use std::os::unix::net::UnixStream;
        let left_behind = |error: &io::Error| error.kind() == io::ErrorKind::ConnectionRefused;
        if UnixStream::connect(&path).is_err_and(|error| left_behind(&error)) {
            // Where it cannot be removed, listening says why.
            let _ = std::fs::remove_file(&path);
        }
        match tokio::net::UnixListener::bind(&path) {
            Ok(listener) => Ok(Self::Socket(SocketFile { listener, path })),
            Err(source) => Err(ServeError::Socket { path, source }),
        }
    }

    /// There are none on this system.
    ///
    /// # Errors
    /// Always.
    #[cfg(not(unix))]
    pub(crate) fn socket(path: PathBuf) -> Result<Self, ServeError> {
        let source = io::ErrorKind::Unsupported.into();
        Err(ServeError::Socket { path, source })
    }
}

/// A socket with its place in the file system.
#[cfg(unix)]
pub(crate) struct SocketFile {
    /// Accepts connections.
    listener: tokio::net::UnixListener,
    /// What is removed at the end.
    path: PathBuf,
}

#[cfg(unix)]
impl Drop for SocketFile {
    fn drop(&mut self) {
        // The next server replaces one that stays.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// What listeners do with connections, and how many there may be.
#[derive(Clone)]
pub(crate) struct Acceptor {
    /// What answers.
    pub(crate) service: Arc<Service>,
    /// One for each connection that may be open.
    pub(crate) places: Arc<Semaphore>,
    /// Changes when the server ends. Each connection has one, by which the server knows when all have
    /// ended.
    pub(crate) stopping: watch::Receiver<bool>,
}

impl Acceptor {
    /// Accepts connections until the server stops. Where all places are taken, connections wait in
    /// the system's queue.
    pub(crate) async fn run(self, listener: Listener) {
        accepting(self.stopping.clone(), || self.next(&listener)).await;
    }

    /// Waits for a place and a connection, and starts a task for it.
    ///
    /// # Errors
    /// Where the connection was gone before it was accepted, or the system has no more files.
    async fn next(&self, listener: &Listener) -> io::Result<()> {
        let place = Arc::clone(&self.places).acquire_owned().await;
        // They are closed by nobody.
        let Ok(place) = place else {
            return Ok(());
        };
        match listener {
            Listener::Tcp(listener) => {
                let (stream, _) = listener.accept().await?;
                // Answers are small, and a client waits for each.
                stream.set_nodelay(true)?;
                let local = stream.local_addr()?;
                self.spawn(stream, Some(local), place);
            }
            #[cfg(unix)]
            Listener::Socket(socket) => {
                let (stream, _) = socket.listener.accept().await?;
                self.spawn(stream, None, place);
            }
        }
        Ok(())
    }

    /// Serves a connection in a task of its own, which gives the place back.
    fn spawn(
        &self,
        stream: impl tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
        local: Option<SocketAddr>,
        place: OwnedSemaphorePermit,
    ) {
        let (service, stopping) = (Arc::clone(&self.service), self.stopping.clone());
        tokio::spawn(async move {
            serve(stream, local, service, stopping).await;
            drop(place);
        });
    }
}
