//! Rules of the schema: everything is described, names have one style, lists have no holes, errors are told.

use async_graphql::Positioned;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, ConstDirective, FieldDefinition, InputValueDefinition, Type, TypeKind,
    TypeSystemDefinition,
};
use std::collections::BTreeSet;

/// Fields that clients know in camel case; all others are in snake case.
const CAMEL: [&str; 6] = [
    "totalCount",
    "totalPages",
    "currentPage",
    "additionalFilters",
    "documentAggregate",
    "rawDocument",
];

/// Enumerations whose values clients know otherwise than in upper case.
const KNOWN_VALUES: [&str; 3] = ["AccountType", "DocumentType", "UserStatus"];

/// Those whose fields are operations.
const ROOTS: [&str; 3] = ["Query", "Mutation", "Subscription"];

/// What is wrong with the schema.
#[derive(Default)]
struct Faults {
    found: Vec<String>,
    inputs: BTreeSet<String>,
}

impl Faults {
    fn check(&mut self, holds: bool, place: &str, expected: &str) {
        if !holds {
            self.found.push(format!("{place}: {expected}"));
        }
    }

    /// A sentence in English. Terms of Russian law may stand in it.
    fn described(&mut self, place: &str, text: Option<&Positioned<String>>) {
        let text = text.map(|it| it.node.trim()).unwrap_or_default();
        let begins =
            text.starts_with(|it: char| it.is_ascii_uppercase() || "`0123456789".contains(it));
        let latin = text.chars().filter(char::is_ascii_alphabetic).count();
        let is_english = text.chars().filter(|it| it.is_alphabetic()).count() < 2 * latin;
        let holds = begins && text.ends_with('.') && is_english;
        self.check(holds, place, "expected a sentence that describes it");
    }

    fn directives(&mut self, place: &str, directives: &[Positioned<ConstDirective>]) {
        for directive in directives {
            let directive = &directive.node;
            let has_reason = directive.get_argument("reason").is_some();
            let holds = directive.name.node != "deprecated" || has_reason;
            self.check(holds, place, "expected the reason of its deprecation");
        }
    }

    fn ty(&mut self, place: &str, ty: &Type, is_output: bool) {
        if let BaseType::List(of) = &ty.base {
            self.check(!of.nullable, place, "expected entries that are not null");
            self.check(
                !is_output || !ty.nullable,
                place,
                "expected a list that is not null",
            );
            self.ty(place, of, is_output);
        }
    }

    fn field(&mut self, owner: &str, field: &FieldDefinition) {
        let name = field.name.node.as_str();
        let place = format!("{owner}.{name}");
        self.described(&place, field.description.as_ref());
        self.directives(&place, &field.directives);
        self.ty(&place, &field.ty.node, true);
        let is_operation = ROOTS.contains(&owner);
        let holds = match is_operation {
            true => is_camel(name),
            false => is_snake(name) || CAMEL.contains(&name),
        };
        self.check(holds, &place, "expected a name in the style of the others");
        for argument in &field.arguments {
            self.argument(&place, &argument.node);
        }
    }

    fn argument(&mut self, owner: &str, argument: &InputValueDefinition) {
        let name = argument.name.node.as_str();
        let place = format!("{owner}({name})");
        // An input describes itself.
        if !self.inputs.contains(&named(&argument.ty.node)) {
            self.described(&place, argument.description.as_ref());
        }
        self.ty(&place, &argument.ty.node, false);
        self.check(
            is_camel(name) || is_snake(name),
            &place,
            "expected a name in lower case",
        );
    }

    fn input(&mut self, owner: &str, field: &InputValueDefinition) {
        let name = field.name.node.as_str();
        let place = format!("{owner}.{name}");
        self.described(&place, field.description.as_ref());
        self.directives(&place, &field.directives);
        self.ty(&place, &field.ty.node, false);
        let holds = is_snake(name) || CAMEL.contains(&name);
        self.check(holds, &place, "expected a name in snake case");
    }
}

fn named(ty: &Type) -> String {
    match &ty.base {
        BaseType::Named(name) => name.to_string(),
        BaseType::List(of) => named(of),
    }
}

