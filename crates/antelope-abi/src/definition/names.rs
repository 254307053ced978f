//! Names of types: what stands behind the name, and what aliases stand for.
//!
//! A spelled type is a name and at most one suffix, `[]`, `[N]` or `?`, with `$` taken off before. A
//! suffix may also be part of a name, as nothing forbids a struct named `a[]`; the checks ask for such
//! a name only as the base of others.

use super::Fault;
use crate::AbiException;
use crate::builtin::Builtin;
use crate::limits::MAX_DEPTH;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// What a type makes of the type in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Nothing: it is that type.
    Plain,
    /// `[]`.
    List,
    /// `[N]`.
    Fixed(u32),
    /// `?`.
    Optional,
}

/// Takes one `[]`, `[N]` or `?` off (`abi_serializer::fundamental_type`).
#[inline]
pub(crate) fn split(ty: &str) -> (&str, Shape) {
    // Most types have no suffix.
    match ty.as_bytes().last() {
        Some(b']' | b'?') => split_suffix(ty),
        _ => (ty, Shape::Plain),
    }
}

/// As [`split`], for what ends like a suffix.
fn split_suffix(ty: &str) -> (&str, Shape) {
    if let Some(inner) = ty.strip_suffix("[]") {
        return (inner, Shape::List);
    }
    if let Some((inner, count)) = fixed(ty) {
        return (inner, Shape::Fixed(count));
    }
    match ty.strip_suffix('?') {
        Some(inner) => (inner, Shape::Optional),
        None => (ty, Shape::Plain),
    }
}

/// `[N]` of any digits; a number that is too large wraps, as in a node.
fn fixed(ty: &str) -> Option<(&str, u32)> {
    let (inner, digits) = ty.strip_suffix(']')?.rsplit_once('[')?;
    let mut count = 0u32;
    for digit in digits.bytes() {
        if !digit.is_ascii_digit() {
            return None;
        }
        count = count.wrapping_mul(10).wrapping_add((digit - b'0').into());
    }
    (!digits.is_empty()).then_some((inner, count))
}

/// The names of a definition, as far as they are known.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    pub(super) aliases: BTreeMap<&'a str, &'a str>,
    pub(super) structs: Sorted<'a>,
    pub(super) variants: Sorted<'a>,
}

/// Indices by name, in the order of the names: for names that are all known at once this is several
/// times as fast as a map.
#[derive(Debug, Default)]
pub(super) struct Sorted<'a>(Vec<(SortKey<'a>, u32)>);

impl<'a> Sorted<'a> {
    pub(super) fn new(names: impl Iterator<Item = &'a String>) -> Self {
        let mut list: Vec<_> = names.map(|name| SortKey::new(name)).zip(0..).collect();
        list.sort_unstable();
        Self(list)
    }

    /// Whether a name is there twice.
    pub(super) fn repeats(&self) -> bool {
        self.0.windows(2).any(|pair| pair[0].0 == pair[1].0)
    }

    /// The index of a name; one of them if it is there twice.
    pub(super) fn get(&self, name: &str) -> Option<u32> {
        let key = SortKey::new(name);
        let found = self.0.binary_search_by(|(it, _)| it.cmp(&key));
        Some(self.0[found.ok()?].1)
    }

    /// All names, ascending: the order in which a node looks at its maps.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a str, u32)> {
        self.0.iter().map(|(key, index)| (key.name, *index))
    }
}

/// A name with its first eight bytes as a number. The order is that of the names, and most names differ
/// in the number, so that their text is seldom looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SortKey<'a> {
    /// Big-endian, and zeros behind a name that is shorter. Names for which it is the same are compared
    /// as text.
    head: u64,
    name: &'a str,
}

impl<'a> SortKey<'a> {
    pub(super) fn new(name: &'a str) -> Self {
        let bytes = name.as_bytes();
        let head = match bytes.first_chunk() {
            Some(first) => u64::from_be_bytes(*first),
            None => {
                let number = bytes
                    .iter()
                    .fold(0, |all, byte| all << 8 | u64::from(*byte));
                // There is nothing to shift where the name is empty.
                number
                    .checked_shl(64 - 8 * bytes.len() as u32)
                    .unwrap_or_default()
            }
        };
        Self { head, name }
    }
}

impl<'a> Names<'a> {
    /// Whether there is such a type (`abi_serializer::_is_type`).
    ///
    /// # Errors
    /// [`AbiException::RecursionDepth`] where aliases stand for aliases too often.
    pub(super) fn is_type(&self, ty: &'a str) -> Result<bool, Fault> {
        let mut ty = ty;
        for _ in 2..MAX_DEPTH {
            let (inner, _) = split(ty);
            if Builtin::parse(inner).is_some() {
                return Ok(true);
            }
            let Some(&target) = self.aliases.get(inner) else {
                return Ok(self.structs.get(inner).is_some() || self.variants.get(inner).is_some());
            };
            ty = target;
        }
        let problem = alloc::format!("recursive definition, max_recursion_depth {MAX_DEPTH} ");
        Err(Fault::new(AbiException::RecursionDepth, problem))
    }

    /// What an alias stands for in the end (`abi_serializer::resolve_type`); there are no circles.
    pub(super) fn resolve(&self, ty: &'a str) -> &'a str {
        let mut ty = ty;
        for _ in 0..self.aliases.len() {
            match self.aliases.get(ty) {
                Some(&target) => ty = target,
                None => break,
            }
        }
        ty
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_the_order_of_their_bytes() {
        let mut names = [
            "",
            "\0",
            "a",
            "a\0",
            "a\0b",
            "ab",
            "account",
            "accounts",
            "accounts\0",
            "accounts1",
            "accounts10",
            "accounts2",
            "b",
            "z",
            "é",
        ]
        .map(String::from);
        names.sort();
        let shuffled = names.iter().rev();
        let sorted = Sorted::new(shuffled);
        assert!(sorted.iter().map(|(name, _)| name).eq(&names));
        assert!(!sorted.repeats());
        for (at, name) in names.iter().enumerate() {
            assert_eq!(sorted.get(name), Some((names.len() - 1 - at) as u32));
        }
        assert_eq!(sorted.get("accounts3"), None);
        assert_eq!(sorted.get("c"), None);
        let twice = [&names[0], &names[7], &names[0]];
        assert!(Sorted::new(twice.into_iter()).repeats());
    }

    #[test]
    fn one_suffix_is_taken_off() {
        for (ty, expected) in [
            ("a", ("a", Shape::Plain)),
            ("a[]", ("a", Shape::List)),
            ("a?", ("a", Shape::Optional)),
            ("a[3]", ("a", Shape::Fixed(3))),
            ("a[4294967297]", ("a", Shape::Fixed(1))),
            ("a[][]", ("a[]", Shape::List)),
            ("a[]?", ("a[]", Shape::Optional)),
            ("a?[2]", ("a?", Shape::Fixed(2))),
            ("a[x]", ("a[x]", Shape::Plain)),
            ("a]", ("a]", Shape::Plain)),
            ("[]", ("", Shape::List)),
            ("", ("", Shape::Plain)),
        ] {
            assert_eq!(split(ty), expected, "{ty}");
        }
    }
}
