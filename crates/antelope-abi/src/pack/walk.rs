//! The walk along the types.

use super::builtin::{put_varint, write};
use super::{Failure, kind};
use crate::AbiException;
use crate::builtin::Builtin;
use crate::limits::{FIRST_DEPTH, MAX_DEPTH, MAX_ITEMS, MAX_PACKED, MAX_PACKED_BY_NODE};
use crate::path::{Part, Path};
use crate::style::Style;
use crate::types::{Schema, Type};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use serde_json::Value;

/// Room for the bytes of most values.
const ROOM: usize = 128;

/// Writes values as bytes.
pub(crate) struct Packer<'a> {
    pub(super) schema: Schema<'a>,
    /// The type of the whole value, for a node's messages.
    root: Type,
    pub(super) style: Style,
    /// The depth at which the whole value begins.
    first_depth: u32,
    pub(super) out: Vec<u8>,
}

/// Nothing, or what is wrong.
pub(super) type Done<T = ()> = Result<T, Failure>;

/// What values inherit from those around them.
#[derive(Clone, Copy)]
pub(super) struct Surroundings<'a> {
    /// How deep they are.
    pub(super) depth: u32,
    /// Whether nothing can follow, so that binary extensions may be left out: true for the value as a
    /// whole, and inside it only along last fields. A node calls it `allow_extensions`.
    pub(super) is_last: bool,
    /// The way to them.
    pub(super) at: &'a Path<'a>,
}

impl<'a> Surroundings<'a> {
    /// A step further.
    pub(super) fn then(self, path: &'a Path<'a>, is_last: bool) -> Surroundings<'a> {
        Surroundings {
            depth: self.depth + 1,
            is_last: self.is_last && is_last,
            at: path,
        }
    }
}

impl<'a> Packer<'a> {
    pub(crate) fn new(schema: Schema<'a>, root: Type, style: Style) -> Self {
        Self {
            schema,
            root,
            style,
            first_depth: FIRST_DEPTH,
            out: Vec::with_capacity(ROOM),
        }
    }

    /// The same for a value that lies so many steps deeper, in a transaction.
    pub(crate) fn below(mut self, steps: u32) -> Self {
        self.first_depth += steps;
        self
    }

    /// Writes the value.
    pub(crate) fn run(mut self, json: &Value) -> Done<Vec<u8>> {
        let place = Surroundings {
            depth: self.first_depth,
            is_last: true,
            at: &Path::ROOT,
        };
        self.value(self.root, json, place)?;
        Ok(self.out)
    }

    /// Writes a value of any type behind what is there.
    pub(super) fn value(&mut self, ty: Type, json: &Value, place: Surroundings<'_>) -> Done {
        self.enter(place)?;
        match ty {
            Type::Builtin(builtin) => self.builtin(builtin, json, place.at),
            Type::BuiltinList(builtin) => {
                let items = self.array(ty, json, place)?;
                if items.len() > MAX_ITEMS {
                    let problem = format!("{} items, expected at most {MAX_ITEMS}", items.len());
                    return Err(self.failure(place.at, AbiException::Pack, problem));
                }
                self.count(items.len());
                for (index, item) in items.iter().enumerate() {
                    self.builtin(builtin, item, &place.at.then(Part::Item(index)))?;
                }
                Ok(())
            }
            Type::BuiltinOptional(builtin) => {
                self.out.push((!json.is_null()).into());
                match json {
                    Value::Null => Ok(()),
                    _ => self.builtin(builtin, json, place.at),
                }
            }
            Type::List(inner) => {
                let items = self.array(ty, json, place)?;
                self.count(items.len());
                self.items(inner, items, place)
            }
            Type::Fixed(inner, count) => {
                let items = self.array(ty, json, place)?;
                if items.len() != count as usize {
                    // A node's words, in which the numbers are the wrong way round.
                    let node = |_: String| {
                        format!(
                            "Incorrect number of values provided ({count}) for fixed-size ({}) \
                             array type",
                            items.len()
                        )
                    };
                    let careful = format!("{} items, expected {count}", items.len());
                    return Err(self.failed(AbiException::Pack, place.at, careful, node));
                }
                self.items(inner, items, place)
            }
            Type::Optional(inner) => {
                self.out.push((!json.is_null()).into());
                match json {
                    Value::Null => self.check_size(place.at),
                    _ => {
                        let inside = place.then(place.at, true);
                        self.value(self.schema.get(inner), json, inside)
                    }
                }
            }
            Type::Variant(index) => self.variant(index, json, place),
            Type::Struct(index) => self.structure(index, json, place),
        }
    }

