//! `#[contract]`: makes a contract of a module of functions.
//!
//! The expansion has five steps, each a module of its own:
//!
//! | step | module |
//! |---|---|
//! | read the options, and the functions with `#[action]` and `#[on_notify]` | `parse` |
//! | prepare their bodies: explain assignments to rows | `assignments` |
//! | argument structs and client, or those of `implements(…)` | `own_calls` here, `interface` |
//! | the entry point | `dispatch` |
//! | the records of the ABI | `abi` |
//!
//! The items of the module stay as they are, except that the marks are removed. Everything
//! generated is put behind them in the same module, so that it sees what the functions see.

mod abi;
mod assignments;
mod dispatch;
mod interface;
mod parse;

use crate::client;
use proc_macro2::TokenStream as Tokens;
use quote::quote;
use syn::{Error, ItemMod, Result};

/// The module with its entry point, its client and its ABI.
///
/// # Errors
/// If the module is in another file (macros only see the tokens of this one), and those of `parse`
/// and `abi`.
pub(crate) fn expand(arguments: Tokens, item: Tokens) -> Result<Tokens> {
    let options = syn::parse2(arguments)?;
    let mut module: ItemMod = syn::parse2(item)?;
    let Some((_, items)) = &mut module.content else {
        return Err(Error::new_spanned(
            &module,
            "the actions must be in this file: `#[contract] mod name { … }`",
        ));
    };
    let contract = parse::contract(options, items, &module.ident)?;

    let calls = match &contract.interface {
        Some(interface) => {
            let imports = interface.imports(contract.actions.iter().map(|it| &it.action));
            let implementation = interface.implementation(&contract.actions);
            quote!(#imports #implementation)
        }
        None => own_calls(&contract),
    };
    let dispatch = dispatch::entry(&contract);
    let abi = abi::records(&contract)?;
    let (attributes, vis, ident) = (&module.attrs, &module.vis, &module.ident);
    let items = module.content.iter().flat_map(|content| &content.1);
    Ok(quote! {
        #(#attributes)*
        #vis mod #ident {
            #(#items)*
            #calls
            #dispatch
            #abi
        }
    })
}

/// The argument structs and the client of a contract that implements no interface.
fn own_calls(contract: &parse::Contract) -> Tokens {
    let vis = syn::parse_quote!(pub);
    let actions: Vec<_> = contract
        .actions
        .iter()
        .map(|it| it.action.clone())
        .collect();
    let structs = actions.iter().map(|it| it.arguments_struct(&vis, ""));
    let docs = quote!(#[doc = "The typed calls of this contract's actions."]);
    let client = client::client(&vis, &quote::format_ident!("Client"), docs, &actions, "");
    quote!(#(#structs)* #client)
}
