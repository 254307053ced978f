//! `#[table]`: makes a table of a struct, whose values are its rows.
//!
//! ```text
//! #[table("orders", primary = key: u64, index(by_price: u128 = price_key))]
//! pub struct Order {
//!     #[primary] pub id: u64,        // or `primary = method: Type` in the brackets
//!     #[index] pub owner: Name,      // a secondary index `by_owner`
//!     pub price: Asset,
//! }
//! ```
//!
//! | generated | for |
//! |---|---|
//! | `Encode`, `Decode`, `AbiType` | the bytes and the description of rows |
//! | `TableRow`, or `SingletonRow` | the name, the keys and how indexes are kept |
//! | `OrderIndexes` | a method for each index: `Order::table(scope).by_owner()` |
//! | `NamedTable` | the name, for readers off chain |
//! | `Described` | the record of the ABI, for the contract that owns the table |
//! | `Owned` | with `shared`: permission for another crate's contract to own it |
//!
//! Indexes are numbered: marked fields first, then computed keys, each in their order. The number is
//! part of the name of the index table on chain, so inserting an index before others would assign the
//! entries of stored rows to the wrong index.
//!
//! `index`, `reindex` and `unindex` write one call for each index, so that nothing loops over them
//! at run time.

use crate::names::ChainName;
use proc_macro2::TokenStream as Tokens;
use quote::{format_ident, quote};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Error, Field, Fields, Ident, ItemStruct, LitStr, Result, Token, Type, parenthesized};

/// The brackets of the attribute.
struct Arguments {
    /// The name of the table.
    name: ChainName,
    /// Whether it has one row and no keys.
    singleton: bool,
    /// Whether the contract that owns it is in another crate.
    shared: bool,
    /// The method that computes the primary key, and its type, `u64` if it is left out.
    primary: Option<(Ident, Option<Type>)>,
    /// The indexes with computed keys.
    indexes: Vec<Computed>,
}

/// An index with a computed key: `by_price: u128 = price_key`.
struct Computed {
    /// The method by which it is used.
    name: Ident,
    /// The type of the key.
    ty: Type,
    /// The method of the row that computes the key.
    method: Ident,
}

impl Parse for Computed {
    /// `name: Type = method`.
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let name = input.parse()?;
        input.parse::<Token![:]>()?;
        let ty = input.parse()?;
        input.parse::<Token![=]>()?;
        let method = input.parse()?;
        Ok(Self { name, ty, method })
    }
}

impl Parse for Arguments {
    /// The name of the table, then options separated by commas.
    ///
    /// # Errors
    /// For a name that is not that of a table, and an unknown option.
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut arguments = Self {
            name: ChainName::table(&input.parse::<LitStr>().map_err(|error| {
                Error::new(
                    error.span(),
                    "expected the table's name: #[table(\"accounts\")]",
                )
            })?)?,
            singleton: false,
            shared: false,
            primary: None,
            indexes: Vec::new(),
        };
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            let option: Ident = input.parse()?;
            match option.to_string().as_str() {
                "singleton" => arguments.singleton = true,
                "shared" => arguments.shared = true,
                "primary" => {
                    input.parse::<Token![=]>()?;
                    let method = input.parse()?;
                    let ty = match input.parse::<Option<Token![:]>>()? {
                        Some(_) => Some(input.parse()?),
                        None => None,
                    };
                    arguments.primary = Some((method, ty));
                }
                "index" => {
                    let list;
                    parenthesized!(list in input);
                    arguments
                        .indexes
                        .extend(Punctuated::<Computed, Token![,]>::parse_terminated(&list)?);
                }
                other => {
                    return Err(Error::new(
                        option.span(),
                        format!(
                            "unknown option `{other}`, expected singleton, shared, primary or index"
                        ),
                    ));
                }
            }
        }
        Ok(arguments)
    }
}

/// A secondary index.
struct Index {
    /// The method by which it is used.
    method: Ident,
    /// The type of the key.
    ty: Type,
    /// The expression that computes the key of a row.
    key: Tokens,
}

/// The most secondary indexes of a table: their number has four bits of its name.
const MAX_INDEXES: usize = 16;

