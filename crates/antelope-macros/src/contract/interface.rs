//! `implements(…)`: a contract whose actions are those of a `#[client]` trait.
//!
//! The trait is declared once, in a crate that the contract and its callers share. Its argument
//! structs and its client serve the contract too, so that the order of arguments on the wire is
//! written in one place. For a trait `Shop`, `#[client]` has made
//!
//! | item | use here |
//! |---|---|
//! | `Shop`, `ShopSigned` | re-exported as `Client`, `ClientSigned` |
//! | `ShopBuyArgs` | re-exported as `BuyArgs` |
//! | `ShopActions`, hidden | implemented by `__Implementation`, a method for each action |
//!
//! The compiler reports what trait and contract do not share: a method that is missing or too many,
//! another type of an argument or result. What it does not see, names and the order of arguments,
//! is checked by a constant. The functions of the module may take their arguments in another order
//! than the wire.

use super::parse::OwnAction;
use crate::abi_type::plain;
use crate::names::actions_ident;
use crate::signature::Action;
use proc_macro2::{Span, TokenStream as Tokens};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Ident, Path};

/// The trait that a contract implements, by the path of its client.
pub(super) struct Interface(pub(super) Path);

impl Interface {
    /// The name of the client, with which the names of its other types begin.
    fn ident(&self) -> &Ident {
        &self.0.segments.last().expect("a path has a segment").ident
    }

    /// The path of another item in the module that the trait is in.
    fn sibling(&self, ident: Ident) -> Path {
        let mut path = self.0.clone();
        let last = path.segments.last_mut().expect("a path has a segment");
        last.ident = ident;
        path
    }

    /// The path of the hidden trait.
    fn actions(&self) -> Path {
        self.sibling(actions_ident(self.ident()))
    }

    /// Re-exports its types under the names that those of a contract have: `Client`,
    /// `<Action>Args`.
    pub(super) fn imports<'a>(&self, actions: impl Iterator<Item = &'a Action>) -> Tokens {
        let (client, ident) = (&self.0, self.ident());
        let signed = self.sibling(format_ident!("{ident}Signed"));
        let prefix = ident.to_string();
        let structs = actions.map(|action| {
            let (cfgs, short) = (&action.cfgs, action.struct_ident(""));
            let span = action.function.span();
            // At the function, so that a missing struct is reported there.
            let long = at(self.sibling(action.struct_ident(&prefix)), span);
            quote_spanned! {span=>
                #(#cfgs)*
                #[allow(unused_imports)]
                pub use #long as #short;
            }
        });
        quote! {
            #[allow(unused_imports)]
            pub use #client as Client;
            #[allow(unused_imports)]
            pub use #signed as ClientSigned;
            #(#structs)*
        }
    }

    /// The functions of the module as the methods of the hidden trait, and the checks of names.
    ///
    /// ```text
    /// struct __Implementation;
    ///
    /// impl model::ShopActions for __Implementation {
    ///     fn buy(__context: &Context<'_>, __arguments: BuyArgs) {
    ///         buy(__context, __arguments.memo, __arguments.who)
    ///     }
    /// }
    ///
    /// const _: () = same_names("Shop", "buy", (NUMBER, &["memo", "who"]), (BuyArgs::NAME, BuyArgs::NAMES));
    /// ```
    pub(super) fn implementation(&self, actions: &[OwnAction]) -> Tokens {
        let methods = actions.iter().map(|own| {
            let action = &own.action;
            let (cfgs, arguments) = (&action.cfgs, action.struct_ident(""));
            let signature = action.method(&arguments, false);
            let call = own.call();
            quote_spanned! {action.function.span()=>
                #(#cfgs)*
                #[inline(always)]
                #[allow(elided_lifetimes_in_paths)]
                #signature {
                    #call
                }
            }
        });
        let names = actions.iter().map(|own| self.same_names(&own.action));
        let actions = self.actions();
        let header = quote_spanned!(self.ident().span()=> impl #actions for __Implementation);
        quote! {
            /// The contract as an implementor of its interface.
            struct __Implementation;

            #header { #(#methods)* }

            #(#names)*
        }
    }

    /// The call of an action through the hidden trait.
    pub(super) fn call(&self, action: &Action) -> Tokens {
        let (function, actions) = (&action.function, self.actions());
        quote!(<__Implementation as #actions>::#function(__context, __arguments))
    }

    /// A constant that fails to compile if a function has another name on chain than the method, or
    /// lacks one of its arguments.
    fn same_names(&self, action: &Action) -> Tokens {
        let cfgs = &action.cfgs;
        let arguments = action.struct_ident("");
        let (name, raw) = (&action.name.text, action.name.raw);
        let interface = self.ident().to_string();
        let here = action.arguments.iter().map(|it| plain(&it.name));
        quote_spanned! {action.function.span()=>
            #(#cfgs)*
            const _: () = ::antelope_contract::dispatch::same_names(
                #interface,
                #name,
                (#raw, &[#(#here),*]),
                (
                    <#arguments as ::antelope_contract::client::ActionArguments>::NAME,
                    <#arguments as ::antelope_contract::dispatch::Arguments>::NAMES,
                ),
            );
        }
    }
}

/// The path as if it stood at another place, where the compiler then reports what is wrong with it.
fn at(path: Path, span: Span) -> Tokens {
    let spanned = path.into_token_stream().into_iter().map(|mut token| {
        token.set_span(span);
        token
    });
    spanned.collect()
}
