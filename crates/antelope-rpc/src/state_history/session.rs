//! One session, from the handshake to the end.
//!
//! # Phases
//!
//! | phase | what happens | ends with |
//! |---|---|---|
//! | handshake | the HTTP request is answered with 101, or 400 where it is no handshake | [`handshake_timeout`](crate::StateHistoryOptions::handshake_timeout) |
//! | opening | the ABI is sent as a text message | |
//! | serving | requests are answered in their order; between two of them, one result is sent if one is due | the client, a request that cannot be read, the bounds, or the server |
//! | closing | a close frame says why; what the client still sends is read for a moment | |
//!
//! Two futures serve: one reads requests into a queue of [`QUEUE`], the other answers. A client
//! that sends requests without reading answers fills the queue, and is read no further.
//!
//! What a result consists of is read in batches on threads that may wait, [`BATCH`] bytes at a time,
//! so that a session holds one batch, or one block if that is larger, and one fragment of it in the
//! websocket's buffer.

use crate::deadline::Deadline;
use crate::state_history::counts::StateHistoryCounts;
use crate::state_history::cursor::Cursor;
use crate::state_history::options::StateHistoryOptions;
use crate::state_history::result::{Loaded, Shelf};
use crate::state_history::source::{Source, View};
use antelope_chain::StoreError;
use antelope_history::{Request, Response, Status, abi};
use antelope_types::{Decode, Decoder, Encode};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{Bytes, Error, Message, Utf8Bytes};

/// Requests that wait for the answering future.
const QUEUE: usize = 16;

/// After how many bytes a batch is full.
const BATCH: usize = 256 << 10;

/// The most results in a batch.
const BATCH_RESULTS: usize = 64;

/// So many results are read at once for a client that may be sent fewer, such as one that
/// acknowledges each.
const AHEAD: u32 = 8;

/// How long a session that ends waits for the client to see it.
const FAREWELL: Duration = Duration::from_secs(1);

/// What all sessions share.
pub(crate) struct Shared {
    pub(crate) source: Source,
    pub(crate) shelf: Shelf,
    pub(crate) options: StateHistoryOptions,
    pub(crate) counts: StateHistoryCounts,
    /// Changes with each block.
    pub(crate) blocks: watch::Receiver<()>,
}

/// Why a session ends.
#[derive(Debug)]
pub(crate) enum Ending {
    /// The client has gone, or does not answer.
    Gone,
    /// The client is told why.
    Told(CloseCode, &'static str),
    /// The history cannot be read.
    Unreadable(StoreError),
}

impl From<Error> for Ending {
    fn from(error: Error) -> Self {
        match error {
            Error::Capacity(_) => Self::Told(CloseCode::Size, "the request is too long"),
            Error::Utf8(_) => Self::Told(CloseCode::Invalid, "the text is not UTF-8"),
            Error::Protocol(_) => Self::Told(CloseCode::Protocol, "this is not a websocket frame"),
            _ => Self::Gone,
        }
    }
}

impl From<StoreError> for Ending {
    fn from(error: StoreError) -> Self {
        Self::Unreadable(error)
    }
}

type Socket<'a> = WebSocketStream<&'a mut Deadline>;

/// Serves a client whose handshake was done, until one of them ends or `stopping` changes.
pub(crate) async fn serve(
    socket: Socket<'_>,
    shared: &Arc<Shared>,
    stopping: &mut watch::Receiver<bool>,
) {
    let (mut sink, mut stream) = socket.split();
    let (queue, requests) = mpsc::channel(QUEUE);
    let heard = AtomicBool::new(true);
    let ending = {
        let answering = Answering {
            sink: &mut sink,
            shared,
            blocks: shared.blocks.clone(),
            cursor: Cursor::default(),
            batch: VecDeque::new(),
        };
        tokio::select! {
            ending = read(&mut stream, queue, &heard) => ending,
            ending = answering.answer(requests, &heard) => ending,
            _ = stopping.changed() => Ending::Told(CloseCode::Away, "the node is shutting down"),
        }
    };
    farewell(&mut sink, &mut stream, ending).await;
}

/// Reads requests until there are no more.
async fn read(
    stream: &mut SplitStream<Socket<'_>>,
    queue: mpsc::Sender<Request>,
    heard: &AtomicBool,
) -> Ending {
    while let Some(message) = stream.next().await {
        let bytes = match message {
            Ok(Message::Binary(bytes)) => bytes,
            Ok(Message::Text(text)) => text.into(),
            // Pings are answered by the websocket itself, and so is a close frame.
            Ok(_) => {
                heard.store(true, Ordering::Relaxed);
                continue;
            }
            Err(error) => return error.into(),
        };
        heard.store(true, Ordering::Relaxed);
        // As on a node, text is as good as binary, and what follows a request is ignored.
        let Ok(request) = Request::decode(&mut Decoder::as_node(&bytes)) else {
            return Ending::Told(CloseCode::Invalid, "expected a request of the ABI");
        };
        if queue.send(request).await.is_err() {
            break;
        }
    }
    Ending::Gone
}

/// Tells the client why the session ends, and lets it see that before the connection is gone.
async fn farewell<'a>(
    sink: &mut SplitSink<Socket<'a>, Message>,
    stream: &mut SplitStream<Socket<'a>>,
    ending: Ending,
) {
    let (code, reason) = match ending {
        Ending::Gone => return,
        Ending::Told(code, reason) => (code, reason),
        Ending::Unreadable(error) => {
            tracing::error!(%error, "the history cannot be read");
            (CloseCode::Error, "the history cannot be read")
        }
    };
    tracing::debug!(reason, "a session of state history ends");
    let close = Message::Close(Some(CloseFrame {
        code,
        reason: Utf8Bytes::from_static(reason),
    }));
    let farewell = async {
        if sink.send(close).await.is_ok() {
            while let Some(Ok(_)) = stream.next().await {}
        }
    };
    // Without a client that listens, there is nothing to wait for.
    let _ = timeout(FAREWELL, farewell).await;
}