/// The struct without the marks, with what makes it a row.
///
/// # Errors
/// For a struct that is generic or has unnamed fields, more than one primary key or none, keys of a
/// singleton, and more than 16 indexes.
pub(crate) fn expand(arguments: Tokens, item: Tokens) -> Result<Tokens> {
    let arguments: Arguments = syn::parse2(arguments)?;
    let mut item: ItemStruct = syn::parse2(item)?;
    if let Some(parameter) = item.generics.params.first() {
        return Err(Error::new_spanned(
            parameter,
            "rows own what they hold: a table cannot be generic or borrow",
        ));
    }
    let Fields::Named(fields) = &mut item.fields else {
        return Err(Error::new_spanned(
            &item,
            "the row of a table must have named fields",
        ));
    };

    let mut primary = None;
    let mut indexes = Vec::new();
    for field in &mut fields.named {
        if take(field, "primary")? && primary.replace(field.clone()).is_some() {
            return Err(Error::new_spanned(
                field,
                "a table can have only one primary key",
            ));
        }
        if take(field, "index")? {
            let ident = &field.ident;
            indexes.push(Index {
                method: format_ident!(
                    "by_{}",
                    crate::abi_type::plain(ident.as_ref().expect("named"))
                ),
                ty: field.ty.clone(),
                key: quote!(self.#ident),
            });
        }
    }
    indexes.extend(arguments.indexes.into_iter().map(|index| {
        let method = &index.method;
        Index {
            key: quote!(self.#method()),
            method: index.name,
            ty: index.ty,
        }
    }));
    if indexes.len() > MAX_INDEXES {
        return Err(Error::new_spanned(
            &item.ident,
            "a table has at most 16 secondary indexes",
        ));
    }

    let derived = derived(&item);
    let ident = &item.ident;
    let root = quote!(::antelope_contract);
    // The contract that lists the table is in another crate, which may not implement a foreign
    // trait for a foreign type.
    let owned = arguments
        .shared
        .then(|| quote!(impl #root::table::Owned for #ident {}));
    let implementation = if arguments.singleton {
        if let Some(field) = primary {
            return Err(Error::new_spanned(
                field,
                "a singleton cannot have a primary key",
            ));
        }
        if let Some(index) = indexes.first() {
            return Err(Error::new_spanned(
                &index.method,
                "a singleton cannot have indexes",
            ));
        }
        singleton(ident, &arguments.name, &root)
    } else {
        let (ty, key) = match (arguments.primary, primary) {
            (Some((method, ty)), None) => (
                ty.unwrap_or_else(|| syn::parse_quote!(u64)),
                quote!(self.#method()),
            ),
            (None, Some(field)) => {
                let (ident, ty) = (field.ident, field.ty);
                (ty, quote!(self.#ident))
            }
            (None, None) => {
                return Err(Error::new_spanned(
                    ident,
                    "a table needs a primary key: mark a field with #[primary], or name a method with `primary = method: Type`",
                ));
            }
            (Some((method, _)), Some(_)) => {
                return Err(Error::new_spanned(
                    method,
                    "a table can have only one primary key",
                ));
            }
        };
        table(&item, &arguments.name, &ty, &key, &indexes, &root)
    };
    Ok(quote! { #derived #item #implementation #owned })
}

/// Whether the field has the mark, which is removed.
///
/// # Errors
/// If the mark has arguments.
fn take(field: &mut Field, mark: &str) -> Result<bool> {
    let before = field.attrs.len();
    let mut fault = None;
    field.attrs.retain(|attribute| {
        let marked = attribute.path().is_ident(mark);
        if marked && attribute.meta.require_path_only().is_err() {
            fault = Some(Error::new_spanned(
                attribute,
                format!("#[{mark}] takes no arguments"),
            ));
        }
        !marked
    });
    match fault {
        Some(fault) => Err(fault),
        None => Ok(field.attrs.len() < before),
    }
}

/// The derives of a row.
fn derived(_: &ItemStruct) -> Tokens {
    quote! {
        #[derive(
            ::antelope_contract::prelude::Encode,
            ::antelope_contract::prelude::Decode,
            ::antelope_contract::prelude::AbiType,
        )]
    }
}

/// The name of the table for readers off chain, and the record that gets it into the ABI of the
/// contract that owns it.
fn record(ident: &Ident, name: &ChainName, root: &Tokens) -> Tokens {
    let raw = name.raw;
    let name = &name.text;
    quote! {
        impl #root::types::NamedTable for #ident {
            const TABLE: #root::types::Name = #root::types::Name::from_raw(#raw);
        }

        impl #root::table::Described for #ident {
            const RECORD: #root::types::schema::Record = #root::types::schema::Record::Table {
                name: #name,
                row: <#ident as #root::types::schema::AbiType>::TY,
            };
        }
    }
}

/// The implementation for a table of one row.
fn singleton(ident: &Ident, name: &ChainName, root: &Tokens) -> Tokens {
    let record = record(ident, name, root);
    let raw = name.raw;
    quote! {
        impl #root::table::SingletonRow for #ident {
            const NAME: #root::types::Name = #root::types::Name::from_raw(#raw);
        }
        #record
    }
}

/// The implementation for a table with keys: `key_type` and `key` are the type of the primary key
/// and the expression that computes it.
///
/// For the example in the head of this module:
///
/// ```text
/// const _: () = {
///     pub struct OrderIndexes<A> { code: u64, scope: u64, access: PhantomData<A> }
///
///     impl<A: Access> OrderIndexes<A> {
///         pub fn by_owner(&self) -> Index<Order, A, Name> { Index::new(self.code, self.scope, 0) }
///         pub fn by_price(&self) -> Index<Order, A, u128> { Index::new(self.code, self.scope, 1) }
///     }
///
///     impl TableRow for Order {
///         fn index(&self, scope: u64, payer: u64, primary: u64) {
///             index_row::<Self, Name>(0, &self.owner, scope, payer, primary);
///             index_row::<Self, u128>(1, &self.price_key(), scope, payer, primary);
///         }
///         …
///     }
/// };
/// ```
///
/// The type of the indexes is within a constant, so that it does not appear among the names of the
/// module.
fn table(
    item: &ItemStruct,
    name: &ChainName,
    key_type: &Type,
    key: &Tokens,
    indexes: &[Index],
    root: &Tokens,
) -> Tokens {
    let ident = &item.ident;
    let vis = &item.vis;
    let record = record(ident, name, root);
    let raw = name.raw;
    let types: Vec<_> = indexes.iter().map(|index| &index.ty).collect();
    let keys: Vec<_> = indexes.iter().map(|index| &index.key).collect();
    let numbers: Vec<_> = (0..indexes.len()).map(|number| number as u64).collect();
    let places: Vec<_> = (0..indexes.len()).map(syn::Index::from).collect();
    let indexes_ident = format_ident!("{ident}Indexes");
    let methods = indexes.iter().zip(&numbers).map(|(index, number)| {
        let (method, ty) = (&index.method, &index.ty);
        let doc = format!("The rows by secondary index {number}.");
        quote! {
            #[doc = #doc]
            #[inline]
            pub fn #method(&self) -> #root::table::Index<#ident, A, #ty> {
                #root::table::Index::new(self.code, self.scope, #number)
            }
        }
    });
    let doc = format!("The secondary indexes of [`{ident}`].");
    quote! {
        const _: () = {
            #[doc = #doc]
            #[allow(dead_code)]
            #vis struct #indexes_ident<A> {
                code: u64,
                scope: u64,
                access: ::core::marker::PhantomData<A>,
            }

            #[allow(dead_code)]
            impl<A: #root::table::Access> #indexes_ident<A> {
                #(#methods)*
            }

            impl #root::table::TableRow for #ident {
                const NAME: #root::types::Name = #root::types::Name::from_raw(#raw);
                type Key = #key_type;
                type Keys = (#(#types,)*);
                type Indexes<A: #root::table::Access> = #indexes_ident<A>;

                #[inline]
                fn primary_key(&self) -> #key_type {
                    #key
                }

                #[inline]
                #[allow(clippy::clone_on_copy, clippy::unused_unit)]
                fn secondary_keys(&self) -> (#(#types,)*) {
                    (#(#keys,)*)
                }

                #[inline]
                #[allow(unused_variables)]
                fn index(&self, scope: u64, payer: u64, primary: u64) {
                    #(#root::table::index_row::<Self, #types>(#numbers, &#keys, scope, payer, primary);)*
                }

                #[inline]
                #[allow(unused_variables)]
                fn reindex(&self, before: &(#(#types,)*), scope: u64, payer: u64, primary: u64) {
                    #(#root::table::reindex_row::<Self, #types>(
                        #numbers, &before.#places, &#keys, scope, payer, primary,
                    );)*
                }

                #[inline]
                #[allow(unused_variables)]
                fn unindex(scope: u64, primary: u64) {
                    #(#root::table::unindex_row::<Self, #types>(#numbers, scope, primary);)*
                }

                #[inline(always)]
                fn indexes<A: #root::table::Access>(code: u64, scope: u64) -> #indexes_ident<A> {
                    #indexes_ident { code, scope, access: ::core::marker::PhantomData }
                }
            }

            #record
        };
    }
}
