//! The signatures of actions: what they take and return, and the struct that carries the arguments.
//!
//! An action is written as a Rust function in three places: in a contract, in a client trait, and,
//! by its ABI, in an imported file. All become an [`Action`], from which the struct of the
//! arguments is made:
//!
//! ```text
//! fn transfer(from: Name, memo: &str)
//!
//! #[derive(Encode, Decode, AbiType)]
//! #[abi(name = "transfer")]
//! pub struct TransferArgs<'a> {
//!     pub from: Name,
//!     pub memo: &'a str,
//! }
//! ```
//!
//! The struct implements `ActionArguments` (the name of the action, for callers) and `Arguments`
//! (reading, for the entry point). References without a lifetime borrow from the action's data,
//! without copying them; their lifetime becomes `'a` in the struct.

use crate::abi_type::plain;
use crate::names::ChainName;
use proc_macro2::TokenStream as Tokens;
use quote::{format_ident, quote, quote_spanned};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Error, FnArg, Ident, Lifetime, Pat, Result, ReturnType, Signature, Token, Type,
    TypeReference,
};

/// An argument of an action.
#[derive(Clone)]
pub(crate) struct Argument {
    /// Its name, which is also that of the field in the ABI.
    pub(crate) name: Ident,
    /// Its type, as written.
    pub(crate) ty: Type,
}

/// An action: a function in a contract, a method of a client, or an entry of an ABI.
#[derive(Clone)]
pub(crate) struct Action {
    /// The name of the function.
    pub(crate) function: Ident,
    /// The name on chain.
    pub(crate) name: ChainName,
    /// What the caller passes, in the order on the wire.
    pub(crate) arguments: Vec<Argument>,
    /// What the action returns, unless it is nothing.
    pub(crate) result: Option<Type>,
    /// Its documentation, for the method of the client.
    pub(crate) docs: Vec<Attribute>,
    /// Its conditions of compilation, for everything that is generated.
    pub(crate) cfgs: Vec<Attribute>,
}

impl Action {
    /// The name of the struct of the arguments: `<prefix><Action>Args`, the function's name in
    /// camel case.
    pub(crate) fn struct_ident(&self, prefix: &str) -> Ident {
        let pascal: String = self
            .function
            .to_string()
            .trim_start_matches("r#")
            .split('_')
            .flat_map(|word| {
                let mut letters = word.chars();
                letters
                    .next()
                    .map(|first| first.to_uppercase().chain(letters).collect::<String>())
            })
            .collect();
        format_ident!("{prefix}{pascal}Args", span = self.function.span())
    }

    /// Whether an argument borrows; then the struct has the lifetime `'a`.
    pub(crate) fn borrows(&self) -> bool {
        self.arguments
            .iter()
            .any(|argument| named_lifetimes(&argument.ty).1)
    }

