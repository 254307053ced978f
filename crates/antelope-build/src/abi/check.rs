//! The rules by which nodeos accepts an ABI, and stricter ones against names with two meanings.
//!
//! Mirrors `abi_serializer::set_abi` and `abi_serializer::validate` in
//! `libraries/chain/abi_serializer.cpp` of nodeos, so that a mistake shows in the build and not
//! when the first client reads a table: `setabi` itself stores any bytes. All problems are reported
//! at once.
//!
//! | rule | error of nodeos |
//! |---|---|
//! | there is an action or a table | none; the ABI would be of no use |
//! | the version begins with `eosio::abi/1.` | `unsupported_abi_version_exception` (3015016) |
//! | names of types, structs, actions, tables, error codes, variants and results are unique | 3015005 to 3015009, 3015015, 3015017 |
//! | names of clauses and of the fields of a struct are unique | none; JSON could not hold both |
//! | no type has the name of a builtin or of another kind of type | 3015005 for aliases, otherwise none |
//! | all types used are known, with at most one suffix | `invalid_type_inside_abi` (3015004) |
//! | aliases and bases do not lead back to themselves | `abi_circular_def_exception` (3015012) |
//! | extensions (`$`) are only in fields, and no plain field follows one | 3015004, and none for the order |
//!
//! ```
//! use antelope_build::abi::{AbiProblem, check_abi};
//! use antelope_types::abi::AbiDef;
//!
//! let abi: AbiDef = serde_json::from_str(
//!     r#"{
//!         "version": "eosio::abi/1.2",
//!         "structs": [{"name": "pay", "base": "", "fields": [{"name": "sum", "type": "coins"}]}],
//!         "actions": [{"name": "pay", "type": "pay", "ricardian_contract": ""}]
//!     }"#,
//! )?;
//! let problems = check_abi(&abi).unwrap_err();
//! assert!(matches!(&problems.0[..], [AbiProblem::UnknownType { place, .. }] if place == "pay.sum"));
//! # Ok::<(), serde_json::Error>(())
//! ```

use crate::abi_problem::{AbiProblem, AbiProblems};
use antelope_types::abi::{AbiDef, BUILTIN_TYPES, StructDef};
use std::collections::{BTreeMap, BTreeSet};

/// Checks an ABI as nodeos does when it reads one, and a little more strictly: nodeos lets a struct
/// hide behind a builtin type of the same name, and then ignores the struct.
///
/// # Errors
/// [`AbiProblems`] with everything that was found.
pub fn check_abi(abi: &AbiDef) -> Result<(), AbiProblems> {
    let mut check = Check::new(abi);
    check.names();
    check.types();
    if check.problems.is_empty() {
        Ok(())
    } else {
        Err(AbiProblems(check.problems))
    }
}

/// An ABI being checked, with its definitions by name.
struct Check<'a> {
    /// The ABI.
    abi: &'a AbiDef,
    /// The structs by name; of two with the same name, the later one.
    structs: BTreeMap<&'a str, &'a StructDef>,
    /// The aliases: what each name stands for.
    typedefs: BTreeMap<&'a str, &'a str>,
    /// The names of variants.
    variants: BTreeSet<&'a str>,
    /// What was found so far.
    problems: Vec<AbiProblem>,
}

impl<'a> Check<'a> {
    /// Prepares the check of an ABI.
    fn new(abi: &'a AbiDef) -> Self {
        Self {
            abi,
            structs: abi
                .structs
                .iter()
                .map(|it| (it.name.as_str(), it))
                .collect(),
            typedefs: abi
                .types
                .iter()
                .map(|it| (it.new_type_name.as_str(), it.ty.as_str()))
                .collect(),
            variants: abi.variants.iter().map(|it| it.name.as_str()).collect(),
            problems: Vec::new(),
        }
    }

    /// Checks the version, and that names are unique within each list and across the kinds of
    /// types.
    fn names(&mut self) {
        let abi = self.abi;
        if abi.actions.is_empty() && abi.tables.is_empty() {
            self.problems.push(AbiProblem::Empty);
        }
        if !abi.version.starts_with("eosio::abi/1.") {
            self.problems.push(AbiProblem::Version {
                found: abi.version.clone(),
            });
        }
        self.unique("type", abi.types.iter().map(|it| it.new_type_name.clone()));
        self.unique("struct", abi.structs.iter().map(|it| it.name.clone()));
        self.unique("variant", abi.variants.iter().map(|it| it.name.clone()));
        self.unique("action", abi.actions.iter().map(|it| it.name.to_string()));
        self.unique("table", abi.tables.iter().map(|it| it.name.to_string()));
        self.unique(
            "action result",
            abi.action_results.iter().map(|it| it.name.to_string()),
        );
        self.unique(
            "error code",
            abi.error_messages
                .iter()
                .map(|it| it.error_code.to_string()),
        );
        self.unique(
            "clause",
            abi.ricardian_clauses.iter().map(|it| it.id.clone()),
        );

        for name in self.structs.keys().copied().collect::<Vec<_>>() {
            self.own_name("struct", name, &[]);
        }
        for name in self.typedefs.keys().copied().collect::<Vec<_>>() {
            self.own_name("type", name, &["struct"]);
        }
        for name in self.variants.iter().copied().collect::<Vec<_>>() {
            self.own_name("variant", name, &["struct", "type"]);
        }
    }

    /// Checks that no name in a list comes twice.
    fn unique(&mut self, kind: &'static str, names: impl Iterator<Item = String>) {
        let mut seen = BTreeSet::new();
        for name in names {
            if !seen.insert(name.clone()) {
                self.problems.push(AbiProblem::Duplicate { kind, name });
            }
        }
    }

