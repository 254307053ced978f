//! Gives the sources of a template the name of the new package.
//!
//! A template is called like its crate, its module and often its account: `token`. Only the first
//! two are renamed:
//!
//! | source | for `my-token` |
//! |---|---|
//! | `use token::token::Client;` | `use my_token::my_token::Client;` |
//! | `pub mod token {` | `pub mod my_token {` |
//! | `name!("token")`, `fn token(…)`, `eosio.token::transfer` | unchanged |

/// Replaces the crate's name where Rust means the crate or the contract's module: before `::`, and
/// after `mod`. Texts such as `name!("token")` and functions such as `token(…)` keep it.
pub(super) fn rename_crate(source: &str, from: &str, to: &str) -> String {
    let mut renamed = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find(from) {
        let (before, after) = (&rest[..at], &rest[at + from.len()..]);
        renamed.push_str(before);
        let is_crate = is_boundary(before.chars().next_back(), after)
            && (after.starts_with("::") || before.ends_with("mod "));
        renamed.push_str(if is_crate { to } else { from });
        rest = after;
    }
    renamed.push_str(rest);
    renamed
}

/// Whether the word between stands alone: not part of a longer word, a path, a text or a field
/// access.
fn is_boundary(before: Option<char>, after: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let attached = |c: char| is_word(c) || matches!(c, '.' | '"' | '/');
    !before.is_some_and(attached) && !after.starts_with(is_word)
}

#[cfg(test)]
mod tests {
    use super::rename_crate;

    #[test]
    fn the_crate_and_its_module_are_renamed_and_nothing_else() {
        for (source, expected) in [
            (
                "use token::token::{Client};",
                "use my_token::my_token::{Client};",
            ),
            ("pub mod token {", "pub mod my_token {"),
            ("fn token(actor: Name)", "fn token(actor: Name)"),
            ("name!(\"token\")", "name!(\"token\")"),
            (
                "#[on_notify(\"token::transfer\")]",
                "#[on_notify(\"token::transfer\")]",
            ),
            ("eosio.token::transfer", "eosio.token::transfer"),
            ("mod token_life;", "mod token_life;"),
            ("mytoken::x", "mytoken::x"),
        ] {
            assert_eq!(rename_crate(source, "token", "my_token"), expected);
        }
    }
}
