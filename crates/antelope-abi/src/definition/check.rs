//! The checks of a node, in a node's order: `abi_serializer::set_abi` and `validate`.
//!
//! A node keeps definitions in maps by name, so that it looks at them in the order of their names
//! and tells of the first that is wrong.

use super::names::{Names, Sorted};
use super::{Fault, shortened};
use crate::AbiException;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use alloc::{format, vec};
use antelope_types::Name;
use antelope_types::abi::AbiDef;

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
    for (_, index) in names.variants.iter() {
        let types = &abi.variants[index as usize].types;
        types.iter().try_for_each(|ty| known(&names, ty))?;
    }
    let actions = abi.actions.iter().map(|it| (it.name, it.ty.as_str()));
    used(&names, actions.collect())?;
    let tables = abi.tables.iter().map(|it| (it.name, it.ty.as_str()));
    used(&names, tables.collect())?;
    let results = abi.action_results.iter();
    let results = results.map(|it| (it.name, it.result_type.as_str()));
    used(&names, results.collect())?;
    Ok(names)
}

/// The types of what has a name on the chain.
fn used<'a>(names: &Names<'a>, mut types: Vec<(Name, &'a str)>) -> Result<(), Fault> {
    types.sort_unstable_by_key(|(name, _)| *name);
    types.iter().try_for_each(|(_, ty)| known(names, ty))
}

/// The names, none of which may be there twice.
fn unique(abi: &AbiDef) -> Result<Names<'_>, Fault> {
    let mut names = Names {
        structs: Sorted::new(abi.structs.iter().map(|it| &it.name)),
        ..Names::default()
    };
    for it in &abi.types {
        // Variants are not known yet: an alias may have the name of one, and hides it.
        if names.is_type(&it.new_type_name)? {
            let problem = "type already exists";
            return Err(Fault::new(AbiException::DuplicateType, problem));
        }
        names.aliases.insert(&it.new_type_name, &it.ty);
    }
    names.variants = Sorted::new(abi.variants.iter().map(|it| &it.name));
    let codes = abi.error_messages.iter().map(|it| it.error_code);
    let results = abi.action_results.iter().map(|it| it.name.raw());
    let once = |what: &str, exception, repeats: bool| match repeats {
        false => Ok(()),
        true => {
            let problem = format!("duplicate {what} definition detected");
            Err(Fault::new(exception, problem))
        }
    };
    // An alias of an unknown type is no type yet, so that a second of its name came this far.
    once(
        "type",
        AbiException::DuplicateType,
        names.aliases.len() != abi.types.len(),
    )?;
    once(
        "struct",
        AbiException::DuplicateStruct,
        names.structs.repeats(),
    )?;
    once(
        "action",
        AbiException::DuplicateAction,
        repeats(abi.actions.iter().map(|it| it.name.raw())),
    )?;
    once(
        "table",
        AbiException::DuplicateTable,
        repeats(abi.tables.iter().map(|it| it.name.raw())),
    )?;
    once(
        "error message",
        AbiException::DuplicateErrorMessage,
        repeats(codes),
    )?;
    once(
        "variant",
        AbiException::DuplicateVariant,
        names.variants.repeats(),
    )?;
    once(
        "action results",
        AbiException::DuplicateActionResult,
        repeats(results),
    )?;
    Ok(names)
}

/// Whether a number is there twice.
fn repeats(numbers: impl Iterator<Item = u64>) -> bool {
    let mut numbers: Vec<_> = numbers.collect();
    numbers.sort_unstable();
    numbers.windows(2).any(|pair| pair[0] == pair[1])
}

/// Aliases stand for types, and none for itself. Each chain is walked until it meets one that was
/// walked before, so that all of them together take one pass.
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
    // In which search for bases each struct was met first.
    let mut met = vec![None; abi.structs.len()];
    for (_, index) in names.structs.iter() {
        bases(abi, names, index, &mut met)?;
        for field in &abi.structs[index as usize].fields {
            let ty = field.ty.strip_suffix('$').unwrap_or(&field.ty);
            if !names.is_type(ty)? {
                return Err(Fault::invalid_type(&field.ty));
            }
        }
    }
    Ok(())
}

/// Follows the bases of a struct to the end, or to one whose bases are known to end.
fn bases(
    abi: &AbiDef,
    names: &Names<'_>,
    start: u32,
    met: &mut [Option<u32>],
) -> Result<(), Fault> {
    let mut index = start;
    while met[index as usize].is_none() {
        met[index as usize] = Some(start);
        let base = &abi.structs[index as usize].base;
        if base.is_empty() {
            return Ok(());
        }
        let Some(next) = names.structs.get(names.resolve(base)) else {
            let problem = format!("Unknown struct {}", shortened(base));
            return Err(Fault::new(AbiException::InvalidType, problem));
        };
        index = next;
        if met[index as usize] == Some(start) {
            let name = shortened(&abi.structs[start as usize].name);
            let problem = format!("Circular reference in struct {name}");
            return Err(Fault::new(AbiException::Circular, problem));
        }
    }
    Ok(())
}

/// Refuses a name that is not a type; the words of a node are the name.
fn known<'a>(names: &Names<'a>, ty: &'a str) -> Result<(), Fault> {
    match names.is_type(ty)? {
        true => Ok(()),
        false => Err(Fault::invalid_type(ty)),
    }
}