    /// The items of a list, or what is there in its place.
    fn array<'j>(
        &self,
        ty: Type,
        json: &'j Value,
        place: Surroundings<'_>,
    ) -> Done<&'j Vec<Value>> {
        json.as_array().ok_or_else(|| {
            let inner = match ty {
                Type::BuiltinList(builtin) => builtin.name().to_string(),
                Type::List(inner) | Type::Fixed(inner, _) => {
                    self.schema.spell(self.schema.get(inner))
                }
                _ => String::new(),
            };
            let problem = format!("{}, expected an array of {inner}", kind(json));
            self.failure(place.at, AbiException::Pack, problem)
        })
    }

    /// The items of a list of a type that is not built in. None of them is the last of its value.
    fn items(&mut self, inner: u32, items: &[Value], place: Surroundings<'_>) -> Done {
        let inner = self.schema.get(inner);
        for (index, item) in items.iter().enumerate() {
            let path = place.at.then(Part::Item(index));
            self.value(inner, item, place.then(&path, false))?;
        }
        Ok(())
    }

    /// A variant, given as `[type, value]`. The first type of that spelling counts.
    fn variant(&mut self, index: u32, json: &Value, place: Surroundings<'_>) -> Done {
        let variant = self.schema.variant(index);
        let Some([chosen, inner]) = json.as_array().map(Vec::as_slice) else {
            let careful = format!("{}, expected [type, value]", kind(json));
            return Err(self.failed(AbiException::Pack, place.at, careful, |path| {
                format!(
                    "Expected input to be an array of two items while processing variant '{path}'"
                )
            }));
        };
        let names = || variant.names[..variant.names.len().min(16)].join(", ");
        let Some(text) = chosen.as_str() else {
            let careful = format!("{}, expected one of {}", kind(chosen), names());
            return Err(self.failed(AbiException::Pack, place.at, careful, |path| {
                format!(
                    "Encountered non-string as first item of input array while processing \
                     variant '{path}'"
                )
            }));
        };
        let tag = variant.names.iter().position(|name| name == text);
        let found = tag.and_then(|tag| Some((tag, variant.case(tag)?.1)));
        let Some((tag, case)) = found else {
            let careful = format!("{chosen}, expected one of {}", names());
            return Err(self.failed(AbiException::Pack, place.at, careful, |path| {
                format!(
                    "Specified type '{text}' in input array is not valid within the variant \
                     '{path}'"
                )
            }));
        };
        self.count(tag);
        let path = place.at.then(Part::Case(tag, text));
        self.value(case, inner, place.then(&path, true))
    }

    /// A value of a built-in type, after which the size is checked: these make all the bytes but
    /// counts, tags and marks, which cannot be many without them.
    fn builtin(&mut self, builtin: Builtin, json: &Value, at: &Path<'_>) -> Done {
        match write(builtin, json, self.style, &mut self.out) {
            Ok(()) => self.check_size(at),
            Err(problem) => Err(self.failure(at, AbiException::Pack, problem)),
        }
    }

    fn count(&mut self, count: usize) {
        put_varint(count as u32, &mut self.out);
    }

    pub(super) fn enter(&self, place: Surroundings<'_>) -> Done {
        if place.depth < MAX_DEPTH {
            return Ok(());
        }
        let careful = format!("nested deeper than {MAX_DEPTH}");
        let node = |_| format!("recursive definition, max_recursion_depth {MAX_DEPTH} ");
        Err(self.failed(AbiException::RecursionDepth, place.at, careful, node))
    }

    fn check_size(&self, at: &Path<'_>) -> Done {
        let most = match self.style {
            Style::Careful => MAX_PACKED,
            Style::Node => MAX_PACKED_BY_NODE,
        };
        match self.out.len() <= most {
            true => Ok(()),
            false => {
                let problem = format!("more than {most} bytes");
                Err(self.failure(at, AbiException::OutOfRange, problem))
            }
        }
    }

    /// A failure in our words with their place, or in a node's.
    pub(super) fn failed(
        &self,
        exception: AbiException,
        at: &Path<'_>,
        careful: String,
        node: impl FnOnce(String) -> String,
    ) -> Failure {
        match self.style {
            Style::Careful => self.failure(at, exception, careful),
            Style::Node => Failure {
                exception,
                problem: node(at.spell_as_node(self.schema, self.root)),
            },
        }
    }

    /// A failure for which a node has no words of its own.
    pub(super) fn failure(
        &self,
        at: &Path<'_>,
        exception: AbiException,
        problem: String,
    ) -> Failure {
        let path = at.spell(true);
        let problem = match path.is_empty() {
            true => problem,
            false => format!("`{path}`: {problem}"),
        };
        Failure { exception, problem }
    }
}
