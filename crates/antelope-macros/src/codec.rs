//! `#[derive(Encode, Decode)]`: structs as their fields in order, enums as Antelope variants.

use proc_macro2::TokenStream as Tokens;
use quote::{format_ident, quote};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Error, Field, Fields, GenericParam, Generics, Result, Token, Type};

/// `impl Encode`.
pub(crate) fn derive_encode(input: &DeriveInput, root: &Tokens) -> Result<Tokens> {
    let name = &input.ident;
    let body = match &input.data {
        Data::Struct(data) => {
            let fields = Members::new(&data.fields)?;
            let pattern = &fields.pattern;
            let encode = fields.encode(root);
            quote! { let Self #pattern = self; #encode }
        }
        Data::Enum(data) if let Some(number) = numbered(input, data)? => {
            let names = data.variants.iter().map(|variant| &variant.ident);
            quote! {
                let number = match self { #(Self::#names => Self::#names as #number,)* };
                #root::Encode::encode(&number, out);
            }
        }
        Data::Enum(data) => {
            let arms = data
                .variants
                .iter()
                .enumerate()
                .map(|(tag, variant)| {
                    let tag = tag as u32;
                    let name = &variant.ident;
                    let fields = Members::new(&variant.fields)?;
                    let pattern = &fields.pattern;
                    let encode = fields.encode(root);
                    Ok(quote! {
                        Self::#name #pattern => {
                            #root::Encode::encode(&#root::VarUint32(#tag), out);
                            #encode
                        }
                    })
                })
                .collect::<Result<Vec<_>>>()?;
            refuse_empty(input, arms.len())?;
            quote! { match self { #(#arms)* } }
        }
        Data::Union(_) => return Err(refuse_union(input)),
    };
    let generics = bounded(&input.generics, &quote!(#root::Encode));
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let (_, type_generics, _) = input.generics.split_for_impl();
    Ok(quote! {
        #[automatically_derived]
        impl #impl_generics #root::Encode for #name #type_generics #where_clause {
            #[inline]
            #[allow(unused_variables)]
            fn encode(&self, out: &mut #root::Encoder<'_>) {
                #body
            }
        }
    })
}

/// `impl Decode`; the lifetimes of the type are those that the input outlives.
pub(crate) fn derive_decode(input: &DeriveInput, root: &Tokens) -> Result<Tokens> {
    let name = &input.ident;
    let body = match &input.data {
        Data::Struct(data) => {
            let fields = Members::new(&data.fields)?;
            let decode = fields.decode(root);
            let pattern = &fields.pattern;
            quote! { #decode ::core::result::Result::Ok(Self #pattern) }
        }
        Data::Enum(data) if let Some(number) = numbered(input, data)? => {
            let names: Vec<_> = data.variants.iter().map(|variant| &variant.ident).collect();
            quote! {
                let number = <#number as #root::Decode<'__input>>::decode(input)?;
                #(
                    if number == Self::#names as #number {
                        return ::core::result::Result::Ok(Self::#names);
                    }
                )*
                ::core::result::Result::Err(#root::DecodeError::UnknownVariant)
            }
        }
        Data::Enum(data) => {
            let arms = data
                .variants
                .iter()
                .enumerate()
                .map(|(tag, variant)| {
                    let tag = tag as u32;
                    let name = &variant.ident;
                    let fields = Members::new(&variant.fields)?;
                    let decode = fields.decode(root);
                    let pattern = &fields.pattern;
                    Ok(quote! {
                        #tag => { #decode ::core::result::Result::Ok(Self::#name #pattern) }
                    })
                })
                .collect::<Result<Vec<_>>>()?;
            refuse_empty(input, arms.len())?;
            quote! {
                match #root::Decoder::take_tag(input)? {
                    #(#arms)*
                    _ => ::core::result::Result::Err(#root::DecodeError::UnknownVariant),
                }
            }
        }
        Data::Union(_) => return Err(refuse_union(input)),
    };
    let mut generics = bounded(&input.generics, &quote!(#root::Decode<'__input>));
    let borrowed: Vec<_> = input.generics.lifetimes().map(|it| &it.lifetime).collect();
    generics
        .params
        .insert(0, syn::parse_quote!('__input: #(#borrowed)+*));
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let (_, type_generics, _) = input.generics.split_for_impl();
    Ok(quote! {
        #[automatically_derived]
        impl #impl_generics #root::Decode<'__input> for #name #type_generics #where_clause {
            #[inline]
            #[allow(unused_variables)]
            fn decode(
                input: &mut #root::Decoder<'__input>,
            ) -> ::core::result::Result<Self, #root::DecodeError> {
                #body
            }
        }
    })
}

/// The integer that an enum is encoded as: that of its `repr`, where its alternatives have numbers of
/// their own. `None` for an Antelope variant, whose alternatives are told by their places.
///
/// Numbers that say something else than the places are refused without a `repr`: whoever wrote them
/// means them.
pub(crate) fn numbered(input: &DeriveInput, data: &syn::DataEnum) -> Result<Option<syn::Ident>> {
    let odd = data.variants.iter().enumerate().find(|(place, variant)| {
        variant
            .discriminant
            .as_ref()
            .is_some_and(|(_, number)| !is_number(number, *place))
    });
    let explicit = data.variants.iter().any(|it| it.discriminant.is_some());
    if let Some(number) = repr(input)?.filter(|_| explicit) {
        return match data
            .variants
            .iter()
            .find(|it| !matches!(it.fields, Fields::Unit))
        {
            Some(variant) => Err(Error::new_spanned(
                variant,
                "an enum that is encoded as a number has no fields: leave out either the numbers or the fields",
            )),
            None => Ok(Some(number)),
        };
    }
    match odd {
        Some((place, variant)) => Err(Error::new_spanned(
            variant,
            format!(
                "an alternative is encoded by its place, here {place}, and not by this number: leave the numbers out, or write #[repr(u8)] on the enum to encode the number itself, as uint8"
            ),
        )),
        None => Ok(None),
    }
}

fn is_number(expression: &syn::Expr, number: usize) -> bool {
    matches!(expression, syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(it), .. })
        if it.base10_parse::<usize>().is_ok_and(|it| it == number))
}

/// The fixed integer of `#[repr(…)]`.
fn repr(input: &DeriveInput) -> Result<Option<syn::Ident>> {
    const INTEGERS: [&str; 8] = ["u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64"];
    let mut found = None;
    for attribute in input.attrs.iter().filter(|it| it.path().is_ident("repr")) {
        let words = Punctuated::<syn::Meta, Token![,]>::parse_terminated;
        for word in attribute.parse_args_with(words)? {
            if let Some(ident) = word.path().get_ident()
                && INTEGERS.iter().any(|it| ident == it)
            {
                found = Some(ident.clone());
            }
        }
    }
    Ok(found)
}

/// The fields of a struct or of one alternative, bound to local names.
struct Members<'a> {
    fields: Vec<(&'a Type, syn::Ident)>,
    /// Takes a value apart, and puts one together: `{ a: f0, b: f1 }`, `(f0, f1)` or nothing.
    pattern: Tokens,
}

impl<'a> Members<'a> {
    fn new(fields: &'a Fields) -> Result<Self> {
        let (list, pattern): (&Punctuated<Field, Token![,]>, _) = match fields {
            Fields::Unit => {
                return Ok(Self {
                    fields: Vec::new(),
                    pattern: Tokens::new(),
                });
            }
            Fields::Named(named) => {
                let names = named.named.iter().map(|field| &field.ident);
                let locals = (0..named.named.len()).map(|index| format_ident!("field_{index}"));
                (&named.named, quote! { { #(#names: #locals),* } })
            }
            Fields::Unnamed(unnamed) => {
                let locals = (0..unnamed.unnamed.len()).map(|index| format_ident!("field_{index}"));
                (&unnamed.unnamed, quote! { ( #(#locals),* ) })
            }
        };
        refuse_fields_after_extensions(list)?;
        Ok(Self {
            fields: list
                .iter()
                .enumerate()
                .map(|(index, field)| (&field.ty, format_ident!("field_{index}")))
                .collect(),
            pattern,
        })
    }

    fn encode(&self, root: &Tokens) -> Tokens {
        self.fields
            .iter()
            .map(|(ty, local)| {
                // By its type, so that a missing implementation is reported at the field.
                quote! { <#ty as #root::Encode>::encode(#local, out); }
            })
            .collect()
    }

    fn decode(&self, root: &Tokens) -> Tokens {
        self.fields
            .iter()
            .map(|(ty, local)| {
                quote! { let #local = <#ty as #root::Decode<'__input>>::decode(input)?; }
            })
            .collect()
    }
}

/// The generics with `bound` on every type parameter.
fn bounded(generics: &Generics, bound: &Tokens) -> Generics {
    let mut generics = generics.clone();
    for parameter in &mut generics.params {
        if let GenericParam::Type(parameter) = parameter {
            parameter.bounds.push(syn::parse_quote!(#bound));
        }
    }
    generics
}

/// A field after an extension could never be told from the extension itself.
fn refuse_fields_after_extensions(fields: &Punctuated<Field, Token![,]>) -> Result<()> {
    let mut extended = false;
    for field in fields {
        let extension = matches!(&field.ty, Type::Path(path)
            if path.path.segments.last().is_some_and(|last| last.ident == "BinaryExtension"));
        if extended && !extension {
            return Err(Error::new(
                field.span(),
                "a field after a `BinaryExtension` must be a `BinaryExtension` too",
            ));
        }
        extended |= extension;
    }
    Ok(())
}

fn refuse_empty(input: &DeriveInput, alternatives: usize) -> Result<()> {
    match alternatives {
        0 => Err(Error::new(
            input.ident.span(),
            "an enum without alternatives has no value to encode",
        )),
        _ => Ok(()),
    }
}

fn refuse_union(input: &DeriveInput) -> Error {
    Error::new(
        input.ident.span(),
        "a union has no wire encoding; use a struct or an enum",
    )
}
