//! Connections with subscriptions, by the protocol `graphql-transport-ws`.
//!
//! Who it is comes with the first message, `connection_init`, as `Authorization`: pages cannot set headers of a
//! WebSocket. A connection that says nothing first, or does not answer for long, is closed.

use super::{Service, address, bearer, refuse};
use crate::bounds;
use crate::caller::Caller;
use crate::error::{ApiError, in_language};
use crate::rates::Counted;
use async_graphql::http::{WebSocket, WebSocketProtocols, WsMessage};
use async_graphql::{Data, Executor, Request as GraphqlRequest, Response as GraphqlResponse};
use axum::extract::ws::{CloseFrame, Message, WebSocket as Socket, WebSocketUpgrade};
use axum::extract::{FromRequestParts, Request};
use axum::http::StatusCode;
use axum::response::Response;
use coop_language::{Lang, Words};
use futures_util::stream::{self, BoxStream};
use futures_util::{SinkExt, StreamExt};
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The protocol.
const PROTOCOL: &str = "graphql-transport-ws";
/// How long a connection may say nothing first.
const INIT_WITHIN: Duration = Duration::from_secs(10);
/// How often a connection is asked whether it is there.
const PING_EVERY: Duration = Duration::from_secs(30);
/// How long it may not answer.
const SILENT_FOR: Duration = Duration::from_secs(90);
/// The most bytes of a message.
const MESSAGE_BYTES: usize = 64 << 10;
/// How many subscriptions a connection may have.
const SUBSCRIPTIONS: usize = 16;

/// Makes a connection of a request.
pub(super) async fn upgrade(service: Service, request: Request, lang: Lang) -> Response {
    let address = address(&service, &request);
    let (most, now) = (service.api.settings().requests_a_minute, Instant::now());
    if let Err(error) = service
        .api
        .rates()
        .take(Counted::Requests(address), most, now)
    {
        return refuse(&error, StatusCode::TOO_MANY_REQUESTS, lang);
    }
    let (mut parts, _) = request.into_parts();
    let refused = || {
        let expected = Words::of("expected.protocol");
        refuse(
            &ApiError::BadRequest { expected },
            StatusCode::BAD_REQUEST,
            lang,
        )
    };
    let Ok(upgrade) = WebSocketUpgrade::from_request_parts(&mut parts, &()).await else {
        return refused();
    };
    let upgrade = upgrade
        .max_message_size(MESSAGE_BYTES)
        .max_frame_size(MESSAGE_BYTES)
        .protocols([PROTOCOL]);
    if upgrade.selected_protocol().is_none() {
        return refused();
    }
    upgrade.on_upgrade(move |socket| connected(service, socket, lang, address))
}

async fn connected(service: Service, socket: Socket, lang: Lang, address: IpAddr) {
    let api = service.api.clone();
    let Ok(_turn) = api.connections().try_acquire() else {
        return;
    };
    let gauge = api.metrics().connections.clone();
    gauge.inc();
    talk(service, socket, lang, address).await;
    gauge.dec();
}

async fn talk(service: Service, socket: Socket, lang: Lang, address: IpAddr) {
    let (mut to_client, from_client) = socket.split();
    let seen = Arc::new(Mutex::new(Instant::now()));
    let heard = Arc::clone(&seen);
    let messages = from_client.filter_map(move |message| {
        *heard.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        let text = match message {
            Ok(Message::Text(text)) => Some(text.as_str().as_bytes().to_vec()),
            _ => None,
        };
        std::future::ready(text)
    });
    let is_begun = Arc::new(AtomicBool::new(false));
    let begun = Arc::clone(&is_begun);
    let api = service.api.clone();
    let executor = Guarded {
        service,
        lang,
        address,
        count: Arc::default(),
    };
    let session = WebSocket::new(executor, messages, WebSocketProtocols::GraphQLWS);
    let session = session.on_connection_init(move |payload| async move {
        let fields = payload.as_object().into_iter().flatten();
        let mut headers = fields.filter(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        let token = bearer(headers.next().and_then(|(_, value)| value.as_str()));
        let caller: Caller = api.caller(token, lang, address).await?;
        begun.store(true, Ordering::Relaxed);
        let mut data = Data::default();
        data.insert(caller);
        Ok(data)
    });
    let mut session = std::pin::pin!(session);
    let began = Instant::now();
    let mut ping = tokio::time::interval_at((began + INIT_WITHIN).into(), PING_EVERY);
    loop {
        let message = tokio::select! {
            told = session.next() => match told {
                Some(WsMessage::Text(text)) => Message::text(text),
                Some(WsMessage::Close(code, reason)) => {
                    let reason = reason.chars().take(100).collect::<String>().into();
                    let _ = to_client.send(Message::Close(Some(CloseFrame { code, reason }))).await;
                    return;
                }
                None => return,
            },
            _ = ping.tick() => {
                let seen = *seen.lock().unwrap_or_else(PoisonError::into_inner);
                if !is_begun.load(Ordering::Relaxed) || seen.elapsed() > SILENT_FOR {
                    let reason = "connection initialisation timeout".into();
                    let frame = CloseFrame { code: 4408, reason };
                    let _ = to_client.send(Message::Close(Some(frame))).await;
                    return;
                }
                Message::Ping(axum::body::Bytes::new())
            }
        };
        // A client that reads nothing holds nothing up but its own connection.
        let sent = tokio::time::timeout(SILENT_FOR, to_client.send(message));
        if !matches!(sent.await, Ok(Ok(()))) {
            return;
        }
    }
}

/// The schema behind the same bounds as requests by POST.
#[derive(Clone)]
struct Guarded {
    service: Service,
    lang: Lang,
    address: IpAddr,
    count: Arc<AtomicUsize>,
}

/// A subscription that is counted as long as it lives.
struct Counting(Arc<AtomicUsize>);

impl Drop for Counting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Guarded {
    fn check(&self, request: &mut GraphqlRequest) -> Result<Counting, ApiError> {
        let (api, settings) = (&self.service.api, self.service.api.settings());
        let counting = Counting(Arc::clone(&self.count));
        if self.count.fetch_add(1, Ordering::Relaxed) >= SUBSCRIPTIONS {
            return Err(ApiError::Busy);
        }
        let (most, now) = (settings.requests_a_minute, Instant::now());
        api.rates()
            .take(Counted::Requests(self.address), most, now)?;
        bounds::check_text(&request.query, settings)?;
        if let Ok(document) = request.parsed_query() {
            bounds::check_document(document, settings)?;
        }
        Ok(counting)
    }

    fn refused(&self, error: &ApiError) -> GraphqlResponse {
        GraphqlResponse::from_errors(vec![error.to_server_error(self.lang)])
    }
}

impl Executor for Guarded {
    async fn execute(&self, mut request: GraphqlRequest) -> GraphqlResponse {
        match self.check(&mut request) {
            Ok(_counting) => in_language(self.service.schema.execute(request).await, self.lang),
            Err(error) => self.refused(&error),
        }
    }

    fn execute_stream(
        &self,
        mut request: GraphqlRequest,
        session: Option<Arc<Data>>,
    ) -> BoxStream<'static, GraphqlResponse> {
        let lang = self.lang;
        match self.check(&mut request) {
            Ok(counting) => {
                let schema = &self.service.schema;
                let told =
                    schema.execute_stream_with_session_data(request, session.unwrap_or_default());
                told.map(move |response| {
                    let _ = &counting;
                    in_language(response, lang)
                })
                .boxed()
            }
            Err(error) => stream::iter([self.refused(&error)]).boxed(),
        }
    }
}
