//! JSON as nodes read it: `legacy_parser` of `fc::json`.
//!
//! It is no strict reader. Clients depend on what it takes, and see its words where it refuses, so that
//! both are the same here (`libraries/libfc/src/io/json.cpp` of Spring, the same in Leap):
//!
//! | input | is read as |
//! |---|---|
//! | `{"a":1,,"b":2,}`, `[1 2]` | commas between and after members are of no account |
//! | `1e5`, `0x10`, `nul`, `truthy` | text: a number or a word that goes on with other letters is a string |
//! | `.5`, `1.` | a number |
//! | `"\u0041"` | `u0041`: only `\t`, `\n` and `\r` are escapes, another character stands for itself |
//! | control characters inside of a string | themselves |
//! | what follows the first value | nothing: it is not looked at |
//! | integers beyond 64 bits | an error |
//! | values more than 100 deep, themselves included | an error |
//!
//! | input | is refused with | and then |
//! |---|---|---|
//! | nothing, a zero byte, `[1` | `unexpected end of file` | `Attempting to parse array [1]` |
//! | `}`, `abc`, `/**/` | `Unexpected char '125' in ""`: the byte as a number, and the word there | |
//! | `{a:1}` | `Expected '"' but read 'a'` | `while parsing token ''`, `Error parsing object` |
//! | `{"a" 1}` | `Expected ':' after key "a"` | `Error parsing object` |
//! | `"abc` | `EOF before closing '"' in string 'abc'` | `while parsing token 'abc'` |
//! | `1.5.2` | `Can't parse a number with two decimal places` | |
//! | `-`, `.`, `-.` | `Can't parse token "-" as a JSON numeric constant` | |
//! | 2^64, -2^63 - 1 | `Couldn't parse uint64_t`, `Couldn't parse int64_t` | |
//!
//! A value that is refused has a list of messages, what went wrong first coming first, and one more for
//! each object or list around it. One of them, at the end of input inside of an object, tells of the
//! end of a place in the node's source as well; here it does not.
//!
//! Text that is not UTF-8 loses the bytes that are none, where a node keeps them.

use serde_json::{Map, Number, Value};

/// How deep a node goes: it counts each list and each object twice, up to 200.
const LEVELS: u32 = 100;

/// Messages beyond these are told to nobody, and may be long.
const MOST_MESSAGES: usize = 10;

/// Text of any origin as nodes put it into a message: control characters by their numbers, but for
/// tabs and ends of lines, and without bytes that are not UTF-8 (`clean_append`, `escape_string`).
pub(super) fn visible(text: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for chunk in text.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '\t' | '\n' | '\r' => out.push(character),
                control if control.is_control() => {
                    out += &format!("\\u{:04x}", u32::from(control));
                }
                other => out.push(other),
            }
        }
    }
    out
}

/// A float as nodes write it: 17 digits after the point.
pub(super) fn decimals(number: f64) -> String {
    format!("{number:.17}")
}

/// What was wrong, what went wrong first coming first.
pub(super) type Faults = Vec<String>;

/// Reads the first value of a text.
///
/// Where an object has a key twice, the last one counts. Integers are `u64`, or `i64` where they have
/// a minus sign; numbers with a point are `f64`.
///
/// # Errors
/// The messages of a node, at most eleven. An answer tells the first nine of them after its own.
pub(super) fn read(text: &[u8]) -> Result<Value, Faults> {
    let mut reader = Reader { text, at: 0 };
    reader.value(LEVELS).map_err(|fault| {
        let mut faults = fault.messages;
        // The level of the whole text has nothing to say.
        faults.push(String::new());
        faults
    })
}

