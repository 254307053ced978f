//! Questions to a contract's tables: which rows, by which index, in which order.
//!
//! A [`TableQuery`] is only a description. The methods of [`Client`](crate::Client) that take one send
//! it as `get_table_rows`.

use crate::bound::{Bound, Scope};
use antelope_types::Name;
use serde_json::{Value, json};

/// The type of a secondary index's key. A node does not know it, because ABIs do not list secondary
/// indexes: it must be the type that the contract's source gives to the index. With another one, the
/// node looks for the index among those of that type and finds no rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyType {
    /// 64 bit. Bounds are numbers; of a negative number, its two's complement.
    U64,
    /// 64 bit, with bounds that are names. The client sends their numbers and asks for an index of
    /// [`KeyType::U64`].
    Name,
    /// 128 bit. Bounds are decimal numbers, or hexadecimal ones after `0x`.
    U128,
    /// 256 bit. Bounds are 64 hexadecimal digits in the order of a checksum; fewer digits, an even
    /// number of them, are filled up with zeros on the right.
    Checksum256,
    /// 256 bit, called a number by the contract. The request has the node's word for it, but asks for
    /// the hexadecimal encoding, with which nodes read bounds as for [`KeyType::Checksum256`].
    U256,
    /// A checksum of 160 bit, which contracts keep in an index of 256 bit. Bounds are 40 hexadecimal
    /// digits.
    Checksum160,
    /// A double. Bounds are decimal; NaN is refused.
    F64,
    /// A long double. Nodes read and write bounds as doubles, so that digits beyond are lost.
    F128,
}

impl KeyType {
    /// The `key_type` of the request.
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

    /// The `encode_type` of the request: how the node reads bounds and writes `next_key`.
    fn encoding(self) -> &'static str {
        match self {
            Self::Checksum256 | Self::Checksum160 | Self::U256 => "hex",
            _ => "dec",
        }
    }
}

/// The most rows that nodes give in one answer: `max_return_items` of nodeos. More may be asked for.
const MOST_ROWS: u32 = 1000;

/// Which rows of a table, by which index, and how many of them in one answer.
///
/// Nothing is checked before it is sent. The node refuses a table that the contract's ABI does not
/// list. An index that does not exist has no rows.
///
/// ```
/// use antelope_rpc_client::{KeyType, TableQuery};
/// use antelope_types::{Checksum256, name};
///
/// // All that alice owns of any token of this contract.
/// let all = TableQuery::new(name!("eosio.token"), name!("alice"), name!("accounts"));
/// // The ten newest decisions, by a primary key that counts upward.
/// let decisions = TableQuery::new(name!("soviet"), name!("coop"), name!("decisions"));
/// let newest = decisions.clone().reverse().limit(10);
/// // Those on one document, by the first secondary index.
/// let document = Checksum256::sha256(b"the text of the document");
/// let on_document = decisions.secondary(2, KeyType::Checksum256).exactly(document);
/// ```
///
/// Pass it to [`Client::all_rows`](crate::Client::all_rows) or its relatives. A program that shows page
/// after page uses [`Client::get_table_rows`](crate::Client::get_table_rows):
///
/// ```no_run
/// # use antelope_rpc_client::{Client, ClientError, TableQuery};
/// # fn first_two(client: &Client, query: TableQuery) -> Result<(), ClientError> {
/// let first = client.get_table_rows(&query.clone().limit(20))?;
/// if first.more {
///     let second = client.get_table_rows(&query.limit(20).from(first.next_key))?;
/// }
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct TableQuery {
    code: Name,
    scope: Scope,
    table: Name,
    /// Whether rows are JSON by the ABI; else hexadecimal text of their bytes.
    pub(crate) json: bool,
    pub(crate) limit: u32,
    lower_bound: Option<Bound>,
    upper_bound: Option<Bound>,
    /// The position, where the primary index is 1, and the type of keys.
    secondary: Option<(u8, KeyType)>,
    reverse: bool,
    /// Whether each row comes as a [`PaidRow`].
    pub(crate) show_payer: bool,
}

impl TableQuery {
    /// All rows of a table of the account `code` in one scope, in the order of the primary key, 1000 at
    /// most in one page. Many contracts use the account's own name for the scope of tables that are
    /// not divided.
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

