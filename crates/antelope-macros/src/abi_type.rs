//! `#[derive(AbiType)]`: a struct or an enum as a constant description.

use proc_macro2::TokenStream as Tokens;
use quote::{format_ident, quote, quote_spanned};
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Data, DeriveInput, Error, Field, Fields, GenericArgument, GenericParam, Generics,
    Ident, PathArguments, Result, Type, TypePath,
};

use crate::codec;

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
                refuse_circles(fields, ident, &name)?;
                let fields = fields_of(fields, root)?;
                quote! {
                    #root::schema::Ty::Struct { name: #name, args: &[#(#arguments),*], fields: &[#fields] }
                }
            }
        },
        Data::Enum(data) if let Some(number) = codec::numbered(input, data)? => {
            quote!(#root::schema::Ty::Alias { name: #name, ty: <#number as #root::schema::AbiType>::TY })
        }
        Data::Enum(data) => {
            let cases = data
                .variants
                .iter()
                .map(|variant| {
                    refuse_circles(&variant.fields, ident, &name)?;
                    let case = abi_name(&variant.attrs)?
                        .unwrap_or_else(|| format!("{name}_{}", plain(&variant.ident)));
                    let ty = match &variant.fields {
                        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                            stated_or_described(&fields.unnamed[0], root)?
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
    let heap = heap(input, root);
    Ok(quote! {
        #(#heap)*

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

/// Whether `#[abi(base)]` makes a field the base of its struct.
fn is_base(field: &Field) -> Result<bool> {
    let mut base = false;
    for attribute in field.attrs.iter().filter(|it| it.path().is_ident("abi")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("base") {
                base = true;
            } else {
                meta.value()?.parse::<syn::LitStr>()?;
            }
            Ok(())
        })?;
    }
    Ok(base)
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
            if name == "base" {
                return Ok(());
            }
            if name != "name" && name != "type" {
                return Err(meta
                    .error("expected #[abi(name = \"…\")], #[abi(type = \"…\")] or #[abi(base)]"));
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

/// The type of a field as its attribute states it, or its description.
fn stated_or_described(field: &Field, root: &Tokens) -> Result<Tokens> {
    Ok(match abi_attribute(&field.attrs, "type")? {
        Some(text) => quote!(&#root::schema::Ty::Named(#text)),
        None => described(&field.ty, root),
    })
}

/// Refuses a field whose type contains the type that is described, unless it is stated as text: its
/// description would contain itself.
fn refuse_circles(fields: &Fields, ident: &Ident, name: &str) -> Result<()> {
    for field in fields {
        if abi_attribute(&field.attrs, "type")?.is_none() && mentions(&field.ty, ident) {
            let text = spelled(&field.ty, ident, name).unwrap_or_else(|| name.to_owned());
            return Err(Error::new_spanned(
                &field.ty,
                format!(
                    "`{ident}` contains itself: state the type of this field as text, #[abi(type = \"{text}\")]"
                ),
            ));
        }
    }
    Ok(())
}

/// Whether a type names another within.
fn mentions(ty: &Type, ident: &Ident) -> bool {
    struct Search<'a>(&'a Ident, bool);

    impl VisitMut for Search<'_> {
        fn visit_type_path_mut(&mut self, path: &mut TypePath) {
            self.1 |= is_self(path, self.0);
            visit_mut::visit_type_path_mut(self, path);
        }
    }

    let mut search = Search(ident, false);
    search.visit_type_mut(&mut ty.clone());
    search.1
}

/// Whether a type is the one that is described, whatever its arguments are.
fn is_self(path: &TypePath, ident: &Ident) -> bool {
    let segments = &path.path.segments;
    path.qself.is_none()
        && segments.len() == 1
        && (segments[0].ident == *ident || segments[0].ident == "Self")
}

/// The ABI's spelling of a type made of the one that is described, where it has a short one.
fn spelled(ty: &Type, ident: &Ident, name: &str) -> Option<String> {
    let path = match ty {
        Type::Reference(reference) => return spelled(&reference.elem, ident, name),
        Type::Slice(slice) => return spelled(&slice.elem, ident, name).map(|it| it + "[]"),
        Type::Path(path) => path,
        _ => return None,
    };
    if is_self(path, ident) {
        return Some(name.to_owned());
    }
    let last = path.path.segments.last()?;
    let suffix = match last.ident.to_string().as_str() {
        "Vec" => "[]",
        "Option" => "?",
        "Box" => "",
        _ => return None,
    };
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(inner) => {
            let inner = spelled(inner, ident, name)?;
            // A name takes one suffix alone.
            (suffix.is_empty() || !inner.ends_with([']', '?'])).then(|| inner + suffix)
        }
        _ => None,
    }
}

/// What tells that a field needs the heap, in a contract without one.
fn heap(input: &DeriveInput, root: &Tokens) -> Vec<Tokens> {
    struct Owned(Vec<Tokens>);

    impl VisitMut for Owned {
        fn visit_type_path_mut(&mut self, path: &mut TypePath) {
            if let Some(ident) = path.path.segments.first()
                && path.path.segments.len() == 1
                && ["String", "Vec", "Box"].iter().any(|it| ident.ident == it)
            {
                let name = ident.ident.to_string();
                self.0.push(quote_spanned!(ident.ident.span()=> ::antelope_contract::__needs_alloc!(#name);));
            }
            visit_mut::visit_type_path_mut(self, path);
        }
    }

    let mut owned = Owned(Vec::new());
    // The types crate is also used by itself, where there is nobody to ask.
    if root.to_string() == crate::contract_types().to_string() {
        owned.visit_data_mut(&mut input.data.clone());
    }
    owned.0.truncate(1);
    owned.0
}

fn fields_of(fields: &Fields, root: &Tokens) -> Result<Tokens> {
    fields
        .iter()
        .enumerate()
        .map(|(index, field)| {
            let name = match (abi_name(&field.attrs)?, &field.ident) {
                // The mark of a base; no field has an empty name.
                _ if is_base(field)? => {
                    if index > 0 {
                        return Err(Error::new_spanned(
                            field,
                            "a base comes first: its fields stand before all others",
                        ));
                    }
                    String::new()
                }
                (Some(name), _) => name,
                (None, Some(ident)) => plain(ident),
                (None, None) => format_ident!("field_{index}").to_string(),
            };
            let ty = stated_or_described(field, root)?;
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
