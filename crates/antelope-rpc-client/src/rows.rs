//! Rows of tables, page after page.
//!
//! A node gives 1000 rows at most in one answer, and fewer when reading them takes it too long. It
//! then says `more` and the key at which the next page begins. How pages are joined to a whole, with
//! each row once, depends on the index:
//!
//! | keys | requests | refused when |
//! |---|---|---|
//! | primary, each with one row | one a page | the node makes no progress |
//! | secondary, several rows may share one | up to three a page | one key has more rows than fit one answer |
//! | floating-point | larger and larger pages | all rows do not fit one answer |
//!
//! Pages are read one after the other and not at one moment. Rows that are added, removed or given
//! another key meanwhile may be missing or appear twice.

use crate::client::Client;
use crate::error::ClientError;
use crate::table::{PaidRow, Rows, TableQuery};
use antelope_types::Decode;
use antelope_types::json::bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::any::type_name;

/// The call that all methods here send.
const TABLE_ROWS: &str = "/v1/chain/get_table_rows";

impl Client {
    /// One page of a table's rows as JSON, which the node makes by the contract's ABI. There may be
    /// fewer rows than [`TableQuery::limit`] although there are [`more`](Rows::more).
    ///
    /// # Errors
    /// As [`Client::call`]. [`ClientError::Chain`] where the account does not exist, its ABI does not
    /// list the table, a bound cannot be read, or a row does not fit the ABI. A scope without rows and
    /// an index that does not exist are empty pages.
    pub fn get_table_rows(&self, query: &TableQuery) -> Result<Rows, ClientError> {
        self.page(query)
    }

    /// All rows that match as JSON, in the order of the index. They are read page after page, each of
    /// [`TableQuery::limit`] rows at most; all are in memory in the end.
    ///
    /// ```
    /// use antelope_rpc_client::{Answer, Client, ClientError, TableQuery, Transport};
    /// use antelope_types::name;
    /// use serde_json::Value;
    /// use std::sync::Arc;
    ///
    /// /// A node with the rows 1 to 5, of which it gives two at a time.
    /// #[derive(Debug)]
    /// struct Five;
    ///
    /// impl Transport for Five {
    ///     fn address(&self) -> &str {
    ///         "five:"
    ///     }
    ///
    ///     fn post(&self, _: &str, body: &[u8]) -> Result<Answer, ClientError> {
    ///         let query: Value = serde_json::from_slice(body).expect("the client's JSON");
    ///         let from = query["lower_bound"].as_str().unwrap_or("1");
    ///         let body = match from {
    ///             "1" => r#"{"rows": [1, 2], "more": true, "next_key": "3"}"#,
    ///             "3" => r#"{"rows": [3, 4], "more": true, "next_key": "5"}"#,
    ///             _ => r#"{"rows": [5], "more": false, "next_key": ""}"#,
    ///         };
    ///         Ok(Answer { status: 200, body: body.into() })
    ///     }
    /// }
    ///
    /// let client = Client::over(Arc::new(Five));
    /// let query = TableQuery::new(name!("counter"), name!("counter"), name!("numbers"));
    /// assert_eq!(client.all_rows(&query)?, [1, 2, 3, 4, 5]);
    /// # Ok::<(), ClientError>(())
    /// ```
    ///
    /// # Errors
    /// As [`Client::get_table_rows`]. [`ClientError::Shape`] where the rows cannot be read page after
    /// page: more rows have one secondary key, or the range of a floating-point index has more rows,
    /// than the node gives in one answer.
    pub fn all_rows(&self, query: &TableQuery) -> Result<Vec<Value>, ClientError> {
        self.pages(query)
    }

    /// All rows that match as JSON, each with the account that pays for its RAM.
    ///
    /// # Errors
    /// As [`Client::all_rows`].
    pub fn all_rows_with_payers(&self, query: &TableQuery) -> Result<Vec<PaidRow>, ClientError> {
        let mut query = query.clone();
        query.show_payer = true;
        self.pages(&query)
    }