    /// The generics of the struct: nothing, or the lifetime in angle brackets.
    pub(crate) fn generics(&self, lifetime: Tokens) -> Tokens {
        if self.borrows() {
            quote!(<#lifetime>)
        } else {
            Tokens::new()
        }
    }

    /// The signature of the action as a function of a context and the struct of its arguments, for
    /// the hidden trait of a client.
    ///
    /// `known` says whether it is known here that the struct borrows: it is where the struct is
    /// made. An implementor, which only imports the struct, leaves the lifetime out.
    pub(crate) fn method(&self, arguments: &Ident, known: bool) -> Tokens {
        let function = &self.function;
        let (result, borrows) = match &self.result {
            Some(ty) => {
                let (ty, borrows) = named_lifetimes(ty);
                (Some(quote!(-> #ty)), borrows)
            }
            None => (None, false),
        };
        let generics = borrows.then(|| quote!(<'a>));
        let lifetime = match (borrows, known && self.borrows()) {
            (true, _) if self.borrows() => quote!(<'a>),
            (_, true) => quote!(<'_>),
            _ => Tokens::new(),
        };
        quote_spanned! {function.span()=>
            fn #function #generics (
                __context: &::antelope_contract::Context<'_>,
                __arguments: #arguments #lifetime,
            ) #result
        }
    }

    /// The struct of the arguments, with what makes it an action's.
    ///
    /// `read` ignores bytes after the arguments, and names the argument that cannot be read.
    /// `read_all`, for `strict`, refuses such bytes and names only the action: the paths of
    /// arguments are a tenth of the bytes of a contract with many actions.
    pub(crate) fn arguments_struct(&self, vis: &syn::Visibility, prefix: &str) -> Tokens {
        let ident = self.struct_ident(prefix);
        let generics = self.generics(quote!('a));
        let names: Vec<_> = self.arguments.iter().map(|it| &it.name).collect();
        let types = self.arguments.iter().map(|it| named_lifetimes(&it.ty).0);
        let (text, raw) = (&self.name.text, self.name.raw);
        let paths = names.iter().map(|it| format!("{text}.{}", plain(it)));
        let plain_names = names.iter().map(|it| plain(it));
        let doc = format!("The arguments of the action `{text}`.");
        let cfgs = &self.cfgs;
        let root = quote!(::antelope_contract);
        quote! {
            #(#cfgs)*
            #[doc = #doc]
            #[derive(
                ::antelope_contract::prelude::Encode,
                ::antelope_contract::prelude::Decode,
                ::antelope_contract::prelude::AbiType,
            )]
            #[abi(name = #text)]
            #[allow(missing_docs)]
            #vis struct #ident #generics {
                #(pub #names: #types,)*
            }

            #(#cfgs)*
            impl #generics #root::client::ActionArguments for #ident #generics {
                const NAME: #root::types::Name = #root::types::Name::from_raw(#raw);
            }

            #(#cfgs)*
            impl<'a> #root::dispatch::Arguments<'a> for #ident #generics {
                const NAMES: &'static [&'static str] = &[#(#plain_names),*];

                #[inline(always)]
                #[allow(unused_variables)]
                fn read(data: &mut #root::types::Decoder<'a>) -> Self {
                    Self {
                        #(#names: #root::dispatch::argument(data, #paths),)*
                    }
                }

                #[inline(always)]
                #[allow(unused_variables)]
                fn read_all(data: &mut #root::types::Decoder<'a>, action: u64) -> Self {
                    let arguments = Self {
                        #(#names: #root::dispatch::one_of_all(data, action),)*
                    };
                    #root::dispatch::all_read(data, action);
                    arguments
                }
            }
        }
    }
}

/// The arguments of a signature.
///
/// # Errors
/// For what cannot be an action: generics, `async`, `unsafe`, variadics, `self`, and patterns
/// without a name.
///
/// | signature | message |
/// |---|---|
/// | `fn buy<T>(…)` | `an action cannot be generic; leave lifetimes out: memo: &str` |
/// | `async fn buy(…)` | `an action cannot be async` |
/// | `fn buy(&self)` | `an action cannot take self: keep state in tables` |
/// | `fn buy((a, b): (u8, u8))` | `an argument of an action needs a name: it is a field in the ABI` |
pub(crate) fn arguments(signature: &Signature) -> Result<Vec<Argument>> {
    if let Some(parameter) = signature.generics.params.first() {
        return Err(Error::new_spanned(
            parameter,
            "an action cannot be generic; leave lifetimes out: `memo: &str`",
        ));
    }
    for (found, what) in [
        (signature.asyncness.map(|it| it.span), "async"),
        (signature.unsafety.map(|it| it.span), "unsafe"),
        (
            signature.variadic.as_ref().map(|it| it.dots.spans[0]),
            "variadic",
        ),
    ] {
        if let Some(span) = found {
            return Err(Error::new(span, format!("an action cannot be {what}")));
        }
    }
    signature
        .inputs
        .iter()
        .map(|input| match input {
            FnArg::Receiver(receiver) => Err(Error::new_spanned(
                receiver,
                "an action cannot take self: keep state in tables",
            )),
            FnArg::Typed(typed) => match &*typed.pat {
                Pat::Ident(pattern) if pattern.subpat.is_none() => Ok(Argument {
                    name: pattern.ident.clone(),
                    ty: (*typed.ty).clone(),
                }),
                other => Err(Error::new_spanned(
                    other,
                    "an argument of an action needs a name: it is a field in the ABI",
                )),
            },
        })
        .collect()
}

/// The result of a signature; `None` for `()` and for a function that does not return.
pub(crate) fn result(output: &ReturnType) -> Result<Option<Type>> {
    match output {
        ReturnType::Default => Ok(None),
        ReturnType::Type(_, ty) => match &**ty {
            Type::Tuple(tuple) if tuple.elems.is_empty() => Ok(None),
            Type::Never(_) => Ok(None),
            ty => Ok(Some(ty.clone())),
        },
    }
}

/// The attributes that must also be on what is generated: documentation, and conditions of
/// compilation.
pub(crate) fn carried(attributes: &[Attribute]) -> (Vec<Attribute>, Vec<Attribute>) {
    let pick = |name: &str| {
        attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident(name))
            .cloned()
            .collect()
    };
    (pick("doc"), pick("cfg"))
}

/// The arguments as the parameters of a method, with named lifetimes.
pub(crate) fn parameters(arguments: &[Argument]) -> Punctuated<Tokens, Token![,]> {
    arguments
        .iter()
        .map(|argument| {
            let name = &argument.name;
            let ty = named_lifetimes(&argument.ty).0;
            quote!(#name: #ty)
        })
        .collect()
}

/// The type with its unnamed lifetimes named `'a`, and whether there were any. Structs need names
/// where functions may leave them out.
///
/// | written | in the struct |
/// |---|---|
/// | `&str` | `&'a str` |
/// | `Cow<'_, str>` | `Cow<'a, str>` |
/// | `&'static str` | unchanged |
pub(crate) fn named_lifetimes(ty: &Type) -> (Type, bool) {
    /// Whether a lifetime was named.
    struct Namer(bool);

    impl VisitMut for Namer {
        /// `&str` becomes `&'a str`.
        fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
            if reference.lifetime.is_none() {
                reference.lifetime = Some(Lifetime::new("'a", reference.and_token.span));
                self.0 = true;
            }
            visit_mut::visit_type_reference_mut(self, reference);
        }

        /// `'_` becomes `'a`.
        fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
            if lifetime.ident == "_" {
                *lifetime = Lifetime::new("'a", lifetime.apostrophe);
                self.0 = true;
            }
        }
    }

    let mut namer = Namer(false);
    let mut ty = ty.clone();
    namer.visit_type_mut(&mut ty);
    (ty, namer.0)
}