/// The value as a node writes it into a message.
fn written(items: &[Value]) -> String {
    fn write(value: &Value, out: &mut String) {
        match value {
            Value::Array(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    write(item, out);
                }
                out.push(']');
            }
            Value::Object(fields) => {
                out.push('{');
                for (index, (key, value)) in fields.iter().enumerate() {
                    out.push_str(if index > 0 { ",\"" } else { "\"" });
                    out.push_str(&escaped(key));
                    out.push_str("\":");
                    write(value, out);
                }
                out.push('}');
            }
            Value::String(text) => {
                *out += "\"";
                *out += &escaped(text);
                *out += "\"";
            }
            Value::Number(number) => {
                let plain = i64::from(u32::MAX);
                let plain = -plain..=plain;
                match (number.as_i64(), number.as_f64()) {
                    (Some(integer), _) if plain.contains(&integer) => *out += &integer.to_string(),
                    (None, Some(float)) if number.is_f64() => {
                        *out += &format!("\"{}\"", decimals(float));
                    }
                    _ => *out += &format!("\"{number}\""),
                }
            }
            other => *out += &other.to_string(),
        }
    }
    let mut out = String::from("[");
    for (index, item) in items.iter().enumerate() {
        out.push_str(if index > 0 { "," } else { "" });
        write(item, &mut out);
    }
    out.push(']');
    out
}

/// Text inside of quotation marks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\t' => out += "\\t",
            '\n' => out += "\\n",
            '\r' => out += "\\r",
            '"' | '\\' => out.extend(['\\', character]),
            other => out.push(other),
        }
    }
    visible(out.as_bytes())
}

/// A value that cannot be read.
///
/// It passes every object and list that it is in, and most of them add a message.
struct Fault {
    /// What went wrong first comes first.
    messages: Faults,
    /// Whether it is that the text has ended, for which objects have words of their own.
    is_end: bool,
}

impl Fault {
    /// Something that is wrong with the text itself.
    fn new(message: impl Into<String>) -> Self {
        Self {
            messages: vec![message.into()],
            is_end: false,
        }
    }

    /// The text has ended.
    fn end() -> Self {
        Self {
            is_end: true,
            ..Self::new("unexpected end of file")
        }
    }

    /// Adds the message of a level that it passes.
    fn passing(mut self, message: impl FnOnce() -> String) -> Self {
        if self.messages.len() < MOST_MESSAGES {
            self.messages.push(message());
        }
        self
    }

    /// What becomes of it in an object.
    fn in_object(self) -> Self {
        if !self.is_end {
            return self.passing(|| "Error parsing object".to_owned());
        }
        let messages = self.messages.join("\n");
        Self::new(format!(
            "Unexpected EOF: 11 eof_exception: End Of File\n{messages}\n"
        ))
    }
}

/// Where the reader is.
///
/// It goes forward only, and looks one byte ahead.
struct Reader<'a> {
    /// The whole text.
    text: &'a [u8],
    /// The position of the next byte; that of the end where there is none.
    at: usize,
}

