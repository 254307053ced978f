//! What unpacked values become: a tree of [`Value`]s, or JSON text at once.
//!
//! The walk is compiled twice, once for each output, and both take the same steps: what one refuses the
//! other refuses. For text there is no tree, hence no allocation for each name and value; a row costs
//! a quarter of what it costs as a value that is then written out.

use crate::builtin::Builtin;
use crate::path::Path;
use crate::text::{hex, number};
use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::ops::Range;
use serde_json::{Map, Value};

/// Takes values in the order of their bytes. Lists and objects are begun, filled and ended, so that
/// one that writes text keeps nothing but the text.
pub(crate) trait Output {
    /// A finished value.
    type Value;
    /// A list that is being filled.
    type List;
    /// An object that is being filled.
    type Object;

    /// Whether a struct may have two fields of one name: the second replaces the first.
    const REPLACES: bool;

    /// `null`: nothing in an optional, or a value that has no JSON while somebody watches.
    fn null(&mut self) -> Self::Value;
    /// `true` or `false`.
    fn boolean(&mut self, value: bool) -> Self::Value;
    /// A number; one that nodes show as text goes to [`Output::text`].
    fn unsigned(&mut self, value: u64) -> Self::Value;
    /// A number that may be negative.
    fn signed(&mut self, value: i64) -> Self::Value;
    /// Text of any characters, which are escaped where JSON wants that.
    fn text(&mut self, text: &str) -> Self::Value;
    /// Hexadecimal digits as text, behind a prefix.
    fn hex(&mut self, prefix: &str, bytes: &[u8]) -> Self::Value;
    /// A value that was put together elsewhere: an extended asset, or a struct with a name twice.
    fn value(&mut self, value: Value) -> Self::Value;

    /// Begins a list; there will hardly be more than `room` items.
    fn list(&mut self, room: usize) -> Self::List;
    /// An item follows.
    fn next(&mut self, list: &mut Self::List);
    /// The item that was announced.
    fn push(&mut self, list: &mut Self::List, value: Self::Value);
    /// Ends the list.
    fn end_list(&mut self, list: Self::List) -> Self::Value;

    /// Begins an object.
    fn object(&mut self) -> Self::Object;
    /// The value of a field follows. What the name takes beyond its own length.
    fn key(&mut self, object: &mut Self::Object, name: &str) -> usize;
    /// The value of the field that was announced.
    fn put(&mut self, object: &mut Self::Object, name: &str, value: Self::Value);
    /// Whether no field was announced; a node shows no such object.
    fn is_empty(object: &Self::Object) -> bool;
    /// Ends the object.
    fn end_object(&mut self, object: Self::Object) -> Self::Value;

    /// What the text of a value of a built-in type takes.
    fn weight(value: &Self::Value) -> usize;

    /// Whether someone watches: a value that has no JSON is null then, and the walk goes on.
    fn is_watched(&self) -> bool {
        false
    }

    /// Told of each value of a built-in type: the way to it, its type, where its bytes are, and the
    /// value itself, null where it has no JSON.
    fn seen(&mut self, _: &Path<'_>, _: Builtin, _: Range<usize>, _: &Self::Value) {}
}

/// What is told of each value of a built-in type, as [`Output::seen`].
pub(crate) type Visit<'v> = dyn FnMut(&Path<'_>, Builtin, Range<usize>, &Value) + 'v;

/// Values in memory, which someone may watch.
#[derive(Default)]
pub(crate) struct Values<'v> {
    pub(crate) visit: Option<&'v mut Visit<'v>>,
}

impl Output for Values<'_> {
    type Value = Value;
    type List = Vec<Value>;
    type Object = Map<String, Value>;

    const REPLACES: bool = true;

    fn null(&mut self) -> Value {
        Value::Null
    }

    fn boolean(&mut self, value: bool) -> Value {
        value.into()
    }

    fn unsigned(&mut self, value: u64) -> Value {
        value.into()
    }

    fn signed(&mut self, value: i64) -> Value {
        value.into()
    }

    fn text(&mut self, text: &str) -> Value {
        text.into()
    }

    fn hex(&mut self, prefix: &str, bytes: &[u8]) -> Value {
        let mut out = Vec::with_capacity(prefix.len() + bytes.len() * 2);
        out.extend_from_slice(prefix.as_bytes());
        hex::write(bytes, &mut out);
        finished(out).into()
    }

    fn value(&mut self, value: Value) -> Value {
        value
    }

    fn list(&mut self, room: usize) -> Vec<Value> {
        Vec::with_capacity(room)
    }

    fn next(&mut self, _: &mut Vec<Value>) {}

    fn push(&mut self, list: &mut Vec<Value>, value: Value) {
        list.push(value);
    }

    fn end_list(&mut self, list: Vec<Value>) -> Value {
        list.into()
    }

    fn object(&mut self) -> Map<String, Value> {
        Map::new()
    }

    fn key(&mut self, _: &mut Map<String, Value>, _: &str) -> usize {
        0
    }

    fn put(&mut self, object: &mut Map<String, Value>, name: &str, value: Value) {
        object.insert(name.to_owned(), value);
    }

    fn is_empty(object: &Map<String, Value>) -> bool {
        object.is_empty()
    }

    fn end_object(&mut self, object: Map<String, Value>) -> Value {
        object.into()
    }

    fn weight(value: &Value) -> usize {
        value.as_str().map_or(0, str::len)
    }

    fn is_watched(&self) -> bool {
        self.visit.is_some()
    }

    fn seen(&mut self, at: &Path<'_>, builtin: Builtin, bytes: Range<usize>, value: &Value) {
        if let Some(visit) = &mut self.visit {
            visit(at, builtin, bytes, value);
        }
    }
}

