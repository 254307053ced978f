//! `implements(…)`: the `#[client]` trait whose actions the contract has.
//!
//! The argument structs and the client of the trait serve the contract too, so the wire order is
//! written once. A hidden trait `<Trait>Actions`, which `#[client]` makes, has a method for each
//! action; the contract implements it, and the compiler reports what the two do not share.

use proc_macro2::{Span, TokenStream as Tokens};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Ident, Path};

use super::parse::OwnAction;
use crate::abi_type::plain;
use crate::names::actions_ident;
use crate::signature::Action;

/// The trait that a contract implements, by the path of its client.
pub(super) struct Interface(pub(super) Path);

impl Interface {
    /// The client's name, with which the names of its other types begin.
    fn ident(&self) -> &Ident {
        &self.0.segments.last().expect("a path has a segment").ident
    }

    /// Another item of the module that the trait is in.
    fn sibling(&self, ident: Ident) -> Path {
        let mut path = self.0.clone();
        let last = path.segments.last_mut().expect("a path has a segment");
        last.ident = ident;
        path
    }

    /// The trait of its actions.
    fn actions(&self) -> Path {
        self.sibling(actions_ident(self.ident()))
    }

    /// Its types under the names that those of a contract have: `Client`, `<Action>Args`.
    pub(super) fn imports<'a>(&self, actions: impl Iterator<Item = &'a Action>) -> Tokens {
        let (client, ident) = (&self.0, self.ident());
        let signed = self.sibling(format_ident!("{ident}Signed"));
        let prefix = ident.to_string();
        let structs = actions.map(|action| {
            let (cfgs, short) = (&action.cfgs, action.struct_ident(""));
            let span = action.function.span();
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

    /// The functions of the module as the methods of the trait.
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

    /// The call of an action by the trait.
    pub(super) fn call(&self, action: &Action) -> Tokens {
        let (function, actions) = (&action.function, self.actions());
        quote!(<__Implementation as #actions>::#function(__context, __arguments))
    }

    /// Refuses a function that has another name on chain than the method, or lacks an argument.
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
