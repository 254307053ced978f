//! From the names of a definition to a table of types.
//!
//! A node decides anew at each value what a name means: aliases are followed, then a suffix is taken
//! off, then built-in types, variants and structs are tried in this order. [`Resolver::of`] decides so
//! once. Types within others get an index, so that a struct may contain itself.

use super::Fault;
use super::check::check;
use super::names::{Names, Shape, SortKey, split};
use crate::builtin::Builtin;
use crate::limits::MAX_DEPTH;
use crate::types::{Declared, FieldType, Struct, Type, Types};
use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;
use antelope_types::Name;
use antelope_types::abi::AbiDef;

/// Checks a definition as a node does and resolves every type in it.
///
/// # Errors
/// What a node has against the definition.
pub(crate) fn resolve(abi: &AbiDef) -> Result<Types, Fault> {
    let names = check(abi)?;
    let mut resolver = Resolver {
        all: Vec::with_capacity(
            Builtin::ALL.len() + abi.structs.len() + abi.variants.len() + abi.types.len(),
        ),
        indices: [
            vec![None; abi.structs.len()],
            vec![None; abi.variants.len()],
        ],
        aliases: BTreeMap::new(),
        names,
    };
    resolver
        .all
        .extend(Builtin::ALL.iter().copied().map(Type::Builtin));
    let mut types = Types {
        structs: Vec::with_capacity(abi.structs.len()),
        fields: Vec::with_capacity(abi.structs.iter().map(|it| it.fields.len()).sum()),
        variants: Vec::with_capacity(abi.variants.len()),
        cases: Vec::with_capacity(abi.variants.iter().map(|it| it.types.len()).sum()),
        ..Types::default()
    };
    for it in &abi.structs {
        let first = types.fields.len() as u32;
        for field in &it.fields {
            let ty = field.ty.strip_suffix('$');
            types.fields.push(FieldType {
                ty: resolver.of(ty.unwrap_or(&field.ty))?,
                is_optional: field.ty.ends_with('?'),
                is_extension: ty.is_some(),
            });
        }
        let (base, base_for_node) = resolver.base(&it.base);
        types.structs.push(Struct {
            base,
            base_for_node,
            first,
            repeats_names: false,
        });
    }
    let mut seen = Vec::new();
    for index in 0..abi.structs.len() {
        types.structs[index].repeats_names = repeats_names(abi, &types.structs, index, &mut seen);
    }
    for it in &abi.variants {
        types.variants.push(types.cases.len() as u32);
        for ty in &it.types {
            types.cases.push(resolver.of(ty)?);
        }
    }
    types.actions = resolver.by_name(abi.actions.iter().map(|it| (it.name, it.ty.as_str())))?;
    types.tables = resolver.by_name(abi.tables.iter().map(|it| (it.name, it.ty.as_str())))?;
    let results = abi.action_results.iter();
    types.results = resolver.by_name(results.map(|it| (it.name, it.result_type.as_str())))?;
    types.names = resolver.declared(abi);
    types.all = resolver.all;
    Ok(types)
}

/// Whether two fields of a struct and its bases have the same name. Of very many it is said without
/// looking, so that hostile ABIs cannot make this slow.
fn repeats_names<'a>(
    abi: &'a AbiDef,
    structs: &[Struct],
    index: usize,
    seen: &mut Vec<&'a str>,
) -> bool {
    const MOST: usize = 64;
    seen.clear();
    let mut next = Some(index);
    for _ in 0..MAX_DEPTH {
        let Some(index) = next else { break };
        let fields = &abi.structs[index].fields;
        if seen.len() + fields.len() > MOST {
            return true;
        }
        for field in fields {
            if seen.contains(&field.name.as_str()) {
                return true;
            }
            seen.push(&field.name);
        }
        next = structs[index].base.map(|base| base as usize);
    }
    false
}

struct Resolver<'a> {
    names: Names<'a>,
    /// Built-in types first, in their own order.
    all: Vec<Type>,
    /// Where in `all` structs and variants are, by their own indices.
    indices: [Vec<Option<u32>>; 2],
    /// Where in `all` aliases are.
    aliases: BTreeMap<&'a str, u32>,
}

