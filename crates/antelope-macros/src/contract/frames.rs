//! Keeps actions with large locals out of `apply`.
//!
//! The compiler inlines all actions into `apply`, because that takes fewest bytes: kept apart they
//! took 10 to 14 % more. But then a buffer in one of them is on the stack while any of them runs,
//! and the stack has 8 KiB by default. An action with an array of some size therefore stays a
//! function of its own. This is decided by the source; what is not seen here, such as large
//! structs, the build checks in the finished module.

use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprLit, ExprRepeat, ItemFn, Lit, TypeArray};

/// The number of items from which on an array counts as large. The size of an item is not known
/// here.
const LARGE: usize = 512;

/// Adds `#[inline(never)]` to the function if it has a large array. Only in the contract: on the
/// host it would mean nothing.
pub(super) fn keep_apart(function: &mut ItemFn) {
    let mut search = Arrays(false);
    search.visit_block_mut(&mut Block::clone(&function.block));
    if search.0 {
        function
            .attrs
            .push(syn::parse_quote!(#[cfg_attr(target_os = "none", inline(never))]));
    }
}

/// Looks for large arrays, and holds whether one was found.
struct Arrays(bool);

impl VisitMut for Arrays {
    /// An expression such as `[0u8; 1024]`.
    fn visit_expr_repeat_mut(&mut self, repeat: &mut ExprRepeat) {
        self.0 |= is_large(&repeat.len);
        visit_mut::visit_expr_repeat_mut(self, repeat);
    }

    /// A type such as `[u8; 1024]`.
    fn visit_type_array_mut(&mut self, array: &mut TypeArray) {
        self.0 |= is_large(&array.len);
        visit_mut::visit_type_array_mut(self, array);
    }
}

/// Whether the length of an array is large.
///
/// | written | large |
/// |---|---|
/// | `[0u8; 1024]` | yes |
/// | `[0u64; 100]` | no: 100 items |
/// | `[0u8; SIZE]` | no: the value of a constant is not known here |
fn is_large(len: &Expr) -> bool {
    match len {
        Expr::Lit(ExprLit {
            lit: Lit::Int(number),
            ..
        }) => number
            .base10_parse::<usize>()
            .map_or(true, |it| it >= LARGE),
        _ => false,
    }
}
