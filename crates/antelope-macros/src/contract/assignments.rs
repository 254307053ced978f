//! Explains `row.price = 3` in an action: rows are changed by `update`.
//!
//! A row that was read from a table derefs to the struct, so a beginner writes an assignment to a
//! field. The compiler would say that `DerefMut` is missing, which does not help. Which variables
//! are rows only the compiler knows; so a call that is an error for rows alone, with a message that
//! names `update`, is put before each assignment to a field:
//!
//! ```text
//! if false {
//!     loop {}
//!     {
//!         use ::antelope_contract::places::Other as _;
//!         ::antelope_contract::places::Place(&row).may_change();
//!     }
//! }
//! row.price = 3;
//! ```
//!
//! It is behind an endless loop, so it is type-checked and never reached: not even the borrow
//! checker looks at it, and nothing else is refused because of it. No code is generated for it.

use proc_macro2::TokenStream as Tokens;
use quote::quote_spanned;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{BinOp, Block, Expr, ExprClosure, Ident, Item, ItemFn, Stmt};

/// Puts the calls before the assignments in a function.
pub(super) fn explain(function: &mut ItemFn) {
    Assignments.visit_block_mut(&mut function.block);
}

/// Visits the statements of a function.
struct Assignments;

impl VisitMut for Assignments {
    /// Puts a call before each statement that assigns to a field, and visits the statements within.
    fn visit_block_mut(&mut self, block: &mut Block) {
        let statements = std::mem::take(&mut block.stmts);
        for mut statement in statements {
            if let Stmt::Expr(expression, _) = &statement
                && let Some((variable, place)) = assigned(expression)
            {
                block.stmts.push(check(variable, place));
            }
            self.visit_stmt_mut(&mut statement);
            block.stmts.push(statement);
        }
    }

    // The types in closures may not be known at this point, and items have variables of their own.
    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}
    fn visit_item_mut(&mut self, _: &mut Item) {}

    /// Visits expressions, except macros, whose tokens have a meaning of their own.
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        if !matches!(expression, Expr::Macro(_)) {
            visit_mut::visit_expr_mut(self, expression);
        }
    }
}

/// The variable whose field a statement assigns to, and the whole left side.
///
/// | statement | variable | left side |
/// |---|---|---|
/// | `row.price = 3` | `row` | `row.price` |
/// | `row.owner.name += 1` | `row` | `row.owner.name` |
/// | `price = 3`, `find().price = 3`, `rows[0].price = 3` | none | |
fn assigned(expression: &Expr) -> Option<(&Ident, &Expr)> {
    let place = match expression {
        Expr::Assign(assign) => &assign.left,
        Expr::Binary(binary) if assigns(&binary.op) => &binary.left,
        _ => return None,
    };
    let Expr::Field(field) = &**place else {
        return None;
    };
    let mut base = &*field.base;
    while let Expr::Field(field) = base {
        base = &field.base;
    }
    match base {
        Expr::Path(path) => path.path.get_ident().map(|variable| (variable, &**place)),
        _ => None,
    }
}

/// Whether an operator assigns: `+=` and the like.
fn assigns(operator: &BinOp) -> bool {
    matches!(
        operator,
        BinOp::AddAssign(_)
            | BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::RemAssign(_)
            | BinOp::BitXorAssign(_)
            | BinOp::BitAndAssign(_)
            | BinOp::BitOrAssign(_)
            | BinOp::ShlAssign(_)
            | BinOp::ShrAssign(_)
    )
}

/// The call for a variable, at the place of the assignment, where the compiler then reports the
/// error.
fn check(variable: &Ident, place: &Expr) -> Stmt {
    let span = place.span();
    let tokens: Tokens = quote_spanned! {span=>
        #[allow(unreachable_code, unused_imports, clippy::all)]
        if false {
            loop {}
            {
                use ::antelope_contract::places::Other as _;
                ::antelope_contract::places::Assigned(&#variable).may_change();
            }
        }
    };
    syn::parse2(tokens).expect("a statement")
}
