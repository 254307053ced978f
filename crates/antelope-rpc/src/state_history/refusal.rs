//! A client that is turned away before it has a session.
//!
//! It is answered in HTTP, since it is no websocket yet: 400 for what is no handshake, 503 where all
//! sessions are taken. The most that it costs is 4 KiB of memory and a connection for
//! [`FAREWELL`].

use crate::deadline::Deadline;
use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::timeout;

/// How long it may take to read why.
const FAREWELL: Duration = Duration::from_secs(1);

/// The most that is read of it, in bytes.
const LAST_BYTES: usize = 64 << 10;

/// Answers with a status and a line of text, and ends the connection. `status` is the code with its
/// words, such as `400 Bad Request`, and `why` is for people.
pub(crate) async fn refuse(mut stream: Deadline, status: &str, why: &str) {
    let length = why.len();
    let answer = format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n\r\n{why}"
    );
    // It may be gone, or not listen.
    let _ = timeout(FAREWELL, tell(&mut stream, answer.as_bytes())).await;
}

/// Writes everything, then reads until the client has closed: a connection that is dropped with
/// bytes unread is reset, and the client may lose the answer.
///
/// # Errors
/// Where the connection is lost before the client has closed it.
async fn tell(stream: &mut Deadline, mut rest: &[u8]) -> std::io::Result<()> {
    while !rest.is_empty() {
        let written = poll_fn(|context| Pin::new(&mut *stream).poll_write(context, rest)).await?;
        rest = &rest[written..];
    }
    poll_fn(|context| Pin::new(&mut *stream).poll_shutdown(context)).await?;
    let mut room = [0; 4096];
    for _ in 0..LAST_BYTES / room.len() {
        let mut buffer = ReadBuf::new(&mut room);
        poll_fn(|context| Pin::new(&mut *stream).poll_read(context, &mut buffer)).await?;
        if buffer.filled().is_empty() {
            break;
        }
    }
    Ok(())
}
