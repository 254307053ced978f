//! An ABI as a table: names are resolved once, and values are then read by index.
//!
//! [`Types`] holds what the names of a definition stand for, as flat lists of small numbers. It has no
//! text of its own: [`Schema`] pairs it with the definition and gives out structs and variants with
//! their names, borrowed. The lists are in the order of the definition, so that index `i` of one is
//! index `i` of the other.

use crate::builtin::Builtin;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use antelope_types::Name;
use antelope_types::abi::{AbiDef, FieldDef};

/// A type, ready to pack and unpack by. Inner types are indices into [`Types::all`].
#[derive(Clone, Copy, Debug)]
pub(crate) enum Type {
    /// A value of a built-in type.
    Builtin(Builtin),
    /// `[]` of a built-in type. Nodes hand it to `fc` as a whole (`pack_unpack`), which limits the
    /// number of items and reports faults of items as faults of the list.
    BuiltinList(Builtin),
    /// `?` of a built-in type: also `fc`'s, which wants a mark of 0 or 1.
    BuiltinOptional(Builtin),
    /// `[]` of anything else.
    List(u32),
    /// `?` of anything else: the ABI serializer's own, which takes any byte but 0 for yes.
    Optional(u32),
    /// `[N]`, without a count on the wire; since Spring. The item and N, which wraps at 2³² as in a
    /// node.
    Fixed(u32, u32),
    /// One of [`Types::structs`].
    Struct(u32),
    /// One of [`Types::variants`].
    Variant(u32),
}

/// A struct.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Struct {
    /// The struct whose fields come first.
    pub(crate) base: Option<u32>,
    /// What a node packs in place of the base, where a built-in type or a variant has its name.
    pub(crate) base_for_node: Option<Type>,
    /// The first of its own fields in [`Types::fields`].
    pub(crate) first: u32,
    /// Whether two of all its fields have the same name, or there are too many to look.
    pub(crate) repeats_names: bool,
}

/// The type of a field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FieldType {
    pub(crate) ty: Type,
    /// Whether it is written with `?`, so that JSON may leave it out. An alias of an optional does
    /// not count, for nodes neither.
    pub(crate) is_optional: bool,
    /// Whether it is written with `$`, so that JSON and bytes may end before it.
    pub(crate) is_extension: bool,
}

/// Everything that an ABI defines, without the names: these stay in the definition, as copies of
/// them would take as long as all the rest. [`Schema`] puts the two together.
#[derive(Debug, Default)]
pub(crate) struct Types {
    /// Types that others refer to, built-in ones first.
    pub(crate) all: Vec<Type>,
    /// In the order of the definition, as the variants.
    pub(crate) structs: Vec<Struct>,
    /// Of all structs, one after the other.
    pub(crate) fields: Vec<FieldType>,
    /// The first case of each variant in [`Types::cases`].
    pub(crate) variants: Vec<u32>,
    /// Of all variants, one after the other.
    pub(crate) cases: Vec<Type>,
    /// What has a name, ascending by name, and where in `all` its type is.
    pub(crate) names: Vec<(Declared, u32)>,
    /// Types of arguments, rows and results, ascending by name.
    pub(crate) actions: Vec<(Name, Type)>,
    /// The key of the list is the table, as above.
    pub(crate) tables: Vec<(Name, Type)>,
    pub(crate) results: Vec<(Name, Type)>,
}

/// Where in a definition a name is given to a type.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Declared {
    Struct(u32),
    Variant(u32),
    Alias(u32),
}

impl Declared {
    pub(crate) fn name(self, definition: &AbiDef) -> &str {
        match self {
            Self::Struct(index) => &definition.structs[index as usize].name,
            Self::Variant(index) => &definition.variants[index as usize].name,
            Self::Alias(index) => &definition.types[index as usize].new_type_name,
        }
    }
}

/// A definition and its types.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schema<'a> {
    pub(crate) definition: &'a AbiDef,
    pub(crate) types: &'a Types,
}

/// A struct with its names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Structure<'a> {
    pub(crate) name: &'a str,
    pub(crate) base: Option<u32>,
    /// As [`Struct::base_for_node`].
    pub(crate) base_for_node: Option<Type>,
    names: &'a [FieldDef],
    types: &'a [FieldType],
}

/// A field of a struct with its name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field<'a> {
    pub(crate) name: &'a str,
    pub(crate) ty: Type,
    /// As [`FieldType::is_optional`].
    pub(crate) is_optional: bool,
    /// As [`FieldType::is_extension`].
    pub(crate) is_extension: bool,
}

/// A variant with its names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Variant<'a> {
    pub(crate) name: &'a str,
    /// The types as they are written, which JSON names.
    pub(crate) names: &'a [String],
    types: &'a [Type],
}

impl<'a> Structure<'a> {
    /// How many fields of its own it has.
    pub(crate) fn len(self) -> usize {
        self.types.len()
    }

    /// Its own fields.
    pub(crate) fn fields(self) -> impl DoubleEndedIterator<Item = Field<'a>> + ExactSizeIterator {
        self.names.iter().zip(self.types).map(|(field, it)| Field {
            name: &field.name,
            ty: it.ty,
            is_optional: it.is_optional,
            is_extension: it.is_extension,
        })
    }
}

impl<'a> Variant<'a> {
    /// The name and the type of a case.
    pub(crate) fn case(self, tag: usize) -> Option<(&'a str, Type)> {
        Some((self.names.get(tag)?.as_str(), *self.types.get(tag)?))
    }
}

impl<'a> Schema<'a> {
    /// The type with this index.
    pub(crate) fn get(self, index: u32) -> Type {
        self.types.all[index as usize]
    }

    /// The index of the type of this name; built-in types are not looked up here.
    pub(crate) fn find(self, name: &str) -> Option<u32> {
        let names = &self.types.names;
        let found = names.binary_search_by(|(it, _)| it.name(self.definition).cmp(name));
        Some(names[found.ok()?].1)
    }

    pub(crate) fn structure(self, index: u32) -> Structure<'a> {
        let definition = &self.definition.structs[index as usize];
        let it = self.types.structs[index as usize];
        Structure {
            name: &definition.name,
            base: it.base,
            base_for_node: it.base_for_node,
            names: &definition.fields,
            types: &self.types.fields[it.first as usize..][..definition.fields.len()],
        }
    }

    pub(crate) fn repeats_names(self, index: u32) -> bool {
        self.types.structs[index as usize].repeats_names
    }

    pub(crate) fn variant(self, index: u32) -> Variant<'a> {
        let definition = &self.definition.variants[index as usize];
        let first = self.types.variants[index as usize] as usize;
        Variant {
            name: &definition.name,
            names: &definition.types,
            types: &self.types.cases[first..][..definition.types.len()],
        }
    }

    /// How a type is written, by the names that aliases stand for.
    pub(crate) fn spell(self, ty: Type) -> String {
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
