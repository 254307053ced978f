//! Bounds of a query that are looked at before it is understood: a long or crafted one costs little.
//!
//! The library parses values by recursion and validates a fragment once for each of its spreads, both before it looks
//! at the depth and the complexity of a query. So nesting is bounded in the text, and spreads in the document.

use crate::error::ApiError;
use crate::settings::ApiSettings;
use async_graphql::Name;
use async_graphql::Positioned;
use async_graphql::parser::types::{
    ExecutableDocument, FragmentDefinition, Selection, SelectionSet,
};
use coop_language::Words;
use std::collections::HashMap;

/// How deep brackets of a text, and selections of a document with its fragments put in, are nested at most. The limit
/// for the fields of a query is less.
const NESTED: usize = 64;

/// That a query is short and flat enough to be parsed.
///
/// # Errors
/// [`ApiError::TooComplex`].
pub(crate) fn check_text(query: &str, settings: &ApiSettings) -> Result<(), ApiError> {
    let size = Size::of(query, settings.tokens);
    within("bound.tokens", size.tokens, settings.tokens)?;
    within("bound.nested", size.nested, NESTED)
}

/// That a query does not ask for the same many times.
///
/// # Errors
/// [`ApiError::TooComplex`]; [`ApiError::BadRequest`] for a fragment that contains itself.
pub(crate) fn check_document(
    document: &ExecutableDocument,
    settings: &ApiSettings,
) -> Result<(), ApiError> {
    let mut spread = Spread {
        fragments: &document.fragments,
        known: HashMap::new(),
    };
    let mut all = Asked::default();
    for (_, operation) in document.operations.iter() {
        let asked = spread.selections(&operation.node.selection_set.node, 0)?;
        within("bound.fields", asked.first, settings.root_fields)?;
        all.add(asked);
    }
    // The library looks also at those that no operation uses.
    for name in document.fragments.keys() {
        let asked = spread.fragment(name, 0)?;
        all.add(asked);
    }
    within("bound.aliases", all.aliases, settings.aliases)?;
    within("bound.tokens", all.selections, settings.tokens)
}

fn within(what: &'static str, count: usize, most: usize) -> Result<(), ApiError> {
    match count > most {
        true => Err(ApiError::TooComplex {
            what: Words::of(what),
            most,
        }),
        false => Ok(()),
    }
}

/// What selections ask for, with all fragments put in.
#[derive(Clone, Copy, Default)]
struct Asked {
    /// Fields, spreads and inline fragments.
    selections: usize,
    /// Fields under another name.
    aliases: usize,
    /// Fields of the first level.
    first: usize,
    /// Levels below.
    nested: usize,
}

impl Asked {
    fn add(&mut self, other: Self) {
        self.selections = self.selections.saturating_add(other.selections);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.first = self.first.saturating_add(other.first);
        self.nested = self.nested.max(other.nested);
    }
}

/// Puts fragments in, each counted once.
struct Spread<'a> {
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    /// `None` while it is being counted.
    known: HashMap<&'a Name, Option<Asked>>,
}

impl<'a> Spread<'a> {
    fn selections(&mut self, set: &'a SelectionSet, depth: usize) -> Result<Asked, ApiError> {
        within("bound.nested", depth, NESTED)?;
        let mut all = Asked::default();
        for item in &set.items {
            let mut asked = match &item.node {
                Selection::Field(field) => {
                    let below = self.selections(&field.node.selection_set.node, depth + 1)?;
                    let alias = usize::from(field.node.alias.is_some());
                    Asked {
                        aliases: below.aliases.saturating_add(alias),
                        first: 1,
                        ..below
                    }
                }
                Selection::InlineFragment(inline) => {
                    self.selections(&inline.node.selection_set.node, depth + 1)?
                }
                Selection::FragmentSpread(spread) => {
                    self.fragment(&spread.node.fragment_name.node, depth + 1)?
                }
            };
            asked.selections = asked.selections.saturating_add(1);
            asked.nested += 1;
            all.add(asked);
        }
        // Also where a fragment was counted before, at a place that is less deep.
        within("bound.nested", all.nested, NESTED)?;
        Ok(all)
    }

    /// A fragment that is not there is told by the library.
    fn fragment(&mut self, name: &Name, depth: usize) -> Result<Asked, ApiError> {
        let Some((name, fragment)) = self.fragments.get_key_value(name) else {
            return Ok(Asked::default());
        };
        match self.known.get(name) {
            Some(Some(asked)) => return Ok(*asked),
            Some(None) => {
                let expected = Words::of("expected.no_cycle");
                return Err(ApiError::BadRequest { expected });
            }
            None => {}
        }
        self.known.insert(name, None);
        let asked = self.selections(&fragment.node.selection_set.node, depth)?;
        self.known.insert(name, Some(asked));
        Ok(asked)
    }
}

/// The size of a text, as far as it is known without understanding it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Size {
    /// Words, signs and strings.
    tokens: usize,
    /// How deep brackets are nested, of any kind.
    nested: usize,
}

impl Size {
    /// The size of a text, up to the first token beyond `most`. A text that ends within a string or a comment ends
    /// there.
    fn of(text: &str, most: usize) -> Self {
        let (mut size, mut open, mut is_in_word) = (Self::default(), 0_usize, false);
        let mut rest = text.as_bytes();
        while let Some((byte, behind)) = rest.split_first()
            && size.tokens <= most
        {
            rest = behind;
            let is_word = matches!(byte, b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | 0x80..);
            size.tokens += usize::from(match byte {
                b' ' | b'\t' | b',' | b'\n' | b'\r' | b'#' => false,
                _ => !(is_word && is_in_word),
            });
            is_in_word = is_word;
            match byte {
                b'#' => rest = behind_comment(rest),
                b'"' => rest = behind_string(rest),
                b'{' | b'[' | b'(' => {
                    open += 1;
                    size.nested = size.nested.max(open);
                }
                b'}' | b']' | b')' => open = open.saturating_sub(1),
                _ => {}
            }
        }
        size
    }
}

