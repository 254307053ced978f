//! Connections with subscriptions, by the protocol `graphql-transport-ws`.
//!
//! Who it is comes with the first message, `connection_init`, as `Authorization`: pages cannot set headers of a
//! WebSocket. A connection that does not say it, or does not answer for long, is closed. The token and the roles are
//! looked at again for each operation, and by a subscription as long as it lives. Queries and mutations are answered as
//! by POST.

use super::operations::Operations;
use super::post::Asked;
use super::{Service, address, bearer, refuse};
use crate::api::AccountTurn;
use crate::error::ApiError;
use crate::messages;
use crate::rates::Counted;
use async_graphql::http::{WebSocket, WebSocketProtocols, WsMessage};
use async_graphql::{Data, Executor, Request as GraphqlRequest, Response as GraphqlResponse};
use axum::extract::ws::{CloseFrame, Message, WebSocket as Socket, WebSocketUpgrade};
use axum::extract::{FromRequestParts, Request};
use axum::http::StatusCode;
use axum::response::Response;
use coop_language::{Lang, Words};
use futures_util::stream::{self, BoxStream, SplitSink};
use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
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
    let Ok(turn) = Arc::clone(service.api.connections()).try_acquire_owned() else {
        return refuse(&ApiError::Busy, StatusCode::SERVICE_UNAVAILABLE, lang);
    };
    upgrade.on_upgrade(async move |socket| {
        let gauge = service.api.metrics().connections.clone();
        gauge.inc();
        talk(service, socket, lang, address).await;
        gauge.dec();
        drop(turn);
    })
}

/// What the first message says.
struct Greeting {
    token: String,
    lang: Lang,
    /// One of the connections of the account.
    _turn: AccountTurn,
}

