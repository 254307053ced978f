//! Function types and names in messages.

use wasmparser::{FuncType, ValType};

use crate::chain::{INTRINSICS, ValueType};

/// The type of a host function, as messages write it.
pub(super) fn signature(
    params: impl Iterator<Item = ValueType>,
    result: Option<ValueType>,
) -> String {
    let params: Vec<_> = params.map(ValueType::as_str).collect();
    let result = result.map_or("()", ValueType::as_str);
    format!("({}) -> {result}", params.join(", "))
}

/// The type of a function of the module, as messages write it.
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

/// A host function whose name differs by at most two letters.
pub(super) fn similar(name: &str) -> Option<&'static str> {
    INTRINSICS
        .iter()
        .map(|known| (distance(known.name, name), known.name))
        .filter(|(distance, known)| *distance <= 2 && known.len() > 4)
        .min()
        .map(|(_, known)| known)
}

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