/// JSON text without spaces, fields in the order of the ABI.
#[derive(Default)]
pub(crate) struct Text {
    /// UTF-8, as only whole strings are written.
    out: Vec<u8>,
}

/// Whether something was written between the brackets.
#[derive(Default)]
pub(crate) struct IsFilled(bool);

impl Text {
    /// With room for the text of most values of so many bytes.
    pub(crate) fn for_bytes(count: usize) -> Self {
        /// Bytes of rows and actions become about four times as much text.
        const GROWTH: usize = 4;
        /// Nothing more is reserved before it is used.
        const MOST: usize = 1 << 16;
        let room = (count * GROWTH + 64).min(MOST);
        Self {
            out: Vec::with_capacity(room),
        }
    }

    pub(crate) fn finish(self) -> String {
        finished(self.out)
    }

    fn comma(&mut self, filled: &mut IsFilled) {
        if filled.0 {
            self.out.push(b',');
        }
        filled.0 = true;
    }

    fn number(&mut self, magnitude: u64, is_negative: bool) -> usize {
        let mut buffer = [0; 20];
        let digits = number::digits(magnitude, is_negative, &mut buffer);
        self.out.extend_from_slice(digits.as_bytes());
        0
    }

    fn quoted(&mut self, plain: &[u8]) -> usize {
        self.out.push(b'"');
        self.out.extend_from_slice(plain);
        self.out.push(b'"');
        plain.len()
    }

    /// Text in quotes, escaped as `serde_json` does it. How long it is without the quotes.
    fn escaped(&mut self, text: &str) -> usize {
        // Looking at all bytes without leaving early lets the compiler take sixteen at a time.
        let special = |byte: u8| (byte < b' ') | (byte == b'"') | (byte == b'\\');
        let is_special = text.bytes().fold(false, |any, byte| any | special(byte));
        if !is_special {
            return self.quoted(text.as_bytes());
        }
        let start = self.out.len();
        self.out.push(b'"');
        for byte in text.bytes() {
            let short = match byte {
                b'"' | b'\\' => byte,
                0x08 => b'b',
                b'\t' => b't',
                b'\n' => b'n',
                0x0c => b'f',
                b'\r' => b'r',
                0..b' ' => {
                    self.out.extend_from_slice(b"\\u00");
                    hex::write(&[byte], &mut self.out);
                    continue;
                }
                _ => {
                    self.out.push(byte);
                    continue;
                }
            };
            self.out.extend_from_slice(&[b'\\', short]);
        }
        self.out.push(b'"');
        self.out.len() - start - 2
    }
}

impl Output for Text {
    /// How much text it has.
    type Value = usize;
    type List = IsFilled;
    type Object = IsFilled;

    const REPLACES: bool = false;

    fn null(&mut self) -> usize {
        self.out.extend_from_slice(b"null");
        0
    }

    fn boolean(&mut self, value: bool) -> usize {
        let text: &[u8] = if value { b"true" } else { b"false" };
        self.out.extend_from_slice(text);
        0
    }

    fn unsigned(&mut self, value: u64) -> usize {
        self.number(value, false)
    }

    fn signed(&mut self, value: i64) -> usize {
        self.number(value.unsigned_abs(), value < 0)
    }

    fn text(&mut self, text: &str) -> usize {
        self.escaped(text)
    }

    fn hex(&mut self, prefix: &str, bytes: &[u8]) -> usize {
        self.out.push(b'"');
        self.out.extend_from_slice(prefix.as_bytes());
        hex::write(bytes, &mut self.out);
        self.out.push(b'"');
        prefix.len() + bytes.len() * 2
    }

    fn value(&mut self, value: Value) -> usize {
        self.out.extend_from_slice(value.to_string().as_bytes());
        0
    }

    fn list(&mut self, _: usize) -> IsFilled {
        self.out.push(b'[');
        IsFilled::default()
    }

    fn next(&mut self, list: &mut IsFilled) {
        self.comma(list);
    }

    fn push(&mut self, _: &mut IsFilled, _: usize) {}

    fn end_list(&mut self, _: IsFilled) -> usize {
        self.out.push(b']');
        0
    }

    fn object(&mut self) -> IsFilled {
        self.out.push(b'{');
        IsFilled::default()
    }

    fn key(&mut self, object: &mut IsFilled, name: &str) -> usize {
        self.comma(object);
        let len = self.escaped(name);
        self.out.push(b':');
        len - name.len()
    }

    fn put(&mut self, _: &mut IsFilled, _: &str, _: usize) {}

    fn is_empty(object: &IsFilled) -> bool {
        !object.0
    }

    fn end_object(&mut self, _: IsFilled) -> usize {
        self.out.push(b'}');
        0
    }

    fn weight(value: &usize) -> usize {
        *value
    }
}

/// Text that was put together from text.
fn finished(out: Vec<u8>) -> String {
    String::from_utf8(out).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn text_is_escaped_as_serde_does_it() {
        let all: String = (0..0x300).filter_map(char::from_u32).collect();
        for text in ["", "plain", "🦌", "\"", "a\\b\u{0}", &all] {
            let mut out = Text::default();
            let len = out.text(text);
            let written = out.finish();
            assert_eq!(written, serde_json::to_string(text).unwrap());
            assert_eq!(written.len(), len + 2);
        }
    }

    #[test]
    fn numbers_have_all_their_digits() {
        for value in [0, 7, 10, 99, 100, i64::MAX, -1, -10, i64::MIN] {
            let mut out = Text::default();
            out.signed(value);
            assert_eq!(out.finish(), format!("{value}"));
        }
        let mut out = Text::default();
        out.unsigned(u64::MAX);
        assert_eq!(out.finish(), format!("{}", u64::MAX));
    }
}
