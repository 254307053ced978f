//! Questions to a contract's tables.

use crate::bound::{Bound, Scope};
use antelope_types::Name;
use serde_json::{Value, json};

/// The type of an index's key, as the node's `key_type` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyType {
    /// 64 bit, bounds as numbers.
    U64,
    /// 64 bit, bounds as names.
    Name,
    /// 128 bit.
    U128,
    /// 256 bit, bounds as hexadecimal text in the order of a checksum.
    Checksum256,
    /// 256 bit, bounds as hexadecimal text of a number (`0x…`).
    U256,
    /// 160 bit checksum kept in a 256 bit index.
    Checksum160,
    /// Double.
    F64,
    /// Long double.
    F128,
}

impl KeyType {
    /// The node's word for it.
    fn as_str(self) -> &'static str {
        match self {
            // Nodes give the next page's name as a number and then do not read it as a name.
            Self::U64 | Self::Name => "i64",
            Self::U128 => "i128",
            Self::Checksum256 => "sha256",
            Self::U256 => "i256",
            Self::Checksum160 => "ripemd160",
            Self::F64 => "float64",
            Self::F128 => "float128",
        }
    }

    /// The node's word for the form of bounds.
    fn encoding(self) -> &'static str {
        match self {
            Self::Checksum256 | Self::Checksum160 | Self::U256 => "hex",
            _ => "dec",
        }
    }
}

/// The most rows that nodes give in one answer.
const MOST_ROWS: u32 = 1000;

/// Which rows of a table, by which index.
///
/// ```no_run
/// # use antelope_rpc_client::*; use antelope_types::name;
/// # fn f(client: Client) -> Result<(), ClientError> {
/// let all = TableQuery::new(name!("eosio.token"), name!("alice"), name!("accounts"));
/// let rows = client.all_rows(&all)?;
/// let by_hash = TableQuery::new(name!("soviet"), name!("coop"), name!("decisions"))
///     .secondary(2, KeyType::Checksum256)
///     .exactly("3f0d…");
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct TableQuery {
    code: Name,
    scope: Scope,
    table: Name,
    pub(crate) json: bool,
    pub(crate) limit: u32,
    lower_bound: Option<Bound>,
    upper_bound: Option<Bound>,
    secondary: Option<(u8, KeyType)>,
    reverse: bool,
    pub(crate) show_payer: bool,
}

impl TableQuery {
    /// All rows of a table in the order of its primary key, 1000 at most in one page.
    #[must_use]
    pub fn new(code: Name, scope: impl Into<Scope>, table: Name) -> Self {
        Self {
            code,
            scope: scope.into(),
            table,
            json: true,
            limit: MOST_ROWS,
            lower_bound: None,
            upper_bound: None,
            secondary: None,
            reverse: false,
            show_payer: false,
        }
    }

    /// Reads by a secondary index: 2 is the first one, as nodes count.
    #[must_use]
    pub fn secondary(mut self, position: u8, key: KeyType) -> Self {
        self.secondary = Some((position, key));
        self
    }

    /// Keys from here on.
    #[must_use]
    pub fn from(mut self, lower: impl Into<Bound>) -> Self {
        self.lower_bound = Some(lower.into());
        self
    }

    /// Keys up to and including this one.
    #[must_use]
    pub fn to(mut self, upper: impl Into<Bound>) -> Self {
        self.upper_bound = Some(upper.into());
        self
    }

    /// This key only.
    #[must_use]
    pub fn exactly(self, key: impl Into<Bound>) -> Self {
        let key = key.into();
        self.from(key.clone()).to(key)
    }

    /// At most so many rows a page.
    #[must_use]
    pub fn limit(mut self, rows: u32) -> Self {
        self.limit = rows;
        self
    }

    /// From the highest key down.
    #[must_use]
    pub fn reverse(mut self) -> Self {
        self.reverse = true;
        self
    }

    /// The same question for what follows `next_key`.
    pub(crate) fn after(&self, next_key: &str) -> Self {
        let mut next = self.clone();
        let bound = if self.reverse {
            &mut next.upper_bound
        } else {
            &mut next.lower_bound
        };
        *bound = Some(next_key.into());
        next
    }

    /// The question for all rows with this `next_key`.
    pub(crate) fn only(&self, next_key: &str) -> Self {
        Self {
            limit: MOST_ROWS,
            ..self.clone().exactly(next_key)
        }
    }

    /// The same question up to and including all rows with this `next_key`.
    pub(crate) fn up_to(&self, next_key: &str) -> Self {
        let mut question = self.clone();
        question.limit = MOST_ROWS;
        let bound = match self.reverse {
            true => &mut question.lower_bound,
            false => &mut question.upper_bound,
        };
        *bound = Some(next_key.into());
        question
    }

