//! The way from a value to one in it, kept on the stack while values are read.
//!
//! Each step of a walk puts one link of the chain into its own frame and hands on a reference. That
//! costs a few moves for a value that is all right; text is made of the chain only for an error.

use crate::types::{Schema, Type};
use alloc::string::String;
use core::fmt::Write;

/// A step from a value to one in it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Part<'a> {
    /// Nothing: the value itself.
    Root,
    /// A field of a struct.
    Field(&'a str),
    /// An item of a list.
    Item(usize),
    /// A value of a variant: the index of its case and its type.
    Case(usize, &'a str),
}

/// A step, and those before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Path<'a> {
    before: Option<&'a Path<'a>>,
    part: Part<'a>,
}

impl<'a> Path<'a> {
    /// The way to the value itself.
    pub(crate) const ROOT: Path<'static> = Path {
        before: None,
        part: Part::Root,
    };

    /// One step further.
    #[inline]
    pub(crate) fn then(&'a self, part: Part<'a>) -> Path<'a> {
        Path {
            before: Some(self),
            part,
        }
    }

    /// As people write it: `orders[2].price`. In JSON a value of a variant is the second of a pair,
    /// `[1]`; in bytes there is no such step.
    pub(crate) fn spell(&self, in_json: bool) -> String {
        let mut out = String::new();
        self.write(&mut out, &mut |part, out| {
            // Writing to a string cannot fail.
            let _ = match part {
                Part::Root => Ok(()),
                Part::Field(name) if out.is_empty() => out.write_str(name),
                Part::Field(name) => write!(out, ".{name}"),
                Part::Item(index) => write!(out, "[{index}]"),
                Part::Case(..) if in_json => out.write_str("[1]"),
                Part::Case(..) => Ok(()),
            };
        });
        out
    }

    /// As a node writes it (`get_path_string`): `order.lines[2].<variant(1)=uint8>`.
    pub(crate) fn spell_as_node(&self, schema: Schema<'_>, root: Type) -> String {
        let mut out = match root {
            Type::Struct(_) | Type::Variant(_) => schema.spell(root),
            Type::BuiltinList(_) | Type::List(_) => "ARRAY".into(),
            _ => String::new(),
        };
        self.write(&mut out, &mut |part, out| {
            // Writing to a string cannot fail.
            let _ = match part {
                Part::Root => Ok(()),
                Part::Field(name) => write!(out, ".{name}"),
                Part::Item(index) => write!(out, "[{index}]"),
                Part::Case(index, ty) => write!(out, ".<variant({index})={ty}>"),
            };
        });
        out
    }

    fn write(&self, out: &mut String, each: &mut dyn FnMut(Part<'_>, &mut String)) {
        if let Some(before) = self.before {
            before.write(out, each);
        }
        each(self.part, out);
    }
}