    /// Reads by a secondary index. `position` is 2 for the first index of the table, up to 17 for the
    /// sixteenth, in the order in which the contract declares them. Bounds are then secondary keys,
    /// and rows with equal keys follow each other in the order of their primary keys.
    #[must_use]
    pub fn secondary(mut self, position: u8, key: KeyType) -> Self {
        self.secondary = Some((position, key));
        self
    }

    /// Only rows with this key or a greater one. It replaces an earlier lower bound.
    #[must_use]
    pub fn from(mut self, lower: impl Into<Bound>) -> Self {
        self.lower_bound = Some(lower.into());
        self
    }

    /// Only rows with this key or a smaller one. It replaces an earlier upper bound.
    #[must_use]
    pub fn to(mut self, upper: impl Into<Bound>) -> Self {
        self.upper_bound = Some(upper.into());
        self
    }

    /// Only rows with this key: one at most by the primary index, any number by a secondary one.
    #[must_use]
    pub fn exactly(self, key: impl Into<Bound>) -> Self {
        let key = key.into();
        self.from(key.clone()).to(key)
    }

    /// At most so many rows a page. Nodes give 1000 at most, whatever is asked for, and none for 0. The
    /// number of rows of [`Client::all_rows`](crate::Client::all_rows) is not limited by it, only the
    /// size of the pages it reads them in.
    #[must_use]
    pub fn limit(mut self, rows: u32) -> Self {
        self.limit = rows;
        self
    }

    /// From the greatest key down. The bounds keep their meaning: [`from`](Self::from) is the lower one.
    #[must_use]
    pub fn reverse(mut self) -> Self {
        self.reverse = true;
        self
    }

    /// The same question for what follows: the bound that a page starts from moves to `next_key`, which
    /// is the key of the first row that the page before did not have.
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

    /// Whether two rows may have the same key, as in every secondary index.
    pub(crate) fn keys_may_repeat(&self) -> bool {
        self.secondary.is_some()
    }

    /// Whether a page can start at the `next_key` of the page before. Nodes round floating-point
    /// keys to seventeen decimals there.
    pub(crate) fn has_exact_keys(&self) -> bool {
        !matches!(self.secondary, Some((_, KeyType::F64 | KeyType::F128)))
    }

    /// The request. A missing bound is left out, which nodes take for the end of the index.
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

/// One page of rows. `T` is the form of a row: JSON by the ABI unless told otherwise.
///
/// A page may be short or even empty and still not be the last, since a node also ends it when reading
/// takes too long: go by `more` and not by the number of rows.
///
/// ```
/// use antelope_rpc_client::{Rows, TableQuery};
/// use antelope_types::name;
///
/// /// What to ask for after a page, if there is more.
/// fn next(query: &TableQuery, page: &Rows) -> Option<TableQuery> {
///     page.more.then(|| query.clone().from(&page.next_key))
/// }
///
/// let query = TableQuery::new(name!("counter"), name!("counter"), name!("numbers"));
/// let page = Rows { rows: vec![], more: true, next_key: "7".to_owned() };
/// assert!(next(&query, &page).is_some(), "an empty page need not be the last");
/// let last = Rows { rows: vec![1.into()], more: false, next_key: String::new() };
/// assert!(next(&query, &last).is_none());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Rows<T = Value> {
    /// The rows in the order of the index.
    pub rows: Vec<T>,
    /// Whether there are rows beyond this page, within the bounds.
    pub more: bool,
    /// The key of the first of them: [`TableQuery::from`] of the next question, or [`TableQuery::to`] in
    /// reverse. Empty where there are none. By a secondary index, the next page may repeat rows of
    /// this one that have the same key.
    pub next_key: String,
}

/// A row together with the account that pays for its RAM.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
pub struct PaidRow {
    /// The row by the contract's ABI.
    pub data: Value,
    /// The account whose RAM the row uses.
    pub payer: Name,
}

/// One scope of a table that has rows there. A table is created by its first row in a scope and
/// removed with its last one.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct TableScope {
    /// The scope as the node writes it, as a name, also where the contract means a number or a symbol
    /// code. Parse it as a [`Name`] and take [`Name::raw`] to get the number.
    pub scope: String,
    /// Table name. A secondary index is a table of its own, with the index's number in the last four
    /// bits of the name.
    pub table: Name,
    /// Who pays for the table's own record: whoever paid for its first row.
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
