//! Signatures of actions: what they take, and the struct that carries it.

use proc_macro2::TokenStream as Tokens;
use quote::{format_ident, quote, quote_spanned};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Error, FnArg, Ident, Lifetime, Pat, Result, ReturnType, Signature, Token, Type,
    TypeReference,
};

use crate::abi_type::plain;
use crate::names::ChainName;

/// An argument of an action.
#[derive(Clone)]
pub(crate) struct Argument {
    pub(crate) name: Ident,
    pub(crate) ty: Type,
}

/// An action: a function in a contract, or a method of a client.
#[derive(Clone)]
pub(crate) struct Action {
    pub(crate) function: Ident,
    pub(crate) name: ChainName,
    /// What the caller passes, in wire order.
    pub(crate) arguments: Vec<Argument>,
    pub(crate) result: Option<Type>,
    /// Documentation and conditions of compilation.
    pub(crate) docs: Vec<Attribute>,
    pub(crate) cfgs: Vec<Attribute>,
}

impl Action {
    /// The struct of the arguments, `<prefix><Action>Args`.
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

    /// The generics of the struct: nothing or `<'a>`.
    pub(crate) fn generics(&self, lifetime: Tokens) -> Tokens {
        if self.borrows() {
            quote!(<#lifetime>)
        } else {
            Tokens::new()
        }
    }

    /// The action as a function of its context and the struct of its arguments.
    ///
    /// Whether that struct borrows is known where it is made; an implementor leaves it open.
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

/// The arguments of a signature; what cannot be an action is refused.
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
                "an action has no self: state is in tables",
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

/// The result of a signature, if there is one.
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

/// Splits off the attributes that must also stand on what is generated.
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

/// `Name` for tokens of a list of arguments.
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

/// The type with its unnamed lifetimes named `'a`, and whether there were any.
pub(crate) fn named_lifetimes(ty: &Type) -> (Type, bool) {
    struct Namer(bool);

    impl VisitMut for Namer {
        fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
            if reference.lifetime.is_none() {
                reference.lifetime = Some(Lifetime::new("'a", reference.and_token.span));
                self.0 = true;
            }
            visit_mut::visit_type_reference_mut(self, reference);
        }

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
