//! Types of an ABI that contain themselves, directly or through others.
//!
//! Such types are legal in an ABI, for example a tree whose nodes have children. In Rust they need
//! a box, unless a list is in between, and their descriptions must be cut somewhere.

use super::Abi;
use super::spelling::base_name;
use std::collections::BTreeSet;

/// Whether values of `ty` are, or can contain, values of `target`: through aliases, bases, fields
/// and variants, with any suffix. Each type is visited once, so circles that do not pass `target`
/// end too.
///
/// ```text
/// node { value: string, children: node[] }     node → node: yes, through the list
/// pair { left: leaf, right: leaf }             pair → pair: no
/// leaf { name: name }                          leaf → pair: no
/// ```
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
