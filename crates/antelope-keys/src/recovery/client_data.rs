//! Client data, the JSON text in which a browser says what it was asked to sign.
//!
//! It is read as nodes read it, by RapidJSON with the handler of fc's `elliptic_webauthn.cpp`. Readers
//! of JSON differ in what they accept (depth, numbers that are too large, characters of zero), and
//! whether a signature is valid depends on it, so nothing but a repetition of the node's reader will do.
//!
//! | text | read as |
//! |---|---|
//! | a field given twice | the last one counts |
//! | a field of a nested object | skipped, whatever its name |
//! | `type`, `challenge` or `origin` that is not a string | refused |
//! | a byte of zero after the object | the end of the text; the rest is not read |
//! | `\u0000` within a field's name | the end of the name |
//! | a comma after the last item, a comment, text after the object | refused |
//! | nesting of any depth | accepted, without recursion |

mod number;

/// Fields of the outermost object; of several with a name, the last counts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ClientData {
    /// The field `type`, as bytes; empty if it is missing.
    pub(super) kind: Vec<u8>,
    /// The field `challenge`: the signed digest in base64url, not decoded yet.
    pub(super) challenge: Vec<u8>,
    /// The field `origin`: the site that asked for the signature.
    pub(super) origin: Vec<u8>,
}

impl ClientData {
    /// Reads the text up to its end, or up to a character of zero; nothing if a node refuses it.
    pub(super) fn read(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let end = bytes.iter().position(|byte| *byte == 0);
        let mut reader = Reader {
            rest: &bytes[..end.unwrap_or(bytes.len())],
        };
        let mut found = Self::default();
        reader.space();
        reader.take(b'{')?;
        reader.space();
        if reader.take(b'}').is_none() {
            loop {
                let key = reader.key()?;
                // Names are compared up to a character of zero.
                let name = key.split(|byte| *byte == 0).next().unwrap_or_default();
                match name {
                    b"type" => found.kind = reader.string()?,
                    b"challenge" => found.challenge = reader.string()?,
                    b"origin" => found.origin = reader.string()?,
                    _ => reader.pass()?,
                }
                reader.space();
                if reader.take(b',').is_none() {
                    break;
                }
                reader.space();
            }
            reader.take(b'}')?;
        }
        reader.space();
        reader.rest.is_empty().then_some(found)
    }
}

/// Reads JSON from bytes that do not contain zeros. Each function returns nothing if the text is not
/// what it expects.
struct Reader<'a> {
    /// What has not been read yet.
    rest: &'a [u8],
}

