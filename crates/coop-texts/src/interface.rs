//! The actions of the three interfaces, as `crates/coop-model/src/clients` declares them.

use crate::TextsError;
use crate::error::{files, read};
use crate::ricardian::CONTRACTS;
use std::collections::BTreeMap;
use std::path::Path;

/// An action of an interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// The contract.
    pub contract: &'static str,
    /// The action.
    pub name: String,
    /// Its arguments: name and type.
    pub arguments: Vec<(String, String)>,
}

/// Every action of the interfaces of the repository at `root`.
///
/// # Errors
/// [`TextsError`] when an interface cannot be read.
pub fn actions(root: &Path) -> Result<Vec<Action>, TextsError> {
    let mut actions = Vec::new();
    for contract in CONTRACTS {
        let path = root.join(format!("crates/coop-model/src/clients/{contract}.rs"));
        let source = uncommented(&read(&path)?);
        for declaration in source.split("fn ").skip(1) {
            if let Some((name, rest)) = declaration.split_once('(') {
                let arguments = rest.split_once(')').map_or("", |(inside, _)| inside);
                actions.push(Action {
                    contract,
                    name: name.to_owned(),
                    arguments: pairs(arguments),
                });
            }
        }
    }
    Ok(actions)
}

/// The fields of the model's structs, by the struct's name.
///
/// # Errors
/// [`TextsError`] when a source cannot be read.
pub fn structs(root: &Path) -> Result<BTreeMap<String, Vec<String>>, TextsError> {
    let mut found = BTreeMap::new();
    let folder = root.join("crates/coop-model/src");
    for path in files(&folder, "rs")? {
        let source = uncommented(&read(&path)?);
        for declaration in source.split("pub struct ").skip(1) {
            if let Some((name, rest)) = declaration.split_once(" {") {
                let fields = rest.split_once('}').map_or("", |(inside, _)| inside);
                let fields = pairs(&fields.replace("pub ", ""));
                let names = fields.into_iter().map(|(field, _)| field).collect();
                found.insert(name.to_owned(), names);
            }
        }
    }
    Ok(found)
}

/// `name: type, …` taken apart; attributes of fields are left out.
fn pairs(list: &str) -> Vec<(String, String)> {
    list.split(',')
        .filter_map(|pair| pair.split_once(':'))
        .map(|(name, ty)| {
            let name = name.rsplit(']').next().unwrap_or(name);
            (name.trim().to_owned(), ty.trim().to_owned())
        })
        .collect()
}

/// The source without its comments.
fn uncommented(source: &str) -> String {
    source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}
