//! Function types and similar names in messages.
//!
//! Types are written as `(i64, i32) -> i32`, and `()` for no result, in messages about imports and
//! `apply`. A misspelt import is answered with the host function that was probably meant.

use crate::chain::{INTRINSICS, ValueType};
use wasmparser::{FuncType, ValType};

/// The type of a host function as messages write it: `(i64, i32) -> i32`. Host functions have at most
/// one result.
pub(super) fn signature(
    params: impl Iterator<Item = ValueType>,
    result: Option<ValueType>,
) -> String {
    let params: Vec<_> = params.map(ValueType::as_str).collect();
    let result = result.map_or("()", ValueType::as_str);
    format!("({}) -> {result}", params.join(", "))
}

/// The type of a function of the module as messages write it. Equal texts mean equal types, so
/// texts are also compared.
pub(super) fn signature_of(ty: &FuncType) -> String {
    let list = |types: &[ValType]| {
        types
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", ")
    };
    match ty.results() {
        [] => format!("({}) -> ()", list(ty.params())),
        [one] => format!("({}) -> {one}", list(ty.params())),
        many => format!("({}) -> ({})", list(ty.params()), list(many)),
    }
}

/// The host function whose name is closest, if it differs by at most two letters. Names of up to
/// four letters are left out: too much is similar to them.
///
/// Of several at the same distance the alphabetically first is taken, so that messages are the same in
/// every run.
pub(super) fn similar(name: &str) -> Option<&'static str> {
    INTRINSICS
        .iter()
        .map(|known| (distance(known.name, name), known.name))
        .filter(|(distance, known)| *distance <= 2 && known.len() > 4)
        .min()
        .map(|(_, known)| known)
}

/// The Levenshtein distance: how many letters must be inserted, deleted or replaced.
///
/// `row` holds the distances from the part of `a` read so far to each beginning of `b`. One row is enough,
/// since each value depends on its neighbour and on the row before.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, right) in b.iter().enumerate() {
            let change = diagonal + usize::from(left != *right);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
