//! The transport by HTTP and HTTPS: each call is one POST, with limits on time and size.
//!
//! Connections are kept open and used again, up to eight at a time; more are opened when more threads
//! call at once. A proxy named by `ALL_PROXY`, `HTTPS_PROXY` or `HTTP_PROXY` is used, except for hosts
//! in `NO_PROXY`. Certificates are checked against Mozilla's list of authorities, which is compiled in;
//! that of the operating system is not consulted. Redirections are not followed: they would turn a POST into a GET, or send a
//! transaction to a node that nobody chose.

use crate::error::ClientError;
use crate::transport::{Answer, Transport};
use std::time::Duration;

/// Limits of a [`Client`](crate::Client) that speaks HTTP.
///
/// ```
/// use antelope_rpc_client::{Client, ClientOptions};
/// use std::time::Duration;
///
/// // A node nearby, which answers within two seconds or not at all.
/// let options = ClientOptions { timeout: Duration::from_secs(2), ..ClientOptions::default() };
/// let client = Client::with_options("http://127.0.0.1:8888", &options)?;
/// # Ok::<(), antelope_rpc_client::ClientError>(())
/// ```
#[derive(Debug, Clone)]
pub struct ClientOptions {
    /// Time for one whole call, from name resolution to the last byte of the answer. Default 30 s.
    /// Connecting alone may take 10 s of it at most. When it is over, the call fails with
    /// [`ClientError::Transport`] and `timed_out`.
    pub timeout: Duration,
    /// Longest body of an answer that is read, in bytes. Default 64 MiB. It protects the
    /// memory of the process from a broken or hostile node; a longer answer is
    /// [`ClientError::AnswerTooLong`].
    pub max_answer_bytes: u64,
    /// Sent as `User-Agent`. Default `antelope-rpc-client/` and this crate's version.
    pub user_agent: String,
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            max_answer_bytes: 64 << 20,
            user_agent: concat!("antelope-rpc-client/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}

/// The way to one node by HTTP.
#[derive(Debug, Clone)]
pub(crate) struct Http {
    /// Holds the open connections.
    agent: ureq::Agent,
    /// The node's address as [`check_url`] returns it; the path of a call is appended.
    base: String,
    max_answer_bytes: u64,
}

impl Http {
    /// A transport to the node at `url`; connects to nothing yet.
    ///
    /// # Errors
    /// [`ClientError::Url`], see [`check_url`].
    pub(crate) fn new(url: &str, options: &ClientOptions) -> Result<Self, ClientError> {
        let base = check_url(url)?;
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(options.timeout))
            .timeout_connect(Some(options.timeout.min(Duration::from_secs(10))))
            // The node says what is wrong in the body of a 4xx or 5xx answer.
            .http_status_as_error(false)
            // The answer that redirects becomes `ClientError::NotANode` with its status.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(options.user_agent.as_str())
            .max_idle_connections_per_host(8)
            .build()
            .new_agent();
        Ok(Self {
            agent,
            base,
            max_answer_bytes: options.max_answer_bytes,
        })
    }
}

impl Transport for Http {
    fn address(&self) -> &str {
        &self.base
    }

    fn post(&self, path: &str, body: &[u8]) -> Result<Answer, ClientError> {
        let url = format!("{}{path}", self.base);
        let fail = |error: ureq::Error| failure(&url, &error, self.max_answer_bytes);
        let request = self.agent.post(&url).content_type("application/json");
        let mut answer = request.send(body).map_err(fail)?;
        let content = answer.body_mut().with_config();
        Ok(Answer {
            body: content
                .limit(self.max_answer_bytes)
                .read_to_vec()
                .map_err(fail)?,
            status: answer.status().as_u16(),
        })
    }
}

/// The error for a call that got no whole answer.
fn failure(url: &str, error: &ureq::Error, limit: u64) -> ClientError {
    let url = url.to_owned();
    match error {
        ureq::Error::BodyExceedsLimit(_) => ClientError::AnswerTooLong { url, limit },
        ureq::Error::Timeout(_) => ClientError::Transport {
            url,
            problem: error.to_string(),
            timed_out: true,
        },
        _ => ClientError::Transport {
            url,
            problem: error.to_string(),
            timed_out: false,
        },
    }
}

/// Accepts `http://host[:port][/path]` and the same with `https`. Returns it without slashes at its
/// end and without a last `/v1`, which the paths of calls begin with.
///
/// # Errors
/// [`ClientError::Url`]. Credentials are refused because they would appear in every error message.
fn check_url(url: &str) -> Result<String, ClientError> {
    let refuse = |problem: &str| {
        Err(ClientError::Url {
            url: url.to_owned(),
            problem: problem.to_owned(),
        })
    };
    let Some((scheme, rest)) = url.split_once("://") else {
        return refuse("no scheme, expected http:// or https://");
    };
    if !matches!(scheme, "http" | "https") {
        return refuse("unknown scheme, expected http:// or https://");
    }
    if rest.contains(['?', '#']) {
        return refuse("a query or fragment, expected an address only");
    }
    let authority = rest.split('/').next().unwrap_or_default();
    if authority.contains('@') {
        return refuse("credentials in the address, expected none");
    }
    match url.parse::<ureq::http::Uri>() {
        Ok(uri) if uri.host().is_some_and(|h| !h.is_empty()) => {}
        Ok(_) => return refuse("no host, expected http://host[:port] or https://host[:port]"),
        Err(e) => return refuse(&e.to_string()),
    }
    let base = url.trim_end_matches('/');
    Ok(base.strip_suffix("/v1").unwrap_or(base).to_owned())
}

#[cfg(test)]
mod tests;
