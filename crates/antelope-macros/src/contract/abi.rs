//! The ABI of the contract: records in a section of the wasm file, and a function on the host.
//!
//! Types describe themselves by constants (`AbiType::TY`), which the compiler evaluates, with
//! aliases and generics resolved. For each action, table, clause and enum of errors there is one
//! record, encoded as bytes at compile time and placed in the section `antelope_abi`. The linker
//! joins the sections of all records; the build reads them, makes an ABI and removes the section.
//!
//! On the host the same records are joined by the function `abi()`, so that tests need no build.

use super::parse::{Contract, OwnAction, Table};
use proc_macro2::TokenStream as Tokens;
use quote::{format_ident, quote, quote_spanned};
use std::path::{Path, PathBuf};
use syn::spanned::Spanned;
use syn::{Error, LitStr, Result};

/// The records, the function `abi()`, and checks of the tables.
///
/// ```text
/// #[cfg(target_family = "wasm")]
/// const _: () = {
///     const RECORDS: &[Record] = &[Record::Action { name: "buy", arguments: <BuyArgs as AbiType>::TY, … }];
///
///     #[unsafe(link_section = "antelope_abi")]
///     static BYTES: [u8; Record::size_of(RECORDS)] = Record::bytes_of(RECORDS);
/// };
/// …                                          // one such block for each action, table, clause and error enum
///
/// #[cfg(not(target_family = "wasm"))]
/// pub fn abi() -> Result<AbiDef, SchemaError> { abi_of(all records) }
/// ```
///
/// A block of its own for each record keeps `#[cfg]` of an action or table in force for its record.
///
/// # Errors
/// If a ricardian file that an action names does not exist.
pub(super) fn records(contract: &Contract) -> Result<Tokens> {
    let schema = quote!(::antelope_contract::types::schema);
    let mut lists = Vec::new();
    for own in &contract.actions {
        let cfgs = &own.action.cfgs;
        let record = action(own, contract, &schema)?;
        lists.push((quote!(#(#cfgs)*), quote!(&[#record])));
    }
    for table in &contract.tables {
        let (row, cfgs) = (&table.row, &table.cfgs);
        lists.push((
            quote!(#(#cfgs)*),
            quote!(&[<#row as ::antelope_contract::table::Described>::RECORD]),
        ));
    }
    for errors in &contract.errors {
        lists.push((
            Tokens::new(),
            quote!(<#errors as ::antelope_contract::assert::ErrorCodes>::RECORDS),
        ));
    }
    for (id, path) in clauses() {
        let body = text(contract, &path, &format!("ricardian/clauses/{id}.md"));
        lists.push((
            Tokens::new(),
            quote!(&[#schema::Record::Clause { id: #id, body: #body }]),
        ));
    }

    let names: Vec<_> = (0..lists.len())
        .map(|index| format_ident!("RECORDS_{index}"))
        .collect();
    let statics = lists.iter().map(|(cfgs, list)| {
        quote! {
            #cfgs
            const _: () = {
                const RECORDS: &[#schema::Record] = #list;

                // Without #[used]: that would also put the bytes into the memory of the contract.
                #[allow(dead_code)]
                #[unsafe(link_section = "antelope_abi")]
                static BYTES: [u8; #schema::Record::size_of(RECORDS)] = #schema::Record::bytes_of(RECORDS);
            };
        }
    });
    let consts = lists.iter().zip(&names).map(|((cfgs, list), name)| {
        quote! { #cfgs { const #name: &[#schema::Record] = #list; records.push(#name); } }
    });
    // A shared row has its implementation in its own crate: here neither the trait nor the type is
    // local.
    let own = contract.tables.iter().filter(|table| !table.shared);
    let own = own.map(|table| {
        let (row, cfgs) = (&table.row, &table.cfgs);
        quote!(#(#cfgs)* impl ::antelope_contract::table::Owned for #row {})
    });
    let shared = contract
        .tables
        .iter()
        .filter(|table| table.shared)
        .map(|table| &table.row);
    let distinct = distinct_tables(contract);
    Ok(quote! {
        #(#own)*
        #(#distinct)*
        #(const _: fn() = || {
            fn shared<T: ::antelope_contract::table::Owned>() {}
            shared::<#shared>();
        };)*

        #[cfg(target_family = "wasm")]
        const _: () = {
            #(#statics)*
        };

        /// The ABI of this contract, the same that its build writes beside the wasm file.
        #[cfg(not(target_family = "wasm"))]
        #[allow(dead_code)]
        pub fn abi() -> ::core::result::Result<
            ::antelope_contract::types::abi::AbiDef,
            #schema::SchemaError,
        > {
            let mut records: ::antelope_contract::dispatch::HostVec<&[#schema::Record]> =
                ::antelope_contract::dispatch::HostVec::new();
            #(#consts)*
            #schema::abi_of(records.into_iter().flatten())
        }
    })
}

/// Fails the compilation if two tables have the same name on chain. Names are known only to the
/// compiler, since rows may be declared elsewhere. Tables under conditions of compilation are left
/// out.
fn distinct_tables(contract: &Contract) -> Vec<Tokens> {
    let entry = |table: &Table| {
        let row = &table.row;
        let text = row.segments.last().map(|last| last.ident.to_string());
        quote!((#text, <#row as ::antelope_contract::types::NamedTable>::TABLE))
    };
    let always: Vec<_> = contract
        .tables
        .iter()
        .filter(|table| table.cfgs.is_empty())
        .collect();
    let checks = always.iter().enumerate().skip(1).map(|(at, table)| {
        let (this, others) = (entry(table), always[..at].iter().map(|table| entry(table)));
        quote_spanned! {table.row.span()=>
            const _: () = ::antelope_contract::dispatch::another_table(#this, &[#(#others),*]);
        }
    });
    checks.collect()
}

/// The record of an action.
fn action(own: &OwnAction, contract: &Contract, schema: &Tokens) -> Result<Tokens> {
    let action = &own.action;
    let name = &action.name.text;
    let arguments = action.struct_ident("");
    // Of an interface it is not known here whether the struct borrows; the compiler finds it out.
    let result = match &action.result {
        Some(ty) => quote!(::core::option::Option::Some(<#ty as #schema::AbiType>::TY)),
        None => quote!(::core::option::Option::None),
    };
    let ricardian = ricardian(own, contract)?;
    Ok(quote! {
        #schema::Record::Action {
            name: #name,
            arguments: <#arguments as #schema::AbiType>::TY,
            result: #result,
            ricardian: #ricardian,
        }
    })
}

/// The ricardian contract of an action as an expression: the file that it names, else
/// `ricardian/<action>.md` beside the manifest if there is one, else an empty text.
///
/// # Errors
/// If the file that it names does not exist.
fn ricardian(own: &OwnAction, contract: &Contract) -> Result<Tokens> {
    let Some(folder) = folder() else {
        return Ok(quote!(""));
    };
    match &own.ricardian {
        Some(file) => {
            let path = folder.parent().unwrap_or(&folder).join(file.value());
            if !path.is_file() {
                return Err(Error::new(
                    file.span(),
                    format!(
                        "the file {} does not exist; paths are relative to Cargo.toml",
                        file.value()
                    ),
                ));
            }
            Ok(text(contract, &path, &file.value()))
        }
        None => {
            let file = format!("{}.md", own.action.name.text);
            let path = folder.join(&file);
            if !path.is_file() {
                return Ok(quote!(""));
            }
            Ok(text(contract, &path, &format!("ricardian/{file}")))
        }
    }
}

/// The text of a file as an expression, with the parameters of the contract replaced by their
/// values. `include_str!` makes the compiler rebuild when the file changes.
fn text(contract: &Contract, path: &Path, source: &str) -> Tokens {
    let path = LitStr::new(&path.display().to_string(), proc_macro2::Span::call_site());
    match &contract.parameters {
        Some(table) => quote! {
            ::antelope_contract::types::expanded!(in #source, include_str!(#path), #table)
        },
        None => quote!(include_str!(#path)),
    }
}

/// The folder `ricardian` beside the manifest of the contract; `None` outside of cargo.
fn folder() -> Option<PathBuf> {
    let root = std::env::var_os("CARGO_MANIFEST_DIR")?;
    Some(Path::new(&root).join("ricardian"))
}

/// The clauses `ricardian/clauses/<id>.md` with their ids, sorted by id so that the ABI does not
/// depend on the file system.
fn clauses() -> Vec<(String, PathBuf)> {
    let Some(entries) = folder().and_then(|it| std::fs::read_dir(it.join("clauses")).ok()) else {
        return Vec::new();
    };
    let mut clauses: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|it| it == "md"))
        .filter_map(|path| Some((path.file_stem()?.to_str()?.to_owned(), path)))
        .collect();
    clauses.sort_by(|left, right| left.0.cmp(&right.0));
    clauses
}
