//! The walk along the types.
//!
//! Each kind of type is one arm of [`Unpacker::value`]. An arm checks what a node checks, in its order,
//! and fails in its words or in ours. Three bounds hold everywhere: nesting ([`Unpacker::enter`]),
//! memory ([`Unpacker::spend`]) and the number of list items, which is compared with the bytes that
//! are left before any item is read ([`Unpacker::claim`]).

use super::builtin::{Wrong, show};
use super::failure::Failure;
use super::output::{Output, Values};
use crate::AbiException;
use crate::builtin::Builtin;
use crate::cursor::Cursor;
use crate::limits::{FIRST_DEPTH, MAX_DEPTH, MAX_ITEMS, MAX_SHOWN, VALUE_WEIGHT};
use crate::path::{Part, Path};
use crate::style::Style;
use crate::types::{Schema, Structure, Type};
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;

/// A list may have more items than there are bytes only where items have no size; this many more.
const SPARE_ITEMS: usize = 1024;

/// For how many items a list has room before they are read.
const RESERVED: usize = 1024;

/// Reads values from bytes.
pub(crate) struct Unpacker<'a, O> {
    schema: Schema<'a>,
    /// The type of the whole value, for a node's messages.
    root: Type,
    style: Style,
    input: Cursor<'a>,
    /// What the JSON may still weigh, in bytes. It begins with [`MAX_SHOWN`] and never grows.
    budget: usize,
    /// The depth at which the whole value begins.
    first_depth: u32,
    output: O,
}

/// A value, or where and why there is none.
type Unpacked<T> = Result<T, Box<Failure>>;

impl<'a, O: Output> Unpacker<'a, O> {
    pub(crate) fn new(
        schema: Schema<'a>,
        root: Type,
        bytes: &'a [u8],
        style: Style,
        output: O,
    ) -> Self {
        Self {
            schema,
            root,
            style,
            input: Cursor::new(bytes),
            budget: MAX_SHOWN,
            first_depth: FIRST_DEPTH,
            output,
        }
    }

    /// The same for a value that lies so many steps deeper, in a transaction or a block.
    pub(crate) fn below(mut self, steps: u32) -> Self {
        self.first_depth += steps;
        self
    }

    /// Reads the value. A careful reader wants all bytes to be used.
    pub(crate) fn run(mut self) -> Unpacked<(O::Value, O)> {
        let value = self.value(self.root, self.first_depth, &Path::ROOT)?;
        match (self.style, self.input.left()) {
            (Style::Node, _) | (_, 0) => Ok((value, self.output)),
            (_, left) => {
                let problem = format!("{left} bytes too many");
                Err(self.failure(&Path::ROOT, AbiException::Unpack, problem))
            }
        }
    }

    /// Reads a value of any type. `depth` is a node's: every step into a value adds one, and structs
    /// add a second for themselves.
    fn value(&mut self, ty: Type, depth: u32, at: &Path<'_>) -> Unpacked<O::Value> {
        self.enter(depth, at)?;
        // Also of a value without bytes there can be many.
        self.spend(0, at)?;
        match ty {
            Type::Builtin(builtin) => self.builtin(builtin, "built-in", at, at),
            Type::BuiltinList(builtin) => self.builtin_list(ty, builtin, at),
            Type::BuiltinOptional(builtin) => {
                let class = "optional of built-in";
                match self.input.byte() {
                    Some(0) => Ok(self.output.null()),
                    Some(1) => self.builtin(builtin, class, at, at),
                    found => {
                        if found.is_some() {
                            self.input.rewind(self.input.position() - 1);
                        }
                        let problem = || match found {
                            Some(mark) => {
                                format!("`{}?`: mark {mark}, expected 0 or 1", builtin.name())
                            }
                            None => format!("`{}?`: no bytes left", builtin.name()),
                        };
                        Err(self.broken(builtin, class, at, problem))
                    }
                }
            }
            Type::List(inner) => {
                let start = self.input.position();
                let Some(count) = self.input.unsigned() else {
                    self.input.rewind(start);
                    let node = |path| format!("Unable to unpack size of array '{path}'");
                    return Err(self.ended(ty, at, node));
                };
                self.claim(ty, count as usize, at)?;
                self.items(inner, count, depth, at)
            }
            Type::Fixed(inner, count) => {
                self.claim(ty, count as usize, at)?;
                self.items(inner, count, depth, at)
            }
            Type::Optional(inner) => match self.input.byte() {
                Some(0) => Ok(self.output.null()),
                Some(_) => self.value(self.schema.get(inner), depth + 1, at),
                None => {
                    let node =
                        |path| format!("Unable to unpack presence flag of optional '{path}'");
                    Err(self.ended(ty, at, node))
                }
            },
            Type::Variant(index) => self.variant(ty, index, depth, at),
            Type::Struct(index) => {
                if !O::REPLACES && self.schema.repeats_names(index) {
                    return self.through_values(ty, depth, at);
                }
                let mut object = self.output.object();
                self.structure(index, depth + 1, at, &mut object)?;
                if self.style == Style::Node && O::is_empty(&object) {
                    let node = |path| format!("Unable to unpack '{path}' from stream");
                    return Err(self.failed(AbiException::Unpack, at, String::new, node));
                }
                Ok(self.output.end_object(object))
            }
        }
    }

