//! The names of a module's functions, for messages and size reports.
//!
//! They are in the custom section `name`, which compilers write and [`strip`](fn@crate::strip)
//! removes. The chain never sees it; a file beside the deployed code, with the same code and its
//! names, keeps them.

use std::collections::BTreeMap;
use wasmparser::{KnownCustom, Name, Parser, Payload};

/// Demangled function names by function index; imported functions come first in the numbering.
///
/// A module without a name section has none. Functions are then called by their number.
///
/// ```
/// use antelope_module::FunctionNames;
/// use wasm_encoder::{Module, NameMap, NameSection};
///
/// let (mut names, mut functions) = (NameSection::new(), NameMap::new());
/// functions.append(3, "_RNvNtCs8cm1uA0r81z_4core9panicking9panic_fmt");
/// names.functions(&functions);
/// let mut module = Module::new();
/// module.section(&names);
///
/// let names = FunctionNames::read(&module.finish());
/// assert_eq!(names.get(3), Some("core::panicking::panic_fmt"));
/// assert_eq!(names.crate_of(3), Some("core"));
/// assert_eq!(names.get(0), None);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FunctionNames {
    /// The names.
    names: BTreeMap<u32, String>,
}

impl FunctionNames {
    /// Reads the names of a module. A damaged section counts as absent, since names only serve
    /// messages.
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

    /// The name of a function, if the module has one.
    #[must_use]
    pub fn get(&self, index: u32) -> Option<&str> {
        self.names.get(&index).map(String::as_str)
    }

    /// The crate that a function comes from, as far as its name says.
    ///
    /// For `impl Trait for Type` it is the crate of the type, or of the trait if the type is one of
    /// the language or of the standard library.
    #[must_use]
    pub fn crate_of(&self, index: u32) -> Option<&str> {
        Self::crate_in(self.get(index)?)
    }

    /// The crate in a demangled name, as [`crate_of`](Self::crate_of).
    ///
    /// ```
    /// use antelope_module::FunctionNames;
    ///
    /// assert_eq!(FunctionNames::crate_in("token::transfer"), Some("token"));
    /// assert_eq!(FunctionNames::crate_in("<soviet::Board as types::Encode>::encode"), Some("soviet"));
    /// assert_eq!(FunctionNames::crate_in("<&str as types::Decode>::decode"), Some("types"));
    /// assert_eq!(FunctionNames::crate_in("apply"), None);
    /// ```
    #[must_use]
    pub fn crate_in(name: &str) -> Option<&str> {
        let first = first_path(name);
        // `<Type as Trait>`: a type of the language says nothing, so the trait's crate is taken.
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

/// The first segment of the path that a text begins with, after brackets and references.
fn first_path(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(['<', '&', '*', '[']);
    let (first, _) = text.split_once("::")?;
    let ident = |c: char| c.is_ascii_alphanumeric() || c == '_';
    (!first.is_empty() && first.chars().all(ident)).then_some(first)
}

/// A function's name as its language writes it, for symbols of Rust and C++; other names stay.
///
/// ```
/// use antelope_module::demangle;
///
/// assert_eq!(demangle("_ZNK5eosio6symbol8is_validEv"), "eosio::symbol::is_valid");
/// assert_eq!(demangle("apply"), "apply");
/// ```
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