fn behind_comment(rest: &[u8]) -> &[u8] {
    let end = rest.iter().position(|it| matches!(it, b'\n' | b'\r'));
    &rest[end.unwrap_or(rest.len())..]
}

/// What follows a string whose first quotation mark is read. A string in single ones ends with its line.
fn behind_string(rest: &[u8]) -> &[u8] {
    const BLOCK: &[u8] = b"\"\"\"";
    let block = rest.strip_prefix(&BLOCK[1..]);
    let mut rest = block.unwrap_or(rest);
    while let Some((byte, behind)) = rest.split_first() {
        match (byte, block) {
            (b'\\', Some(_)) => rest = behind.strip_prefix(BLOCK).unwrap_or(behind),
            (b'\\', None) => rest = behind.get(1..).unwrap_or_default(),
            (b'"', Some(_)) => match behind.strip_prefix(&BLOCK[1..]) {
                Some(end) => return end,
                None => rest = behind,
            },
            (b'"' | b'\n' | b'\r', None) => return behind,
            _ => rest = behind,
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;

    #[test]
    fn words_signs_and_strings_are_counted_without_comments() {
        let size = |text: &str, most| {
            let Size { tokens, nested } = Size::of(text, most);
            (tokens, nested)
        };
        assert_eq!(size("query { a, b(c: 1) } # { { {\n{", 100), (11, 2));
        assert_eq!(size(&"{".repeat(1000), 10), (11, 11));
        assert_eq!(size("", 10), (0, 0));
        // A comment does not begin within a string, nor does a bracket count there.
        assert_eq!(size("{ a(b: \"# [\") c d }", 100), (10, 2));
        assert_eq!(
            size("[\"]\" [\"\\\"]\" [\"\"\"]\" \\\"\"\" ]\"\"\" [", 100),
            (7, 4)
        );
        assert_eq!(size("\"\" \"\"\"\"\"\" {", 100), (3, 1));
        assert_eq!(size("\"a\n[", 100), (2, 1));
        assert_eq!(size("\"\\", 100), (1, 0));
    }

    #[test]
    fn values_are_as_flat_as_selections() {
        let check = |query: String| check_text(&query, &ApiSettings::default());
        let lists = |count| format!("{{ a(b: {}{}) }}", "[".repeat(count), "]".repeat(count));
        check(lists(NESTED - 2)).unwrap();
        let fields = |count| format!("{{ a(b: {}1{}) }}", "{c:".repeat(count), "}".repeat(count));
        let types = |count| {
            let (open, close) = ("[".repeat(count), "]".repeat(count));
            format!("query($a: {open}Int{close}) {{ b }}")
        };
        for query in [lists(1_800), fields(1_000), types(1_800), lists(NESTED - 1)] {
            assert!(check(query).is_err());
        }
    }

    #[test]
    fn many_names_for_one_field_and_many_fields_at_the_beginning_are_refused() {
        let settings = ApiSettings {
            aliases: 3,
            root_fields: 4,
            ..ApiSettings::default()
        };
        let check = |query: &str| check_document(&parse_query(query).unwrap(), &settings);
        check("{ a: x b: x c: x d }").unwrap();
        check("{ a { ... on B { c: d { e: f } } } }").unwrap();
        check("{ a { ...F } } fragment F on B { c d e f g h }").unwrap();
        for query in [
            "{ a: x b: x c { d: e f: g } }",
            "{ a b c d e }",
            "{ ...F } fragment F on Query { a: b c: d e: f g: h }",
            "{ a { ...F } b { ...F } } fragment F on B { a: b c: d }",
            "{ a ... on Query { b c ... on Query { d e } } }",
            "{ a b ...F ...F } fragment F on Query { c d }",
        ] {
            assert!(check(query).is_err(), "{query}");
        }
    }

    #[test]
    fn fragments_that_double_each_other_are_refused_at_once() {
        let settings = ApiSettings::default();
        let doubled = |count: usize, begin: &str| {
            let mut query = begin.to_owned();
            for number in 0..count {
                let next = number + 1;
                query += &format!(" fragment F{number} on Query {{ ...F{next} ...F{next} }}");
            }
            query + &format!(" fragment F{count} on Query {{ __typename }}")
        };
        let check = |query: &str| check_document(&parse_query(query).unwrap(), &settings);
        check(&doubled(3, "{ ...F0 }")).unwrap();
        for count in [20, 31, 60] {
            assert!(check(&doubled(count, "{ ...F0 }")).is_err());
            assert!(check(&doubled(count, "{ a }")).is_err(), "none uses them");
        }
        let mut chain = "{ ...F0 }".to_owned();
        for number in 0..100 {
            chain += &format!(" fragment F{number} on Query {{ ...F{} }}", number + 1);
        }
        assert_eq!(check(&chain).unwrap_err().code(), "TOO_COMPLEX");
        // The same, when each fragment is known before the one that spreads it.
        let spreads: String = (0..=65).rev().map(|it| format!(" ...F{it}")).collect();
        let mut upwards = format!("{{ a {{{spreads} }} }} fragment F65 on Query {{ b }}");
        for number in 0..65 {
            upwards += &format!(" fragment F{number} on Query {{ ...F{} }}", number + 1);
        }
        assert_eq!(check(&upwards).unwrap_err().code(), "TOO_COMPLEX");
        let cycle = "{ ...F } fragment F on Query { ...G } fragment G on Query { ...F }";
        assert_eq!(check(cycle).unwrap_err().code(), "BAD_REQUEST");
    }
}
