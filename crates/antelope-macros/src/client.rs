//! `#[client]`: makes typed calls of a trait that lists the actions of a contract.
//!
//! ```text
//! #[client]
//! pub trait Token {
//!     fn transfer(from: Name, to: Name, quantity: Asset, memo: &str);
//!     #[action(name = "open")]
//!     fn open_row(owner: Name, symbol: Symbol, ram_payer: Name);
//! }
//! ```
//!
//! becomes
//!
//! ```text
//! pub struct TokenTransferArgs<'a> { pub from: Name, pub to: Name, pub quantity: Asset, pub memo: &'a str }
//! pub struct TokenOpenRowArgs { pub owner: Name, pub symbol: Symbol, pub ram_payer: Name }
//!
//! pub struct Token { account: Name }                    // Token::at(account)
//! pub struct TokenSigned<const N: usize> { … }           // .signed_by(permission): N = 1
//!
//! impl<const N: usize> TokenSigned<N> {
//!     pub fn transfer<'a>(&self, from: Name, …) -> Call<TokenTransferArgs<'a>, N> { … }
//!     pub fn open_row(&self, owner: Name, …) -> Call<TokenOpenRowArgs, N> { … }
//! }
//!
//! #[doc(hidden)]
//! pub trait TokenActions { … }                          // for `#[contract(implements(Token))]`
//! ```
//!
//! A `Call` holds account, permissions and arguments; `antelope-contract` sends it, and tests on
//! the host push it to a chain. The number of permissions is a constant, so that none of this
//! allocates.

use crate::names::{ChainName, actions_ident};
use crate::signature::{self, Action};
use proc_macro2::TokenStream as Tokens;
use quote::{format_ident, quote};
use syn::{Error, Ident, ItemTrait, LitStr, Result, TraitItem, Visibility};

/// The structs, the client and the hidden trait, in place of the trait.
///
/// # Errors
/// For arguments of the attribute, a generic trait, and items that are not actions.
pub(crate) fn expand(arguments: Tokens, item: Tokens) -> Result<Tokens> {
    if !arguments.is_empty() {
        return Err(Error::new_spanned(
            arguments,
            "#[client] takes no arguments",
        ));
    }
    let item: ItemTrait = syn::parse2(item)?;
    if let Some(parameter) = item.generics.params.first() {
        return Err(Error::new_spanned(parameter, "a client cannot be generic"));
    }
    let actions = item.items.iter().map(action).collect::<Result<Vec<_>>>()?;
    let prefix = item.ident.to_string();
    let structs = actions
        .iter()
        .map(|action| action.arguments_struct(&item.vis, &prefix));
    let docs = &item.attrs;
    let client = client(&item.vis, &item.ident, quote!(#(#docs)*), &actions, &prefix);
    let interface = interface(&item.vis, &item.ident, &actions);
    Ok(quote! { #(#structs)* #client #interface })
}

/// The hidden trait that a contract with `implements(…)` implements. It takes each action as a
/// context and the struct of its arguments, so that implementing it fixes both.
fn interface(vis: &Visibility, client: &Ident, actions: &[Action]) -> Tokens {
    let ident = actions_ident(client);
    let prefix = client.to_string();
    let methods = actions.iter().map(|action| {
        let (cfgs, signature) = (
            &action.cfgs,
            action.method(&action.struct_ident(&prefix), true),
        );
        quote!(#(#cfgs)* #signature;)
    });
    quote! {
        #[doc(hidden)]
        #[allow(dead_code, missing_docs)]
        #vis trait #ident {
            #(#methods)*
        }
    }
}

/// Reads a method of the trait as an action.
///
/// # Errors
/// For items that are not functions, and functions with a body.
fn action(item: &TraitItem) -> Result<Action> {
    let TraitItem::Fn(method) = item else {
        return Err(Error::new_spanned(
            item,
            "a client has only actions: `fn name(arguments);`",
        ));
    };
    if let Some(body) = &method.default {
        return Err(Error::new_spanned(
            body,
            "an action of another contract has no body here",
        ));
    }
    let mut name = None;
    for attribute in &method.attrs {
        if attribute.path().is_ident("action") {
            attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("name") {
                    name = Some(ChainName::from_literal(&meta.value()?.parse::<LitStr>()?)?);
                    Ok(())
                } else {
                    Err(meta.error("expected #[action(name = \"…\")]"))
                }
            })?;
        }
    }
    let (docs, cfgs) = signature::carried(&method.attrs);
    Ok(Action {
        name: match name {
            Some(name) => name,
            None => ChainName::from_ident(&method.sig.ident)?,
        },
        function: method.sig.ident.clone(),
        arguments: signature::arguments(&method.sig)?,
        result: signature::result(&method.sig.output)?,
        docs,
        cfgs,
    })
}

/// The client `ident`, with `at(account)`, and `<ident>Signed`, with a method for each action.
/// `prefix` is that of the argument structs. Used for traits, contracts and imported ABIs.
pub(crate) fn client(
    vis: &Visibility,
    ident: &Ident,
    docs: Tokens,
    actions: &[Action],
    prefix: &str,
) -> Tokens {
    let root = quote!(::antelope_contract);
    let signed = format_ident!("{ident}Signed");
    let signed_doc = format!("The actions of [`{ident}`], under some permissions.");
    let methods = actions.iter().map(|action| {
        let Action { function, docs, cfgs, .. } = action;
        let struct_ident = action.struct_ident(prefix);
        let lifetime = action.generics(quote!('a));
        let parameters = signature::parameters(&action.arguments);
        let names = action.arguments.iter().map(|argument| &argument.name);
        quote! {
            #(#cfgs)*
            #(#docs)*
            #[inline]
            #[allow(clippy::too_many_arguments, missing_docs)]
            pub fn #function #lifetime (&self, #parameters) -> #root::client::Call<#struct_ident #lifetime, N> {
                #root::client::Call::new(self.account, self.permissions, #struct_ident { #(#names),* })
            }
        }
    });
    quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        #[allow(dead_code, missing_docs)]
        #vis struct #ident {
            account: #root::types::Name,
        }

        #[allow(dead_code)]
        impl #ident {
            /// The contract on this account.
            #[inline]
            pub const fn at(account: #root::types::Name) -> Self {
                Self { account }
            }

            /// Its actions under this permission.
            #[inline]
            pub const fn signed_by(self, permission: #root::types::PermissionLevel) -> #signed<1> {
                self.signed_by_all([permission])
            }

            /// Its actions without a permission, for a read-only transaction.
            #[inline]
            pub const fn unsigned(self) -> #signed<0> {
                self.signed_by_all([])
            }

            /// Its actions under the `active` permission of the contract that runs, to be sent inline.
            /// That permission must let `<contract>@eosio.code` act for it, or the chain refuses.
            #[inline]
            pub fn signed_by_self(self) -> #signed<1> {
                self.signed_by(#root::types::PermissionLevel::active(#root::system::receiver()))
            }

            /// Its actions under these permissions.
            #[inline]
            pub const fn signed_by_all<const N: usize>(
                self,
                permissions: [#root::types::PermissionLevel; N],
            ) -> #signed<N> {
                #signed { account: self.account, permissions }
            }
        }

        #[doc = #signed_doc]
        #[derive(Clone, Copy, Debug)]
        #[allow(dead_code)]
        #vis struct #signed<const N: usize> {
            account: #root::types::Name,
            permissions: [#root::types::PermissionLevel; N],
        }

        #[allow(dead_code)]
        impl<const N: usize> #signed<N> {
            #(#methods)*
        }
    }
}
