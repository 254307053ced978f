//! Records to an ABI.
//!
//! Types are found inside of actions and tables, each with all that it refers to, so that one type comes
//! many times. Definitions of one name must be equal; then it is written once. The lists of the ABI are
//! sorted by name, so that equal contracts have equal ABIs.

use super::Record;
use super::read::{Entry, Shape, entries};
use crate::Name;
use crate::abi::{
    AbiDef, ActionDef, ActionResultDef, ErrorMessage, FieldDef, RicardianClause, StructDef,
    TableDef, TypeDef, VariantDef,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::string::{String, ToString};
use std::vec::Vec;

/// The version that is written: the newest without sync calls.
const VERSION: &str = "eosio::abi/1.2";

/// Why records make no ABI.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemaError {
    /// The bytes are no records; the section was written by another version of the SDK.
    Malformed {
        /// Where, in bytes from the beginning.
        offset: usize,
    },
    /// Two definitions share a name and differ.
    /// Types of two modules with one Rust name are the usual cause.
    Conflict {
        /// What they are: a struct, a variant, an alias, an action, a table, a clause, an error.
        kind: &'static str,
        /// Their name.
        name: String,
    },
    /// An action or a table has a name that does not fit in 64 bits.
    /// Only for actions and tables: types may have any text as their name.
    BadName {
        /// The name.
        name: String,
    },
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { offset } => {
                write!(
                    f,
                    "no ABI record at byte {offset} of the section antelope_abi"
                )
            }
            Self::Conflict { kind, name } => {
                write!(
                    f,
                    "two different definitions of the {kind} `{name}`; rename one with #[abi(name = \"…\")]"
                )
            }
            Self::BadName { name } => write!(f, "`{name}` is not a name of an action or table"),
        }
    }
}

impl std::error::Error for SchemaError {}

/// The ABI that the bytes of the section [`SECTION`](super::SECTION) describe, with sorted lists.
///
/// # Errors
/// [`SchemaError`].
///
/// ```
/// use antelope_types::{Name, schema::{AbiType, Field, Record, Ty, abi_from_records}};
///
/// const HELLO: &[Record] = &[Record::Action {
///     name: "hi",
///     arguments: &Ty::Struct {
///         name: "hi",
///         args: &[],
///         fields: &[Field { name: "friends", ty: <[Name]>::TY }],
///     },
///     result: None,
///     ricardian: "",
/// }];
/// static SECTION: [u8; Record::size_of(HELLO)] = Record::bytes_of(HELLO);
///
/// let abi = abi_from_records(&SECTION)?;
/// assert_eq!(abi.structs[0].fields[0].ty, "name[]");
/// # Ok::<(), antelope_types::schema::SchemaError>(())
/// ```
pub fn abi_from_records(bytes: &[u8]) -> Result<AbiDef, SchemaError> {
    abi_from_records_where(bytes, |_| true)
}

/// As [`abi_from_records`], of the [`Refusal`](Record::Refusal)s only those whose text `raised` takes.
///
/// A contract declares refusals by lists that it shares with others; which of them it can raise is
/// known when it is linked, because the texts are in its data then.
///
/// # Errors
/// [`SchemaError`], also of refusals that are left out.
pub fn abi_from_records_where(
    bytes: &[u8],
    raised: impl Fn(&str) -> bool,
) -> Result<AbiDef, SchemaError> {
    let mut merge = Merge::default();
    for entry in entries(bytes)? {
        merge.entry(entry, &raised)?;
    }
    Ok(merge.finish())
}

/// The ABI that some records describe; what the `abi()` of a contract calls on the host.
///
/// It has every declared [`Refusal`](Record::Refusal): which of them are raised is only known of a
/// linked module.
///
/// # Errors
/// [`SchemaError`].
pub fn abi_of<'a>(records: impl IntoIterator<Item = &'a Record>) -> Result<AbiDef, SchemaError> {
    let bytes: Vec<u8> = records.into_iter().flat_map(Record::to_bytes).collect();
    abi_from_records(&bytes)
}

