//! What the attributes write, kept readable.

use proc_macro2::TokenStream as Tokens;
use quote::quote;

fn pretty(expanded: syn::Result<Tokens>) -> String {
    let expanded = expanded.unwrap_or_else(|error| panic!("{error}"));
    let file = syn::parse2(expanded).unwrap_or_else(|error| panic!("{error}"));
    prettyplease::unparse(&file)
}

#[test]
fn a_contract() {
    insta::assert_snapshot!(pretty(crate::contract::expand(
        quote!(tables(Order)),
        quote! {
            pub mod shop {
                use super::*;

                /// Buys.
                #[action]
                pub fn buy(cx: &Context, who: Name, memo: &str) {
                    body(cx, who, memo);
                }

                #[action(name = "howmuch", read_only)]
                pub fn how_much(id: u64) -> Asset {
                    price(id)
                }

                #[on_notify("eosio.token::transfer")]
                pub fn paid(from: Name) {
                    thank(from);
                }

                #[on_notify(any_contract, "transfer")]
                pub fn noticed(code: Name, from: Name) {
                    refuse(code, from);
                }
            }
        },
    )));
}

#[test]
fn a_contract_with_an_interface() {
    insta::assert_snapshot!(pretty(crate::contract::expand(
        quote!(strict, implements(model::Shop)),
        quote! {
            pub mod shop {
                use super::*;

                /// Buys.
                #[action]
                pub fn buy(cx: &Context, memo: &str, who: Name) {
                    body(cx, who, memo);
                }

                #[action(name = "howmuch", read_only)]
                pub fn how_much(id: u64) -> Asset {
                    price(id)
                }
            }
        },
    )));
}

#[test]
fn a_table() {
    insta::assert_snapshot!(pretty(crate::table::expand(
        quote!("orders", index(by_price: u128 = price_key)),
        quote! {
            pub struct Order {
                #[primary]
                pub id: u64,
                #[index]
                pub owner: Name,
                pub price: Asset,
            }
        },
    )));
}

#[test]
fn a_singleton() {
    insta::assert_snapshot!(pretty(crate::table::expand(
        quote!("config", singleton),
        quote! {
            pub struct Config {
                pub owner: Name,
            }
        },
    )));
}

#[test]
fn a_client() {
    insta::assert_snapshot!(pretty(crate::client::expand(
        Tokens::new(),
        quote! {
            /// Tokens.
            pub trait Token {
                /// Transfers.
                fn transfer(from: Name, to: Name, quantity: Asset, memo: &str);

                #[action(name = "nick.of")]
                fn nick_of(who: Name) -> &str;
            }
        },
    )));
}