impl<'a> Resolver<'a> {
    /// What a name stands for, decided in the order of a node: built-in types hide variants, and
    /// these hide structs.
    fn of(&mut self, ty: &'a str) -> Result<Type, Fault> {
        let ty = self.names.resolve(ty);
        let (inner, shape) = split(ty);
        if let Shape::Fixed(count) = shape {
            return Ok(Type::Fixed(self.index(inner)?, count));
        }
        if let Some(builtin) = Builtin::parse(inner) {
            return Ok(match shape {
                Shape::List => Type::BuiltinList(builtin),
                Shape::Optional => Type::BuiltinOptional(builtin),
                _ => Type::Builtin(builtin),
            });
        }
        match shape {
            Shape::List => return Ok(Type::List(self.index(inner)?)),
            Shape::Optional => return Ok(Type::Optional(self.index(inner)?)),
            _ => {}
        }
        let variant = self.names.variants.get(ty).map(Type::Variant);
        let found = variant.or_else(|| self.names.structs.get(ty).map(Type::Struct));
        found.ok_or_else(|| Fault::invalid_type(ty))
    }

    /// The base of a struct, and what a node takes for it when it packs.
    fn base(&mut self, name: &'a str) -> (Option<u32>, Option<Type>) {
        if name.is_empty() {
            return (None, None);
        }
        let base = self.names.structs.get(self.names.resolve(name));
        let by_name = base.and_then(|_| self.of(name).ok());
        let hides = by_name.filter(|ty| !matches!(ty, Type::Struct(_)));
        (base, hides)
    }

    /// Where in `all` a type is. Chains of aliases are short, as the definition was checked.
    fn index(&mut self, ty: &'a str) -> Result<u32, Fault> {
        if let Some(&index) = self.aliases.get(ty) {
            return Ok(index);
        }
        let found = self.of(ty)?;
        let known = match found {
            Type::Builtin(builtin) => return Ok(builtin as u32),
            Type::Struct(index) => Some(&mut self.indices[0][index as usize]),
            Type::Variant(index) => Some(&mut self.indices[1][index as usize]),
            _ => None,
        };
        if let Some(&mut Some(index)) = known {
            return Ok(index);
        }
        let index = self.all.len() as u32;
        match known {
            Some(known) => *known = Some(index),
            None => drop(self.aliases.insert(ty, index)),
        }
        self.all.push(found);
        Ok(index)
    }

    /// Everything that has a name, ascending.
    fn declared(&mut self, abi: &'a AbiDef) -> Vec<(Declared, u32)> {
        let structs = abi.structs.iter().map(|it| &it.name).zip(0..);
        let variants = abi.variants.iter().map(|it| &it.name).zip(0..);
        let aliases = abi.types.iter().map(|it| &it.new_type_name).zip(0..);
        let structs = structs.map(|(name, at)| (name, Declared::Struct(at)));
        let variants = variants.map(|(name, at)| (name, Declared::Variant(at)));
        let aliases = aliases.map(|(name, at)| (name, Declared::Alias(at)));
        let mut list = Vec::with_capacity(abi.structs.len() + abi.variants.len() + abi.types.len());
        for (name, declared) in structs.chain(variants).chain(aliases) {
            // A struct can have a name by which it is only the base of others, such as `a[]`.
            if let Ok(index) = self.index(name) {
                list.push((SortKey::new(name), declared, index));
            }
        }
        // All of one name are the same type, by the order in which names hide each other.
        list.sort_unstable_by_key(|(key, ..)| *key);
        list.into_iter()
            .map(|(_, declared, index)| (declared, index))
            .collect()
    }

    /// Types of actions, tables or results, for the search by name.
    fn by_name(
        &mut self,
        types: impl ExactSizeIterator<Item = (Name, &'a str)>,
    ) -> Result<Vec<(Name, Type)>, Fault> {
        let mut list = Vec::with_capacity(types.len());
        for (name, ty) in types {
            list.push((name, self.of(ty)?));
        }
        list.sort_by_key(|(name, _)| *name);
        Ok(list)
    }
}
