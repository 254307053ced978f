//! Which pages may use the API: those of its own host, and those of the origins that the server was told.

use axum::body::Body;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_MAX_AGE, HOST, HeaderValue, ORIGIN,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

/// Where the page is from that sends a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// From this host, or it is no page.
    Own,
    /// From an origin that is allowed.
    Allowed(HeaderValue),
    /// From another one.
    Other,
}

/// Where the page is from that sends a request.
pub(super) fn of(headers: &HeaderMap, allowed: &[String]) -> Origin {
    let Some(origin) = headers.get(ORIGIN) else {
        return Origin::Own;
    };
    let Ok(text) = origin.to_str() else {
        return Origin::Other;
    };
    if allowed.iter().any(|it| it == text) {
        return Origin::Allowed(origin.clone());
    }
    let host = headers.get(HOST).and_then(|it| it.to_str().ok());
    let of_page = text.split_once("://").map(|(_, host)| host);
    match of_page.is_some() && of_page == host {
        true => Origin::Own,
        false => Origin::Other,
    }
}

/// What is said before a page sends JSON. Whether its origin is allowed is said by [`allow`].
pub(super) fn preflight() -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    for (name, value) in [
        (ACCESS_CONTROL_ALLOW_METHODS, "POST"),
        (
            ACCESS_CONTROL_ALLOW_HEADERS,
            "authorization, content-type, accept-language",
        ),
        (ACCESS_CONTROL_MAX_AGE, "600"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// That a page of this origin may read the answer. Credentials of the browser are never asked for.
pub(super) fn allow(headers: &mut HeaderMap, origin: HeaderValue) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_other_hosts_are_told_apart() {
        let headers = |origin: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, HeaderValue::from_static("api.coop.example:8443"));
            headers.insert(ORIGIN, HeaderValue::from_static(origin));
            headers
        };
        let allowed = ["https://desk.coop.example".to_owned()];
        let of = |origin| of(&headers(origin), &allowed);
        assert_eq!(super::of(&HeaderMap::new(), &allowed), Origin::Own);
        assert_eq!(of("https://api.coop.example:8443"), Origin::Own);
        let desk = HeaderValue::from_static("https://desk.coop.example");
        assert_eq!(of("https://desk.coop.example"), Origin::Allowed(desk));
        for other in [
            "null",
            "https://api.coop.example",
            "https://desk.coop.example.evil.example",
            "http://desk.coop.example",
        ] {
            assert_eq!(of(other), Origin::Other, "{other}");
        }
    }
}
