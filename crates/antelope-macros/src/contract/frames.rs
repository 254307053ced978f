//! Keeps actions with large locals out of `apply`.
//!
//! All actions become one function, because that takes fewest bytes: kept apart they took 10 to 14 % more.
//! But then a buffer in one of them lies on the stack while any of them runs. An action that names an
//! array of some size stays a function of its own; the build checks what is not seen here.

use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprLit, ExprRepeat, ItemFn, Lit, TypeArray};

/// Items that make an array large.
const LARGE: usize = 512;

/// Marks the function if it has a large array.
pub(super) fn keep_apart(function: &mut ItemFn) {
    let mut search = Arrays(false);
    search.visit_block_mut(&mut Block::clone(&function.block));
    if search.0 {
        function
            .attrs
            .push(syn::parse_quote!(#[cfg_attr(target_os = "none", inline(never))]));
    }
}

struct Arrays(bool);

impl VisitMut for Arrays {
    fn visit_expr_repeat_mut(&mut self, repeat: &mut ExprRepeat) {
        self.0 |= is_large(&repeat.len);
        visit_mut::visit_expr_repeat_mut(self, repeat);
    }

    fn visit_type_array_mut(&mut self, array: &mut TypeArray) {
        self.0 |= is_large(&array.len);
        visit_mut::visit_type_array_mut(self, array);
    }
}

/// Whether a length is large; of a constant nobody knows here.
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
