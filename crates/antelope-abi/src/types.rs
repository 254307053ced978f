//! An ABI as a table: names are resolved once, and values are then read by index.

use crate::builtin::Builtin;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use antelope_types::Name;

/// A type, ready to pack and unpack by. Inner types are indices into [`Types::all`].
#[derive(Clone, Copy, Debug)]
pub(crate) enum Type {
    /// A value of a built-in type.
    Builtin(Builtin),
    /// `[]` of a built-in type, which nodes limit in number.
    BuiltinList(Builtin),
    /// `?` of a built-in type, whose mark must be 0 or 1.
    BuiltinOptional(Builtin),
    /// `[]` of anything else.
    List(u32),
    /// `?` of anything else, whose mark may be any byte.
    Optional(u32),
    /// `[N]`, without a count on the wire; since Spring.
    Fixed(u32, u32),
    /// One of [`Types::structs`].
    Struct(u32),
    /// One of [`Types::variants`].
    Variant(u32),
}

/// A struct.
#[derive(Debug)]
pub(crate) struct Struct {
    pub(crate) name: String,
    /// The struct whose fields come first.
    pub(crate) base: Option<u32>,
    /// What a node packs in place of the base, where a built-in type or a variant has its name.
    pub(crate) base_for_node: Option<Type>,
    /// Its own fields.
    pub(crate) fields: Vec<Field>,
}

/// A field of a struct.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) ty: Type,
    /// Whether its type is written with `?`, so that JSON may leave it out. An alias of an optional
    /// does not count, for nodes neither.
    pub(crate) is_optional: bool,
    /// Whether its type is written with `$`, so that JSON and bytes may end before it.
    pub(crate) is_extension: bool,
}

/// A variant.
#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    /// The types as they are written, which JSON names, and what they are.
    pub(crate) cases: Vec<(String, Type)>,
}

/// Everything that an ABI defines.
#[derive(Debug, Default)]
pub(crate) struct Types {
    /// Types that others refer to, built-in ones first.
    pub(crate) all: Vec<Type>,
    pub(crate) structs: Vec<Struct>,
    pub(crate) variants: Vec<Variant>,
    /// Types by name: structs, variants and aliases.
    pub(crate) names: BTreeMap<String, u32>,
    /// Types of arguments, rows and results, ascending by name.
    pub(crate) actions: Vec<(Name, Type)>,
    pub(crate) tables: Vec<(Name, Type)>,
    pub(crate) results: Vec<(Name, Type)>,
}

impl Types {
    /// The type with this index.
    pub(crate) fn get(&self, index: u32) -> Type {
        self.all[index as usize]
    }

    pub(crate) fn structure(&self, index: u32) -> &Struct {
        &self.structs[index as usize]
    }

    pub(crate) fn variant(&self, index: u32) -> &Variant {
        &self.variants[index as usize]
    }

    /// How a type is written, by the names that aliases stand for.
    pub(crate) fn spell(&self, ty: Type) -> String {
        match ty {
            Type::Builtin(builtin) => builtin.name().into(),
            Type::BuiltinList(builtin) => format!("{}[]", builtin.name()),
            Type::BuiltinOptional(builtin) => format!("{}?", builtin.name()),
            Type::List(inner) => format!("{}[]", self.spell(self.get(inner))),
            Type::Optional(inner) => format!("{}?", self.spell(self.get(inner))),
            Type::Fixed(inner, count) => format!("{}[{count}]", self.spell(self.get(inner))),
            Type::Struct(index) => self.structure(index).name.to_string(),
            Type::Variant(index) => self.variant(index).name.to_string(),
        }
    }
}

/// The type of an action, table or result.
pub(crate) fn find(list: &[(Name, Type)], name: Name) -> Option<Type> {
    let index = list.binary_search_by_key(&name, |(name, _)| *name).ok()?;
    Some(list[index].1)
}
