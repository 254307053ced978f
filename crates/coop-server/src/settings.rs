//! What the server is told at its start.

use antelope_types::Name;
use coop_documents::Zone;
use std::time::Duration;
use toml::{Table, Value};

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
    /// How old the newest block may be before people are told that what they see is late.
    pub late: Duration,
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
    /// How many times a minute one address may try to log in or to register: an office has one address.
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
            late: Duration::from_secs(60),
            workers: 8,
            requests: 512,
            connections: 1024,
            depth: 12,
            complexity: 2_000,
            tokens: 5_000,
            aliases: 30,
            root_fields: 10,
            requests_a_minute: 600,
            logins_a_minute: 20,
            documents_a_minute: 120,
            operators: Vec::new(),
            zone: Zone::MOSCOW,
        }
    }
}

impl ApiSettings {
    /// Reads settings from TOML. What is left out is as by default.
    ///
    /// ```
    /// use coop_server::ApiSettings;
    ///
    /// let settings = ApiSettings::from_toml("origins = [\"https://desk.coop.example\"]\ntimeout_seconds = 10")?;
    /// assert_eq!(settings.timeout.as_secs(), 10);
    /// let problems = ApiSettings::from_toml("workers = 0\ncolour = 1").unwrap_err();
    /// assert_eq!(problems.len(), 2);
    /// # Ok::<(), Vec<String>>(())
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong, each with what was expected.
    pub fn from_toml(text: &str) -> Result<Self, Vec<String>> {
        let table: Table = toml::from_str(text).map_err(|error| vec![error.to_string()])?;
        let mut read = Reading {
            table,
            problems: Vec::new(),
        };
        let defaults = Self::default();
        let settings = Self {
            origins: read.texts("origins", "https://desk.coop.example", is_origin),
            introspection: read.flag("introspection", defaults.introspection),
            behind_proxy: read.flag("behind_proxy", defaults.behind_proxy),
            body_bytes: read.number("body_bytes", defaults.body_bytes, 1_024, 64 << 20),
            timeout: read.seconds("timeout_seconds", defaults.timeout, 600),
            late: read.seconds("late_seconds", defaults.late, 86_400),
            workers: read.number("workers", defaults.workers, 1, 256),
            requests: read.number("requests", defaults.requests, 1, 65_536),
            connections: read.number("connections", defaults.connections, 0, 65_536),
            depth: read.number("depth", defaults.depth, 10, 30),
            complexity: read.number("complexity", defaults.complexity, 1_000, 100_000),
            tokens: read.number("tokens", defaults.tokens, 1_000, 100_000),
            aliases: read.number("aliases", defaults.aliases, 0, 1_000),
            root_fields: read.number("root_fields", defaults.root_fields, 1, 100),
            requests_a_minute: read.rate("requests_a_minute", defaults.requests_a_minute),
            logins_a_minute: read.rate("logins_a_minute", defaults.logins_a_minute),
            documents_a_minute: read.rate("documents_a_minute", defaults.documents_a_minute),
            operators: {
                let names = read.texts("operators", "an account name", |it| {
                    it.parse::<Name>().is_ok_and(|name| name.raw() != 0)
                });
                names.iter().filter_map(|it| it.parse().ok()).collect()
            },
            zone: read.zone("timezone", defaults.zone),
        };
        let unknown = read.table.keys();
        let unknown: Vec<_> = unknown.map(|it| format!("{it}: no such setting")).collect();
        read.problems.extend(unknown);
        match read.problems.is_empty() {
            true => Ok(settings),
            false => Err(read.problems),
        }
    }
}

/// Whether a text is what a browser sends as `Origin`.
fn is_origin(text: &str) -> bool {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| {
        let is_part =
            |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || b".-:".contains(&it);
        !host.is_empty() && host.bytes().all(is_part)
    })
}

/// Settings that are read one by one, with all that is wrong.
struct Reading {
    table: Table,
    problems: Vec<String>,
}

impl Reading {
    fn wrong(&mut self, name: &str, expected: impl std::fmt::Display) {
        self.problems.push(format!("{name}: expected {expected}"));
    }

