//! A stream whose writes end in time.
//!
//! A client that asks and does not read leaves the server with an answer that it cannot get rid of.
//! TCP keeps such a connection open as long as the client's machine acknowledges that it has no room.
//! nodeos waits for ever; here the connection ends with an error after the time that
//! [`Options::write_timeout`](crate::Options::write_timeout) gives.
//!
//! The time is not that of a whole answer, which may be long, but that without progress: it begins
//! when a write cannot go on, and ends with the next byte that the client takes.

use std::future::Future;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep};

/// A connection that fails with [`io::ErrorKind::TimedOut`] when the other side accepts no byte for
/// `limit`. Reading has no limit here: hyper bounds heads, and the service bounds bodies.
pub(crate) struct Deadline<S = TcpStream> {
    /// The connection.
    stream: S,
    /// The longest time without progress.
    limit: Duration,
    /// Runs while a write waits.
    timer: Pin<Box<Sleep>>,
    /// Whether a write waits, so that the timer is not set again by each attempt.
    waiting: bool,
}

impl<S> Deadline<S> {
    /// Wraps a connection. Must be called within a runtime that has timers.
    pub(crate) fn new(stream: S, limit: Duration) -> Self {
        Self {
            stream,
            limit,
            timer: Box::pin(sleep(limit)),
            waiting: false,
        }
    }

    /// The result of a write; an error if it has been waiting too long.
    ///
    /// Of a write that cannot go on, the timer wakes the task as well as the connection does.
    fn bounded<T>(
        &mut self,
        context: &mut Context<'_>,
        result: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if result.is_ready() {
            self.waiting = false;
            return result;
        }
        if !self.waiting {
            self.waiting = true;
            self.timer.as_mut().reset(Instant::now() + self.limit);
        }
        ready!(self.timer.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

/// Reads are passed on as they are.
impl<S: AsyncRead + Unpin> AsyncRead for Deadline<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

/// Writes, flushes and the shutdown are held to the time.
impl<S: AsyncWrite + Unpin> AsyncWrite for Deadline<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.bounded(context, result)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.bounded(context, result)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let result = Pin::new(&mut self.stream).poll_flush(context);
        self.bounded(context, result)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let result = Pin::new(&mut self.stream).poll_shutdown(context);
        self.bounded(context, result)
    }
}
