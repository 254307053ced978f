//! `import_abi!`: makes types, typed calls and views of tables of an ABI file.
//!
//! The macro reads the file while the crate that uses it is compiled. For the ABI of `eosio.token`
//! it generates, among others,
//!
//! ```text
//! pub struct TransferArgs<'a> { pub from: Name, pub to: Name, pub quantity: Asset, pub memo: &'a str }
//! pub struct Client { … }                       // Client::at(…).signed_by(…).transfer(…)
//! pub struct CurrencyStats { pub supply: Asset, pub max_supply: Asset, pub issuer: Name }
//! pub enum StatTable {}                         // StatTable::of(contract, scope): the rows, for reading
//! ```
//!
//! ABIs are more liberal than Rust, so some things are translated:
//!
//! | ABI | Rust |
//! |---|---|
//! | `base` of a struct | the fields of the base come first |
//! | `name[]`, `name[3]`, `name?`, `name$` | `Vec`, array, `Option`, `BinaryExtension` |
//! | `string`, `bytes` as an argument | `&str`, `&[u8]` |
//! | a type that contains itself | `Box` where it would have no size |
//! | a field named `type` or `self` | `r#type`, `self_`, with the ABI's name kept |
//! | a variant with two types of one base name | the position is added to the second name |
//!
//! The types get `AbiType` with the ABI's names, so that contracts that use them describe them
//! alike. The bytes on the wire do not depend on any name.

mod circles;
mod spelling;

use crate::abi_type::plain;
use crate::names::ChainName;
use crate::signature::{Action, Argument};
use proc_macro2::{Span, TokenStream as Tokens};
use quote::{format_ident, quote};
use spelling::{base_name, builtin, pascal};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use syn::{Error, Ident, LitStr, Result, Type};

/// The items for the module that the macro is in. The path is relative to the manifest of the
/// crate.
///
/// # Errors
/// If the file cannot be read or is not an ABI, a type is missing, or a name cannot be one in Rust.
/// All are reported at the path: an ABI has no places that the compiler could show.
pub(crate) fn expand(input: Tokens) -> Result<Tokens> {
    let file: LitStr = syn::parse2(input)?;
    let fault = |message: String| Error::new(file.span(), message);
    let root = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let path = Path::new(&root).join(file.value());
    let text = std::fs::read_to_string(&path).map_err(|error| {
        fault(format!(
            "{}: {error}; paths are relative to Cargo.toml",
            file.value()
        ))
    })?;
    let json: serde_json::Value = serde_json::from_str(&text)
        .map_err(|error| fault(format!("{} is not JSON: {error}", file.value())))?;
    let abi = Abi::new(&json, file.span())?;
    let items = abi.items()?;
    let path = path.display().to_string();
    Ok(quote! {
        // Makes the compiler treat the file as a source, so that a change rebuilds the crate.
        const _: &[u8] = include_bytes!(#path);
        #items
    })
}

/// The fields of a struct: their names and the ABI's names of their types.
type Fields<'a> = Vec<(&'a str, &'a str)>;

/// What the macro needs of an ABI. Maps are sorted, so that the generated code does not depend on
/// the order in the file.
struct Abi<'a> {
    /// The path in the macro call, at which errors are reported.
    span: Span,
    /// The aliases: what each name stands for.
    types: BTreeMap<&'a str, &'a str>,
    /// The base and the own fields of each struct.
    structs: BTreeMap<&'a str, (&'a str, Fields<'a>)>,
    /// The types of each variant.
    variants: BTreeMap<&'a str, Vec<&'a str>>,
    /// The actions and their argument structs.
    actions: Vec<(&'a str, &'a str)>,
    /// The tables and their rows.
    tables: Vec<(&'a str, &'a str)>,
}

