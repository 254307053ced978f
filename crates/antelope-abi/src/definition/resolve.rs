//! From the names of a definition to a table of types.

use super::Fault;
use super::check::check;
use super::names::{Names, Shape, split};
use crate::builtin::Builtin;
use crate::types::{Field, Struct, Type, Types, Variant};
use alloc::collections::BTreeMap;
use alloc::string::ToString;
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
        names,
        all: Builtin::ALL.iter().copied().map(Type::Builtin).collect(),
        indices: BTreeMap::new(),
    };
    let mut types = Types {
        structs: Vec::with_capacity(abi.structs.len()),
        variants: Vec::with_capacity(abi.variants.len()),
        ..Types::default()
    };
    for it in &abi.structs {
        let mut fields = Vec::with_capacity(it.fields.len());
        for field in &it.fields {
            let ty = field.ty.strip_suffix('$').unwrap_or(&field.ty);
            fields.push(Field {
                name: field.name.clone(),
                ty: resolver.of(ty)?,
                is_optional: field.ty.ends_with('?'),
                is_extension: field.ty.ends_with('$'),
            });
        }
        let (base, base_for_node) = resolver.base(&it.base);
        types.structs.push(Struct {
            name: it.name.clone(),
            base,
            base_for_node,
            fields,
        });
    }
    for it in &abi.variants {
        let cases = it.types.iter();
        types.variants.push(Variant {
            name: it.name.clone(),
            cases: cases
                .map(|ty| Ok((ty.clone(), resolver.of(ty)?)))
                .collect::<Result<_, Fault>>()?,
        });
    }
    types.actions = resolver.by_name(abi.actions.iter().map(|it| (it.name, it.ty.as_str())))?;
    types.tables = resolver.by_name(abi.tables.iter().map(|it| (it.name, it.ty.as_str())))?;
    let results = abi.action_results.iter();
    types.results = resolver.by_name(results.map(|it| (it.name, it.result_type.as_str())))?;

    let structs = abi.structs.iter().map(|it| it.name.as_str());
    let variants = abi.variants.iter().map(|it| it.name.as_str());
    let aliases = abi.types.iter().map(|it| it.new_type_name.as_str());
    for name in structs.chain(variants).chain(aliases) {
        // A struct can have a name by which it is only the base of others, such as `a[]`.
        if let Ok(index) = resolver.index(name) {
            types.names.insert(name.to_string(), index);
        }
    }
    types.all = resolver.all;
    Ok(types)
}

struct Resolver<'a> {
    names: Names<'a>,
    /// Built-in types first, in their own order.
    all: Vec<Type>,
    /// What is in `all`, by its name.
    indices: BTreeMap<&'a str, u32>,
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
        let variant = self.names.variants.get(ty).copied().map(Type::Variant);
        let found = variant.or_else(|| self.names.structs.get(ty).copied().map(Type::Struct));
        found.ok_or_else(|| Fault::invalid_type(ty))
    }

    /// The base of a struct, and what a node takes for it when it packs.
    fn base(&mut self, name: &'a str) -> (Option<u32>, Option<Type>) {
        let base = self.names.structs.get(self.names.resolve(name)).copied();
        let base = base.filter(|_| !name.is_empty());
        let by_name = base.and_then(|_| self.of(name).ok());
        let hides = by_name.filter(|ty| !matches!(ty, Type::Struct(_)));
        (base, hides)
    }

    /// Where in `all` a type is. Chains of aliases are short, as the definition was checked.
    fn index(&mut self, ty: &'a str) -> Result<u32, Fault> {
        if let Some(builtin) = Builtin::parse(ty) {
            return Ok(builtin as u32);
        }
        if let Some(&index) = self.indices.get(ty) {
            return Ok(index);
        }
        let found = self.of(ty)?;
        let index = self.all.len() as u32;
        self.all.push(found);
        self.indices.insert(ty, index);
        Ok(index)
    }

    fn by_name(
        &mut self,
        types: impl Iterator<Item = (Name, &'a str)>,
    ) -> Result<Vec<(Name, Type)>, Fault> {
        let mut list = Vec::new();
        for (name, ty) in types {
            list.push((name, self.of(ty)?));
        }
        list.sort_by_key(|(name, _)| *name);
        Ok(list)
    }
}
