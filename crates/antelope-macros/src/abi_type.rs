//! `#[derive(AbiType)]`: describes a struct or an enum as a constant, for ABIs.
//!
//! | Rust | ABI |
//! |---|---|
//! | struct with named fields | struct |
//! | struct with one unnamed field | alias of the field's type |
//! | tuple struct | struct with `field_0`, `field_1`, … |
//! | enum | variant |
//! | a variant with one unnamed field | that field's type |
//! | any other variant | a struct `<enum>_<variant>` |
//! | enum that is encoded as a number | alias of the integer |
//!
//! For `struct Pair { a: u8, b: Name }` the derive generates
//!
//! ```text
//! impl AbiType for Pair {
//!     const TY: &'static Ty = &Ty::Struct {
//!         name: "Pair",
//!         args: &[],
//!         fields: &[
//!             Field { name: "a", ty: <u8 as AbiType>::TY },
//!             Field { name: "b", ty: <Name as AbiType>::TY },
//!         ],
//!     };
//! }
//! ```
//!
//! The compiler resolves aliases, paths and generics; the macro sees only tokens and could not.
//! Type arguments are part of the description, so that `Page<Order>` and `Page<Name>` are two
//! structs in an ABI.
//!
//! A constant cannot refer to itself, so a type that contains itself states the type of one field
//! as text: `#[abi(type = "Node[]")]`. The error for a missing one says which text.

use crate::codec;
use proc_macro2::TokenStream as Tokens;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Data, DeriveInput, Error, Field, Fields, GenericArgument, GenericParam, Generics,
    Ident, PathArguments, Result, Type, TypePath,
};

/// `impl AbiType`.
///
/// Variants of one type get aliases `<enum>_<variant>`, since a variant in an ABI has each type
/// once. `#[abi(name = "…")]` gives another name.
///
/// ```text
/// enum Shape { Point, Circle { radius: u32 }, Named(Name) }
///
/// const TY: &Ty = &Ty::Variant {
///     name: "Shape",
///     args: &[],
///     cases: &[
///         Field { name: "Shape_Point", ty: &Ty::Struct { name: "Shape_Point", args: &[], fields: &[] } },
///         Field { name: "Shape_Circle", ty: &Ty::Struct { name: "Shape_Circle", … } },
///         Field { name: "Shape_Named", ty: <Name as AbiType>::TY },
///     ],
/// };
/// ```
///
/// # Errors
/// For unions, unknown options of `#[abi(…)]`, types that contain themselves without a stated type,
/// and a base that is not the first field.
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
                let fields = fields_of(fields, &input.generics, root)?;
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
                            stated_or_described(&fields.unnamed[0], &input.generics, root)?
                        }
                        fields => {
                            let fields = fields_of(fields, &input.generics, root)?;
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
                "a union cannot be described in an ABI; use a struct or an enum",
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

/// The name in `#[abi(name = "…")]`, if there is one.
pub(crate) fn abi_name(attributes: &[Attribute]) -> Result<Option<String>> {
    abi_attribute(attributes, "name")
}

/// Whether the field has `#[abi(base)]`: its struct is then the base of this one in the ABI. On the
/// wire nothing changes, since the fields of a base come first.
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

/// The text of an option of `#[abi(…)]`: `name`, or `type` on a field.
///
/// # Errors
/// For an option that does not exist.
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

/// An identifier as text, without the mark `r#` of raw ones.
pub(crate) fn plain(ident: &syn::Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").map(str::to_owned).unwrap_or(text)
}

/// The description of a type as an expression. Lifetimes do not matter to it.
pub(crate) fn described(ty: &syn::Type, root: &Tokens) -> Tokens {
    quote!(<#ty as #root::schema::AbiType>::TY)
}

/// The type of a field as its attribute states it, or its description.
fn stated_or_described(field: &Field, generics: &Generics, root: &Tokens) -> Result<Tokens> {
    Ok(match abi_attribute(&field.attrs, "type")? {
        Some(text) => quote!(&#root::schema::Ty::Named(#text)),
        None if generics.params.is_empty() && is_behind_pointer(&field.ty) => {
            named_for_circles(field, root)
        }
        None => described(&field.ty, root),
    })
}

/// The description of a field by a constant whose name says what to do.
///
/// Two types that contain each other are described by constants that need each other. A derive sees
/// only one of the two, so it is the compiler that finds the circle, and all that it shows of it are
/// the names and places of the constants. It cannot know either which field leads back to the type
/// that the contract uses; the one that it shows first is that of the type that it looked at first.
fn named_for_circles(field: &Field, root: &Tokens) -> Tokens {
    let described = described(&field.ty, root);
    let name =
        format_ident!("types_that_contain_each_other__write_abi_type_on_the_field_that_leads_back");
    quote_spanned! {field.ty.span()=>
        {
            #[allow(non_upper_case_globals)]
            const #name: &#root::schema::Ty = #described;
            #name
        }
    }
}

/// Whether a type is a list, a map, an optional, an extension or a box with a type that somebody has
/// defined: only through these can values contain values of their own type. Types with generic
/// arguments are left out, since a constant in a block cannot use the parameters of the struct.
fn is_behind_pointer(ty: &Type) -> bool {
    /// Types that hold their values apart, by their plain names.
    const POINTERS: [&str; 5] = ["Vec", "BTreeMap", "Option", "BinaryExtension", "Box"];
    let Some((container, arguments)) = container(ty) else {
        return false;
    };
    POINTERS.iter().any(|it| container == it) && arguments.into_iter().any(names_a_type)
}

/// Whether a type is one with a plain name, or has such a one within.
fn names_a_type(ty: &Type) -> bool {
    match ty {
        Type::Path(path) if path.path.get_ident().is_some() => true,
        Type::Tuple(tuple) => tuple.elems.iter().any(names_a_type),
        Type::Array(array) => names_a_type(&array.elem),
        _ => container(ty).is_some_and(|(_, arguments)| arguments.into_iter().any(names_a_type)),
    }
}

/// The last part of the path of a generic type, and the types that it is given.
fn container(ty: &Type) -> Option<(&Ident, Vec<&Type>)> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    Some((&last.ident, types.collect()))
}

/// Refuses a field whose type contains the type that is described, unless its type is stated as
/// text.
///
/// # Errors
/// With the attribute to add, if the type has a short spelling in an ABI.
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

/// Whether a type mentions another by its plain name or by `Self`.
fn mentions(ty: &Type, ident: &Ident) -> bool {
    /// The name that is looked for, and whether it was met.
    struct Search<'a>(&'a Ident, bool);

    impl VisitMut for Search<'_> {
        /// Looks at each path within the type.
        fn visit_type_path_mut(&mut self, path: &mut TypePath) {
            self.1 |= is_self(path, self.0);
            visit_mut::visit_type_path_mut(self, path);
        }
    }

    let mut search = Search(ident, false);
    search.visit_type_mut(&mut ty.clone());
    search.1
}

