//! The signals that end a node or a service: the first in order, the second at once.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use tokio::runtime::Builder;
use tokio::signal::unix::{SignalKind, signal};

/// The exit code of a process that did not end in order.
const AT_ONCE: i32 = 1;

/// Waits for signals on a thread of its own.
pub(crate) struct Signals(Receiver<&'static str>);

impl Signals {
    /// From now on, SIGTERM and SIGINT no longer end the process by themselves.
    ///
    /// # Errors
    /// Where the system has no thread, or refuses.
    pub(crate) fn catch() -> io::Result<Self> {
        let (tell, told) = channel();
        let (ready, is_ready) = channel();
        let thread = std::thread::Builder::new().name("signals".to_owned());
        thread.spawn(move || {
            if let Err(error) = listen(&tell, &ready) {
                // Whoever waits for it is gone only where the process ends.
                let _ = ready.send(Err(error));
            }
        })?;
        is_ready.recv().map_err(io::Error::other)??;
        Ok(Self(told))
    }

    /// Returns the name of the first signal.
    #[cfg(feature = "node")]
    pub(crate) fn wait(&self) -> &'static str {
        // The thread ends with the process only.
        self.0.recv().unwrap_or("none")
    }

    /// The name of a signal, if one comes in time.
    #[cfg(feature = "registry")]
    pub(crate) fn wait_for(&self, time: std::time::Duration) -> Option<&'static str> {
        self.0.recv_timeout(time).ok()
    }
}

fn listen(tell: &Sender<&'static str>, ready: &Sender<io::Result<()>>) -> io::Result<()> {
    let runtime = Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(async {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let _ = ready.send(Ok(()));
        let mut was_told = false;
        loop {
            let name = tokio::select! {
                _ = terminate.recv() => "SIGTERM",
                _ = interrupt.recv() => "SIGINT",
            };
            if std::mem::replace(&mut was_told, true) {
                std::process::exit(AT_ONCE);
            }
            let _ = tell.send(name);
        }
    })
}
