//! `#[derive(Encode, Decode)]`: the wire encoding of structs and enums.
//!
//! | type | encoding | in the ABI |
//! |---|---|---|
//! | struct | its fields in order | struct |
//! | tuple struct | its fields in order | struct, or an alias for a single field |
//! | enum | position of the variant as `varuint32`, then its fields | variant |
//! | enum with `#[repr(u8)]` and numbers | the number as `u8` | alias of `uint8` |
//! | union | refused | |
//!
//! For `struct Pair { a: u8, b: Name }` the derives generate
//!
//! ```text
//! impl Encode for Pair {
//!     fn encode(&self, out: &mut Encoder<'_>) {
//!         let Self { a: field_0, b: field_1 } = self;
//!         <u8 as Encode>::encode(field_0, out);
//!         <Name as Encode>::encode(field_1, out);
//!     }
//! }
//!
//! impl<'__input> Decode<'__input> for Pair {
//!     fn decode(input: &mut Decoder<'__input>) -> Result<Self, DecodeError> {
//!         let field_0 = <u8 as Decode<'__input>>::decode(input)?;
//!         let field_1 = <Name as Decode<'__input>>::decode(input)?;
//!         Ok(Self { a: field_0, b: field_1 })
//!     }
//! }
//! ```
//!
//! Calls are by the type of the field, so that the compiler reports a type without an encoding at
//! the field, and only once. Lifetimes of the type are outlived by the input: decoded text and
//! bytes are borrowed from it.

use proc_macro2::TokenStream as Tokens;
use quote::{format_ident, quote};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Error, Field, Fields, GenericParam, Generics, Result, Token, Type};

/// `impl Encode`. Every type parameter must implement it too.
///
/// For an enum, each arm writes the position first:
///
/// ```text
/// enum Shape { Point, Circle { radius: u32 } }
///
/// match self {
///     Self::Point => { Encode::encode(&VarUint32(0), out); }
///     Self::Circle { radius: field_0 } => {
///         Encode::encode(&VarUint32(1), out);
///         <u32 as Encode>::encode(field_0, out);
///     }
/// }
/// ```
///
/// # Errors
/// For unions, empty enums, a plain field after an extension, and numbers that contradict
/// positions.
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

/// `impl Decode`. The lifetimes of the type are those that the input outlives.
///
/// For an enum that is encoded as a number, numbers are compared one after another, since a pattern
/// cannot be an expression such as `Self::Open as u8`:
///
/// ```text
/// #[repr(u8)]
/// enum State { Open = 1, Paid = 4 }
///
/// let number = <u8 as Decode<'__input>>::decode(input)?;
/// if number == Self::Open as u8 { return Ok(Self::Open); }
/// if number == Self::Paid as u8 { return Ok(Self::Paid); }
/// Err(DecodeError::UnknownVariant)
/// ```
///
/// # Errors
/// As [`derive_encode`].
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

/// The integer that an enum is encoded as: that of its `repr`, if variants have numbers. `None` for
/// an Antelope variant, whose variants are encoded by position.
///
/// | `repr` of an integer | numbers | encoding |
/// |---|---|---|
/// | no | none, or equal to the positions | position |
/// | no | others | refused: whoever wrote them means them |
/// | yes | none | position |
/// | yes | any | the number; fields are refused |
///
/// # Errors
/// For the two refused combinations, with what to change.
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
                "an enum that is encoded as a number cannot have fields: leave out either the numbers or the fields",
            )),
            None => Ok(Some(number)),
        };
    }
    match odd {
        Some((place, variant)) => Err(Error::new_spanned(
            variant,
            format!(
                "a variant is encoded by its position, here {place}, and not by this number: leave the numbers out, or write #[repr(u8)] on the enum to encode the number itself, as uint8"
            ),
        )),
        None => Ok(None),
    }
}

/// Whether an expression is this integer literal.
fn is_number(expression: &syn::Expr, number: usize) -> bool {
    matches!(expression, syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(it), .. })
        if it.base10_parse::<usize>().is_ok_and(|it| it == number))
}

/// The integer of `#[repr(…)]`, if it is one of fixed size: `usize` would differ between contract
/// and host.
fn repr(input: &DeriveInput) -> Result<Option<syn::Ident>> {
    /// Those that are as long on the chain as on the machine that tests.
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

/// The fields of a struct or of one variant, bound to local names.
struct Members<'a> {
    /// The type of each field and the local variable for it.
    fields: Vec<(&'a Type, syn::Ident)>,
    /// A pattern that takes a value apart and also puts one together: `{ a: field_0, b: field_1 }`,
    /// `(field_0, field_1)` or nothing.
    pattern: Tokens,
}

impl<'a> Members<'a> {
    /// Reads the fields.
    ///
    /// # Errors
    /// For a plain field after an extension.
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

    /// Statements that encode the local variables in order.
    fn encode(&self, root: &Tokens) -> Tokens {
        self.fields
            .iter()
            .map(|(ty, local)| {
                // By its type, so that a missing implementation is reported at the field.
                quote! { <#ty as #root::Encode>::encode(#local, out); }
            })
            .collect()
    }

    /// Statements that decode the local variables in order.
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

/// Refuses a plain field after a `BinaryExtension`: when the extension is missing, the bytes of the
/// field would be read as the extension.
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

/// Refuses an enum without variants, which has no value to encode.
fn refuse_empty(input: &DeriveInput, alternatives: usize) -> Result<()> {
    match alternatives {
        0 => Err(Error::new(
            input.ident.span(),
            "an enum without variants has no value to encode",
        )),
        _ => Ok(()),
    }
}

/// The error for a union: which of its fields is valid nobody knows.
fn refuse_union(input: &DeriveInput) -> Error {
    Error::new(
        input.ident.span(),
        "a union has no wire encoding; use a struct or an enum",
    )
}
