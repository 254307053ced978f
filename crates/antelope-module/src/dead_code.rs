//! Which instructions can never be executed.
//!
//! After `br`, `br_table`, `return` and `unreachable` nothing is executed up to the `else` or `end` of
//! the block that they are in. Validation lets such code have operands of any type, so that it cannot
//! be rewritten like other code, and no test can reach it.

use wasmparser::Operator;

/// Follows which instructions of a function can never be executed.
///
/// ```
/// use antelope_module::DeadCode;
/// use wasmparser::Operator;
///
/// let mut dead = DeadCode::default();
/// let skipped = [Operator::Return, Operator::Nop, Operator::End, Operator::Nop]
///     .map(|operator| dead.skips(&operator));
/// assert_eq!(skipped, [false, true, false, false]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct DeadCode {
    /// How many blocks are open since the code became unreachable, with the one that it is in; 0 in
    /// code that may be executed.
    depth: u32,
}

impl DeadCode {
    /// Whether the next instruction can never be executed; it is called for each, in their order. The
    /// `else` or `end` of the block in which the code became unreachable is not skipped.
    pub fn skips(&mut self, operator: &Operator<'_>) -> bool {
        if self.depth == 0 {
            let leaves = matches!(
                operator,
                Operator::Br { .. }
                    | Operator::BrTable { .. }
                    | Operator::Return
                    | Operator::Unreachable
            );
            self.depth = u32::from(leaves);
            return false;
        }
        match operator {
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => self.depth += 1,
            Operator::Else | Operator::End if self.depth == 1 => {
                self.depth = 0;
                return false;
            }
            Operator::End => self.depth -= 1,
            _ => {}
        }
        true
    }
}
