//! Taking connections, and ending them in order.

use super::router;
use crate::api::Api;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, watch};

/// How long a client may take for the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// How long connections have to end once the server does.
const STOP_WITHIN: Duration = Duration::from_secs(5);
/// How many connections there may be; more wait.
const CONNECTIONS: usize = 4_096;
/// How often the index is asked whether it has a new block, while somebody watches.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// Answers requests at an address until `stop` is done; then what is being answered is answered first.
///
/// # Errors
/// Where the address cannot be listened at.
pub async fn serve(
    api: Api,
    listener: TcpListener,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let service = TowerToHyperService::new(router(api.clone()));
    let turns = Arc::new(Semaphore::new(CONNECTIONS));
    let (stopping, _) = watch::channel(());
    let watched = tokio::spawn(watch_index(api));
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = accept(&listener, &turns) => accepted,
        };
        let Some((stream, peer, turn)) = accepted else {
            // A client that was gone, or a shortage that passes.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let (service, stopping) = (service.clone(), stopping.subscribe());
        tokio::spawn(async move {
            connection(service, stream, peer, stopping).await;
            drop(turn);
        });
    }
    watched.abort();
    let _ = stopping.send(());
    let all = u32::try_from(CONNECTIONS).unwrap_or(u32::MAX);
    // All turns are back once all connections are over.
    let _ = tokio::time::timeout(STOP_WITHIN, turns.acquire_many(all)).await;
    Ok(())
}

async fn accept(
    listener: &tokio::net::TcpListener,
    turns: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit)> {
    let turn = Arc::clone(turns).acquire_owned().await.ok()?;
    let (stream, peer) = listener.accept().await.ok()?;
    let _ = stream.set_nodelay(true);
    Some((stream, peer, turn))
}

async fn connection(
    service: TowerToHyperService<axum::Router>,
    stream: TcpStream,
    peer: SocketAddr,
    mut stopping: watch::Receiver<()>,
) {
    let answer = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        service.call(request)
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(64 << 10);
    let connection = http.serve_connection(TokioIo::new(stream), answer);
    let mut connection = std::pin::pin!(connection.with_upgrades());
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        _ = stopping.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended");
    }
}

/// Tells those who watch of new blocks.
async fn watch_index(api: Api) {
    let mut look = tokio::time::interval(LOOK_EVERY);
    look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        look.tick().await;
        if api.head().receiver_count() == 0 {
            continue;
        }
        let status = api.work(|api| api.index(|reader| Ok(reader.status()?)));
        if let Ok(status) = status.await {
            let head = status.head.map_or(0, |it| it.block_num);
            api.head().send_if_modified(|known| {
                let is_new = *known != head;
                *known = head;
                is_new
            });
        }
    }
}
