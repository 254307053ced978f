//! `#[error_codes]`: makes reasons to fail by number of an enum.
//!
//! A failure by text costs the bytes of the text in the contract. A failure by number costs nothing
//! more than the number: `eosio_assert_code` reports it, and clients find the text in
//! `error_messages` of the ABI.
//!
//! ```text
//! #[error_codes]
//! pub enum ShopError {
//!     /// no such order
//!     NoOrder = 1,
//! }
//! ```
//!
//! becomes a `#[repr(u64)]` enum with `Failure` (so that `check!(found, ShopError::NoOrder)` works)
//! and `ErrorCodes`, whose records `#[contract(errors(ShopError))]` puts into the ABI.
//!
//! Numbers must be written out. They are part of the contract's interface, so inserting a variant
//! must not change those of others.

use proc_macro2::TokenStream as Tokens;
use quote::quote;
use syn::{Attribute, Error, Expr, ExprLit, Fields, ItemEnum, Lit, Meta, Result};

/// Numbers from here on belong to the node and the SDK: nodeos refuses them in `eosio_assert_code`,
/// with `restricted_error_code_exception` (3050011).
const RESERVED: u64 = 5_000_000_000_000_000_000;

/// The enum with its numbers, and the implementations.
///
/// # Errors
/// For arguments of the attribute, an empty enum, and variants with fields, without a number, with
/// a reserved one or without documentation.
pub(crate) fn expand(arguments: Tokens, item: Tokens) -> Result<Tokens> {
    if !arguments.is_empty() {
        return Err(Error::new_spanned(
            arguments,
            "#[error_codes] takes no arguments",
        ));
    }
    let item: ItemEnum = syn::parse2(item)?;
    if item.variants.is_empty() {
        return Err(Error::new_spanned(
            &item.ident,
            "an enum of error codes needs at least one variant",
        ));
    }
    let records = item
        .variants
        .iter()
        .map(|variant| {
            if !matches!(variant.fields, Fields::Unit) {
                return Err(Error::new_spanned(variant, "an error code cannot have fields: only its number reaches the caller"));
            }
            let code = match &variant.discriminant {
                Some((_, Expr::Lit(ExprLit { lit: Lit::Int(number), .. }))) => number.base10_parse::<u64>()?,
                _ => {
                    return Err(Error::new_spanned(
                        variant,
                        "an error code needs its number, which must never change: `NotFound = 1`",
                    ));
                }
            };
            if code >= RESERVED {
                return Err(Error::new_spanned(
                    variant,
                    format!("error codes of contracts are below {RESERVED}"),
                ));
            }
            let text = documentation(&variant.attrs);
            if text.is_empty() {
                return Err(Error::new_spanned(
                    variant,
                    "an error code needs a text: write it as its documentation, `/// no such order`",
                ));
            }
            Ok(quote!(::antelope_contract::types::schema::Record::Error { code: #code, text: #text }))
        })
        .collect::<Result<Vec<_>>>()?;
    let ident = &item.ident;
    Ok(quote! {
        #[repr(u64)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #item

        impl ::antelope_contract::Failure for #ident {
            #[inline]
            fn raise(self) -> ! {
                ::antelope_contract::assert::fail_code(self as u64)
            }
        }

        impl ::antelope_contract::assert::ErrorCodes for #ident {
            const RECORDS: &'static [::antelope_contract::types::schema::Record] = &[#(#records),*];
        }
    })
}

/// The lines of documentation, joined by spaces.
///
/// The text is what users see when an action fails, so write it as a message: lower-case, without a
/// full stop.
fn documentation(attributes: &[Attribute]) -> String {
    let lines: Vec<_> = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
                Expr::Lit(ExprLit {
                    lit: Lit::Str(text),
                    ..
                }) => Some(text.value().trim().to_owned()),
                _ => None,
            },
            _ => None,
        })
        .filter(|line| !line.is_empty())
        .collect();
    lines.join(" ")
}