/// Whether a type is the one that is described, whatever its arguments.
fn is_self(path: &TypePath, ident: &Ident) -> bool {
    let segments = &path.path.segments;
    path.qself.is_none()
        && segments.len() == 1
        && (segments[0].ident == *ident || segments[0].ident == "Self")
}

/// How an ABI spells a type made of the one that is described: `Node[]` for `Vec<Node>`. `None` if
/// it has no short spelling. A name has only one suffix.
///
/// | type of the field in `Node` | spelling |
/// |---|---|
/// | `Node`, `Box<Node>`, `&Node` | `Node` |
/// | `Vec<Node>`, `&[Node]` | `Node[]` |
/// | `Option<Box<Node>>` | `Node?` |
/// | `Vec<Option<Node>>` | none: two suffixes |
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

/// A macro call for the first field that needs the heap, if any: `antelope-contract` expands it to
/// an error that names the feature `alloc`, when that is off. The compiler alone would say that
/// `String` is not found.
fn heap(input: &DeriveInput, root: &Tokens) -> Vec<Tokens> {
    /// The macro calls for the types that were met.
    struct Owned(Vec<Tokens>);

    impl VisitMut for Owned {
        /// Notes `String`, `Vec` and `Box`.
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

/// The descriptions of fields. A base has an empty name, which no field can have.
///
/// # Errors
/// If a base is not the first field.
fn fields_of(fields: &Fields, generics: &Generics, root: &Tokens) -> Result<Tokens> {
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
                            "a base must be the first field: its fields come before all others",
                        ));
                    }
                    String::new()
                }
                (Some(name), _) => name,
                (None, Some(ident)) => plain(ident),
                (None, None) => format_ident!("field_{index}").to_string(),
            };
            let ty = stated_or_described(field, generics, root)?;
            Ok(quote!(#root::schema::Field { name: #name, ty: #ty },))
        })
        .collect()
}

/// The descriptions of the type parameters.
fn type_arguments(generics: &Generics, root: &Tokens) -> Vec<Tokens> {
    generics
        .type_params()
        .map(|parameter| {
            let ident = &parameter.ident;
            quote!(<#ident as #root::schema::AbiType>::TY)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_can_contain_their_own_type_only_behind_something() {
        let is = |text: &str| is_behind_pointer(&syn::parse_str(text).unwrap());
        for ty in [
            "Vec<File>",
            "alloc::vec::Vec<File>",
            "Option<Box<File>>",
            "BTreeMap<Name, File>",
            "BTreeMap<Name, Vec<File>>",
            "Vec<(u8, File)>",
            "Vec<[File; 2]>",
            "BinaryExtension<Vec<File>>",
        ] {
            assert!(is(ty), "{ty}");
        }
        for ty in ["File", "(File, File)", "[File; 2]", "Other<File>"] {
            assert!(!is(ty), "{ty}");
        }
    }
}
