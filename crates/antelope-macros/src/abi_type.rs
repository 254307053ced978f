//! `#[derive(AbiType)]`: a struct or an enum as a constant description.

use proc_macro2::TokenStream as Tokens;
use quote::{format_ident, quote};
use syn::{Attribute, Data, DeriveInput, Error, Fields, GenericParam, Generics, Result};

/// `impl AbiType`.
///
/// A struct becomes an ABI struct, a newtype an alias, an enum a variant: an alternative with one
/// unnamed field is that field's type, any other is a struct `<enum>_<alternative>`. Alternatives of
/// one type get aliases of the same form. `#[abi(name = "…")]` gives another name.
pub(crate) fn derive(input: &DeriveInput, root: &Tokens) -> Result<Tokens> {
    let ident = &input.ident;
    let name = abi_name(&input.attrs)?.unwrap_or_else(|| plain(ident));
    let arguments = type_arguments(&input.generics, root);
    let ty = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 && arguments.is_empty() => {
                let inner = described(&fields.unnamed[0].ty, root);
                quote!(#root::schema::Ty::Alias { name: #name, ty: #inner })
            }
            fields => {
                let fields = fields_of(fields, root)?;
                quote! {
                    #root::schema::Ty::Struct { name: #name, args: &[#(#arguments),*], fields: &[#fields] }
                }
            }
        },
        Data::Enum(data) => {
            let cases = data
                .variants
                .iter()
                .map(|variant| {
                    let case = abi_name(&variant.attrs)?
                        .unwrap_or_else(|| format!("{name}_{}", plain(&variant.ident)));
                    let ty = match &variant.fields {
                        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                            described(&fields.unnamed[0].ty, root)
                        }
                        fields => {
                            let fields = fields_of(fields, root)?;
                            quote! {
                                &#root::schema::Ty::Struct {
                                    name: #case,
                                    args: &[#(#arguments),*],
                                    fields: &[#fields],
                                }
                            }
                        }
                    };
                    Ok(quote!(#root::schema::Field { name: #case, ty: #ty }))
                })
                .collect::<Result<Vec<_>>>()?;
            quote! {
                #root::schema::Ty::Variant { name: #name, args: &[#(#arguments),*], cases: &[#(#cases),*] }
            }
        }
        Data::Union(_) => {
            return Err(Error::new(
                ident.span(),
                "a union has no place in an ABI; use a struct or an enum",
            ));
        }
    };
    let mut generics = input.generics.clone();
    for parameter in &mut generics.params {
        if let GenericParam::Type(parameter) = parameter {
            parameter
                .bounds
                .push(syn::parse_quote!(#root::schema::AbiType));
        }
    }
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let (_, type_generics, _) = input.generics.split_for_impl();
    Ok(quote! {
        #[automatically_derived]
        impl #impl_generics #root::schema::AbiType for #ident #type_generics #where_clause {
            const TY: &'static #root::schema::Ty = &#ty;
        }
    })
}

/// The name that `#[abi(name = "…")]` gives.
pub(crate) fn abi_name(attributes: &[Attribute]) -> Result<Option<String>> {
    abi_attribute(attributes, "name")
}

/// The text of an option of `#[abi(…)]`: `name`, or `type` on a field, which cuts the circle of types
/// that contain themselves: `#[abi(type = "Node[]")]`.
fn abi_attribute(attributes: &[Attribute], option: &str) -> Result<Option<String>> {
    let mut found = None;
    for attribute in attributes.iter().filter(|it| it.path().is_ident("abi")) {
        attribute.parse_nested_meta(|meta| {
            let name = meta
                .path
                .get_ident()
                .map(ToString::to_string)
                .unwrap_or_default();
            if name != "name" && name != "type" {
                return Err(meta.error("expected #[abi(name = \"…\")] or #[abi(type = \"…\")]"));
            }
            let literal: syn::LitStr = meta.value()?.parse()?;
            if name == option {
                found = Some(literal.value());
            }
            Ok(())
        })?;
    }
    Ok(found)
}

/// An identifier without the mark of raw ones.
pub(crate) fn plain(ident: &syn::Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").map(str::to_owned).unwrap_or(text)
}

/// The description of a field's type; lifetimes play no part in it.
pub(crate) fn described(ty: &syn::Type, root: &Tokens) -> Tokens {
    quote!(<#ty as #root::schema::AbiType>::TY)
}

fn fields_of(fields: &Fields, root: &Tokens) -> Result<Tokens> {
    fields
        .iter()
        .enumerate()
        .map(|(index, field)| {
            let name = match (abi_name(&field.attrs)?, &field.ident) {
                (Some(name), _) => name,
                (None, Some(ident)) => plain(ident),
                (None, None) => format_ident!("field_{index}").to_string(),
            };
            let ty = match abi_attribute(&field.attrs, "type")? {
                Some(text) => quote!(&#root::schema::Ty::Named(#text)),
                None => described(&field.ty, root),
            };
            Ok(quote!(#root::schema::Field { name: #name, ty: #ty },))
        })
        .collect()
}

fn type_arguments(generics: &Generics, root: &Tokens) -> Vec<Tokens> {
    generics
        .type_params()
        .map(|parameter| {
            let ident = &parameter.ident;
            quote!(<#ident as #root::schema::AbiType>::TY)
        })
        .collect()
}