    /// All rows that match, decoded from the bytes on the chain by `T` and not by the contract's ABI.
    /// It avoids JSON, which shows large numbers and floating-point values in several forms. The
    /// bytes of each row must be a `T` and nothing else. The node still demands that the contract's ABI
    /// lists the table.
    ///
    /// # Errors
    /// As [`Client::all_rows`]. [`ClientError::Shape`] where the bytes of a row are not a `T`; it tells
    /// the number of the row, from 0, and what is wrong with it.
    pub fn all_rows_as<T>(&self, query: &TableQuery) -> Result<Vec<T>, ClientError>
    where
        T: for<'a> Decode<'a>,
    {
        let mut query = query.clone();
        query.json = false;
        let rows: Vec<String> = self.pages(&query)?;
        let rows = rows.iter().enumerate();
        rows.map(|(number, hex)| self.decode(number, hex)).collect()
    }

    /// The first row that matches in the order of the index, decoded as by [`Client::all_rows_as`];
    /// `None` when there is none. It asks for one row, whatever the limit of the query is.
    ///
    /// # Errors
    /// As [`Client::get_table_rows`]. [`ClientError::Shape`] where the bytes are not a `T`.
    pub fn first_row_as<T>(&self, query: &TableQuery) -> Result<Option<T>, ClientError>
    where
        T: for<'a> Decode<'a>,
    {
        let mut query = query.clone().limit(1);
        query.json = false;
        let page: Rows<String> = self.page(&query)?;
        let first = page.rows.first();
        first.map(|hex| self.decode(0, hex)).transpose()
    }

    /// A row from the hexadecimal text that nodes give for `json: false`. `number` is for the error.
    fn decode<T>(&self, number: usize, hex: &str) -> Result<T, ClientError>
    where
        T: for<'a> Decode<'a>,
    {
        let wrong = |problem: String| {
            let (wanted, bytes) = (type_name::<T>(), hex.len() / 2);
            let problem = format!("row {number} ({bytes} bytes) is not a `{wanted}`: {problem}");
            self.shape(TABLE_ROWS, &problem)
        };
        let bytes = bytes::parse(hex);
        let bytes = bytes.map_err(|_| wrong("expected hexadecimal digits".to_owned()))?;
        T::from_bytes(&bytes).map_err(|error| wrong(error.to_string()))
    }

    /// All rows that match, in whatever form the query asks for them.
    fn pages<T: DeserializeOwned>(&self, query: &TableQuery) -> Result<Vec<T>, ClientError> {
        match (query.keys_may_repeat(), query.has_exact_keys()) {
            (false, _) => self.by_unique_keys(query),
            (true, true) => self.by_keys(query),
            (true, false) => self.in_one_answer(query),
        }
    }

    /// For a unique index: the next page begins at the `next_key` of the one before.
    ///
    /// An empty page that continues with the key it began with is an error, since the listing would not
    /// end. It comes from nodes that allow no row or no time.
    fn by_unique_keys<T: DeserializeOwned>(
        &self,
        query: &TableQuery,
    ) -> Result<Vec<T>, ClientError> {
        let mut query = query.clone();
        let mut rows = Vec::new();
        let mut from = None;
        loop {
            let mut page: Rows<T> = self.page(&query)?;
            let progress = !page.rows.is_empty();
            rows.append(&mut page.rows);
            if !page.more {
                return Ok(rows);
            }
            if !progress && from.as_ref() == Some(&page.next_key) {
                let key = &page.next_key;
                let problem = format!("an empty page that continues with its first key `{key}`");
                return Err(self.shape(TABLE_ROWS, &problem));
            }
            query = query.after(&page.next_key);
            from = Some(page.next_key);
        }
    }