impl Reader<'_> {
    /// The next byte; none at the end.
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// Skips white space; whether there was any.
    fn skip(&mut self) -> Result<bool, Fault> {
        let from = self.at;
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
        match self.peek() {
            Some(0) => Err(Fault::end()),
            _ => Ok(self.at > from),
        }
    }

    /// Any value, with so many levels inside. White space before it is skipped.
    ///
    /// # Errors
    /// A byte that no value begins with, too many levels, and those of the value itself.
    fn value(&mut self, levels: u32) -> Result<Value, Fault> {
        if levels == 0 {
            return Err(Fault::new("Too many nested items in JSON input!"));
        }
        self.skip()?;
        match self.peek() {
            Some(b'"') => self.string().map(Value::String),
            Some(b'{') => self.object(levels),
            Some(b'[') => self.list(levels),
            Some(b'-' | b'.' | b'0'..=b'9') => self.number(),
            Some(b'n' | b't' | b'f') => self.word(),
            // The last one is what stands for the end of a stream, as a byte.
            None | Some(0 | 4 | 0xff) => Err(Fault::end()),
            Some(other) => {
                let (number, text) = (other as i8, self.token());
                let text = visible(&text);
                Err(Fault::new(format!(
                    "Unexpected char '{number}' in \"{text}\""
                )))
            }
        }
    }

    /// An object, at its brace.
    fn object(&mut self, levels: u32) -> Result<Value, Fault> {
        self.at += 1;
        let mut fields = Map::new();
        loop {
            match self.peek() {
                Some(b'}') => break,
                Some(b',') => self.at += 1,
                _ => {
                    if !self.skip().map_err(Fault::in_object)? {
                        let (key, value) = self.member(levels).map_err(Fault::in_object)?;
                        fields.insert(key, value);
                    }
                }
            }
        }
        self.at += 1;
        Ok(Value::Object(fields))
    }

    /// A key and its value.
    fn member(&mut self, levels: u32) -> Result<(String, Value), Fault> {
        let key = self.string()?;
        self.skip()?;
        if self.peek() != Some(b':') {
            let key = visible(key.as_bytes());
            return Err(Fault::new(format!("Expected ':' after key \"{key}\"")));
        }
        self.at += 1;
        Ok((key, self.value(levels - 1)?))
    }

    /// A list, at its bracket.
    fn list(&mut self, levels: u32) -> Result<Value, Fault> {
        self.at += 1;
        let mut items = Vec::new();
        match self.items(levels, &mut items) {
            Ok(()) => Ok(Value::Array(items)),
            Err(fault) => {
                Err(fault.passing(|| format!("Attempting to parse array {}", written(&items))))
            }
        }
    }

    /// The items of a list and its end.
    fn items(&mut self, levels: u32, items: &mut Vec<Value>) -> Result<(), Fault> {
        loop {
            match self.peek() {
                Some(b']') => break,
                Some(b',') => self.at += 1,
                _ => {
                    if !self.skip()? {
                        items.push(self.value(levels - 1)?);
                    }
                }
            }
        }
        self.at += 1;
        Ok(())
    }

    /// A string in quotation marks.
    fn string(&mut self) -> Result<String, Fault> {
        let mut text = Vec::new();
        let fault = |message: String, text: &[u8]| {
            let text = visible(text);
            Err(Fault::new(message).passing(|| format!("while parsing token '{text}'")))
        };
        if self.peek() != Some(b'"') {
            let found = self.peek().map(|byte| [byte]);
            let found = visible(found.as_ref().map_or(&[], |byte| byte));
            return fault(format!("Expected '\"' but read '{found}'"), &text);
        }
        self.at += 1;
        loop {
            let rest = &self.text[self.at..];
            let plain = rest
                .iter()
                .position(|byte| matches!(byte, b'"' | b'\\' | 4));
            let plain = plain.unwrap_or(rest.len());
            text.extend_from_slice(&rest[..plain]);
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(valid(text));
                }
                Some(b'\\') => text.extend(self.escape()),
                _ => {
                    let so_far = visible(&text);
                    let message = format!("EOF before closing '\"' in string '{so_far}'");
                    return fault(message, &text);
                }
            }
        }
    }

    /// What an escape stands for, at its backslash; nothing at the end.
    fn escape(&mut self) -> Option<u8> {
        let escaped = self.text.get(self.at + 1).copied();
        self.at = self.text.len().min(self.at + 2);
        Some(match escaped? {
            b't' => b'\t',
            b'n' => b'\n',
            b'r' => b'\r',
            other => other,
        })
    }

    /// Letters, digits and some signs; a space after them is skipped.
    fn token(&mut self) -> Vec<u8> {
        let mut token = Vec::new();
        while let Some(byte) = self.peek() {
            match byte {
                b'\\' => token.extend(self.escape()),
                b'\t' | b' ' | b'\n' => {
                    self.at += 1;
                    break;
                }
                b'_' | b'-' | b'.' | b':' | b'/' => {
                    token.push(byte);
                    self.at += 1;
                }
                _ if byte.is_ascii_alphanumeric() => {
                    token.push(byte);
                    self.at += 1;
                }
                _ => break,
            }
        }
        token
    }

    /// A number; text where letters follow its digits.
    ///
    /// # Errors
    /// Two decimal points, a sign or a point without digits, and integers beyond 64 bits.
    fn number(&mut self) -> Result<Value, Fault> {
        let from = self.at;
        let is_negative = self.peek() == Some(b'-');
        self.at += usize::from(is_negative);
        let mut has_point = false;
        loop {
            match self.peek() {
                Some(b'.') if has_point => {
                    let message = "Can't parse a number with two decimal places";
                    return Err(Fault::new(message));
                }
                Some(b'.') => has_point = true,
                Some(b'0'..=b'9') => {}
                Some(byte) if byte.is_ascii_alphabetic() => {
                    let mut text = self.text[from..self.at].to_vec();
                    text.extend(self.token());
                    return Ok(Value::String(valid(text)));
                }
                _ => break,
            }
            self.at += 1;
        }
        let text = std::str::from_utf8(&self.text[from..self.at]).unwrap_or_default();
        if matches!(text, "-" | "." | "-.") {
            let message = format!("Can't parse token \"{text}\" as a JSON numeric constant");
            return Err(Fault::new(message));
        }
        if has_point {
            let number = text.parse().ok().and_then(Number::from_f64);
            let number = number.ok_or_else(|| Fault::new("Couldn't parse double"))?;
            return Ok(Value::Number(number));
        }
        match is_negative {
            true => match text.parse::<i64>() {
                Ok(number) => Ok(number.into()),
                Err(_) => Err(Fault::new("Couldn't parse int64_t")),
            },
            false => match text.parse::<u64>() {
                Ok(number) => Ok(number.into()),
                Err(_) => Err(Fault::new("Couldn't parse uint64_t").passing(String::new)),
            },
        }
    }

    /// `null`, `true` or `false`; another word that begins like one of them is text.
    fn word(&mut self) -> Result<Value, Fault> {
        let from = self.at;
        while let Some(b'n' | b'u' | b'l' | b't' | b'r' | b'e' | b'f' | b'a' | b's') = self.peek() {
            self.at += 1;
        }
        Ok(match &self.text[from..self.at] {
            b"null" => Value::Null,
            b"true" => Value::Bool(true),
            b"false" => Value::Bool(false),
            begin => {
                let mut text = begin.to_vec();
                text.extend(self.token());
                Value::String(valid(text))
            }
        })
    }
}

