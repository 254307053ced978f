//! The entry point: from the three numbers of `apply` to a function and its arguments.
//!
//! A node calls `apply(receiver, code, action)`: the account whose code runs, the contract that the
//! action belongs to, and the name of the action, each as a 64-bit number. If `code` is the
//! receiver it is an action of this contract, otherwise a notification of another contract's
//! action:
//!
//! ```text
//! match action {                          // own
//!     4520488125973135360 => buy(context, arguments.who, arguments.memo),
//!     _ => unknown_action(receiver),
//! }
//! match (code, action) {                  // notifications
//!     (eosio.token, transfer) => paid(from),
//!     (_, transfer) => noticed(Name::from_raw(code), from),
//!     _ => unknown_notification(code, action),
//! }
//! ```
//!
//! Own and foreign actions are never matched together. So a contract that reacts to `transfer` of
//! one token cannot be fooled by the `transfer` of another, unless it says `any_contract`.

use super::parse::{Contract, Notification, OwnAction};
use crate::signature::Argument;
use proc_macro2::TokenStream as Tokens;
use quote::{format_ident, quote, quote_spanned};

/// `apply`, as a function of the module and, in a wasm file, as the export of that name.
///
/// The arguments of own actions are read into their struct, those of notifications into variables:
///
/// ```text
/// pub fn apply(receiver: u64, code: u64, action: u64) {
///     with_data(receiver, code, action, |__context, __data| {
///         if code == receiver {
///             match action {
///                 7870371446248177664 => {                     // howmuch, read_only, returns Asset
///                     let __arguments = HowMuchArgs::read(__data);
///                     return_value(&read_only(|| how_much(__arguments.id)));
///                 }
///                 _ => unknown_action(receiver),
///             }
///         } else {
///             match (code, action) {
///                 (6138663591592764928, 14829575313431724032) => {  // eosio.token, transfer
///                     let __argument0: Name = argument(__data, "transfer.from");
///                     paid(__argument0);
///                 }
///                 _ => unknown_notification(code, action),
///             }
///         }
///     });
/// }
/// ```
///
/// A contract without notifications gets a shorter form, which refuses foreign actions before it
/// reads data.
pub(super) fn entry(contract: &Contract) -> Tokens {
    let root = quote!(::antelope_contract::dispatch);
    let own = contract.actions.iter().map(|own| own_arm(contract, own));
    let exact = contract.notifications.iter().filter(|it| it.code.is_some());
    let any = contract.notifications.iter().filter(|it| it.code.is_none());
    // Notifications of a certain contract come before those of any contract, whatever the order of
    // the functions.
    let foreign: Vec<_> = exact.chain(any).map(foreign_arm).collect();
    let body = if foreign.is_empty() {
        quote! {
            if code != receiver {
                return #root::unknown_notification(code, action);
            }
            #root::with_data(receiver, code, action, |__context, __data| match action {
                #(#own)*
                _ => #root::unknown_action(receiver),
            });
        }
    } else {
        quote! {
            #root::with_data(receiver, code, action, |__context, __data| {
                if code == receiver {
                    match action {
                        #(#own)*
                        _ => #root::unknown_action(receiver),
                    }
                } else {
                    match (code, action) {
                        #(#foreign)*
                        _ => #root::unknown_notification(code, action),
                    }
                }
            });
        }
    };
    quote! {
        /// Runs an action: the entry point of the contract.
        ///
        /// `receiver` is the account of the contract, `code` that whose action it is, `action` its
        /// name.
        pub fn apply(receiver: u64, code: u64, action: u64) {
            #body
        }

        // The chain uses it, also where nothing in the program does.
        const _: fn(u64, u64, u64) = apply;

        #[cfg(target_family = "wasm")]
        const _: () = {
            #[unsafe(no_mangle)]
            extern "C" fn apply(receiver: u64, code: u64, action: u64) {
                self::apply(receiver, code, action);
            }
        };
    }
}

/// The arm for an action of this contract: reads the arguments, calls, and returns the result.
///
/// With `strict` all bytes of the data must be read; otherwise bytes after the arguments are
/// ignored, as in contracts made with CDT.
fn own_arm(contract: &Contract, own: &OwnAction) -> Tokens {
    let root = quote!(::antelope_contract::dispatch);
    let action = &own.action;
    let (cfgs, raw) = (&action.cfgs, action.name.raw);
    let arguments = action.struct_ident("");
    let mut call = match &contract.interface {
        Some(interface) => interface.call(action),
        None => own.call(),
    };
    if own.read_only {
        call = quote!(#root::read_only(|| #call));
    }
    if action.result.is_some() {
        call = quote!(#root::return_value(&#call));
    }
    let read = if contract.strict {
        quote!(read_all(__data, action))
    } else {
        quote!(read(__data))
    };
    quote! {
        #(#cfgs)*
        #raw => {
            let __arguments = <#arguments as #root::Arguments>::#read;
            #call;
        }
    }
}

impl OwnAction {
    /// The call of the function with the fields of `__arguments` by name. If the function and the
    /// interface do not agree, the compiler points at the argument.
    pub(super) fn call(&self) -> Tokens {
        let action = &self.action;
        // Where the function and the interface do not agree, the compiler points at the argument.
        let fields = action.arguments.iter().map(|argument| {
            let name = &argument.name;
            quote_spanned!(name.span()=> __arguments.#name)
        });
        let function = &action.function;
        let context = self.context.then(|| quote!(__context,));
        quote!(#function(#context #(#fields),*))
    }
}

/// The arm for a notification. Its arguments are read one by one and may be fewer than the action
/// has: those behind the last one are of no interest.
fn foreign_arm(notification: &Notification) -> Tokens {
    let Notification {
        function,
        cfgs,
        name,
        arguments,
        ..
    } = notification;
    let raw = name.raw;
    let context = notification.context.then(|| quote!(__context,));
    let (decode, locals) = decoded(&name.text, arguments);
    match &notification.code {
        Some(code) => {
            let code = code.raw;
            quote! { #(#cfgs)* (#code, #raw) => { #decode #function(#context #(#locals),*); } }
        }
        None => quote! {
            #(#cfgs)* (_, #raw) => {
                #decode
                #function(#context ::antelope_contract::types::Name::from_raw(code), #(#locals),*);
            }
        },
    }
}

/// Statements that read the arguments one after another, and the variables that hold them. The
/// path, such as `transfer.quantity`, is for the message if an argument cannot be read.
fn decoded(action: &str, arguments: &[Argument]) -> (Tokens, Vec<syn::Ident>) {
    let locals: Vec<_> = (0..arguments.len())
        .map(|index| format_ident!("__argument{index}"))
        .collect();
    let statements = arguments.iter().zip(&locals).map(|(argument, local)| {
        let ty = &argument.ty;
        let path = format!("{action}.{}", crate::abi_type::plain(&argument.name));
        quote! {
            let #local: #ty = ::antelope_contract::dispatch::argument(__data, #path);
        }
    });
    (quote!(#(#statements)*), locals)
}
