//! The checks of a node, in a node's order: `abi_serializer::set_abi` and `validate`.
//!
//! A node keeps definitions in maps by name, so that it looks at them in the order of their names
//! and tells of the first that is wrong.

use super::names::Names;
use super::{Fault, shortened};
use crate::AbiException;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use antelope_types::abi::{AbiDef, StructDef};

/// Versions that nodes read begin like this.
const VERSION: &str = "eosio::abi/1.";

/// Checks a definition and returns the names in it.
///
/// # Errors
/// The first fault that a node tells of.
pub(super) fn check(abi: &AbiDef) -> Result<Names<'_>, Fault> {
    if !abi.version.starts_with(VERSION) {
        let problem = "ABI has an unsupported version";
        return Err(Fault::new(AbiException::UnsupportedVersion, problem));
    }
    let names = unique(abi)?;
    aliases(&names)?;
    structs(abi, &names)?;
    let variants: BTreeMap<_, _> = abi.variants.iter().map(|it| (&it.name, it)).collect();
    for variant in variants.values() {
        variant.types.iter().try_for_each(|ty| known(&names, ty))?;
    }
    let mut used: [BTreeMap<_, &str>; 3] = Default::default();
    used[0].extend(abi.actions.iter().map(|it| (it.name, it.ty.as_str())));
    used[1].extend(abi.tables.iter().map(|it| (it.name, it.ty.as_str())));
    let results = abi.action_results.iter();
    used[2].extend(results.map(|it| (it.name, it.result_type.as_str())));
    for ty in used.iter().flat_map(BTreeMap::values) {
        known(&names, ty)?;
    }
    Ok(names)
}

/// The names, none of which may be there twice.
fn unique(abi: &AbiDef) -> Result<Names<'_>, Fault> {
    let mut names = Names::default();
    for (index, it) in abi.structs.iter().enumerate() {
        names.structs.insert(&it.name, index as u32);
    }
    for it in &abi.types {
        // Variants are not known yet: an alias may have the name of one, and hides it.
        if names.is_type(&it.new_type_name)? {
            let problem = "type already exists";
            return Err(Fault::new(AbiException::DuplicateType, problem));
        }
        names.aliases.insert(&it.new_type_name, &it.ty);
    }
    for (index, it) in abi.variants.iter().enumerate() {
        names.variants.insert(&it.name, index as u32);
    }
    let distinct = |names: &mut dyn Iterator<Item = u64>| names.collect::<BTreeSet<_>>().len();
    for (what, exception, found, expected) in [
        (
            "type",
            AbiException::DuplicateType,
            names.aliases.len(),
            abi.types.len(),
        ),
        (
            "struct",
            AbiException::DuplicateStruct,
            names.structs.len(),
            abi.structs.len(),
        ),
        (
            "action",
            AbiException::DuplicateAction,
            distinct(&mut abi.actions.iter().map(|it| it.name.raw())),
            abi.actions.len(),
        ),
        (
            "table",
            AbiException::DuplicateTable,
            distinct(&mut abi.tables.iter().map(|it| it.name.raw())),
            abi.tables.len(),
        ),
        (
            "error message",
            AbiException::DuplicateErrorMessage,
            distinct(&mut abi.error_messages.iter().map(|it| it.error_code)),
            abi.error_messages.len(),
        ),
        (
            "variant",
            AbiException::DuplicateVariant,
            names.variants.len(),
            abi.variants.len(),
        ),
        (
            "action results",
            AbiException::DuplicateActionResult,
            distinct(&mut abi.action_results.iter().map(|it| it.name.raw())),
            abi.action_results.len(),
        ),
    ] {
        if found != expected {
            let problem = format!("duplicate {what} definition detected");
            return Err(Fault::new(exception, problem));
        }
    }
    Ok(names)
}

/// Aliases stand for types, and none for itself.
fn aliases(names: &Names<'_>) -> Result<(), Fault> {
    // What is known to end somewhere, so that long chains are walked once.
    let mut ends = BTreeSet::new();
    for &alias in names.aliases.keys() {
        let mut seen = BTreeSet::new();
        let mut ty = alias;
        while let Some(&target) = names.aliases.get(ty) {
            if ends.contains(ty) {
                break;
            }
            if !seen.insert(ty) {
                let problem = format!("Circular reference in type {}", shortened(alias));
                return Err(Fault::new(AbiException::Circular, problem));
            }
            ty = target;
        }
        ends.extend(seen);
    }
    names.aliases.values().try_for_each(|ty| known(names, ty))
}

/// Bases of structs are structs, none its own base, and fields have types.
fn structs(abi: &AbiDef, names: &Names<'_>) -> Result<(), Fault> {
    let mut ends = BTreeSet::new();
    for (&name, &index) in &names.structs {
        let structure = &abi.structs[index as usize];
        bases(abi, names, structure, &mut ends)?;
        for field in &structure.fields {
            let ty = field.ty.strip_suffix('$').unwrap_or(&field.ty);
            if !names.is_type(ty)? {
                return Err(Fault::invalid_type(&field.ty));
            }
        }
        ends.insert(name);
    }
    Ok(())
}

fn bases<'a>(
    abi: &'a AbiDef,
    names: &Names<'a>,
    structure: &'a StructDef,
    ends: &mut BTreeSet<&'a str>,
) -> Result<(), Fault> {
    let mut seen = BTreeSet::from([structure.name.as_str()]);
    let mut current = structure;
    while !current.base.is_empty() && !ends.contains(current.name.as_str()) {
        let Some(&base) = names.structs.get(names.resolve(&current.base)) else {
            let problem = format!("Unknown struct {}", shortened(&current.base));
            return Err(Fault::new(AbiException::InvalidType, problem));
        };
        current = &abi.structs[base as usize];
        if !seen.insert(&current.name) {
            let problem = format!(
                "Circular reference in struct {}",
                shortened(&structure.name)
            );
            return Err(Fault::new(AbiException::Circular, problem));
        }
    }
    ends.extend(seen);
    Ok(())
}

fn known<'a>(names: &Names<'a>, ty: &'a str) -> Result<(), Fault> {
    match names.is_type(ty)? {
        true => Ok(()),
        false => Err(Fault::invalid_type(ty)),
    }
}