    /// A struct that has two fields of one name, of which the second replaces the first.
    #[cold]
    fn through_values(&mut self, ty: Type, depth: u32, at: &Path<'_>) -> Unpacked<O::Value> {
        let mut inner = Unpacker {
            schema: self.schema,
            root: self.root,
            style: self.style,
            input: self.input,
            // The value was paid for.
            budget: self.budget + VALUE_WEIGHT,
            first_depth: self.first_depth,
            output: Values::default(),
        };
        let value = inner.value(ty, depth, at)?;
        (self.input, self.budget) = (inner.input, inner.budget);
        Ok(self.output.value(value))
    }

    /// `[]` of a built-in type. A node unpacks it as a `std::vector` of the C++ type: too many items
    /// and a fault in one of them are both faults of the whole list.
    fn builtin_list(&mut self, ty: Type, builtin: Builtin, at: &Path<'_>) -> Unpacked<O::Value> {
        let class = "array of built-in";
        let start = self.input.position();
        let count = self.input.unsigned().map(|count| count as usize);
        let Some(count) = count.filter(|count| *count <= MAX_ITEMS || self.style != Style::Node)
        else {
            self.input.rewind(start);
            let problem = || format!("`{}[]`: no bytes left", builtin.name());
            return Err(self.broken(builtin, class, at, problem));
        };
        self.claim(ty, count, at)?;
        let mut list = self.output.list(count.min(self.input.left()).min(RESERVED));
        for index in 0..count {
            self.output.next(&mut list);
            let item = self.builtin(builtin, class, at, &at.then(Part::Item(index)))?;
            self.output.push(&mut list, item);
        }
        Ok(self.output.end_list(list))
    }

    /// The items of a list of any other type.
    fn items(&mut self, inner: u32, count: u32, depth: u32, at: &Path<'_>) -> Unpacked<O::Value> {
        let inner = self.schema.get(inner);
        let room = (count as usize).min(self.input.left()).min(RESERVED);
        let mut list = self.output.list(room);
        for index in 0..count as usize {
            self.output.next(&mut list);
            let item = self.value(inner, depth + 1, &at.then(Part::Item(index)))?;
            self.output.push(&mut list, item);
        }
        Ok(self.output.end_list(list))
    }

    /// A variant: its tag, and the value of the type that the tag stands for. JSON names the type as
    /// the variant spells it, aliases included.
    fn variant(&mut self, ty: Type, index: u32, depth: u32, at: &Path<'_>) -> Unpacked<O::Value> {
        let variant = self.schema.variant(index);
        let start = self.input.position();
        let Some(tag) = self.input.unsigned() else {
            self.input.rewind(start);
            let node = |path| format!("Unable to unpack tag of variant '{path}'");
            return Err(self.ended(ty, at, node));
        };
        let Some((name, case)) = variant.case(tag as usize) else {
            self.input.rewind(start);
            let problem = || format!("`{}` has no variant {tag}", variant.name);
            let node = |path| format!("Unpacked invalid tag ({tag}) for variant '{path}'");
            return Err(self.failed(AbiException::Unpack, at, problem, node));
        };
        self.spend(name.len(), at)?;
        let mut pair = self.output.list(2);
        self.output.next(&mut pair);
        let chosen = self.output.text(name);
        self.spend_more(O::weight(&chosen) - name.len(), at)?;
        self.output.push(&mut pair, chosen);
        self.output.next(&mut pair);
        let case = self.value(case, depth + 1, &at.then(Part::Case(tag as usize, name)))?;
        self.output.push(&mut pair, case);
        Ok(self.output.end_list(pair))
    }

    /// The fields of a struct, those of its bases first.
    ///
    /// Where the bytes have ended, fields with `$` are left out. A node looks for the end before each
    /// field, so that even a field that would need no bytes is missing then; careful reading lets it
    /// pass. After a `$` field a node blames the ABI for a missing field without one.
    fn structure(
        &mut self,
        index: u32,
        depth: u32,
        at: &Path<'_>,
        object: &mut O::Object,
    ) -> Unpacked<()> {
        self.enter(depth, at)?;
        let structure = self.schema.structure(index);
        if let Some(base) = structure.base {
            self.structure(base, depth + 1, at, object)?;
        }
        let mut after_extension = false;
        for field in structure.fields() {
            after_extension |= field.is_extension;
            if self.input.left() == 0 {
                if field.is_extension {
                    continue;
                }
                if self.style == Style::Node {
                    return Err(self.field_missing(structure, field.name, after_extension, at));
                }
            }
            self.spend(field.name.len(), at)?;
            let extra = self.output.key(object, field.name);
            self.spend_more(extra, at)?;
            let value = self.value(field.ty, depth + 1, &at.then(Part::Field(field.name)))?;
            self.output.put(object, field.name, value);
        }
        Ok(())
    }

