//! The names that a new package can have, and what to suggest instead of others.

/// Keywords of Rust, reserved words and names of standard crates: none can name a module or a crate
/// here.
const WORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "test", "trait", "true", "try", "type",
    "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "core", "alloc",
    "std",
];

/// Packages that a new project is compiled with. Cargo would mistake the new one for them.
const TAKEN: &[&str] = &[
    "antelope-abi",
    "antelope-build",
    "antelope-chain",
    "antelope-contract",
    "antelope-intrinsics",
    "antelope-keys",
    "antelope-ledger",
    "antelope-macros",
    "antelope-module",
    "antelope-testing",
    "antelope-types",
    "antelope-vm",
    "serde_json",
];

/// Why a package cannot have this name; `None` if it can.
pub(super) fn refused_name(name: &str) -> Option<&'static str> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if !name.starts_with(|first: char| first.is_ascii_lowercase()) {
        return Some("it must begin with a lower-case letter from a to z");
    }
    if !name.chars().all(allowed) {
        return Some("it may have only lower-case letters from a to z, digits, - and _");
    }
    if WORDS.contains(&name) {
        return Some("it is a word of the Rust language");
    }
    TAKEN
        .contains(&name)
        .then_some("the project is compiled with another package of this name")
}

/// A similar name that a package can have, if there is one.
///
/// | name | suggestion |
/// |---|---|
/// | `My Project` | `my-project` |
/// | `1st_token` | `st-token` |
/// | `type` | `my-type` |
/// | `antelope-types` | `my-antelope-types` |
/// | `вече` | none: no letter from a to z |
pub(super) fn suggested_name(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    let joined = words.join("-");
    let joined = joined.trim_start_matches(|c: char| !c.is_ascii_lowercase());
    let suggested = match refused_name(joined) {
        None => joined.to_owned(),
        Some(_) => format!("my-{joined}"),
    };
    (!joined.is_empty() && refused_name(&suggested).is_none()).then_some(suggested)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn package_names() {
        for name in ["hello", "my-token", "a_1"] {
            assert_eq!(refused_name(name), None, "{name}");
        }
        for name in [
            "",
            "1a",
            "Hello",
            "type",
            "a b",
            "вече",
            "test",
            "core",
            "serde_json",
            "antelope-contract",
        ] {
            assert!(refused_name(name).is_some(), "{name}");
        }
    }

    #[test]
    fn a_name_that_can_be_used_is_suggested_where_there_is_one() {
        let suggested = |name| suggested_name(name);
        assert_eq!(suggested("My Project").as_deref(), Some("my-project"));
        assert_eq!(suggested("1st_token").as_deref(), Some("st-token"));
        assert_eq!(suggested("type").as_deref(), Some("my-type"));
        assert_eq!(
            suggested("antelope-types").as_deref(),
            Some("my-antelope-types")
        );
        assert_eq!(suggested("вече"), None);
    }
}
