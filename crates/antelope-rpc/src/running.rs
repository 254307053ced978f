//! What all servers do alike: listen, accept, count and end connections.
//!
//! | step | how |
//! |---|---|
//! | [`bind`] | an address, with a warning where it is reached from other machines |
//! | [`Running`] | the threads, and the word that a server ends |
//! | [`accepting`] | one connection after another, until that word; a rest where the system has no more files |
//! | [`Counted`] | a connection in a gauge, as long as it exists |
//!
//! Whoever serves a connection holds a receiver of that word, by which a server that ends knows when
//! all have ended.

use crate::error::ServeError;
use prometheus_client::metrics::gauge::Gauge;
use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

/// How long a listener rests where the system has no more files or memory for a connection.
const REST: Duration = Duration::from_millis(20);

/// Listens on an address, and tells which one that is; `what` listens there, for a warning.
///
/// # Errors
/// [`ServeError::Listen`].
pub(crate) fn bind(
    listen: SocketAddr,
    what: &str,
) -> Result<(TcpListener, SocketAddr), ServeError> {
    let bound = || {
        let listener = TcpListener::bind(listen)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    };
    let (listener, address) = bound().map_err(|source| ServeError::Listen {
        address: listen,
        source,
    })?;
    if is_beyond_this_machine(address) {
        tracing::warn!(
            %address,
            "{what} listens beyond this machine without TLS: put a proxy with TLS in front"
        );
    }
    Ok((listener, address))
}

/// Whether others than the programs of this machine reach an address.
fn is_beyond_this_machine(address: SocketAddr) -> bool {
    !address.ip().to_canonical().is_loopback()
}

/// Accepts until the server stops. `next` waits for a connection and hands it to whoever serves it; it
/// is given up where the server stops meanwhile.
pub(crate) async fn accepting<F>(mut stopping: watch::Receiver<bool>, mut next: impl FnMut() -> F)
where
    F: Future<Output = io::Result<()>>,
{
    loop {
        let accepted = tokio::select! {
            accepted = next() => accepted,
            _ = stopping.changed() => return,
        };
        // A client that was gone before it was accepted, or a shortage that passes.
        if let Err(error) = accepted {
            tracing::debug!(%error, "a connection could not be accepted");
            tokio::time::sleep(REST).await;
        }
    }
}

/// The threads of a server.
pub(crate) struct Running {
    /// Set once, to end the listeners and the connections.
    stopping: watch::Sender<bool>,
    /// None once it was ended.
    runtime: Option<Runtime>,
}

impl Running {
    /// Starts so many threads that move bytes, and as many as are needed of those that may wait.
    ///
    /// # Errors
    /// [`ServeError::Threads`].
    pub(crate) fn start(name: &str, bytes: usize, waiting: usize) -> Result<Self, ServeError> {
        let runtime = Builder::new_multi_thread()
            .thread_name(name)
            .worker_threads(bytes)
            .max_blocking_threads(waiting)
            .enable_io()
            .enable_time()
            .build()
            .map_err(ServeError::Threads)?;
        Ok(Self {
            stopping: watch::channel(false).0,
            runtime: Some(runtime),
        })
    }

    /// What changes when the server ends.
    pub(crate) fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    /// Registers with the threads what `register` makes, and runs the task that comes of it.
    ///
    /// # Errors
    /// Those of `register`.
    pub(crate) fn spawn<T, E>(&self, register: impl FnOnce() -> Result<T, E>) -> Result<(), E>
    where
        T: Future<Output = ()> + Send + 'static,
    {
        if let Some(runtime) = &self.runtime {
            let _context = runtime.enter();
            runtime.spawn(register()?);
        }
        Ok(())
    }

    /// Tells listeners and connections to end and waits for them, `patience` at most; what is left then
    /// is cut off. The second call does nothing.
    pub(crate) fn end(&mut self, patience: Duration) {
        // Nobody listens where the listener has ended by itself.
        let _ = self.stopping.send(true);
        if let Some(runtime) = self.runtime.take() {
            let began = Instant::now();
            while self.stopping.receiver_count() > 0 && began.elapsed() < patience {
                std::thread::sleep(Duration::from_millis(1));
            }
            runtime.shutdown_timeout(patience.saturating_sub(began.elapsed()));
        }
    }
}

/// One more in a gauge until it is dropped, also where the task that serves it panics.
pub(crate) struct Counted(Gauge);

impl Counted {
    /// Counts it.
    pub(crate) fn of(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.dec();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_this_machine_in_all_its_forms() {
        for (address, beyond) in [
            ("127.0.0.1:1", false),
            ("127.9.9.9:1", false),
            ("[::1]:1", false),
            ("[::ffff:127.0.0.1]:1", false),
            ("0.0.0.0:1", true),
            ("[::]:1", true),
            ("192.0.2.1:1", true),
        ] {
            let found = is_beyond_this_machine(address.parse().unwrap());
            assert_eq!(found, beyond, "{address}");
        }
    }

    #[test]
    fn what_ends_by_a_panic_is_counted_no_more() {
        let gauge = Gauge::default();
        let counted = Counted::of(&gauge);
        assert_eq!(gauge.get(), 1);
        let ended = std::thread::spawn(move || {
            let _counted = counted;
            std::panic::resume_unwind(Box::new("a fault"));
        });
        assert!(ended.join().is_err());
        assert_eq!(gauge.get(), 0);
    }

    #[test]
    fn an_error_of_accepting_is_rested_from_and_not_the_end() {
        let mut running = Running::start("test", 1, 1).unwrap();
        let stopping = running.stopping();
        let (told, heard) = std::sync::mpsc::channel();
        let mut tries = 0;
        let accept = accepting(stopping, move || {
            tries += 1;
            let (told, tries) = (told.clone(), tries);
            async move {
                if tries < 3 {
                    return Err(io::ErrorKind::ConnectionAborted.into());
                }
                let _ = told.send(tries);
                std::future::pending().await
            }
        });
        running.spawn(|| Ok::<_, io::Error>(accept)).unwrap();
        assert_eq!(heard.recv(), Ok(3));
        running.end(Duration::from_secs(10));
    }
}
