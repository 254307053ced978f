//! Bounds of a query that are looked at before it is understood: a long or crafted one costs little.

use crate::error::ApiError;
use crate::settings::ApiSettings;
use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};
use coop_language::Words;

/// How deep selections are walked; the depth of the schema's limit is less.
const WALKED: usize = 64;

/// That a query is short enough to be parsed.
///
/// # Errors
/// [`ApiError::TooComplex`].
pub(crate) fn check_text(query: &str, settings: &ApiSettings) -> Result<(), ApiError> {
    let most = settings.tokens;
    match tokens(query, most) > most {
        true => Err(ApiError::TooComplex {
            what: Words::of("bound.tokens"),
            most,
        }),
        false => Ok(()),
    }
}

/// That a query does not ask for the same many times.
///
/// # Errors
/// [`ApiError::TooComplex`].
pub(crate) fn check_document(
    document: &ExecutableDocument,
    settings: &ApiSettings,
) -> Result<(), ApiError> {
    let mut aliases = 0;
    for (_, operation) in document.operations.iter() {
        let selections = &operation.node.selection_set.node;
        if selections.items.len() > settings.root_fields {
            return Err(ApiError::TooComplex {
                what: Words::of("bound.fields"),
                most: settings.root_fields,
            });
        }
        count_aliases(selections, 0, &mut aliases);
    }
    for fragment in document.fragments.values() {
        count_aliases(&fragment.node.selection_set.node, 0, &mut aliases);
    }
    match aliases > settings.aliases {
        true => Err(ApiError::TooComplex {
            what: Words::of("bound.aliases"),
            most: settings.aliases,
        }),
        false => Ok(()),
    }
}

fn count_aliases(selections: &SelectionSet, depth: usize, count: &mut usize) {
    if depth > WALKED {
        // Refused by its depth later.
        return;
    }
    for item in &selections.items {
        let below = match &item.node {
            Selection::Field(field) => {
                *count += usize::from(field.node.alias.is_some());
                &field.node.selection_set.node
            }
            Selection::InlineFragment(fragment) => &fragment.node.selection_set.node,
            Selection::FragmentSpread(_) => continue,
        };
        count_aliases(below, depth + 1, count);
    }
}

/// How many words and signs a text has, or more than `most`.
fn tokens(text: &str, most: usize) -> usize {
    let (mut count, mut is_in_word, mut is_in_comment) = (0, false, false);
    for byte in text.bytes() {
        match byte {
            b'\n' | b'\r' => (is_in_word, is_in_comment) = (false, false),
            _ if is_in_comment => {}
            b'#' => (is_in_word, is_in_comment) = (false, true),
            b' ' | b'\t' | b',' => is_in_word = false,
            b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => {
                count += usize::from(!is_in_word);
                is_in_word = true;
            }
            _ => {
                count += 1;
                is_in_word = false;
            }
        }
        if count > most {
            break;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_signs_are_counted_without_comments() {
        assert_eq!(tokens("query { a, b(c: 1) } # { { {\n{", 100), 12);
        assert_eq!(tokens(&"{".repeat(1000), 10), 11);
        assert_eq!(tokens("", 10), 0);
    }

    #[test]
    fn many_names_for_one_field_and_many_fields_at_the_beginning_are_refused() {
        let settings = ApiSettings {
            aliases: 3,
            root_fields: 4,
            ..ApiSettings::default()
        };
        let check = |query: &str| {
            let document = async_graphql::parser::parse_query(query).unwrap();
            check_document(&document, &settings)
        };
        check("{ a: x b: x c: x d }").unwrap();
        check("{ a { ... on B { c: d { e: f } } } }").unwrap();
        assert!(check("{ a: x b: x c { d: e f: g } }").is_err());
        assert!(check("{ a b c d e }").is_err());
        assert!(check("{ ...F } fragment F on Query { a: b c: d e: f g: h }").is_err());
    }
}