/// Definitions by their names.
#[derive(Default)]
struct Merge {
    /// Aliases: the other name, and the type.
    types: BTreeMap<String, String>,
    /// With their bases, empty where there is none.
    structs: BTreeMap<String, (String, Vec<FieldDef>)>,
    /// The types of their alternatives, in the order of their tags.
    variants: BTreeMap<String, Vec<String>>,
    actions: BTreeMap<String, ActionDef>,
    results: BTreeMap<String, ActionResultDef>,
    tables: BTreeMap<String, TableDef>,
    clauses: BTreeMap<String, String>,
    /// Of those that are raised and of refusals that are not.
    errors: BTreeMap<u64, String>,
    /// Which of the errors can arrive.
    raised: BTreeSet<u64>,
}

/// Adds a definition that is new or equal to the one there is.
///
/// # Errors
/// [`SchemaError::Conflict`] where the two differ.
fn define<K: Ord + ToString, V: PartialEq>(
    kind: &'static str,
    definitions: &mut BTreeMap<K, V>,
    name: K,
    value: V,
) -> Result<(), SchemaError> {
    match definitions.get(&name) {
        Some(there) if *there == value => Ok(()),
        Some(_) => Err(SchemaError::Conflict {
            kind,
            name: name.to_string(),
        }),
        None => {
            definitions.insert(name, value);
            Ok(())
        }
    }
}

/// The name of an action or a table.
fn chain_name(text: &str) -> Result<Name, SchemaError> {
    Name::parse(text).map_err(|_| SchemaError::BadName { name: text.into() })
}

impl Merge {
    /// Adds one record, and the types that it refers to.
    fn entry(&mut self, entry: Entry, raised: impl Fn(&str) -> bool) -> Result<(), SchemaError> {
        match entry {
            Entry::Action {
                name,
                arguments,
                result,
                ricardian,
            } => {
                let chain = chain_name(&name)?;
                let ty = self.describe(&arguments)?;
                if let Some(result) = result {
                    let result_type = self.describe(&result)?;
                    let result = ActionResultDef {
                        name: chain,
                        result_type,
                    };
                    define("result of action", &mut self.results, name.clone(), result)?;
                }
                let action = ActionDef {
                    name: chain,
                    ty,
                    ricardian_contract: ricardian,
                };
                define("action", &mut self.actions, name, action)
            }
            Entry::Table { name, row } => {
                let table = TableDef {
                    name: chain_name(&name)?,
                    index_type: "i64".into(),
                    key_names: Vec::new(),
                    key_types: Vec::new(),
                    ty: self.describe(&row)?,
                };
                define("table", &mut self.tables, name, table)
            }
            Entry::Clause { id, body } => define("clause", &mut self.clauses, id, body),
            Entry::Error { code, text } => {
                self.raised.insert(code);
                define("error", &mut self.errors, code, text)
            }
            Entry::Refusal { code, text } => {
                if raised(&text) {
                    self.raised.insert(code);
                }
                define("error", &mut self.errors, code, text)
            }
        }
    }

