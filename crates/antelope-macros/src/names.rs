//! Names of chain things in attributes: checked while compiling, kept as numbers.

use proc_macro2::Span;
use quote::format_ident;
use syn::{Error, Ident, LitStr, Result};

/// A name for a table, an action or an account: its text and its number.
#[derive(Clone)]
pub(crate) struct ChainName {
    pub(crate) text: String,
    pub(crate) raw: u64,
    pub(crate) span: Span,
}

impl ChainName {
    pub(crate) fn from_literal(literal: &LitStr) -> Result<Self> {
        Self::new(literal.value(), literal.span())
    }

    /// From a function's name; one that is no name on chain needs another in its attribute.
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

    fn new(text: String, span: Span) -> Result<Self> {
        let raw =
            crate::literals::name_value(&text).map_err(|message| Error::new(span, message))?;
        Ok(Self { text, raw, span })
    }

    /// The name of a table: at most twelve characters, because indexes need the last four bits.
    pub(crate) fn table(literal: &LitStr) -> Result<Self> {
        let name = Self::from_literal(literal)?;
        if name.text.is_empty() || name.text.len() > 12 {
            return Err(Error::new(
                literal.span(),
                "the name of a table has one to twelve characters",
            ));
        }
        Ok(name)
    }
}

/// The name of the trait of a client's actions.
pub(crate) fn actions_ident(client: &Ident) -> Ident {
    format_ident!("{client}Actions")
}