/// Why a connection is closed, by a code of the protocol.
type Closing = (u16, &'static str);

const MALFORMED: Closing = (4400, "Invalid message");
const UNAUTHORIZED: Closing = (4401, "Unauthorized");
const FORBIDDEN: Closing = (4403, "Forbidden");
const SILENT: Closing = (4408, "Connection initialisation timeout");
const IN_USE: Closing = (4409, "Subscriber already exists");
const TOO_MANY: Closing = (4429, "Too many connections of this account");

impl Greeting {
    /// Who has logged in.
    async fn of(
        service: &Service,
        payload: &Value,
        lang: Lang,
        address: IpAddr,
    ) -> Result<Self, Closing> {
        let header = |wanted: &str| {
            let mut fields = payload.as_object().into_iter().flatten();
            let field = fields.find(|(name, _)| name.eq_ignore_ascii_case(wanted));
            field.and_then(|(_, value)| value.as_str())
        };
        let lang = header("accept-language").map_or(lang, |it| messages::preferred(Some(it)));
        let token = bearer(header("authorization")).ok_or(UNAUTHORIZED)?;
        let caller = service.api.caller(Some(token.clone()), lang, address).await;
        let username = caller.ok().and_then(|it| it.username().ok());
        let turn = service.api.connection_of(username.ok_or(FORBIDDEN)?);
        Ok(Self {
            token,
            lang,
            _turn: turn.ok_or(TOO_MANY)?,
        })
    }
}

async fn talk(service: Service, socket: Socket, lang: Lang, address: IpAddr) {
    let (mut to_client, from_client) = socket.split();
    let seen = Arc::new(Mutex::new(Instant::now()));
    let heard = Arc::clone(&seen);
    // What is no message ends the connection.
    let messages = from_client.take_while(|message| std::future::ready(message.is_ok()));
    let messages = messages.filter_map(move |message| {
        *heard.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        let text = match message {
            Ok(Message::Text(text)) => Some(text.as_str().as_bytes().to_vec()),
            _ => None,
        };
        std::future::ready(text)
    });
    let operations = Arc::new(Operations::default());
    let refused = Arc::new(OnceLock::new());
    let (known, refusal) = (Arc::clone(&operations), Arc::clone(&refused));
    let messages = messages.take_while(move |message| {
        let is_new = known.heard(message);
        if !is_new {
            let _ = refusal.set(IN_USE);
        }
        std::future::ready(is_new)
    });
    let executor = Guarded {
        service: service.clone(),
        lang,
        address,
        greeting: Arc::default(),
        count: Arc::default(),
    };
    let greeting = Arc::clone(&executor.greeting);
    let (greeted, refusal) = (Arc::clone(&greeting), Arc::clone(&refused));
    let session = WebSocket::new(executor, messages, WebSocketProtocols::GraphQLWS);
    let session = session.on_connection_init(move |payload| async move {
        match Greeting::of(&service, &payload, lang, address).await {
            Ok(greeting) => {
                let _ = greeted.set(greeting);
                Ok(Data::default())
            }
            Err(closing) => {
                let _ = refusal.set(closing);
                Err(async_graphql::Error::new(closing.1))
            }
        }
    });
    let mut session = std::pin::pin!(session);
    let began = Instant::now();
    let mut ping = tokio::time::interval_at((began + INIT_WITHIN).into(), PING_EVERY);
    loop {
        let message = tokio::select! {
            told = session.next() => match told {
                Some(WsMessage::Text(text)) => match operations.told(text) {
                    Some(text) => Message::text(text),
                    None => continue,
                },
                Some(WsMessage::Close(code, reason)) => {
                    let known = refused.get().copied().or(match code {
                        // The library's codes for what the protocol has its own for.
                        1002 => Some(MALFORMED),
                        1011 => Some(UNAUTHORIZED),
                        _ => None,
                    });
                    let reason = reason.chars().take(100).collect::<String>();
                    let (code, reason) = known.map_or((code, reason), |it| (it.0, it.1.into()));
                    close(&mut to_client, code, reason).await;
                    return;
                }
                None => {
                    if let Some((code, reason)) = refused.get() {
                        close(&mut to_client, *code, (*reason).into()).await;
                    }
                    return;
                }
            },
            _ = ping.tick() => {
                let seen = *seen.lock().unwrap_or_else(PoisonError::into_inner);
                if greeting.get().is_none() || seen.elapsed() > SILENT_FOR {
                    close(&mut to_client, SILENT.0, SILENT.1.into()).await;
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

/// Ends a connection with a code of the protocol.
async fn close(to_client: &mut SplitSink<Socket, Message>, code: u16, reason: String) {
    let reason = reason.into();
    let frame = Message::Close(Some(CloseFrame { code, reason }));
    let _ = tokio::time::timeout(SILENT_FOR, to_client.send(frame)).await;
}

/// The schema behind the same bounds as requests by POST.
#[derive(Clone)]
struct Guarded {
    service: Service,
    /// Until the first message says another.
    lang: Lang,
    address: IpAddr,
    greeting: Arc<OnceLock<Greeting>>,
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
    fn lang(&self) -> Lang {
        self.greeting.get().map_or(self.lang, |it| it.lang)
    }

    /// That there are not too many, of this connection and of this address, and that each is within the bounds.
    fn check(&self, request: GraphqlRequest) -> Result<(Counting, Asked), ApiError> {
        let (api, settings) = (&self.service.api, self.service.api.settings());
        let counting = Counting(Arc::clone(&self.count));
        if self.count.fetch_add(1, Ordering::Relaxed) >= SUBSCRIPTIONS {
            return Err(ApiError::Busy);
        }
        let (most, now) = (settings.requests_a_minute, Instant::now());
        api.rates()
            .take(Counted::Requests(self.address), most, now)?;
        Ok((counting, Asked::of(request, settings)?))
    }

    async fn begin(
        &self,
        request: GraphqlRequest,
    ) -> Result<BoxStream<'static, GraphqlResponse>, ApiError> {
        let (api, began) = (&self.service.api, Instant::now());
        let (counting, asked) = self.check(request)?;
        let token = self.greeting.get().map(|it| it.token.clone());
        let caller = api.caller(token, self.lang(), self.address).await?;
        if asked.is_subscription {
            let told = asked.subscribe(&self.service, caller);
            api.metrics().answered("ok", began.elapsed());
            return Ok(told.inspect(move |_| _ = &counting).boxed());
        }
        let Ok(_turn) = api.requests().try_acquire() else {
            return Err(ApiError::Busy);
        };
        let answer = asked.execute(&self.service, caller);
        let answer = tokio::time::timeout(api.settings().timeout, answer).await;
        let (response, code) = answer.map_err(|_| ApiError::Timeout)?;
        api.metrics().answered(&code, began.elapsed());
        Ok(stream::iter([response]).boxed())
    }

    async fn tell(self, request: GraphqlRequest) -> BoxStream<'static, GraphqlResponse> {
        let began = Instant::now();
        self.begin(request).await.unwrap_or_else(|error| {
            let metrics = self.service.api.metrics();
            metrics.answered(error.code(), began.elapsed());
            let refused = vec![error.to_server_error(self.lang())];
            stream::iter([GraphqlResponse::from_errors(refused)]).boxed()
        })
    }
}

impl Executor for Guarded {
    async fn execute(&self, request: GraphqlRequest) -> GraphqlResponse {
        let mut told = self.clone().tell(request).await;
        told.next().await.unwrap_or_default()
    }

    fn execute_stream(
        &self,
        request: GraphqlRequest,
        _session: Option<Arc<Data>>,
    ) -> BoxStream<'static, GraphqlResponse> {
        stream::once(self.clone().tell(request)).flatten().boxed()
    }
}