/// The answering half of a session.
struct Answering<'a, 'b> {
    sink: &'a mut SplitSink<Socket<'b>, Message>,
    shared: &'a Arc<Shared>,
    blocks: watch::Receiver<()>,
    cursor: Cursor,
    batch: VecDeque<Loaded>,
}

impl Answering<'_, '_> {
    async fn answer(mut self, mut requests: mpsc::Receiver<Request>, heard: &AtomicBool) -> Ending {
        match self.go_on(&mut requests, heard).await {
            Ok(()) => Ending::Gone,
            Err(ending) => ending,
        }
    }

    async fn go_on(
        &mut self,
        requests: &mut mpsc::Receiver<Request>,
        heard: &AtomicBool,
    ) -> Result<(), Ending> {
        self.send(Message::Text(Utf8Bytes::from_static(abi())))
            .await?;
        let mut ping = Instant::now() + self.shared.options.ping_every;
        let mut silent = Instant::now();
        loop {
            // One request, then one result, so that neither keeps the other waiting.
            if let Ok(request) = requests.try_recv() {
                self.take(request).await?;
            }
            if self.send_next().await? {
                continue;
            }
            self.sink.flush().await?;
            tokio::select! {
                request = requests.recv() => match request {
                    Some(request) => self.take(request).await?,
                    None => return Ok(()),
                },
                changed = self.blocks.changed() => {
                    changed.map_err(|_| Ending::Gone)?;
                    self.batch.clear();
                }
                () = sleep_until(ping) => {
                    if heard.swap(false, Ordering::Relaxed) {
                        silent = Instant::now();
                    } else if silent.elapsed() >= self.shared.options.patience {
                        return Err(Ending::Told(CloseCode::Policy, "no answer to pings"));
                    }
                    self.send(Message::Ping(Bytes::new())).await?;
                    ping = Instant::now() + self.shared.options.ping_every;
                }
            }
        }
    }

    /// Sends a message and everything before it.
    async fn send(&mut self, message: Message) -> Result<(), Ending> {
        Ok(self.sink.send(message).await?)
    }

    /// The chain as it is now.
    fn view(&self) -> Result<Arc<dyn View>, Ending> {
        (self.shared.source)().ok_or(Ending::Told(CloseCode::Away, "the node is shutting down"))
    }

    async fn take(&mut self, request: Request) -> Result<(), Ending> {
        let view = self.view()?;
        match request {
            Request::GetStatus => {
                let status = Response::Status(status(&*view));
                self.send(Message::Binary(status.to_bytes().into())).await
            }
            Request::Ack(results) => {
                self.cursor.acknowledge(results, &*view);
                Ok(())
            }
            Request::GetBlocks(wanted) => {
                self.batch.clear();
                let mut cursor = std::mem::take(&mut self.cursor);
                self.cursor = blocking(move || {
                    cursor.ask(wanted, &*view)?;
                    Ok(cursor)
                })
                .await?;
                Ok(())
            }
        }
    }

    /// Sends the next result, if one is due.
    async fn send_next(&mut self) -> Result<bool, Ending> {
        if self.cursor.active().is_none() {
            return Ok(false);
        }
        // Since a new block may be of another branch, and results tell the head, what was read
        // before it is read again.
        if self.batch.is_empty() || self.blocks.has_changed().unwrap_or(true) {
            self.load().await?;
        }
        let Some(result) = self.batch.pop_front() else {
            return Ok(false);
        };
        for frame in result.frames() {
            self.sink.feed(frame).await?;
        }
        self.cursor.sent(&result.due);
        self.shared.counts.blocks.inc();
        self.shared.counts.bytes.inc_by(result.len as u64);
        Ok(true)
    }

    /// Reads the next batch.
    async fn load(&mut self) -> Result<(), Ending> {
        // Blocks from here on wake the session again.
        self.blocks.borrow_and_update();
        let view = self.view()?;
        let shared = Arc::clone(self.shared);
        let mut cursor = std::mem::take(&mut self.cursor);
        let loaded = blocking(move || {
            let mut batch = VecDeque::new();
            let mut bytes = 0;
            cursor.look(&*view)?;
            cursor.due(&*view, AHEAD, |wanted, due| {
                let result = Loaded::read(&*view, &shared.shelf, wanted, due)?;
                bytes += result.len;
                batch.push_back(result);
                Ok(bytes < BATCH && batch.len() < BATCH_RESULTS)
            })?;
            Ok((cursor, batch))
        });
        (self.cursor, self.batch) = loaded.await?;
        Ok(())
    }
}

/// Runs what may wait for the disk on a thread of its own.
async fn blocking<T: Send + 'static>(
    read: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Ending> {
    match tokio::task::spawn_blocking(read).await {
        Ok(result) => Ok(result?),
        Err(error) => {
            tracing::error!(%error, "reading the history has panicked");
            Err(Ending::Told(CloseCode::Error, "a fault of this server"))
        }
    }
}

/// The answer to a request for the status.
fn status(view: &dyn View) -> Status {
    let head = view.head();
    let end = head.block_num.saturating_add(1);
    let range = |first: u32| if first < end { (first, end) } else { (0, 0) };
    let (trace_begin_block, trace_end_block) = range(view.first_traces());
    let (chain_state_begin_block, chain_state_end_block) = range(view.first());
    Status {
        head,
        last_irreversible: view.irreversible(),
        trace_begin_block,
        trace_end_block,
        chain_state_begin_block,
        chain_state_end_block,
        chain_id: view.chain_id(),
    }
}
