//! The ABI of the contract: records in a section of the wasm file, a function on the host.

use std::path::{Path, PathBuf};

use proc_macro2::TokenStream as Tokens;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Error, LitStr, Result};

use super::parse::{Contract, OwnAction, Table};

/// One constant list of records for each action, table, clause and error enum.
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
    // The crate of a shared row has said so itself: here neither the trait nor the type is local.
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

/// Ends the compilation where two tables have one name on chain.
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

/// The ricardian contract: the file that the action names, else `ricardian/<action>.md` beside the
/// manifest if there is one.
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
                    format!("no file {}; paths are relative to Cargo.toml", file.value()),
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

/// The text of a file, with the parameters of the contract replaced by their values.
fn text(contract: &Contract, path: &Path, source: &str) -> Tokens {
    let path = LitStr::new(&path.display().to_string(), proc_macro2::Span::call_site());
    match &contract.parameters {
        Some(table) => quote! {
            ::antelope_contract::types::expanded!(in #source, include_str!(#path), #table)
        },
        None => quote!(include_str!(#path)),
    }
}

/// `ricardian` beside the manifest of the contract.
fn folder() -> Option<PathBuf> {
    let root = std::env::var_os("CARGO_MANIFEST_DIR")?;
    Some(Path::new(&root).join("ricardian"))
}

/// The clauses of `ricardian/clauses/<id>.md`, in the order of their ids.
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
