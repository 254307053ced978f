//! Calls that are made from the schema: every input that is needed, with a value of its type.

use antelope_types::Name;
use async_graphql::Positioned;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, Type, TypeDefinition, TypeKind,
    TypeSystemDefinition,
};
use serde_json::{Map, Value, json};

/// The types whose fields are operations, and how a request begins that asks for one.
const ROOTS: [(&str, &str); 3] = [
    ("Query", "query"),
    ("Mutation", "mutation"),
    ("Subscription", "subscription"),
];

/// The types of the schema.
pub struct Sdl(Vec<TypeDefinition>);

impl Sdl {
    pub fn read() -> Self {
        let schema = parse_schema(coop_server::sdl()).unwrap();
        let types = schema.definitions.into_iter().filter_map(|it| match it {
            TypeSystemDefinition::Type(it) => Some(it.node),
            _ => None,
        });
        Self(types.collect())
    }

    /// The names of all operations of a root.
    pub fn operations(&self, root: &str) -> impl Iterator<Item = &str> {
        self.fields(root)
            .iter()
            .map(|it| it.node.name.node.as_str())
    }

    /// Whether an operation is in the schema.
    pub fn has(&self, operation: &str) -> bool {
        self.field(operation).is_some()
    }

    /// A call of an operation about a person; `data` in the place of what would be made for the argument `data`.
    pub fn call(&self, operation: &str, about: Name, data: Option<Value>) -> (String, Value) {
        let (kind, field) = self.field(operation).unwrap();
        let (mut head, mut given, mut variables) = (Vec::new(), Vec::new(), Map::new());
        for argument in &field.arguments {
            let (name, ty) = (&argument.node.name.node, &argument.node.ty.node);
            let is_data = name == "data" && data.is_some();
            if ty.nullable && !is_data {
                continue;
            }
            head.push(format!("${name}: {ty}"));
            given.push(format!("{name}: ${name}"));
            let value = match &data {
                Some(data) if is_data => data.clone(),
                _ => self.value(name, ty, about),
            };
            variables.insert(name.to_string(), value);
        }
        let brackets = |parts: &[String]| match parts.is_empty() {
            true => String::new(),
            false => format!("({})", parts.join(", ")),
        };
        let scalars = ["Boolean", "Int", "Float", "String"];
        let selection = match scalars.contains(&inner(&field.ty.node)) {
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

    /// An operation, and how a request for it begins.
    fn field(&self, operation: &str) -> Option<(&'static str, &FieldDefinition)> {
        ROOTS.into_iter().find_map(|(root, kind)| {
            let mut fields = self.fields(root).iter();
            let found = fields.find(|it| it.node.name.node == operation)?;
            Some((kind, &found.node))
        })
    }

    fn ty(&self, name: &str) -> &TypeKind {
        let found = self.0.iter().find(|it| it.name.node == name);
        &found
            .unwrap_or_else(|| panic!("the schema has no {name}"))
            .kind
    }

    fn fields(&self, name: &str) -> &[Positioned<FieldDefinition>] {
        match self.ty(name) {
            TypeKind::Object(it) => &it.fields,
            _ => panic!("{name} has no fields"),
        }
    }

    /// A value of a type for a field with this name.
    fn value(&self, name: &str, ty: &Type, about: Name) -> Value {
        match (inner(ty), name) {
            _ if matches!(ty.base, BaseType::List(_)) => json!([]),
            ("String", "coopname") => json!("zarechyekoop"),
            ("String", "username") => json!(about),
            ("String", _) => json!("1"),
            ("Float" | "Int", _) => json!(4),
            ("Boolean", _) => json!(true),
            ("JSON", _) => json!({}),
            (inner, _) => self.made(inner, about),
        }
    }

    /// An object of an input, or the first value of an enumeration.
    fn made(&self, ty: &str, about: Name) -> Value {
        match self.ty(ty) {
            TypeKind::Enum(it) => json!(it.values[0].node.value.node.as_str()),
            TypeKind::InputObject(it) => {
                let fields = it.fields.iter().map(|it| &it.node);
                let needed = fields.filter(|it| !it.ty.node.nullable);
                let pair = |it: &InputValueDefinition| {
                    let name = it.name.node.as_str();
                    (name.to_owned(), self.value(name, &it.ty.node, about))
                };
                Value::Object(needed.map(pair).collect())
            }
            _ => panic!("{ty} is no input"),
        }
    }
}

/// The type itself, without lists and marks of what may not be null.
fn inner(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name.as_str(),
        BaseType::List(of) => inner(of),
    }
}
