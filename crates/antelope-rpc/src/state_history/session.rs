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
//! What a result consists of is read in batches on threads that may wait (see `queue`), so that a
//! session holds one batch, or one block if that is larger, and one fragment of it in the websocket's
//! buffer.
//!
//! # How a session ends
//!
//! | reason | close code | what the client should do |
//! |---|---|---|
//! | the server is shut down | 1001 | connect again and ask from its last block on |
//! | a request that is not of the ABI, or text that is not UTF-8 | 1007 | correct its program |
//! | a frame that is none | 1002 | likewise |
//! | a request that is too long | 1009 | list fewer blocks that it has |
//! | pings without an answer | 1008 | nothing: it is most likely gone |
//! | the history cannot be read, or reading has panicked | 1011 | tell the operator, whose log has the cause |
//! | the client has closed, or its connection is lost | none | |
//!
//! nodeos ends a session whose request it cannot read without a close frame.

use crate::deadline::Deadline;
use crate::state_history::counts::StateHistoryCounts;
use crate::state_history::cursor::Cursor;
use crate::state_history::options::StateHistoryOptions;
use crate::state_history::queue::{Batch, Queue};
use crate::state_history::result::{Loaded, Shelf};
use crate::state_history::source::{Source, View};
use antelope_chain::StoreError;
use antelope_history::{Request, Response, Status, abi};
use antelope_types::{Decode, Decoder, Encode};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{Bytes, Error, Message, Utf8Bytes};

/// Requests that wait for the answering future. Where it is full, further requests stay in the
/// buffers of the system.
const QUEUE: usize = 16;

/// So many results are read at once for a client that may be sent fewer, such as one that
/// acknowledges each.
const AHEAD: u32 = 8;

/// How long a session that ends waits for the client to see it. A client that has bytes on their way
/// would otherwise get a reset of the connection instead of the close frame.
const FAREWELL: Duration = Duration::from_secs(1);

/// What all sessions share.
pub(crate) struct Shared {
    /// Where blocks come from.
    pub(crate) source: Source,
    /// The newest blocks, encoded once for all.
    pub(crate) shelf: Shelf,
    /// The bounds.
    pub(crate) options: StateHistoryOptions,
    /// What is shown by `/metrics`.
    pub(crate) counts: StateHistoryCounts,
    /// Changes with each block.
    pub(crate) blocks: watch::Receiver<()>,
}

/// Why a session ends. The table of the module has the close codes and what a client does about them.
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
    /// A fault of the client has a code of its own; what is left are connections that were closed or
    /// lost, where there is nobody to tell.
    fn from(error: Error) -> Self {
        match error {
            Error::Capacity(_) => Self::Told(CloseCode::Size, "the request is too long"),
            Error::Utf8(_) => Self::Told(CloseCode::Invalid, "the text is not UTF-8"),
            Error::Protocol(_) => Self::Told(CloseCode::Protocol, "this is not a websocket frame"),
            _ => Self::Gone,
        }
    }
}

/// The history could not be read: the session ends, the client learns that it was not its fault, and
/// the cause is logged.
impl From<StoreError> for Ending {
    fn from(error: StoreError) -> Self {
        Self::Unreadable(error)
    }
}

/// A connection after its handshake, whose writes have a deadline.
type Socket<'a> = WebSocketStream<&'a mut Deadline>;

/// Serves a client whose handshake was done, until one of them ends or `stopping` changes.
///
/// Whichever of the two halves ends first, or the server, decides what the client is told. The other
/// half is dropped where it waits, with results that were read and not sent: the client asks for them
/// again when it is back.
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
            queue: Queue::new(&shared.counts),
        };
        tokio::select! {
            ending = read(&mut stream, queue, &heard) => ending,
            ending = answering.answer(requests, &heard) => ending,
            _ = stopping.changed() => Ending::Told(CloseCode::Away, "the node is shutting down"),
        }
    };
    farewell(&mut sink, &mut stream, ending).await;
}

/// Reads requests until there are no more, and passes them on in their order. `heard` is set at every
/// message, pongs included, and cleared by the other half at each ping.
///
/// Returns why the session ends: the client has closed or is lost, or it has sent what is no request.
/// It waits where the queue is full, and is then not aware of a client that goes away; the other half
/// notices when it writes.
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