impl Reader<'_> {
    /// The next byte, without reading it.
    fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// Reads one byte.
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    /// Reads this byte; nothing is read if another one comes next.
    fn take(&mut self, expected: u8) -> Option<()> {
        (self.peek()? == expected).then(|| self.rest = &self.rest[1..])
    }

    /// Reads these bytes: a literal such as `true`, or the start of an escape.
    fn word(&mut self, expected: &[u8]) -> Option<()> {
        self.rest = self.rest.strip_prefix(expected)?;
        Some(())
    }

    /// Skips white space: the four characters that JSON allows.
    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.rest = &self.rest[1..];
        }
    }

    /// A name and the colon after it.
    fn key(&mut self) -> Option<Vec<u8>> {
        let key = self.string()?;
        self.space();
        self.take(b':')?;
        self.space();
        Some(key)
    }

    /// A string without its quotes and with its escapes resolved. Bytes above 127 are copied as they
    /// are; control characters must be escaped.
    fn string(&mut self) -> Option<Vec<u8>> {
        self.take(b'"')?;
        let mut out = Vec::new();
        loop {
            match self.next()? {
                b'"' => return Some(out),
                b'\\' => self.escaped(&mut out)?,
                0..0x20 => return None,
                byte => out.push(byte),
            }
        }
    }

    /// What follows a backslash. A high surrogate must be followed by a low one; a low one alone is
    /// accepted, as RapidJSON does, and encoded by itself.
    fn escaped(&mut self, out: &mut Vec<u8>) -> Option<()> {
        out.push(match self.next()? {
            byte @ (b'"' | b'\\' | b'/') => byte,
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => {
                let mut point = self.hex4()?;
                if (0xd800..0xdc00).contains(&point) {
                    self.word(b"\\u")?;
                    let low = self.hex4()?;
                    (0xdc00..0xe000).contains(&low).then_some(())?;
                    point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
                }
                encode(point, out);
                return Some(());
            }
            _ => return None,
        });
        Some(())
    }

    /// Four hexadecimal digits of either case.
    fn hex4(&mut self) -> Option<u32> {
        let mut point = 0;
        for _ in 0..4 {
            point = point << 4 | char::from(self.next()?).to_digit(16)?;
        }
        Some(point)
    }

    /// Passes over a value of any depth.
    fn pass(&mut self) -> Option<()> {
        let mut open = Vec::new();
        loop {
            let first = self.peek()?;
            let mut begun = false;
            match first {
                b'"' => drop(self.string()?),
                b't' => self.word(b"true")?,
                b'f' => self.word(b"false")?,
                b'n' => self.word(b"null")?,
                b'{' | b'[' => {
                    let close = first + 2;
                    self.next();
                    self.space();
                    begun = self.take(close).is_none();
                    if begun {
                        open.push(close);
                    }
                }
                _ => self.number()?,
            }
            // What follows a value: the next one, or the ends of what is open.
            while !begun {
                let Some(close) = open.last().copied() else {
                    return Some(());
                };
                self.space();
                begun = self.take(b',').is_some();
                if begun {
                    self.space();
                } else {
                    self.take(close)?;
                    open.pop();
                }
            }
            if open.last() == Some(&b'}') {
                self.key()?;
            }
        }
    }
}

/// As UTF-8, also half of a pair.
fn encode(point: u32, out: &mut Vec<u8>) {
    let part = |shift: u32| 0x80 | (point >> shift & 0x3f) as u8;
    match point {
        0..0x80 => out.push(point as u8),
        0x80..0x800 => out.extend([0xc0 | (point >> 6) as u8, part(0)]),
        0x800..0x10000 => out.extend([0xe0 | (point >> 12) as u8, part(6), part(0)]),
        _ => out.extend([0xf0 | (point >> 18) as u8, part(12), part(6), part(0)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(text: &str) -> Option<String> {
        let found = ClientData::read(text)?;
        Some(String::from_utf8(found.origin).unwrap())
    }

    #[test]
    fn the_last_field_of_the_outermost_object_counts() {
        let text = r#" {"a":{"origin":"x","b":[1,{}]},"origin":"first","origin":"se\u0063ond"} "#;
        assert_eq!(origin(text).unwrap(), "second");
        assert_eq!(origin("{}").unwrap(), "");
        assert_eq!(origin(r#"{"origin":"a"}"#).unwrap(), "a");
        assert!(origin(r#"{"origin":5,"origin":"a"}"#).is_none());
    }

    #[test]
    fn what_follows_a_character_of_zero_is_not_read() {
        assert_eq!(origin("{\"origin\":\"a\"}\0 anything").unwrap(), "a");
        assert_eq!(origin(r#"{"origin\u0000x":"a"}"#).unwrap(), "a");
        assert_eq!(origin(r#"{"origin":"a\u0000b"}"#).unwrap(), "a\0b");
    }

    #[test]
    fn depth_has_no_limit() {
        let text = format!(
            "{{\"a\":{}{},\"origin\":\"b\"}}",
            "[".repeat(5000),
            "]".repeat(5000)
        );
        assert_eq!(origin(&text).unwrap(), "b");
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "[]",
            "{",
            "{}x",
            "{\"a\":1,}",
            "{\"a\":01}",
            "{\"a\":1.}",
            "{\"a\":1e400}",
            "{\"a\":[1,]}",
            "{\"a\":tru}",
            "{\"a\" 1}",
            "{\"a\":\"\\ud800\"}",
            "{\"a\":+1}",
            "{\"a\":\"\n\"}",
            "{\"a\":{\"b\"}}",
            "{\"a\":[}",
        ] {
            assert_eq!(ClientData::read(text), None, "{text}");
        }
    }
}
