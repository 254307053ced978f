//! The rules by which nodeos accepts an ABI, and those that keep it from meaning two things.

use std::collections::{BTreeMap, BTreeSet};

use crate::abi_problem::{AbiProblem, AbiProblems};

use antelope_types::abi::{AbiDef, StructDef};

/// Types that every node knows (`abi_serializer::configure_built_in_types`).
pub(crate) const BUILTIN: [&str; 31] = [
    "bool",
    "int8",
    "uint8",
    "int16",
    "uint16",
    "int32",
    "uint32",
    "int64",
    "uint64",
    "int128",
    "uint128",
    "varint32",
    "varuint32",
    "float32",
    "float64",
    "float128",
    "time_point",
    "time_point_sec",
    "block_timestamp_type",
    "name",
    "bytes",
    "string",
    "checksum160",
    "checksum256",
    "checksum512",
    "public_key",
    "signature",
    "symbol",
    "symbol_code",
    "asset",
    "extended_asset",
];

/// Checks an ABI the way nodeos does when it reads one, and a little more strictly: nodeos lets a
/// struct hide behind a builtin type of the same name, and then ignores it.
///
/// # Errors
/// Everything found.
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

struct Check<'a> {
    abi: &'a AbiDef,
    structs: BTreeMap<&'a str, &'a StructDef>,
    typedefs: BTreeMap<&'a str, &'a str>,
    variants: BTreeSet<&'a str>,
    problems: Vec<AbiProblem>,
}

impl<'a> Check<'a> {
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

    fn unique(&mut self, kind: &'static str, names: impl Iterator<Item = String>) {
        let mut seen = BTreeSet::new();
        for name in names {
            if !seen.insert(name.clone()) {
                self.problems.push(AbiProblem::Duplicate { kind, name });
            }
        }
    }

    fn own_name(&mut self, kind: &'static str, name: &str, others: &[&'static str]) {
        let taken = |other: &str| match other {
            "struct" => self.structs.contains_key(name),
            _ => self.typedefs.contains_key(name),
        };
        let builtin = BUILTIN.contains(&name).then_some("builtin type");
        let other = builtin.or_else(|| others.iter().copied().find(|other| taken(other)));
        if let Some(other) = other {
            self.problems.push(AbiProblem::Ambiguous {
                kind,
                name: name.to_owned(),
                other,
            });
        }
    }

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

    /// What an alias stands for in the end; of a circle, anything in it.
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

    fn unique_fields(&mut self, it: &StructDef) {
        let fields = it
            .fields
            .iter()
            .map(|field| format!("{}.{}", it.name, field.name));
        self.unique("field", fields);
    }

    fn known(&mut self, place: &str, ty: &str) {
        let (place, ty) = (place.to_owned(), ty.to_owned());
        if ty.ends_with('$') {
            self.problems.push(AbiProblem::Extension { place, ty });
        } else if !self.is_type(&ty, 0) {
            self.problems.push(AbiProblem::UnknownType { place, ty });
        }
    }

    fn is_type(&self, ty: &str, depth: usize) -> bool {
        let ty = fundamental(ty);
        if BUILTIN.contains(&ty) || self.structs.contains_key(ty) || self.variants.contains(ty) {
            return true;
        }
        // nodeos gives up at a depth of 32, as a circle would never end.
        depth < 32
            && self
                .typedefs
                .get(ty)
                .is_some_and(|ty| self.is_type(ty, depth + 1))
    }
}

/// A type without its one `[]`, `[N]` or `?`.
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
