//! Rows of tables, page after page.

use crate::client::Client;
use crate::error::ClientError;
use crate::table::{PaidRow, Rows, TableQuery};
use antelope_types::Decode;
use antelope_types::json::bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

const TABLE_ROWS: &str = "/v1/chain/get_table_rows";

impl Client {
    /// One page of a table's rows as JSON, by the ABI of the contract.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn get_table_rows(&self, query: &TableQuery) -> Result<Rows, ClientError> {
        self.page(query)
    }

    /// All rows that match, page after page.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn all_rows(&self, query: &TableQuery) -> Result<Vec<Value>, ClientError> {
        self.pages(query)
    }

    /// All rows that match, with those who pay for them.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn all_rows_with_payers(&self, query: &TableQuery) -> Result<Vec<PaidRow>, ClientError> {
        let mut query = query.clone();
        query.show_payer = true;
        self.pages(&query)
    }

    /// All rows that match, decoded from the bytes on chain without the contract's ABI.
    ///
    /// # Errors
    /// [`ClientError::Shape`] when the bytes are not a `T`.
    pub fn all_rows_as<T>(&self, query: &TableQuery) -> Result<Vec<T>, ClientError>
    where
        T: for<'a> Decode<'a>,
    {
        let mut query = query.clone();
        query.json = false;
        let rows: Vec<String> = self.pages(&query)?;
        let decode = |hex: String| {
            let bytes = bytes::parse(&hex).ok()?;
            T::from_bytes(&bytes).ok()
        };
        let decoded: Option<Vec<T>> = rows.into_iter().map(decode).collect();
        decoded.ok_or_else(|| self.shape(TABLE_ROWS, "a row's bytes are not of the type wanted"))
    }

    /// The first row that matches, decoded; `None` when there is none.
    ///
    /// # Errors
    /// [`ClientError::Shape`] when the bytes are not a `T`.
    pub fn first_row_as<T>(&self, query: &TableQuery) -> Result<Option<T>, ClientError>
    where
        T: for<'a> Decode<'a>,
    {
        let mut query = query.clone().limit(1);
        query.json = false;
        let page: Rows<String> = self.page(&query)?;
        let Some(hex) = page.rows.first() else {
            return Ok(None);
        };
        let row = bytes::parse(hex)
            .ok()
            .and_then(|bytes| T::from_bytes(&bytes).ok());
        row.map(Some)
            .ok_or_else(|| self.shape(TABLE_ROWS, "the row's bytes are not of the type wanted"))
    }

    /// All rows of a question.
    fn pages<T: DeserializeOwned>(&self, query: &TableQuery) -> Result<Vec<T>, ClientError> {
        match (query.keys_may_repeat(), query.has_exact_keys()) {
            (false, _) => self.by_unique_keys(query),
            (true, true) => self.by_keys(query),
            (true, false) => self.in_one_answer(query),
        }
    }

    /// Where each key has one row, a page begins where the one before says that it ended.
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
                return Err(self.shape(TABLE_ROWS, "pages that make no progress"));
            }
            query = query.after(&page.next_key);
            from = Some(page.next_key);
        }
    }

    /// Where a key may have several rows, a page may end among them, and the next one begins with all
    /// of them. Rows are not told from one another by their content, which may be the same: those of
    /// the key where a page ends are asked for alone, so that the next page begins with as many known
    /// ones.
    fn by_keys<T: DeserializeOwned>(&self, query: &TableQuery) -> Result<Vec<T>, ClientError> {
        let too_many = || {
            let problem = "more rows with one key than the node gives in one answer";
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
            query.limit = wanted.saturating_add(count as u32);
            (from, known) = (Some(page.next_key), count);
        }
    }

    /// Where a page cannot begin at a key, larger pages are asked for until there is only one.
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
                let problem = "more rows with inexact keys than the node gives in one answer";
                return Err(self.shape(TABLE_ROWS, problem));
            }
            longest = page.rows.len();
            query.limit = query.limit.saturating_mul(4);
        }
    }

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