impl<'a> Abi<'a> {
    /// Reads an ABI. Lists that are missing are empty.
    ///
    /// # Errors
    /// If an entry lacks a name or a type.
    fn new(json: &'a serde_json::Value, span: Span) -> Result<Self> {
        let list = |key: &str| json[key].as_array().map(Vec::as_slice).unwrap_or_default();
        let text = |value: &'a serde_json::Value, key: &str| {
            value[key]
                .as_str()
                .ok_or_else(|| Error::new(span, format!("the ABI has an entry without `{key}`")))
        };
        let pairs = |key: &str, first: &str, second: &str| {
            list(key)
                .iter()
                .map(|entry| Ok((text(entry, first)?, text(entry, second)?)))
                .collect::<Result<Vec<_>>>()
        };
        Ok(Self {
            span,
            types: pairs("types", "new_type_name", "type")?
                .into_iter()
                .collect(),
            structs: list("structs")
                .iter()
                .map(|entry| {
                    let fields = entry["fields"]
                        .as_array()
                        .map(Vec::as_slice)
                        .unwrap_or_default();
                    let fields = fields
                        .iter()
                        .map(|field| Ok((text(field, "name")?, text(field, "type")?)))
                        .collect::<Result<_>>()?;
                    Ok((
                        text(entry, "name")?,
                        (entry["base"].as_str().unwrap_or_default(), fields),
                    ))
                })
                .collect::<Result<_>>()?,
            variants: list("variants")
                .iter()
                .map(|entry| {
                    let types = entry["types"]
                        .as_array()
                        .map(Vec::as_slice)
                        .unwrap_or_default();
                    let types = types.iter().filter_map(serde_json::Value::as_str).collect();
                    Ok((text(entry, "name")?, types))
                })
                .collect::<Result<_>>()?,
            actions: pairs("actions", "name", "type")?,
            tables: pairs("tables", "name", "type")?,
        })
    }

    /// All generated items.
    fn items(&self) -> Result<Tokens> {
        let vis = syn::parse_quote!(pub);
        let actions = self.actions()?;
        let arguments = actions
            .iter()
            .map(|action| action.arguments_struct(&vis, ""));
        let docs = quote!(#[doc = "The typed calls of the contract's actions."]);
        let client = crate::client::client(&vis, &format_ident!("Client"), docs, &actions, "");

        // A struct that only carries the arguments of an action has its `…Args` already.
        let only_arguments: BTreeSet<_> = self.actions.iter().map(|(_, ty)| *ty).collect();
        let referenced = self.referenced();
        let structs = self
            .structs
            .keys()
            .filter(|name| !only_arguments.contains(*name) || referenced.contains(*name))
            .map(|name| self.structure(name))
            .collect::<Result<Vec<_>>>()?;
        let aliases = self
            .types
            .iter()
            .map(|(name, ty)| {
                let ident = self.ident(name)?;
                let (ty, doc) = (self.ty_in(name, ty)?, format!("`{name}` of the ABI."));
                Ok(quote!(#[doc = #doc] pub type #ident = #ty;))
            })
            .collect::<Result<Vec<_>>>()?;
        let variants = self
            .variants
            .iter()
            .map(|(name, types)| self.variant(name, types))
            .collect::<Result<Vec<_>>>()?;
        let tables = self
            .tables
            .iter()
            .map(|(name, row)| self.table(name, row))
            .collect::<Result<Vec<_>>>()?;
        Ok(quote! { #(#arguments)* #client #(#aliases)* #(#structs)* #(#variants)* #(#tables)* })
    }

    /// The actions, with the fields of their structs as arguments.
    fn actions(&self) -> Result<Vec<Action>> {
        self.actions
            .iter()
            .map(|(name, ty)| {
                let function = self.word(&name.replace('.', "_"))?;
                Ok(Action {
                    function,
                    name: ChainName::from_literal(&LitStr::new(name, self.span))?,
                    arguments: self
                        .fields(ty)?
                        .into_iter()
                        .map(|(field, ty)| {
                            Ok(Argument {
                                name: self.word(field)?,
                                ty: self.borrowed(ty)?,
                            })
                        })
                        .collect::<Result<_>>()?,
                    result: None,
                    docs: vec![{
                        let doc = format!("The action `{name}`.");
                        syn::parse_quote!(#[doc = #doc])
                    }],
                    cfgs: Vec::new(),
                })
            })
            .collect()
    }

    /// The fields of a struct, those of its bases first.
    ///
    /// # Errors
    /// If there is no such struct, or it is its own base.
    fn fields(&self, name: &str) -> Result<Fields<'a>> {
        let mut chain = Vec::new();
        let mut name = self.resolved(name);
        while !name.is_empty() {
            let Some((base, fields)) = self.structs.get(name) else {
                return Err(Error::new(
                    self.span,
                    format!("the ABI has no struct `{name}`"),
                ));
            };
            chain.push(fields);
            if chain.len() > self.structs.len() {
                return Err(Error::new(
                    self.span,
                    format!("the struct `{name}` is its own base"),
                ));
            }
            name = self.resolved(base);
        }
        Ok(chain.into_iter().rev().flatten().copied().collect())
    }

    /// The type that an alias stands for in the end. Circles of aliases end after as many steps as
    /// there are aliases.
    fn resolved<'n>(&self, name: &'n str) -> &'n str
    where
        'a: 'n,
    {
        let mut name = name;
        for _ in 0..self.types.len() {
            match self.types.get(name) {
                Some(&target) => name = target,
                None => break,
            }
        }
        name
    }

    /// The names of types that fields, variants, aliases and tables refer to, without suffixes.
    fn referenced(&self) -> BTreeSet<&'a str> {
        let fields = self
            .structs
            .values()
            .flat_map(|(_, fields)| fields.iter().map(|it| it.1));
        let cases = self.variants.values().flatten().copied();
        let rows = self.tables.iter().map(|it| it.1);
        fields
            .chain(cases)
            .chain(self.types.values().copied())
            .chain(rows)
            .map(base_name)
            .collect()
    }

    /// The struct for a struct of the ABI.
    ///
    /// ```text
    /// node { value: string, children: node[] }
    ///
    /// #[derive(Clone, Debug, PartialEq, Encode, Decode, AbiType)]
    /// #[abi(name = "node")]
    /// pub struct Node {
    ///     pub value: String,
    ///     #[abi(type = "node[]")]
    ///     pub children: Vec<Node>,
    /// }
    /// ```
    fn structure(&self, name: &str) -> Result<Tokens> {
        let ident = self.ident(name)?;
        let doc = format!("`{name}` of the ABI.");
        let fields = self
            .fields(name)?
            .into_iter()
            .map(|(field, ty)| {
                let ident = self.word(field)?;
                // `self` is not a name of a field in Rust.
                let named = (plain(&ident) != field).then(|| quote!(#[abi(name = #field)]));
                let stated = self.stated(name, ty);
                let ty = self.ty_in(name, ty)?;
                Ok(quote!(#named #stated pub #ident: #ty))
            })
            .collect::<Result<Vec<_>>>()?;
        let derives = derives();
        Ok(quote! {
            #[doc = #doc] #derives #[abi(name = #name)] #[allow(missing_docs)]
            pub struct #ident { #(#fields,)* }
        })
    }

    /// The enum for a variant of the ABI. Its variants are named after their types, and encoded by
    /// position as the ABI has them.
    ///
    /// ```text
    /// variant any { name, name[], uint64 }
    ///
    /// pub enum Any {
    ///     #[abi(name = "name")]   Name(Name),
    ///     #[abi(name = "name[]")] Name1(Vec<Name>),       // the position, since `Name` exists
    ///     #[abi(name = "uint64")] Uint64(u64),
    /// }
    /// ```
    fn variant(&self, name: &str, types: &[&str]) -> Result<Tokens> {
        let ident = self.ident(name)?;
        let doc = format!("`{name}` of the ABI.");
        let mut seen = BTreeSet::new();
        let cases = types
            .iter()
            .enumerate()
            .map(|(tag, case)| {
                let mut ident = self.ident(base_name(case))?;
                if !seen.insert(ident.clone()) {
                    // `name` and `name[]`, say.
                    ident = format_ident!("{ident}{tag}");
                }
                let stated = self.stated(name, case);
                let ty = self.ty_in(name, case)?;
                Ok(quote!(#[abi(name = #case)] #ident(#stated #ty)))
            })
            .collect::<Result<Vec<_>>>()?;
        let derives = derives();
        Ok(quote! {
            #[doc = #doc] #derives #[abi(name = #name)] #[allow(missing_docs)]
            pub enum #ident { #(#cases,)* }
        })
    }

    /// A view of the rows of a table. An ABI does not say what the primary keys are, so any key is
    /// accepted, as its number, and there are no secondary indexes.
    ///
    /// ```text
    /// pub enum StatTable {}
    ///
    /// impl StatTable {
    ///     pub fn of(contract: Name, scope: impl PrimaryKey) -> ForeignTable<CurrencyStats> { … }
    /// }
    /// ```
    fn table(&self, name: &str, row: &str) -> Result<Tokens> {
        let row = self.ident(self.resolved(row))?;
        let ident = format_ident!("{}Table", pascal(name), span = self.span);
        let raw = ChainName::from_literal(&LitStr::new(name, self.span))?.raw;
        let doc = format!("The table `{name}`, to read: `{ident}::of(contract, scope)`.");
        let root = quote!(::antelope_contract);
        Ok(quote! {
            #[doc = #doc]
            #[derive(Clone, Copy, Debug)]
            #[allow(dead_code)]
            pub enum #ident {}

            #[allow(dead_code)]
            impl #ident {
                /// The rows of a contract in a scope, by the numbers of their primary keys.
                #[inline]
                pub fn of(
                    contract: #root::types::Name,
                    scope: impl #root::table::PrimaryKey,
                ) -> #root::table::ForeignTable<#row> {
                    #root::table::ForeignTable::new(
                        contract, scope, #root::types::Name::from_raw(#raw),
                    )
                }
            }
        })
    }

    /// The Rust type for a type that stands by itself, such as an argument.
    fn ty(&self, name: &str) -> Result<Type> {
        self.rust(name, &|_| false)
    }

    /// The Rust type for a field of `owner`: in a box where it leads back there, since otherwise it
    /// would have no size.
    fn ty_in(&self, owner: &str, name: &str) -> Result<Type> {
        self.rust(name, &|inner| {
            !self.types.contains_key(inner) && circles::reaches(self, inner, owner)
        })
    }

    /// The attribute that states the type of a field as text, if it leads back to its owner: the
    /// description of a type is a constant and cannot contain itself.
    fn stated(&self, owner: &str, ty: &str) -> Option<Tokens> {
        circles::reaches(self, base_name(ty), owner).then(|| quote!(#[abi(type = #ty)]))
    }

    /// The Rust type for a type of the ABI. `boxed` says which names to put in a box.
    ///
    /// # Errors
    /// For a type that the ABI does not define.
    fn rust(&self, name: &str, boxed: &dyn Fn(&str) -> bool) -> Result<Type> {
        let root = quote!(::antelope_contract::types);
        if let Some(inner) = name.strip_suffix('$') {
            let inner = self.rust(inner, boxed)?;
            return Ok(syn::parse_quote!(#root::BinaryExtension<#inner>));
        }
        if let Some(inner) = name.strip_suffix("[]") {
            // A list keeps its items elsewhere.
            let inner = self.rust(inner, &|_| false)?;
            return Ok(syn::parse_quote!(::antelope_contract::dispatch::Vec<#inner>));
        }
        if let Some(inner) = name.strip_suffix('?') {
            let inner = self.rust(inner, boxed)?;
            return Ok(syn::parse_quote!(::core::option::Option<#inner>));
        }
        if let Some((inner, size)) = name.strip_suffix(']').and_then(|it| it.rsplit_once('[')) {
            let size: usize = size.parse().map_err(|_| {
                Error::new(self.span, format!("`{name}` has no size in its brackets"))
            })?;
            let inner = self.rust(inner, boxed)?;
            return Ok(syn::parse_quote!([#inner; #size]));
        }
        if let Some(builtin) = builtin(name, &root) {
            return Ok(builtin);
        }
        let known = self.structs.contains_key(name)
            || self.types.contains_key(name)
            || self.variants.contains_key(name);
        if !known {
            return Err(Error::new(
                self.span,
                format!("the ABI has no type `{name}`"),
            ));
        }
        let ident = self.ident(name)?;
        Ok(match boxed(name) {
            true => syn::parse_quote!(::antelope_contract::dispatch::Box<#ident>),
            false => syn::parse_quote!(#ident),
        })
    }

    /// The Rust type for an argument: text and bytes are borrowed from the caller.
    fn borrowed(&self, name: &str) -> Result<Type> {
        Ok(match name {
            "string" => syn::parse_quote!(&str),
            "bytes" => syn::parse_quote!(&[u8]),
            other => self.ty(other)?,
        })
    }

    /// The Rust name for a type.
    fn ident(&self, name: &str) -> Result<Ident> {
        self.word(&pascal(name))
    }

    /// An identifier for a name: raw if it is a keyword, and with an underscore for the four
    /// keywords that cannot be raw.
    ///
    /// # Errors
    /// For names that cannot be identifiers, with what can be done about it.
    fn word(&self, text: &str) -> Result<Ident> {
        if ["self", "Self", "super", "crate"].contains(&text) {
            return Ok(format_ident!("{text}_", span = self.span));
        }
        if syn::parse_str::<Ident>(text).is_ok() {
            return Ok(Ident::new(text, self.span));
        }
        match syn::parse_str::<Ident>(&format!("r#{text}")) {
            Ok(_) => Ok(Ident::new_raw(text, self.span)),
            Err(_) => Err(Error::new(
                self.span,
                format!(
                    "`{text}` is not a name in Rust: give the field or type another name in a copy of \
                     the ABI; the bytes do not depend on it"
                ),
            )),
        }
    }
}

/// The derives of all generated types.
fn derives() -> Tokens {
    quote! {
        #[derive(
            Clone, Debug, PartialEq,
            ::antelope_contract::prelude::Encode,
            ::antelope_contract::prelude::Decode,
            ::antelope_contract::prelude::AbiType,
        )]
    }
}