    /// Bytes have ended before a field that must be there.
    fn field_missing(
        &self,
        structure: Structure<'_>,
        field: &str,
        after_extension: bool,
        at: &Path<'_>,
    ) -> Box<Failure> {
        let problem = || format!("no bytes left for `{field}` of {}", structure.name);
        match after_extension {
            true => self.failed(AbiException::Abi, at, problem, |path| {
                format!(
                    "Encountered field '{field}' without binary extension designation while \
                     processing struct '{path}'"
                )
            }),
            false => self.failed(AbiException::Unpack, at, problem, |path| {
                format!(
                    "Stream unexpectedly ended; unable to unpack field '{field}' of struct \
                     '{path}'"
                )
            }),
        }
    }

    /// A value of a built-in type. A node tells of a list as a whole, at `whole`.
    fn builtin(
        &mut self,
        builtin: Builtin,
        class: &str,
        whole: &Path<'_>,
        at: &Path<'_>,
    ) -> Unpacked<O::Value> {
        let start = self.input.position();
        let blamed = match self.style {
            Style::Node => whole,
            Style::Careful => at,
        };
        let value = match show(builtin, &mut self.input, self.style, &mut self.output) {
            Ok(value) => value,
            Err(Wrong::Hidden(_)) if self.output.is_watched() => self.output.null(),
            Err(Wrong::Hidden(problem) | Wrong::Bytes(problem)) => {
                self.input.rewind(start);
                return Err(self.broken(builtin, class, blamed, || problem));
            }
        };
        self.spend(O::weight(&value), at)?;
        let end = self.input.position();
        self.output.seen(at, builtin, start..end, &value);
        Ok(value)
    }

    /// Refuses a step that goes too deep.
    fn enter(&self, depth: u32, at: &Path<'_>) -> Unpacked<()> {
        if depth < MAX_DEPTH {
            return Ok(());
        }
        let careful = || format!("nested deeper than {MAX_DEPTH}");
        let node = |_| format!("recursive definition, max_recursion_depth {MAX_DEPTH} ");
        Err(self.failed(AbiException::RecursionDepth, at, careful, node))
    }

    /// Pays for a value with so much text.
    fn spend(&mut self, text: usize, at: &Path<'_>) -> Unpacked<()> {
        self.spend_more(text + VALUE_WEIGHT, at)
    }

    /// Pays for text alone, such as the escapes of a name.
    fn spend_more(&mut self, weight: usize, at: &Path<'_>) -> Unpacked<()> {
        match self.budget.checked_sub(weight) {
            Some(left) => self.budget = left,
            None => {
                let problem = format!("more than {MAX_SHOWN} bytes of JSON");
                return Err(self.failure(at, AbiException::Unpack, problem));
            }
        }
        Ok(())
    }

    /// Refuses a list that is longer than its bytes before anything is read of it.
    fn claim(&mut self, ty: Type, count: usize, at: &Path<'_>) -> Unpacked<()> {
        if self.style == Style::Node || count <= self.input.left() + SPARE_ITEMS {
            return Ok(());
        }
        let problem = format!("`{}` of {count} items", self.schema.spell(ty));
        Err(self.failure(at, AbiException::Unpack, problem))
    }

    /// Bytes have ended where a count, a mark or a tag should be.
    fn ended(&self, ty: Type, at: &Path<'_>, node: impl FnOnce(String) -> String) -> Box<Failure> {
        let problem = || format!("`{}`: no bytes left", self.schema.spell(ty));
        self.failed(AbiException::Unpack, at, problem, node)
    }

    /// Bytes that are no value of a built-in type; `class` says how it is used, in a node's words.
    fn broken(
        &self,
        builtin: Builtin,
        class: &str,
        at: &Path<'_>,
        careful: impl FnOnce() -> String,
    ) -> Box<Failure> {
        self.failed(AbiException::Unpack, at, careful, |path| {
            let name = builtin.name();
            format!("Unable to unpack {class} type '{name}' while processing '{path}'")
        })
    }

    /// A failure here, in our words or in a node's.
    fn failed(
        &self,
        exception: AbiException,
        at: &Path<'_>,
        careful: impl FnOnce() -> String,
        node: impl FnOnce(String) -> String,
    ) -> Box<Failure> {
        let problem = match self.style {
            Style::Careful => careful(),
            Style::Node => node(at.spell_as_node(self.schema, self.root)),
        };
        self.failure(at, exception, problem)
    }

    /// A failure whose words are ready.
    fn failure(&self, at: &Path<'_>, exception: AbiException, problem: String) -> Box<Failure> {
        let path = match self.style {
            Style::Careful => at.spell(false),
            // A node's words say where.
            Style::Node => String::new(),
        };
        Box::new(Failure::new(
            path,
            self.input.position(),
            exception,
            problem,
        ))
    }
}