    /// For a secondary index, where several rows may have one key. A page may end among them, and the
    /// next one begins with all of them again, so that the known ones must be left out. Content does not
    /// tell rows apart, since it may be equal, so they are counted:
    ///
    /// 1. The page, which says that there is more from `next_key` on.
    /// 2. All rows with `next_key`. They must fit one answer.
    /// 3. If there are several, all rows from the start of the page up to `next_key`, to see how many of
    ///    those with `next_key` the page had already.
    ///
    /// The next page begins with `next_key`, and the rows of step 2 are left out of it.
    fn by_keys<T: DeserializeOwned>(&self, query: &TableQuery) -> Result<Vec<T>, ClientError> {
        let too_many = || {
            let problem = "more rows with one key than the node gives in one answer, so that they \
                           cannot be continued; use the primary index";
            Err(self.shape(TABLE_ROWS, problem))
        };
        let mut query = query.clone();
        let wanted = query.limit;
        let mut rows = Vec::new();
        // The key that the page begins with, and how many rows of it are known.
        let (mut from, mut known) = (None, 0);
        loop {
            let page: Rows<T> = self.page(&query)?;
            let length = page.rows.len();
            if !page.more {
                rows.extend(page.rows.into_iter().skip(known));
                return Ok(rows);
            }
            let same: Rows<T> = self.page(&query.only(&page.next_key))?;
            if same.more || from.as_ref() == Some(&page.next_key) {
                return too_many();
            }
            let count = same.rows.len();
            let new = length.saturating_sub(known);
            // How many of them the page ends with: none of a single one, for it is still to come.
            let mut seen = 0;
            if count > 1 && new > 0 {
                let upto: Rows<T> = self.page(&query.up_to(&page.next_key))?;
                if !upto.more {
                    // The page and the rows of the key overlap by what their union lacks.
                    seen = (length + count).saturating_sub(upto.rows.len());
                } else if length > 1 {
                    // Too many to count: a shorter page ends elsewhere.
                    query.limit = (known + new / 2) as u32;
                    continue;
                }
            }
            rows.extend(page.rows.into_iter().skip(known));
            rows.extend(same.rows.into_iter().skip(seen));
            query = query.after(&page.next_key);
            // Room for the known rows and for as many new ones as the caller wants a page to have.
            query.limit = wanted.saturating_add(count as u32);
            (from, known) = (Some(page.next_key), count);
        }
    }

    /// For floating-point keys. A node writes `next_key` rounded, so that a page that begins there may
    /// lack a row. Instead the first page is asked for again, each time with a limit four times as
    /// large, until it has all rows or stops growing.
    fn in_one_answer<T: DeserializeOwned>(
        &self,
        query: &TableQuery,
    ) -> Result<Vec<T>, ClientError> {
        let mut query = query.clone();
        let mut longest = 0;
        loop {
            let page: Rows<T> = self.page(&query)?;
            if !page.more {
                return Ok(page.rows);
            }
            if page.rows.len() <= longest {
                let problem = "more rows with floating-point keys than the node gives in one answer, \
                               and rounded keys cannot be continued; narrow the range";
                return Err(self.shape(TABLE_ROWS, problem));
            }
            longest = page.rows.len();
            query.limit = query.limit.saturating_mul(4);
        }
    }

    /// One answer of the node, with rows as JSON, hexadecimal text, or either with payers. Old
    /// versions of nodes do not have the field `next_key`.
    fn page<T: DeserializeOwned>(&self, query: &TableQuery) -> Result<Rows<T>, ClientError> {
        #[derive(Deserialize)]
        struct Answer<T> {
            rows: Vec<T>,
            more: bool,
            #[serde(default)]
            next_key: String,
        }
        let answer: Answer<T> = self.call(TABLE_ROWS, &query.to_request())?;
        Ok(Rows {
            rows: answer.rows,
            more: answer.more,
            next_key: answer.next_key,
        })
    }
}
