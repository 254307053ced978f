//! Counts a function's operand stack the way EOS VM does.

use wasmparser::{FuncValidator, ValType, WasmModuleResources};

/// Bytes of locals plus operands, as EOS VM's `max_func_local_bytes_stack_checker` sees them.
///
/// EOS VM adds on every push and subtracts on every pop, with two peculiarities kept here because
/// they decide whether a large function is accepted: nothing is counted in unreachable code, and
/// operands dropped by `br`, `return` or `unreachable` are never subtracted again.
pub(super) struct Operands {
    /// Sizes of the operands on the stack; the validator keeps only their types.
    sizes: Vec<u8>,
    /// Running count in bytes.
    bytes: u64,
    /// The highest count seen.
    pub(super) peak: u64,
}

impl Operands {
    /// Starts with what the function's locals occupy.
    pub(super) fn new(locals: u64) -> Self {
        Self {
            sizes: Vec::new(),
            bytes: locals,
            peak: locals,
        }
    }

    /// Follows one instruction that was just validated.
    ///
    /// `pops` is the number of operands it took; `reachable_before` and `reachable_after` say
    /// whether every enclosing block was reachable before and after it.
    pub(super) fn follow<T: WasmModuleResources>(
        &mut self,
        validator: &FuncValidator<T>,
        pops: usize,
        reachable_before: bool,
        reachable_after: bool,
    ) {
        let height = validator.operand_stack_height() as usize;
        let dropped = reachable_before && !reachable_after;
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

/// Bytes of a value; zero if its type is not known because the code cannot be reached.
pub(super) const fn size_of(ty: Option<ValType>) -> u8 {
    match ty {
        Some(ValType::I32 | ValType::F32) => 4,
        Some(ValType::I64 | ValType::F64) => 8,
        _ => 0,
    }
}
