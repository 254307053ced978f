//! `#[error_codes]`: an enum as reasons to fail by number.

use proc_macro2::TokenStream as Tokens;
use quote::quote;
use syn::{Attribute, Error, Expr, ExprLit, Fields, ItemEnum, Lit, Meta, Result};

/// Numbers from here on belong to the node and the SDK (`eosio_assert_code` of nodeos).
const RESERVED: u64 = 5_000_000_000_000_000_000;

/// The enum as it was, with its numbers and texts.
pub(crate) fn expand(arguments: Tokens, item: Tokens) -> Result<Tokens> {
    if !arguments.is_empty() {
        return Err(Error::new_spanned(
            arguments,
            "#[error_codes] takes nothing",
        ));
    }
    let item: ItemEnum = syn::parse2(item)?;
    if item.variants.is_empty() {
        return Err(Error::new_spanned(
            &item.ident,
            "an enum of error codes has at least one",
        ));
    }
    let records = item
        .variants
        .iter()
        .map(|variant| {
            if !matches!(variant.fields, Fields::Unit) {
                return Err(Error::new_spanned(variant, "an error code carries no fields: only its number arrives"));
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

/// The lines of documentation, as one.
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
