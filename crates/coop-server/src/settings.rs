//! What the server is told at its start.

use antelope_types::Name;
use coop_documents::Zone;
use std::time::Duration;

/// Bounds and origins. The defaults suit a cooperative of ten thousand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiSettings {
    /// Other origins whose pages may use the API, such as `https://desk.coop.example`; none by default.
    pub origins: Vec<String>,
    /// Whether the clients of the schema may ask for it. The schema is in the repository anyway.
    pub introspection: bool,
    /// Whether a proxy in front says in `X-Forwarded-For` whose the connection is.
    pub behind_proxy: bool,
    /// The most bytes of a request.
    pub body_bytes: usize,
    /// How long an answer may take, the reading of the request included.
    pub timeout: Duration,
    /// How many answers are computed at a time.
    pub workers: usize,
    /// How many requests may be there at a time; more are refused.
    pub requests: usize,
    /// How many connections with subscriptions there may be.
    pub connections: usize,
    /// The deepest query.
    pub depth: usize,
    /// The most fields of a query.
    pub complexity: usize,
    /// The most words and signs of a query.
    pub tokens: usize,
    /// The most fields of a query with another name.
    pub aliases: usize,
    /// The most fields at the beginning of a query.
    pub root_fields: usize,
    /// How many requests a minute one address may send.
    pub requests_a_minute: u32,
    /// How many times a minute one address, or one account, may try to log in.
    pub logins_a_minute: u32,
    /// How many documents a minute one account may have made.
    pub documents_a_minute: u32,
    /// Accounts that have the role of the operator beside that of the contracts.
    pub operators: Vec<Name>,
    /// The zone that documents are dated in.
    pub zone: Zone,
}

impl Default for ApiSettings {
    fn default() -> Self {
        Self {
            origins: Vec::new(),
            introspection: true,
            behind_proxy: false,
            body_bytes: 1 << 20,
            timeout: Duration::from_secs(30),
            workers: 8,
            requests: 512,
            connections: 1024,
            depth: 12,
            complexity: 2_000,
            tokens: 5_000,
            aliases: 30,
            root_fields: 10,
            requests_a_minute: 600,
            logins_a_minute: 10,
            documents_a_minute: 120,
            operators: Vec::new(),
            zone: Zone::MOSCOW,
        }
    }
}
