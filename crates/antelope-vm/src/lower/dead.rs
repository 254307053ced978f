//! Which instructions can never be executed.
//!
//! After `br`, `br_table`, `return` and `unreachable` nothing is executed up to the `else` or `end` of
//! the block that they are in. Validation lets such code have operands of any type, so that it cannot
//! be rewritten like other code; it is left out.

use wasmparser::Operator;

/// Follows what can never be executed.
#[derive(Default)]
pub(crate) struct Dead {
    /// How many blocks are open since the code became unreachable, with the one that it is in; 0 in
    /// code that may be executed.
    depth: u32,
}

impl Dead {
    /// Whether the instruction can never be executed; the ends of blocks can.
    pub(crate) fn skips(&mut self, operator: &Operator<'_>) -> bool {
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
