//! What nodes say of values that are not what a call takes.
//!
//! These texts are the further messages of an error, of the library that nodes are made of (`fc`). A
//! developer sees by them which value it was, and finds them in the source of a node.
//!
//! Where a text names the inside of a node, such as the field of a structure at which its bytes have
//! ended, the message here is another one: see the known differences in `docs/chain.md`.

use antelope_types::Name;
use serde_json::Value;

/// What a node calls the type of a value: `fc::variant::type_id`.
fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null_type",
        Value::Bool(_) => "bool_type",
        Value::Number(number) if number.is_u64() => "uint64_type",
        Value::Number(number) if number.is_i64() => "int64_type",
        Value::Number(_) => "double_type",
        Value::String(_) => "string_type",
        Value::Array(_) => "array_type",
        Value::Object(_) => "object_type",
    }
}

/// Of a value that cannot be converted to another type.
pub(super) fn cast(value: &Value, to: &str) -> String {
    format!("Invalid cast from {} to {to}", type_of(value))
}

/// Of a value that must be of a type.
pub(super) fn quoted_cast(value: &Value, to: &str) -> String {
    format!("Invalid cast from type '{}' to {to}", type_of(value))
}

/// Of text that is not a name.
pub(super) fn no_name(text: &str) -> String {
    if text.len() > 13 {
        return format!("Name is longer than 13 characters ({text}) ");
    }
    let normalized = normalized(text);
    format!("Name not properly normalized (name: {text}, normalized: {normalized}) ")
}

/// The name that a node makes of any text: other characters are dots, and of the last one as much is
/// kept as there are bits.
fn normalized(text: &str) -> Name {
    let bytes = text.bytes().take_while(|byte| *byte != 0).take(13);
    let value = bytes.zip(0..).fold(0, |value, (byte, index)| {
        let symbol = u64::from(match byte {
            b'a'..=b'z' => byte - b'a' + 6,
            b'1'..=b'5' => byte - b'1' + 1,
            _ => 0,
        });
        match index {
            12 => value | symbol & 0xf,
            _ => value | symbol << (64 - 5 * (index + 1)),
        }
    });
    Name::from_raw(value)
}

/// Of text that is not a symbol such as `4,EOS`: `symbol::from_string`, which passes it on.
pub(super) fn no_symbol(text: &str) -> Vec<String> {
    let text = text.trim();
    let mut messages = match text.split_once(',') {
        None if text.is_empty() => vec!["creating symbol from empty string".to_owned()],
        None => vec!["missing comma in symbol".to_owned()],
        Some((precision, _)) => match precision.parse::<i64>() {
            Err(_) => vec!["Couldn't parse int64_t".to_owned()],
            // Of the number, a byte counts.
            Ok(precision) if precision as u8 > 18 => {
                vec![format!("precision {} should be <= 18", precision as u8)]
            }
            Ok(_) => vec![
                "invalid character in symbol name".to_owned(),
                "rethrow".to_owned(),
            ],
        },
    };
    messages.push("rethrow".to_owned());
    messages
}

/// Of text that is not bytes in hexadecimal.
pub(super) fn no_hex(text: &str) -> String {
    let wrong = text.chars().find(|digit| !digit.is_ascii_hexdigit());
    match wrong {
        Some(wrong) if text.len().is_multiple_of(2) => format!("Invalid hex character '{wrong}'"),
        _ => "str.size() % 2 == 0: the length of hex string should be even number".to_owned(),
    }
}

/// Of a value that must be bytes in hexadecimal.
pub(super) fn no_bytes(value: &Value) -> String {
    match value {
        Value::String(text) => no_hex(text),
        other => quoted_cast(other, "string"),
    }
}

/// Of text without the delimiter that keys and signatures have after their type.
pub(super) fn no_delimiter(text: &str, of: &str) -> String {
    format!("pivot != std::string::npos: No delimiter in string, cannot determine {of}: {text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_has_a_name_that_is_near() {
        for (text, near) in [
            ("A", ""),
            ("eos\tio", "eos.io"),
            ("u0065osio", "u...5osio"),
            ("zzzzzzzzzzzzz", "zzzzzzzzzzzzj"),
            ("a\0b", "a"),
        ] {
            assert_eq!(normalized(text).to_string(), near, "{text:?}");
        }
    }
}
