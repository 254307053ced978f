//! Why a server could not be started.
//!
//! | error | what to do |
//! |---|---|
//! | [`Listen`](ServeError::Listen) | choose another address or port, or end the program that has it |
//! | [`Socket`](ServeError::Socket) | choose another path, in a folder that exists |
//! | [`Threads`](ServeError::Threads) | end other programs, or raise the limit of threads |
//!
//! Once a server runs it does not fail: what goes wrong with a connection ends that connection, and
//! what goes wrong with the chain is answered to the client and told by `/health`.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Why a server could not be started. Nothing listens then.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is taken, not of this machine, or needs more rights.
    #[error("cannot listen on {address}: {source}; {}", advice(.source))]
    Listen {
        /// The address that was asked for.
        address: SocketAddr,
        /// The system's reason.
        source: io::Error,
    },
    /// The socket in the file system cannot be made.
    #[error("cannot listen on {}: {source}; choose a path in a folder that exists and may be written, where no other program listens", path.display())]
    Socket {
        /// The path that was asked for.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The system has no threads for it.
    #[error(
        "cannot start the server's threads: {0}; end other programs or raise the limit of threads (ulimit -u)"
    )]
    Threads(io::Error),
    /// State history was asked for, and the chain does not record what its blocks do.
    #[error(
        "the chain does not record what its blocks do: open it with `OpenOptions::history(true)`, or call `Chain::record_history`"
    )]
    NoHistory,
}

fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            "another program listens there: end it, or choose another port (port 0 takes any free one)"
        }
        io::ErrorKind::AddrNotAvailable => "choose an address of this machine, such as 127.0.0.1",
        io::ErrorKind::PermissionDenied => "choose a port from 1024 on",
        _ => "choose another address",
    }
}
