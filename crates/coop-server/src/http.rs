//! GraphQL over HTTP: one address, JSON in and out, and subscriptions over WebSocket at the same address.
//!
//! | request | answer |
//! |---|---|
//! | `POST /v1/graphql`, `Content-Type: application/json` | 200 with `data` or `errors` |
//! | the same, not JSON, too long, from a page of another origin, too often | 400, 403, 408, 413, 415, 429 or 503, with `errors` |
//! | `GET /v1/graphql` with an upgrade to `graphql-transport-ws` | a connection with subscriptions |
//! | `OPTIONS /v1/graphql` | what pages of the origins that are allowed may send |
//!
//! A page of another origin cannot act for somebody: there are no cookies, the token is in a header that only the
//! page's own script can set, and JSON from another origin needs a preflight, which is answered for the origins of
//! [`ApiSettings::origins`](crate::ApiSettings::origins) only.

mod connection;
mod operations;
mod origin;
mod post;
mod serving;

use crate::api::Api;
use crate::error::ApiError;
use crate::messages;
use crate::schema::{ApiSchema, schema};
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, ALLOW, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, HeaderValue, RETRY_AFTER,
    UPGRADE, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use axum::routing::any;
use coop_language::{Lang, Words};
use futures_util::StreamExt;
use serde_json::json;
pub use serving::serve;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

/// The address of the API.
pub const PATH: &str = "/v1/graphql";

/// What requests are answered with.
#[derive(Clone)]
pub(crate) struct Service {
    pub(crate) api: Api,
    pub(crate) schema: ApiSchema,
}

/// The API as a service, to be put beside others.
pub fn router(api: Api) -> Router {
    let service = Service {
        schema: schema(api.clone()),
        api,
    };
    Router::new().route(PATH, any(answer)).with_state(service)
}

async fn answer(State(service): State<Service>, request: Request) -> Response {
    let headers = request.headers();
    let lang = messages::preferred(text(headers, &ACCEPT_LANGUAGE));
    let origin = origin::of(headers, &service.api.settings().origins);
    let allowed = match &origin {
        origin::Origin::Other => {
            drain(request.into_body()).await;
            let expected = Words::of("expected.origin");
            return refuse(
                &ApiError::BadRequest { expected },
                StatusCode::FORBIDDEN,
                lang,
            );
        }
        origin::Origin::Allowed(allowed) => Some(allowed.clone()),
        origin::Origin::Own => None,
    };
    let is_upgrade = headers.contains_key(UPGRADE);
    let mut response = match *request.method() {
        Method::OPTIONS => origin::preflight(),
        Method::POST => post::answer(&service, request, lang).await,
        Method::GET if is_upgrade => connection::upgrade(service, request, lang).await,
        _ => {
            drain(request.into_body()).await;
            let expected = Words::of("expected.json");
            let error = ApiError::BadRequest { expected };
            let mut response = refuse(&error, StatusCode::METHOD_NOT_ALLOWED, lang);
            let methods = HeaderValue::from_static("POST, OPTIONS");
            response.headers_mut().insert(ALLOW, methods);
            response
        }
    };
    let vary = HeaderValue::from_static("Origin, Accept-Language");
    response.headers_mut().insert(VARY, vary);
    if let Some(allowed) = allowed {
        origin::allow(response.headers_mut(), allowed);
    }
    response
}

/// Takes what a client still sends of a request that is refused: a connection that ends with unread bytes is reset, and
/// the client does not see the answer.
async fn drain(body: Body) {
    const MOST: usize = 64 << 10;
    const PATIENCE: Duration = Duration::from_millis(500);
    let mut parts = body.into_data_stream();
    let reading = async {
        let mut left = MOST;
        while let Some(Ok(bytes)) = parts.next().await {
            left = left.saturating_sub(bytes.len());
            if left == 0 {
                return;
            }
        }
    };
    let _ = tokio::time::timeout(PATIENCE, reading).await;
}

/// Whose the connection is.
fn address(service: &Service, request: &Request) -> IpAddr {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |it| it.0.ip());
    if !service.api.settings().behind_proxy {
        return peer;
    }
    // The last one is what the proxy in front has seen itself.
    let told = request.headers().get("x-forwarded-for");
    let told = told.and_then(|it| it.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    told.unwrap_or(peer)
}

/// The token of a header.
fn bearer(header: Option<&str>) -> Option<String> {
    let (scheme, token) = header?.split_once(' ')?;
    let token = token.trim();
    let is_token = scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() && token.len() <= 512;
    is_token.then(|| token.to_owned())
}

/// The token of a request.
fn token(headers: &HeaderMap) -> Option<String> {
    bearer(text(headers, &AUTHORIZATION))
}

fn text<'a>(headers: &'a HeaderMap, name: &axum::http::HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// An answer that is not one of GraphQL.
fn refuse(error: &ApiError, status: StatusCode, lang: Lang) -> Response {
    let body = json!({ "errors": [error.to_server_error(lang)] }).to_string();
    let mut response = reply(status, body);
    if let ApiError::TooMany { retry_after } = error {
        let seconds = HeaderValue::from(*retry_after);
        response.headers_mut().insert(RETRY_AFTER, seconds);
    }
    response
}

/// An answer in JSON.
fn reply(status: StatusCode, body: String) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_TYPE, "application/json"),
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_read_from_their_header() {
        assert_eq!(bearer(Some("Bearer abc")), Some("abc".to_owned()));
        assert_eq!(bearer(Some("bearer  abc ")), Some("abc".to_owned()));
        let long = format!("Bearer {}", "a".repeat(513));
        for header in [
            None,
            Some("abc"),
            Some("Basic abc"),
            Some("Bearer "),
            Some(&long),
        ] {
            assert_eq!(bearer(header), None, "{header:?}");
        }
    }
}