/// Text without the bytes that are not UTF-8.
fn valid(text: Vec<u8>) -> String {
    String::from_utf8(text).unwrap_or_else(|error| {
        let chunks = error.as_bytes().utf8_chunks();
        chunks.map(|chunk| chunk.valid()).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_strict_readers_refuse_is_read() {
        for (text, expected) in [
            (
                "{\"a\":1,,\"b\":[1 2,],} more",
                json!({ "a": 1, "b": [1, 2] }),
            ),
            (
                "[1e5,0x10,nul,truthy]",
                json!(["1e5", "0x10", "nul", "truthy"]),
            ),
            ("[.5,1.,-0.5,-3]", json!([0.5, 1.0, -0.5, -3])),
            ("\"\\u0041\\n\\\"\t\"", json!("u0041\n\"\t")),
            ("{\"a\":1,\"a\":2}", json!({ "a": 2 })),
            ("[1-2]", json!([1, -2])),
            ("18446744073709551615", json!(u64::MAX)),
            ("-9223372036854775808", json!(i64::MIN)),
        ] {
            assert_eq!(read(text.as_bytes()).ok(), Some(expected), "{text}");
        }
        assert_eq!(read(b"\"a\xffb\xe2\x82\""), Ok(json!("ab")));
    }

    #[test]
    fn what_is_refused_is_told_level_by_level() {
        let told = |text: &[u8]| read(text).unwrap_err();
        assert_eq!(
            told(b"{\"a\":[1,\"x\",{\"b\":99999999999}"),
            [
                "Unexpected EOF: 11 eof_exception: End Of File\nunexpected end of file\n\
                 Attempting to parse array [1,\"x\",{\"b\":\"99999999999\"}]\n",
                ""
            ]
        );
        assert_eq!(
            told(b"{\"a\" 1}"),
            ["Expected ':' after key \"a\"", "Error parsing object", ""]
        );
        assert_eq!(told(b"abc"), ["Unexpected char '97' in \"abc\"", ""]);
        assert_eq!(told(b"\xc3"), ["Unexpected char '-61' in \"\"", ""]);
        assert_eq!(
            told(b"99999999999999999999"),
            ["Couldn't parse uint64_t", "", ""]
        );
    }

    #[test]
    fn a_value_a_hundred_deep_is_read_itself_included() {
        for (levels, is_read) in [(100, false), (99, true)] {
            for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
                let text = open.repeat(levels) + "1" + &close.repeat(levels);
                assert_eq!(read(text.as_bytes()).is_ok(), is_read, "{levels}");
            }
        }
        let deep = read("[".repeat(1_000_000).as_bytes()).unwrap_err();
        assert!(deep.len() <= MOST_MESSAGES + 1);
    }
}