    fn flag(&mut self, name: &str, usual: bool) -> bool {
        match self.table.remove(name) {
            None => usual,
            Some(Value::Boolean(found)) => found,
            Some(_) => {
                self.wrong(name, "true or false");
                usual
            }
        }
    }

    fn number(&mut self, name: &str, usual: usize, least: usize, most: usize) -> usize {
        let found = match self.table.remove(name) {
            None => return usual,
            Some(Value::Integer(found)) => usize::try_from(found).ok(),
            Some(_) => None,
        };
        match found.filter(|it| (least..=most).contains(it)) {
            Some(found) => found,
            None => {
                self.wrong(name, format_args!("a number from {least} to {most}"));
                usual
            }
        }
    }

    fn seconds(&mut self, name: &str, usual: Duration, most: usize) -> Duration {
        let usual = usize::try_from(usual.as_secs()).unwrap_or(most);
        Duration::from_secs(self.number(name, usual, 1, most) as u64)
    }

    fn rate(&mut self, name: &str, usual: u32) -> u32 {
        let found = self.number(name, usual as usize, 1, 1_000_000);
        u32::try_from(found).unwrap_or(usual)
    }

    fn zone(&mut self, name: &str, usual: Zone) -> Zone {
        let found = match self.table.remove(name) {
            None => return usual,
            Some(Value::String(found)) => Zone::named(&found).ok(),
            Some(_) => None,
        };
        found.unwrap_or_else(|| {
            let names: Vec<_> = Zone::names().collect();
            self.wrong(name, format_args!("one of {}", names.join(", ")));
            usual
        })
    }

    fn texts(&mut self, name: &str, such_as: &str, is_good: impl Fn(&str) -> bool) -> Vec<String> {
        let found = match self.table.remove(name) {
            None => return Vec::new(),
            Some(Value::Array(found)) if found.len() <= 100 => found,
            Some(_) => {
                self.wrong(name, "an array of at most 100 texts");
                return Vec::new();
            }
        };
        let mut texts = Vec::new();
        for (place, value) in found.into_iter().enumerate() {
            match value {
                Value::String(text) if is_good(&text) => texts.push(text),
                _ => self.wrong(
                    &format!("{name}[{place}]"),
                    format_args!("such as {such_as}"),
                ),
            }
        }
        texts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_read_and_everything_that_is_wrong_is_told() {
        assert_eq!(ApiSettings::from_toml(""), Ok(ApiSettings::default()));
        let all = "origins = [\"https://a.example:8443\"]\nintrospection = false\nbehind_proxy = true\n\
                   body_bytes = 2048\ntimeout_seconds = 5\nlate_seconds = 6\nworkers = 2\nrequests = 3\nconnections = 4\n\
                   depth = 11\ncomplexity = 1500\ntokens = 2000\naliases = 5\nroot_fields = 6\n\
                   requests_a_minute = 7\nlogins_a_minute = 8\ndocuments_a_minute = 9\n\
                   operators = [\"operatorxxxx\"]\ntimezone = \"Asia/Omsk\"";
        let read = ApiSettings::from_toml(all).unwrap();
        assert_eq!(all.lines().count(), 19, "a line for each field");
        assert_eq!(
            (read.workers, read.documents_a_minute, read.operators.len()),
            (2, 9, 1)
        );
        assert_eq!(read.zone.name(), "Asia/Omsk");
        let wrong = "origins = [\"https://a.example/path\", 1]\nworkers = 0\ndepth = 9\ntimeout_seconds = \"5\"\n\
                     operators = [\"Anna\"]\nwokers = 2\nintrospection = 1\ntimezone = \"Europe/Berlin\"";
        let problems = ApiSettings::from_toml(wrong).unwrap_err();
        let names = [
            "origins[0]",
            "origins[1]",
            "workers",
            "depth",
            "timeout_seconds",
            "operators[0]",
            "wokers",
            "introspection",
            "timezone",
        ];
        assert_eq!(problems.len(), names.len(), "{problems:#?}");
        for name in names {
            assert!(
                problems
                    .iter()
                    .any(|it| it.starts_with(&format!("{name}: "))),
                "{name}"
            );
        }
        assert_eq!(ApiSettings::from_toml("workers =").unwrap_err().len(), 1);
    }
}