/// Tells the client why the session ends, and lets it see that before the connection is gone. What it
/// still sends is read and thrown away, for [`FAREWELL`] at most.
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
    /// Where answers go.
    sink: &'a mut SplitSink<Socket<'b>, Message>,
    shared: &'a Arc<Shared>,
    /// Changes with each block; marked as seen whenever a batch is read.
    blocks: watch::Receiver<()>,
    /// Where the session is in what it has asked for.
    cursor: Cursor,
    /// Results that were read and not sent yet. They are of the chain as it is now: a new block
    /// makes the session read them again.
    queue: Queue,
}

impl Answering<'_, '_> {
    /// Answers until the session ends, and returns why.
    async fn answer(mut self, mut requests: mpsc::Receiver<Request>, heard: &AtomicBool) -> Ending {
        match self.go_on(&mut requests, heard).await {
            Ok(()) => Ending::Gone,
            Err(ending) => ending,
        }
    }

    /// Answers until the reading half ends, which is no fault, or this half has a reason to end.
    ///
    /// Results are only fed to the websocket, which writes when its buffer is full, and flushed when
    /// none is due: a client that catches up gets many small results in one write, and one that
    /// follows the head gets each at once.
    ///
    /// # Errors
    /// A connection that is lost or accepts no byte in time, a history that cannot be read, and a
    /// client that has answered no ping for
    /// [`patience`](crate::StateHistoryOptions::patience).
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
                    self.queue.clear();
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

    /// Sends a message and everything before it. Waits until the system has taken it.
    ///
    /// # Errors
    /// [`Ending::Gone`] where the connection is lost or accepts nothing in time.
    async fn send(&mut self, message: Message) -> Result<(), Ending> {
        Ok(self.sink.send(message).await?)
    }

    /// The chain as it is now. It stays so in the view, whatever happens to the chain.
    ///
    /// # Errors
    /// Where the chain does not record any more, as when it is being closed.
    fn view(&self) -> Result<Arc<dyn View>, Ending> {
        (self.shared.source)().ok_or(Ending::Told(CloseCode::Away, "the node is shutting down"))
    }

    /// Does what a request asks. Results that were due by an earlier range are forgotten by a new
    /// one; acknowledgements leave them.
    ///
    /// A request for blocks may list thousands that the client has, each of which is looked up, so
    /// that it is done on a thread that may wait.
    ///
    /// # Errors
    /// Those of reading the history, and of sending the status.
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
                self.queue.clear();
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

    /// Sends the next result, if one is due, and says whether one was.
    ///
    /// It counts as sent once the websocket has taken it, so that [`StateHistoryCounts`] may be ahead
    /// of the client by what is in buffers.
    ///
    /// # Errors
    /// Those of reading the history and of a connection that is lost.
    async fn send_next(&mut self) -> Result<bool, Ending> {
        if self.cursor.active().is_none() {
            return Ok(false);
        }
        // Since a new block may be of another branch, and results tell the head, what was read
        // before it is read again.
        if self.queue.is_empty() || self.blocks.has_changed().unwrap_or(true) {
            self.load().await?;
        }
        let Some(frames) = self.queue.frames() else {
            return Ok(false);
        };
        for frame in frames {
            self.sink.feed(frame).await?;
        }
        if let Some((due, bytes)) = self.queue.taken() {
            self.cursor.sent(&due);
            self.shared.counts.blocks.inc();
            self.shared.counts.bytes.inc_by(bytes as u64);
        }
        Ok(true)
    }

    /// Reads the next batch, which is empty where nothing is due. The cursor goes with it to the
    /// thread that reads and comes back. It has moved only where there was a fork: otherwise it moves as
    /// results are sent.
    ///
    /// # Errors
    /// Those of reading the history.
    async fn load(&mut self) -> Result<(), Ending> {
        // Blocks from here on wake the session again.
        self.blocks.borrow_and_update();
        let view = self.view()?;
        let shared = Arc::clone(self.shared);
        let mut cursor = std::mem::take(&mut self.cursor);
        let loaded = blocking(move || {
            let mut batch = Batch::default();
            cursor.look(&*view)?;
            cursor.due(&*view, AHEAD, |wanted, due| {
                let result = Loaded::read(&*view, &shared.shelf, wanted, due)?;
                Ok(batch.add(result))
            })?;
            Ok((cursor, batch))
        });
        let batch;
        (self.cursor, batch) = loaded.await?;
        self.queue.fill(batch);
        Ok(())
    }
}

/// Runs what may wait for the disk on a thread that may, of which all sessions have four together.
///
/// # Errors
/// Those of `read`; close code 1011 if it panics, which ends this session only.
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

/// The answer to a request for the status. Ranges are from the first block that is there to one beyond
/// the last, and from 0 to 0 where there is none, as nodeos tells them.
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
