//! What texts of a deployment file stand for.
//!
//! | text | is |
//! |---|---|
//! | `{chain_id}` | the id of the chain |
//! | `{PACKAGE}` | the account of a contract of the file |
//! | `{core}` | the letters of the chain's core token, such as `EOS` |
//! | `{asset:0.1}` | so much of it, with its precision: `0.1000 EOS` |
//! | `{NAME}` | a value of the file |
//!
//! A text that is nothing else than one of them takes its type too: a value that is a number stays one.

use crate::failure::Failure;
use antelope_types::{Asset, Symbol};
use serde_json::{Map, Value};

/// The values by name, and the core token.
#[derive(Debug)]
pub(super) struct Values {
    known: Map<String, Value>,
    core: Symbol,
}

/// How deep values may refer to values.
const DEEPEST: u32 = 8;

impl Values {
    /// Those that are known, and the core token for amounts.
    pub(super) fn new(known: Map<String, Value>, core: Symbol) -> Self {
        Self { known, core }
    }

    /// A value with all texts filled in.
    ///
    /// # Errors
    /// `rollout.value` for an unknown name, or an amount that the token does not have.
    pub(super) fn fill(&self, value: &Value) -> Result<Value, Box<Failure>> {
        self.at(value, 0)
    }

    fn at(&self, value: &Value, depth: u32) -> Result<Value, Box<Failure>> {
        Ok(match value {
            Value::String(text) => self.text(text, depth)?,
            Value::Array(list) => {
                let list = list.iter().map(|it| self.at(it, depth));
                Value::Array(list.collect::<Result<_, _>>()?)
            }
            Value::Object(fields) => {
                let fields = fields.iter();
                let fields = fields.map(|(name, it)| Ok((name.clone(), self.at(it, depth)?)));
                Value::Object(fields.collect::<Result<_, Box<Failure>>>()?)
            }
            other => other.clone(),
        })
    }

    fn text(&self, text: &str, depth: u32) -> Result<Value, Box<Failure>> {
        let whole = text.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
        if let Some(name) = whole.filter(|it| !it.contains(['{', '}'])) {
            return self.named(name, depth);
        }
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after
                .split_once('}')
                .ok_or_else(|| wrong(format!("{text:?} has a {{ without its }}")))?;
            filled.push_str(before);
            filled.push_str(&plain(&self.named(name, depth)?));
            rest = after;
        }
        filled.push_str(rest);
        Ok(Value::String(filled))
    }

    fn named(&self, name: &str, depth: u32) -> Result<Value, Box<Failure>> {
        if depth > DEEPEST {
            return Err(wrong(format!("the value {name} refers to itself")));
        }
        if name == "core" {
            return Ok(self.core.code().to_string().into());
        }
        if let Some(amount) = name.strip_prefix("asset:") {
            return self.amount(amount).map(Value::String);
        }
        match self.known.get(name) {
            Some(value) => self.at(value, depth + 1),
            None => {
                let known: Vec<_> = self.known.keys().map(String::as_str).collect();
                let known = known.join(", ");
                Err(wrong(format!(
                    "{{{name}}} is not a value, expected one of {known}, core, asset:AMOUNT"
                )))
            }
        }
    }

    /// A decimal number as an amount of the core token.
    fn amount(&self, text: &str) -> Result<String, Box<Failure>> {
        let precision = usize::from(self.core.precision());
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = format!("{whole}{fraction:0<precision$}");
        match digits.parse::<i64>() {
            Ok(units) if fraction.len() <= precision => {
                Ok(Asset::from_raw(units, self.core).to_string())
            }
            _ => Err(wrong(format!(
                "{text:?} is not an amount of {} with {precision} digits after the point",
                self.core.code()
            ))),
        }
    }
}

/// A value inside a text: a text without quotes.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn wrong(message: String) -> Box<Failure> {
    Box::new(Failure::new("rollout.value", message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn values() -> Values {
        let known = json!({
            "bank": "mybank", "bytes": 4096, "fee": "{asset:0.1}", "loop": "{loop}",
        });
        let Value::Object(known) = known else {
            unreachable!()
        };
        Values::new(known, Symbol::parse("4,SYS").expect("a symbol"))
    }

    #[test]
    fn names_stand_for_values_and_keep_their_type() {
        let data =
            json!({ "a": "{bank}", "b": ["{bytes}"], "c": "of {bank}, {core}", "d": "{fee}" });
        let filled = values().fill(&data).expect("values");
        let expected =
            json!({ "a": "mybank", "b": [4096], "c": "of mybank, SYS", "d": "0.1000 SYS" });
        assert_eq!(filled, expected);
    }

    #[test]
    fn what_cannot_be_filled_in_is_told() {
        for text in [
            "{none}",
            "{loop}",
            "{asset:0.00001}",
            "{asset:x}",
            "a {bank",
        ] {
            let failure = values().fill(&json!(text)).expect_err(text);
            assert_eq!(failure.code, "rollout.value");
        }
    }
}
