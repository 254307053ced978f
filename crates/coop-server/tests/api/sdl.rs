//! Calls that are made from the schema: every input that is needed, with a value of its type.

use antelope_types::Name;
use serde_json::{Map, Value, json};

/// The schema as text.
pub struct Sdl(String);

impl Sdl {
    pub fn read() -> Self {
        Self(coop_server::sdl())
    }

    /// Whether an operation is in the schema.
    pub fn has(&self, operation: &str) -> bool {
        self.field(operation).is_some()
    }

    /// A call of an operation about a person; `data` in the place of what would be made for the argument `data`.
    pub fn call(&self, operation: &str, about: Name, data: Option<Value>) -> (String, Value) {
        let (kind, line) = self.field(operation).unwrap();
        let (arguments, returned) = match line.split_once('(') {
            Some((_, rest)) => rest.rsplit_once("):").unwrap(),
            None => ("", line.rsplit_once(':').unwrap().1),
        };
        let (mut head, mut given, mut variables) = (Vec::new(), Vec::new(), Map::new());
        for argument in arguments.split(", ").filter(|it| !it.is_empty()) {
            let (name, ty) = argument.split_once(": ").unwrap();
            let is_data = name == "data" && data.is_some();
            if !ty.ends_with('!') && !is_data {
                continue;
            }
            head.push(format!("${name}: {ty}"));
            given.push(format!("{name}: ${name}"));
            let value = match &data {
                Some(data) if is_data => data.clone(),
                _ => self.value(name, ty, about),
            };
            variables.insert(name.to_owned(), value);
        }
        let brackets = |parts: &[String]| match parts.is_empty() {
            true => String::new(),
            false => format!("({})", parts.join(", ")),
        };
        let scalars = ["Boolean", "Int", "Float", "String"];
        let selection = match scalars.contains(&inner(returned)) {
            true => "",
            false => " { __typename }",
        };
        let query = format!(
            "{kind}{} {{ {operation}{}{selection} }}",
            brackets(&head),
            brackets(&given)
        );
        (query, Value::Object(variables))
    }

    /// The line of an operation, and what kind it is.
    fn field(&self, operation: &str) -> Option<(&'static str, &str)> {
        let kinds = [
            ("query", "type Query {"),
            ("mutation", "type Mutation {"),
            ("subscription", "type Subscription {"),
        ];
        kinds.into_iter().find_map(|(kind, begin)| {
            let mut lines = self.body(begin)?;
            let line = lines.find(|line| {
                let rest = line.strip_prefix(operation);
                rest.is_some_and(|it| it.starts_with(['(', ':']))
            })?;
            Some((kind, line))
        })
    }

    /// The lines of a type.
    fn body<'a>(&'a self, begin: &str) -> Option<impl Iterator<Item = &'a str> + use<'a>> {
        let from = self.0.find(&format!("\n{begin}\n"))? + 1;
        let lines = self.0[from..].lines().skip(1);
        Some(lines.take_while(|line| *line != "}").map(str::trim))
    }

    /// A value of a type for a field with this name.
    fn value(&self, name: &str, ty: &str, about: Name) -> Value {
        let inner = inner(ty);
        match (inner, name) {
            _ if ty.starts_with('[') => json!([]),
            ("String", "coopname") => json!("zarechyekoop"),
            ("String", "username") => json!(about),
            ("String", _) => json!("1"),
            ("Float" | "Int", _) => json!(4),
            ("Boolean", _) => json!(true),
            ("JSON", _) => json!({}),
            _ => self.made(inner, about),
        }
    }

    /// An object of an input, or the first value of an enumeration.
    fn made(&self, ty: &str, about: Name) -> Value {
        if let Some(mut values) = self.body(&format!("enum {ty} {{")) {
            let value = values.find(|it| {
                it.bytes()
                    .all(|it| it.is_ascii_alphanumeric() || it == b'_')
            });
            return json!(value.filter(|it| !it.is_empty()).unwrap());
        }
        let fields = self.body(&format!("input {ty} {{"));
        let fields = fields.unwrap_or_else(|| panic!("the schema has no {ty}"));
        let needed = fields.filter_map(|line| {
            let (name, ty) = line.split_once(": ")?;
            let is_name = name
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || it == b'_');
            (is_name && ty.ends_with('!')).then(|| (name.to_owned(), self.value(name, ty, about)))
        });
        Value::Object(needed.collect())
    }
}

/// The type itself, without marks of lists and of what may not be null.
fn inner(ty: &str) -> &str {
    ty.trim().trim_matches(['[', ']', '!'])
}
