//! Function names of a module, for messages and size reports.

use std::collections::BTreeMap;

use wasmparser::{KnownCustom, Name, Parser, Payload};

/// Demangled function names, by function index (imports come first).
///
/// A module without a name section has none; then functions are called by their number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FunctionNames {
    names: BTreeMap<u32, String>,
}

impl FunctionNames {
    /// Reads the `name` section. A damaged section counts as absent: names only serve messages.
    #[must_use]
    pub fn read(wasm: &[u8]) -> Self {
        let mut names = BTreeMap::new();
        for payload in Parser::new(0).parse_all(wasm) {
            let Ok(Payload::CustomSection(section)) = payload else {
                if payload.is_err() {
                    break;
                }
                continue;
            };
            let KnownCustom::Name(subsections) = section.as_known() else {
                continue;
            };
            for subsection in subsections.into_iter().flatten() {
                let Name::Function(functions) = subsection else {
                    continue;
                };
                for naming in functions.into_iter().flatten() {
                    names.insert(naming.index, demangle(naming.name));
                }
            }
        }
        Self { names }
    }

    /// The name of a function, if the module tells it.
    #[must_use]
    pub fn get(&self, index: u32) -> Option<&str> {
        self.names.get(&index).map(String::as_str)
    }

    /// The crate a function comes from, as far as its name tells.
    ///
    /// For an `impl Trait for Type` it is that of the type, or of the trait where the type is one
    /// of the language's own.
    #[must_use]
    pub fn crate_of(&self, index: u32) -> Option<&str> {
        Self::crate_in(self.get(index)?)
    }

    /// The crate that a demangled name tells, as [`crate_of`](Self::crate_of).
    #[must_use]
    pub fn crate_in(name: &str) -> Option<&str> {
        let first = first_path(name);
        if matches!(first, None | Some("core" | "alloc"))
            && name.starts_with('<')
            && let Some((_, of_trait)) = name.split_once(" as ")
        {
            return first_path(of_trait).or(first);
        }
        first
    }

    /// Whether the module has no names.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// The first part of the path that a text begins with.
fn first_path(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(['<', '&', '*', '[']);
    let (first, _) = text.split_once("::")?;
    let ident = |c: char| c.is_ascii_alphanumeric() || c == '_';
    (!first.is_empty() && first.chars().all(ident)).then_some(first)
}

/// A function's name as people write it, of Rust's or C++'s symbol; other names stay.
#[must_use]
pub fn demangle(name: &str) -> String {
    match rustc_demangle::try_demangle(name) {
        Ok(rust) => format!("{rust:#}"),
        Err(_) => super::cpp::demangle(name).unwrap_or_else(|| name.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(name: &str) -> FunctionNames {
        FunctionNames {
            names: BTreeMap::from([(0, demangle(name))]),
        }
    }

    #[test]
    fn crate_comes_from_the_path() {
        let names = names("_RNvNtCs8cm1uA0r81z_4core9panicking9panic_fmt");
        assert_eq!(names.get(0), Some("core::panicking::panic_fmt"));
        assert_eq!(names.crate_of(0), Some("core"));
    }

    #[test]
    fn crate_of_an_impl_is_that_of_its_type() {
        let names = FunctionNames {
            names: BTreeMap::from([(0, "<soviet::Board as Encode>::encode".to_owned())]),
        };
        assert_eq!(names.crate_of(0), Some("soviet"));
    }

    #[test]
    fn crate_of_an_impl_for_a_type_of_the_language_is_that_of_the_trait() {
        for name in [
            "<&str as types::Decode>::decode",
            "<core::option::Option<a::B> as types::C>::d",
        ] {
            let names = FunctionNames {
                names: BTreeMap::from([(0, name.to_owned())]),
            };
            assert_eq!(names.crate_of(0), Some("types"), "{name}");
        }
    }

    #[test]
    fn a_plain_name_tells_no_crate() {
        assert_eq!(names("apply").crate_of(0), None);
    }
}