    /// Defines what a type needs; gives the text by which a field refers to it.
    ///
    /// A reference carries one container suffix at most, so containers inside of containers get a
    /// name of their own, in the manner of CDT.
    fn describe(&mut self, shape: &Shape) -> Result<String, SchemaError> {
        match shape {
            Shape::Builtin(name) | Shape::Named(name) => Ok(name.clone()),
            Shape::Struct { fields, .. } => {
                let name = plain_name(shape);
                // An empty name marks the base, which comes first.
                let (base, fields) = match fields.split_first() {
                    Some(((mark, base), rest)) if mark.is_empty() => (self.describe(base)?, rest),
                    _ => (String::new(), fields.as_slice()),
                };
                let fields = fields
                    .iter()
                    .map(|(name, ty)| {
                        Ok(FieldDef {
                            name: name.clone(),
                            ty: self.describe(ty)?,
                        })
                    })
                    .collect::<Result<_, _>>()?;
                define("struct", &mut self.structs, name.clone(), (base, fields))?;
                Ok(name)
            }
            Shape::Variant { cases, .. } => {
                let name = plain_name(shape);
                let types = cases
                    .iter()
                    .map(|(_, case)| self.inner(case))
                    .collect::<Result<Vec<_>, _>>()?;
                let cases = cases
                    .iter()
                    .zip(&types)
                    .map(|((case, _), ty)| {
                        // JSON names an alternative by its type, which must be one of its own.
                        if types.iter().filter(|other| *other == ty).count() == 1 {
                            return Ok(ty.clone());
                        }
                        define("alias", &mut self.types, case.clone(), ty.clone())?;
                        Ok(case.clone())
                    })
                    .collect::<Result<_, _>>()?;
                define("variant", &mut self.variants, name.clone(), cases)?;
                Ok(name)
            }
            Shape::Alias { name, ty } => {
                let ty = self.describe(ty)?;
                define("alias", &mut self.types, name.clone(), ty)?;
                Ok(name.clone())
            }
            Shape::List(item) if is_byte(item) => Ok("bytes".into()),
            Shape::List(item) => Ok(self.inner(item)? + "[]"),
            Shape::Optional(item) => Ok(self.inner(item)? + "?"),
            Shape::Array(item, size) => Ok(std::format!("{}[{size}]", self.inner(item)?)),
            Shape::Extension(item) => Ok(self.describe(item)? + "$"),
        }
    }

    /// Like `describe`, for a place that takes no container suffix.
    ///
    /// A container gets an alias such as `B_vector_int32_E`, which takes the suffix.
    fn inner(&mut self, shape: &Shape) -> Result<String, SchemaError> {
        let reference = self.describe(shape)?;
        match shape {
            Shape::List(item) if is_byte(item) => Ok(reference),
            Shape::List(_) | Shape::Optional(_) | Shape::Array(..) | Shape::Extension(_) => {
                let name = plain_name(shape);
                define("alias", &mut self.types, name.clone(), reference)?;
                Ok(name)
            }
            _ => Ok(reference),
        }
    }

    /// The ABI, with every list ascending by name, and errors by code.
    fn finish(self) -> AbiDef {
        AbiDef {
            version: VERSION.into(),
            types: self
                .types
                .into_iter()
                .map(|(new_type_name, ty)| TypeDef { new_type_name, ty })
                .collect(),
            structs: self
                .structs
                .into_iter()
                .map(|(name, (base, fields))| StructDef { name, base, fields })
                .collect(),
            actions: self.actions.into_values().collect(),
            tables: self.tables.into_values().collect(),
            ricardian_clauses: self
                .clauses
                .into_iter()
                .map(|(id, body)| RicardianClause { id, body })
                .collect(),
            error_messages: self
                .errors
                .into_iter()
                .filter(|(code, _)| self.raised.contains(code))
                .map(|(error_code, error_msg)| ErrorMessage {
                    error_code,
                    error_msg,
                })
                .collect(),
            abi_extensions: Vec::new(),
            variants: self
                .variants
                .into_iter()
                .map(|(name, types)| VariantDef { name, types })
                .collect(),
            action_results: self.results.into_values().collect(),
        }
    }
}

/// A list of these is `bytes`.
fn is_byte(shape: &Shape) -> bool {
    matches!(shape, Shape::Builtin(name) if name == "uint8" || name == "int8")
}

/// The name of a type without suffixes: its own, or for containers CDT's, `B_vector_int32_E`.
fn plain_name(shape: &Shape) -> String {
    match shape {
        Shape::Builtin(name) | Shape::Named(name) | Shape::Alias { name, .. } => name.clone(),
        Shape::Struct { name, args, .. } | Shape::Variant { name, args, .. } => {
            args.iter().fold(name.clone(), |name, argument| {
                name + "_" + &plain_name(argument)
            })
        }
        Shape::List(item) if is_byte(item) => "bytes".into(),
        Shape::List(item) => std::format!("B_vector_{}_E", plain_name(item)),
        Shape::Optional(item) => std::format!("B_optional_{}_E", plain_name(item)),
        Shape::Array(item, size) => std::format!("B_array_{}_{size}_E", plain_name(item)),
        Shape::Extension(item) => plain_name(item),
    }
}
