//! Counts a function's operand stack the way EOS VM does.
//!
//! For `func_local_bytes` a value takes 4 bytes (`i32`, `f32`) or 8 (`i64`, `f64`). A function with
//! one local of 8 bytes is counted like this:
//!
//! | instruction | operands after it | bytes |
//! |---|---|---|
//! | | | 8 |
//! | `i32.const 1` | i32 | 12 |
//! | `i64.const 2` | i32, i64 | 20, the peak |
//! | `local.set 0` | i32 | 12 |
//! | `drop` | | 8 |

use wasmparser::{FuncValidator, ValType, WasmModuleResources};

/// Bytes of locals and operands, as EOS VM's `max_func_local_bytes_stack_checker` (`parser.hpp`)
/// counts them.
///
/// EOS VM adds on every push and subtracts on every pop, with two peculiarities that are kept here
/// because they decide whether a large function is accepted: nothing is counted in unreachable
/// code, and operands that `br`, `return` or `unreachable` discard are never subtracted again.
pub(super) struct Operands {
    /// The sizes of the operands on the stack; the validator keeps only their types.
    sizes: Vec<u8>,
    /// The running count.
    bytes: u64,
    /// The greatest count seen: what the limit is compared with.
    pub(super) peak: u64,
}

impl Operands {
    /// Starts with the bytes of the function's locals.
    pub(super) fn new(locals: u64) -> Self {
        Self {
            sizes: Vec::new(),
            bytes: locals,
            peak: locals,
        }
    }

    /// Follows one instruction that was just validated.
    ///
    /// `pops` is the number of operands that it took; `reachable_before` and `reachable_after` say
    /// whether every enclosing block was reachable before and after it.
    pub(super) fn follow<T: WasmModuleResources>(
        &mut self,
        validator: &FuncValidator<T>,
        pops: usize,
        reachable_before: bool,
        reachable_after: bool,
    ) {
        let height = validator.operand_stack_height() as usize;
        // The instruction has made the rest of the block unreachable.
        let dropped = reachable_before && !reachable_after;
        // How many of the remembered sizes are still on the stack: all below what the instruction
        // took, but not more than the validator has left.
        let kept = if dropped {
            height
        } else {
            self.sizes.len().saturating_sub(pops).min(height)
        };
        let popped: u64 = self
            .sizes
            .drain(kept.min(self.sizes.len())..)
            .map(u64::from)
            .sum();
        if reachable_before && !dropped {
            self.bytes = self.bytes.saturating_sub(popped);
        }
        // What the instruction has pushed, lowest first; `get_operand_type` counts from the top.
        while self.sizes.len() < height {
            let depth = height - self.sizes.len() - 1;
            let size = size_of(validator.get_operand_type(depth).flatten());
            if reachable_after {
                self.bytes += u64::from(size);
            }
            self.sizes.push(size);
        }
        self.peak = self.peak.max(self.bytes);
    }
}

/// The bytes of a value; 0 if its type is not known because the code cannot be reached.
pub(super) const fn size_of(ty: Option<ValType>) -> u8 {
    match ty {
        Some(ValType::I32 | ValType::F32) => 4,
        Some(ValType::I64 | ValType::F64) => 8,
        _ => 0,
    }
}