fn is_snake(name: &str) -> bool {
    name.starts_with(|it: char| it.is_ascii_lowercase())
        && name
            .bytes()
            .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_')
}

fn is_camel(name: &str) -> bool {
    name.starts_with(|it: char| it.is_ascii_lowercase())
        && name.bytes().all(|it| it.is_ascii_alphanumeric())
}

fn is_pascal(name: &str) -> bool {
    name.starts_with(|it: char| it.is_ascii_uppercase())
        && name.bytes().all(|it| it.is_ascii_alphanumeric())
}

fn is_upper(name: &str) -> bool {
    name.bytes()
        .all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == b'_')
}

/// What is wrong with a schema in its own language.
fn faults(sdl: &str) -> Vec<String> {
    let schema = parse_schema(sdl).unwrap();
    let definitions = schema.definitions.iter().filter_map(|it| match it {
        TypeSystemDefinition::Type(it) => Some(&it.node),
        _ => None,
    });
    let is_input = |kind: &TypeKind| matches!(kind, TypeKind::InputObject(_));
    let mut faults = Faults {
        inputs: definitions
            .clone()
            .filter(|it| is_input(&it.kind))
            .map(|it| it.name.node.to_string())
            .collect(),
        ..Faults::default()
    };
    for definition in definitions {
        let name = definition.name.node.as_str();
        faults.directives(name, &definition.directives);
        let is_name = is_pascal(name) || name == "JSON";
        faults.check(is_name, name, "expected a name in Pascal case");
        let is_root = ROOTS.contains(&name);
        if !is_root {
            faults.described(name, definition.description.as_ref());
        }
        match &definition.kind {
            TypeKind::Object(it) => {
                for field in &it.fields {
                    faults.field(name, &field.node);
                }
            }
            TypeKind::Interface(it) => {
                for field in &it.fields {
                    faults.field(name, &field.node);
                }
            }
            TypeKind::InputObject(it) => {
                for field in &it.fields {
                    faults.input(name, &field.node);
                }
            }
            TypeKind::Enum(it) => {
                for value in &it.values {
                    let (value, text) = (&value.node, value.node.value.node.as_str());
                    let place = format!("{name}.{text}");
                    faults.described(&place, value.description.as_ref());
                    let holds = is_upper(text) || KNOWN_VALUES.contains(&name);
                    faults.check(holds, &place, "expected a value in upper case");
                }
            }
            TypeKind::Scalar | TypeKind::Union(_) => {}
        }
    }
    faults.found
}

#[test]
fn the_schema_keeps_its_rules() {
    let found = faults(&coop_server::sdl());
    assert!(
        found.is_empty(),
        "{} faults:\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn the_rules_find_what_breaks_them() {
    let wrong = "\"Good.\" type Bad_Name { no_text: Int \"Не по-английски.\" other: [Int] \"Old.\" old: Int! @deprecated }
                 \"Good.\" enum Colour { \"Red.\" red }
                 type Query { \"Asks.\" get_it(id: Int!): Int }";
    let found = faults(wrong).join("\n");
    for place in [
        "Bad_Name: expected a name",
        "Bad_Name.no_text: expected a sentence",
        "Bad_Name.other: expected a sentence",
        "Bad_Name.other: expected entries",
        "Bad_Name.other: expected a list",
        "Bad_Name.old: expected the reason",
        "Colour.red: expected a value",
        "Query.get_it: expected a name",
        "Query.get_it(id): expected a sentence",
    ] {
        assert!(found.contains(place), "{place} is not in\n{found}");
    }
}

/// The page for clients names each code, and so does the head of its file.
#[test]
fn every_code_of_an_error_is_told() {
    let source = include_str!("../../src/error.rs");
    let page = include_str!("../../../../docs/api.md");
    let head = source.split("\nuse ").next().unwrap();
    let codes = source
        .split("=> \"")
        .skip(1)
        .filter_map(|it| it.split('"').next());
    let codes: BTreeSet<_> = codes.filter(|it| !it.is_empty() && is_upper(it)).collect();
    assert!(codes.len() >= 20, "{codes:?}");
    for code in codes {
        let quoted = format!("`{code}`");
        assert!(page.contains(&quoted) && head.contains(&quoted), "{code}");
    }
}