    /// Whether two rows may have the same key.
    pub(crate) fn keys_may_repeat(&self) -> bool {
        self.secondary.is_some()
    }

    /// Whether a page can start at the `next_key` of the page before. Nodes round floating-point
    /// keys to seventeen decimals there.
    pub(crate) fn has_exact_keys(&self) -> bool {
        !matches!(self.secondary, Some((_, KeyType::F64 | KeyType::F128)))
    }

    /// The node's form of the question.
    pub(crate) fn to_request(&self) -> Value {
        let mut request = json!({
            "code": self.code,
            "scope": self.scope.to_string(),
            "table": self.table,
            "json": self.json,
            "limit": self.limit,
            "reverse": self.reverse,
            "show_payer": self.show_payer,
        });
        if let Some((position, key)) = self.secondary {
            request["index_position"] = position.to_string().into();
            request["key_type"] = key.as_str().into();
            request["encode_type"] = key.encoding().into();
        }
        let name_keys = matches!(self.secondary, Some((_, KeyType::Name)));
        for (field, bound) in [
            ("lower_bound", &self.lower_bound),
            ("upper_bound", &self.upper_bound),
        ] {
            if let Some(bound) = bound {
                request[field] = bound.text(name_keys).into();
            }
        }
        request
    }
}

/// One page of rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows<T = Value> {
    /// The rows in the order of the index.
    pub rows: Vec<T>,
    /// True when there are more.
    pub more: bool,
    /// Where they start: [`TableQuery::from`] of the next question ([`TableQuery::to`] in reverse).
    pub next_key: String,
}

/// A row together with the account that pays for its RAM.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
pub struct PaidRow {
    /// The row by the contract's ABI.
    pub data: Value,
    /// Who pays.
    pub payer: Name,
}

/// A table that exists: one of its scopes.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct TableScope {
    /// The scope as the node writes it: a name.
    pub scope: String,
    /// Table name; for a secondary index its number is in the last character.
    pub table: Name,
    /// Who pays for the table itself.
    pub payer: Name,
    /// Number of rows.
    #[serde(with = "antelope_types::json::uint64")]
    pub count: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use antelope_types::{name, symbol};

    #[test]
    fn a_question_in_the_nodes_form() {
        let query = TableQuery::new(name!("token"), symbol!("4,EOS").code(), name!("stat"));
        let expected = json!({
            "code": "token", "scope": "EOS", "table": "stat", "json": true, "limit": 1000,
            "reverse": false, "show_payer": false,
        });
        assert_eq!(query.to_request(), expected);
    }

    #[test]
    fn secondary_keys_have_type_and_encoding() {
        let query = TableQuery::new(name!("soviet"), 7, name!("decisions"));
        let request = query
            .secondary(3, KeyType::Checksum256)
            .exactly("ab")
            .to_request();
        assert_eq!(request["scope"], "7");
        assert_eq!(request["index_position"], "3");
        assert_eq!(
            (&request["key_type"], &request["encode_type"]),
            (&json!("sha256"), &json!("hex"))
        );
        assert_eq!(
            (&request["lower_bound"], &request["upper_bound"]),
            (&json!("ab"), &json!("ab"))
        );
    }

    #[test]
    fn the_next_page_moves_the_bound_it_comes_from() {
        let query = TableQuery::new(name!("c"), name!("s"), name!("t"))
            .from(1)
            .to(9);
        let request = query.after("5").to_request();
        assert_eq!(
            (&request["lower_bound"], &request["upper_bound"]),
            (&json!("5"), &json!("9"))
        );
        let request = query.reverse().after("5").to_request();
        assert_eq!(
            (&request["lower_bound"], &request["upper_bound"]),
            (&json!("1"), &json!("5"))
        );
    }

    #[test]
    fn names_of_an_index_become_numbers() {
        let query = TableQuery::new(name!("c"), name!("s"), name!("t")).from(name!("alice"));
        assert_eq!(query.to_request()["lower_bound"], "alice");
        let by_name = query.secondary(2, KeyType::Name);
        let number = name!("alice").raw().to_string();
        assert_eq!(by_name.to_request()["lower_bound"], number.as_str());
        assert_eq!(by_name.after("17").to_request()["lower_bound"], "17");
        let digits = name!("112233445511");
        let raw = digits.raw().to_string();
        assert_eq!(
            by_name.from(digits).to_request()["lower_bound"],
            raw.as_str()
        );
        let query = TableQuery::new(name!("c"), digits, name!("t")).exactly(digits);
        let request = query.to_request();
        for field in ["scope", "lower_bound", "upper_bound"] {
            assert_eq!(request[field], raw.as_str(), "{field}");
        }
    }
}