    /// Checks that a type does not have the name of a builtin type or of one of the `others`.
    ///
    /// Each pair of kinds is checked once: aliases against structs, variants against both.
    fn own_name(&mut self, kind: &'static str, name: &str, others: &[&'static str]) {
        let taken = |other: &str| match other {
            "struct" => self.structs.contains_key(name),
            _ => self.typedefs.contains_key(name),
        };
        let builtin = BUILTIN_TYPES.contains(&name).then_some("builtin type");
        let other = builtin.or_else(|| others.iter().copied().find(|other| taken(other)));
        if let Some(other) = other {
            self.problems.push(AbiProblem::Ambiguous {
                kind,
                name: name.to_owned(),
                other,
            });
        }
    }

    /// Checks that all types which are used are known.
    fn types(&mut self) {
        let abi = self.abi;
        for alias in &abi.types {
            self.alias(&alias.new_type_name, &alias.ty);
        }
        for it in &abi.structs {
            self.structure(it);
        }
        for it in &abi.variants {
            for ty in &it.types {
                self.known(&it.name, ty);
            }
        }
        for it in &abi.actions {
            self.known(&format!("action {}", it.name), &it.ty);
        }
        for it in &abi.tables {
            self.known(&format!("table {}", it.name), &it.ty);
        }
        for it in &abi.action_results {
            self.known(
                &format!("the result of action {}", it.name),
                &it.result_type,
            );
        }
    }

    /// Checks that an alias does not lead back to itself, and that its type is known. Suffixes are
    /// removed on the way, so that `a` = `a[]` is found too; for nodeos that is too deep a
    /// recursion.
    fn alias(&mut self, name: &str, ty: &str) {
        let mut seen = vec![name];
        let mut next = Some(fundamental(ty));
        while let Some(ty) = next {
            if seen.contains(&ty) {
                let name = name.to_owned();
                return self
                    .problems
                    .push(AbiProblem::Circular { kind: "type", name });
            }
            seen.push(ty);
            next = self.typedefs.get(ty).map(|ty| fundamental(ty));
        }
        self.known(&format!("type {name}"), ty);
    }

    /// Checks a struct: its chain of bases, which may be aliases and must end, the uniqueness of
    /// its fields, that extensions come last, and that the types of its fields are known.
    fn structure(&mut self, it: &StructDef) {
        let mut seen = vec![it.name.as_str()];
        let mut base = it.base.as_str();
        while !base.is_empty() {
            let Some(next) = self.structs.get(self.resolved(base)) else {
                let place = format!("the base of {}", it.name);
                self.problems.push(AbiProblem::UnknownType {
                    place,
                    ty: base.to_owned(),
                });
                break;
            };
            base = &next.name;
            if seen.contains(&base) {
                let name = it.name.clone();
                self.problems.push(AbiProblem::Circular {
                    kind: "struct",
                    name,
                });
                break;
            }
            seen.push(base);
            base = &next.base;
        }
        self.unique_fields(it);
        let mut extended = false;
        for field in &it.fields {
            let is_extension = field.ty.ends_with('$');
            if extended && !is_extension {
                let (name, field) = (it.name.clone(), field.name.clone());
                self.problems
                    .push(AbiProblem::ExtensionNotLast { name, field });
            }
            extended |= is_extension;
            let ty = field.ty.strip_suffix('$').unwrap_or(&field.ty);
            self.known(&format!("{}.{}", it.name, field.name), ty);
        }
    }

    /// The type that an alias stands for in the end; for a circle, any type in it.
    fn resolved(&self, name: &'a str) -> &'a str {
        let mut name = name;
        for _ in 0..self.typedefs.len() {
            match self.typedefs.get(name) {
                Some(&target) => name = target,
                None => break,
            }
        }
        name
    }

    /// Checks that no field of a struct comes twice.
    fn unique_fields(&mut self, it: &StructDef) {
        let fields = it
            .fields
            .iter()
            .map(|field| format!("{}.{}", it.name, field.name));
        self.unique("field", fields);
    }

    /// Checks that a type is known and not an extension; `place` is for the message.
    fn known(&mut self, place: &str, ty: &str) {
        let (place, ty) = (place.to_owned(), ty.to_owned());
        if ty.ends_with('$') {
            self.problems.push(AbiProblem::Extension { place, ty });
        } else if !self.is_type(&ty, 0) {
            self.problems.push(AbiProblem::UnknownType { place, ty });
        }
    }

    /// Whether a type is known, after removing one suffix and following aliases.
    fn is_type(&self, ty: &str, depth: usize) -> bool {
        let ty = fundamental(ty);
        if BUILTIN_TYPES.contains(&ty)
            || self.structs.contains_key(ty)
            || self.variants.contains(ty)
        {
            return true;
        }
        // nodeos gives up at a depth of 32, since a circle would never end.
        depth < 32
            && self
                .typedefs
                .get(ty)
                .is_some_and(|ty| self.is_type(ty, depth + 1))
    }
}

/// A type without its one suffix `[]`, `[N]` or `?`.
pub(crate) fn fundamental(ty: &str) -> &str {
    if let Some(item) = ty.strip_suffix('?') {
        return item;
    }
    let Some((item, size)) = ty.strip_suffix(']').and_then(|ty| ty.rsplit_once('[')) else {
        return ty;
    };
    if size.bytes().all(|digit| digit.is_ascii_digit()) {
        item
    } else {
        ty
    }
}
