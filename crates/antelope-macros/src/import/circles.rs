//! Types of an ABI that contain themselves.

use std::collections::BTreeSet;

use super::Abi;
use super::spelling::base_name;

/// Whether values of a type can have values of `target` in them, or are such.
pub(super) fn reaches(abi: &Abi<'_>, ty: &str, target: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut next = vec![ty];
    while let Some(ty) = next.pop() {
        if ty == target {
            return true;
        }
        if !seen.insert(ty) {
            continue;
        }
        if let Some(alias) = abi.types.get(ty) {
            next.push(base_name(alias));
        }
        if let Some((base, fields)) = abi.structs.get(ty) {
            next.push(base);
            next.extend(fields.iter().map(|(_, ty)| base_name(ty)));
        }
        if let Some(cases) = abi.variants.get(ty) {
            next.extend(cases.iter().map(|ty| base_name(ty)));
        }
    }
    false
}
