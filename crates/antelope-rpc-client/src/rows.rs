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

    /// All rows of a question. Pages by a secondary index may begin with rows that the page
    /// before ended with, where several rows have the key it stopped at; these are left out.
    fn pages<T>(&self, query: &TableQuery) -> Result<Vec<T>, ClientError>
    where
        T: DeserializeOwned + PartialEq,
    {
        let mut query = query.clone();
        let mut rows: Vec<T> = Vec::new();
        let mut longest = 0;
        loop {
            let mut page: Rows<T> = self.page(&query)?;
            let length = page.rows.len();
            if query.keys_may_repeat() {
                let known = repeated(&rows, &page.rows);
                page.rows.drain(..known);
            }
            let progress = !page.rows.is_empty();
            rows.append(&mut page.rows);
            if !page.more {
                return Ok(rows);
            }
            if progress && query.has_exact_keys() {
                query = query.after(&page.next_key);
            } else if length > longest {
                longest = length;
                query.limit = query.limit.saturating_mul(4);
            } else {
                let problem = "more rows with one key than the node gives in one answer";
                return Err(self.shape(TABLE_ROWS, problem));
            }
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

/// How many rows at the start of `page` are those at the end of `rows`: as many as may be, for rows of
/// the same key may also have the same content.
fn repeated<T: PartialEq>(rows: &[T], page: &[T]) -> usize {
    let longest = rows.len().min(page.len());
    let ends = (1..=longest)
        .rev()
        .find(|count| rows.ends_with(&page[..*count]));
    // A page that is shorter than what was known of its key.
    let within = || rows.windows(page.len().max(1)).any(|known| known == page);
    ends.unwrap_or_else(|| if within() { page.len() } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::repeated;

    #[test]
    fn overlapping_pages_are_told_from_new_ones() {
        assert_eq!(repeated(&[1, 2, 3], &[4, 5]), 0);
        assert_eq!(repeated(&[1, 2, 3], &[3, 4]), 1);
        assert_eq!(repeated(&[1, 2, 3], &[2, 3]), 2);
        assert_eq!(repeated(&[1, 2, 3], &[1, 2, 3, 4]), 3);
        assert_eq!(repeated(&[1, 2, 3], &[2]), 1);
        // Rows with the same content are told apart by their number.
        assert_eq!(repeated(&[7, 7], &[7, 7, 7]), 2);
        assert_eq!(repeated::<u8>(&[], &[1]), 0);
        assert_eq!(repeated(&[1], &[]), 0);
    }
}
