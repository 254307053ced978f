//! Names of things on chain in attributes: checked at compile time, kept as numbers.
//!
//! A name has up to 13 characters of `.`, `1` to `5` and `a` to `z`, and is a 64-bit number on
//! chain: five bits for each of the first twelve characters, four for the last. The rules are in
//! [`literals`](crate::literals).

use proc_macro2::Span;
use quote::format_ident;
use syn::{Error, Ident, LitStr, Result};

/// The name of a table, an action or an account.
#[derive(Clone)]
pub(crate) struct ChainName {
    /// The name as text, for ABIs and messages.
    pub(crate) text: String,
    /// The name as a number, for the generated code.
    pub(crate) raw: u64,
    /// Where it was written, for error messages.
    pub(crate) span: Span,
}

impl ChainName {
    /// A name from a string literal.
    ///
    /// # Errors
    /// If the text is not a name.
    pub(crate) fn from_literal(literal: &LitStr) -> Result<Self> {
        Self::new(literal.value(), literal.span())
    }

    /// A name from that of a function. Function names may have characters that names on chain do
    /// not; then the error says to give the name in the attribute.
    ///
    /// | function | name |
    /// |---|---|
    /// | `transfer`, `r#move` | `transfer`, `move` |
    /// | `open_row` | none, because of `_`: `#[action(name = "open.row")]` |
    ///
    /// # Errors
    /// If the identifier is not a name.
    pub(crate) fn from_ident(ident: &Ident) -> Result<Self> {
        let text = ident.to_string();
        let text = text.strip_prefix("r#").unwrap_or(&text);
        Self::new(text.to_owned(), ident.span()).map_err(|error| {
            Error::new(
                ident.span(),
                format!("{error}; give the name on chain: #[action(name = \"…\")]"),
            )
        })
    }

    /// Checks a name and computes its number.
    fn new(text: String, span: Span) -> Result<Self> {
        let raw =
            crate::literals::name_value(&text).map_err(|message| Error::new(span, message))?;
        Ok(Self { text, raw, span })
    }

    /// The name of a table: at most twelve characters, because the last four bits are the number of
    /// an index.
    ///
    /// # Errors
    /// If the text is not such a name, or is empty.
    pub(crate) fn table(literal: &LitStr) -> Result<Self> {
        let name = Self::from_literal(literal)?;
        if name.text.is_empty() || name.text.len() > 12 {
            return Err(Error::new(
                literal.span(),
                "the name of a table must have one to twelve characters",
            ));
        }
        Ok(name)
    }
}

/// The name of the hidden trait of a client's actions: `<Client>Actions`.
pub(crate) fn actions_ident(client: &Ident) -> Ident {
    format_ident!("{client}Actions")
}
