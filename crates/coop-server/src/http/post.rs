//! A request of GraphQL by POST.

use super::{Service, address, drain, refuse, reply, token};
use crate::bounds;
use crate::caller::Caller;
use crate::error::{ApiError, in_language};
use crate::rates::Counted;
use crate::settings::ApiSettings;
use async_graphql::parser::types::{OperationType, Selection};
use async_graphql::{Request as GraphqlRequest, Response as GraphqlResponse};
use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use coop_language::{Lang, Words};
use futures_util::{Stream, StreamExt};
use serde_json::Value;
use std::time::Instant;

/// Answers a request.
pub(super) async fn answer(service: &Service, request: Request, lang: Lang) -> Response {
    let began = Instant::now();
    let settings = service.api.settings();
    let answered = match service.api.requests().try_acquire() {
        Err(_) => {
            drain(request.into_body()).await;
            Err(ApiError::Busy)
        }
        Ok(_turn) => {
            let answered = tokio::time::timeout(settings.timeout, executed(service, request, lang));
            answered.await.unwrap_or(Err(ApiError::Timeout))
        }
    };
    let (response, code) = match answered {
        Ok((body, code)) => (reply(StatusCode::OK, body), code),
        Err(error) => {
            let status = match error {
                ApiError::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
                ApiError::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
                ApiError::Timeout => StatusCode::REQUEST_TIMEOUT,
                ApiError::Busy => StatusCode::SERVICE_UNAVAILABLE,
                ApiError::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
                _ => StatusCode::BAD_REQUEST,
            };
            (refuse(&error, status, lang), error.code().to_owned())
        }
    };
    service.api.metrics().answered(&code, began.elapsed());
    response
}

/// The body of the answer, and the code that it counts as.
async fn executed(
    service: &Service,
    request: Request,
    lang: Lang,
) -> Result<(String, String), ApiError> {
    let (api, settings) = (&service.api, service.api.settings());
    let address = address(service, &request);
    let (most, now) = (settings.requests_a_minute, Instant::now());
    api.rates().take(Counted::Requests(address), most, now)?;
    let (parts, body) = request.into_parts();
    let kind = parts.headers.get(CONTENT_TYPE);
    let kind = kind.and_then(|it| it.to_str().ok()?.split(';').next());
    let json = || ApiError::BadRequest {
        expected: Words::of("expected.json"),
    };
    if !kind.is_some_and(|it| it.trim().eq_ignore_ascii_case("application/json")) {
        drain(body).await;
        return Err(json());
    }
    let most = settings.body_bytes;
    let body = to_bytes(body, most).await;
    let body = body.map_err(|_| ApiError::TooLarge { most })?;
    let value: Value = serde_json::from_slice(&body).map_err(|_| json())?;
    if value.is_array() {
        let expected = Words::of("expected.one_request");
        return Err(ApiError::BadRequest { expected });
    }
    let request: GraphqlRequest = serde_json::from_value(value).map_err(|_| json())?;
    let asked = Asked::of(request, settings)?;
    let caller = api.caller(token(&parts.headers), lang, address).await?;
    let (response, code) = asked.execute(service, caller).await;
    let body = serde_json::to_string(&response).map_err(|error| ApiError::internal(&error))?;
    Ok((body, code))
}

/// A request within the bounds.
pub(super) struct Asked {
    request: GraphqlRequest,
    /// The names of its operations.
    names: String,
    /// Whether what it asks for goes on.
    pub(super) is_subscription: bool,
}

impl Asked {
    /// Reads a request.
    ///
    /// # Errors
    /// Those of [`bounds`]. What cannot be parsed is told when it is executed.
    pub(super) fn of(
        mut request: GraphqlRequest,
        settings: &ApiSettings,
    ) -> Result<Self, ApiError> {
        bounds::check_text(&request.query, settings)?;
        let (mut names, mut is_subscription) = (String::new(), false);
        if let Ok(document) = request.parsed_query() {
            bounds::check_document(document, settings)?;
            names = fields(document);
            let mut operations = document.operations.iter();
            is_subscription = operations.any(|(_, it)| it.node.ty == OperationType::Subscription);
        }
        Ok(Self {
            request,
            names,
            is_subscription,
        })
    }

    /// Executes a query or a mutation: its answer, and the code that it counts as.
    pub(super) async fn execute(
        self,
        service: &Service,
        caller: Caller,
    ) -> (GraphqlResponse, String) {
        let (began, lang) = (Instant::now(), caller.lang);
        let who = caller.username().ok();
        let response = service.schema.execute(self.request.data(caller)).await;
        let response = in_language(response, lang);
        let code = response.errors.first().map_or("ok", |error| {
            let code = error.extensions.as_ref().and_then(|it| it.get("code"));
            match code {
                Some(async_graphql::Value::String(code)) => code.as_str(),
                _ => "GRAPHQL_INVALID",
            }
        });
        let code = code.to_owned();
        let who = who.map(|it| it.to_string()).unwrap_or_default();
        // Names of fields and accounts only: what is asked and answered may be personal.
        tracing::info!(
            operations = self.names,
            account = who,
            code,
            ms = began.elapsed().as_millis() as u64,
            "answered"
        );
        (response, code)
    }

    /// Executes a subscription: what it tells, one after the other.
    pub(super) fn subscribe(
        self,
        service: &Service,
        caller: Caller,
    ) -> impl Stream<Item = GraphqlResponse> + Send + use<> {
        let account = caller.username().map(|it| it.to_string());
        let (lang, account) = (caller.lang, account.unwrap_or_default());
        tracing::info!(operations = self.names, account, "a subscription begins");
        let told = service.schema.execute_stream(self.request.data(caller));
        told.map(move |response| in_language(response, lang))
    }
}

/// The names of the fields at the beginning, which are the operations.
fn fields(document: &async_graphql::parser::types::ExecutableDocument) -> String {
    let operations = document.operations.iter();
    let items = operations.flat_map(|(_, it)| &it.node.selection_set.node.items);
    let names = items.filter_map(|it| match &it.node {
        Selection::Field(field) => Some(field.node.name.node.as_str()),
        _ => None,
    });
    let names: Vec<_> = names.take(10).map(|it| &it[..it.len().min(50)]).collect();
    names.join(" ")
}
