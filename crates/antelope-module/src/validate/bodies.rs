//! Checks all function bodies of a module, in several threads if that is worth it.
//!
//! Most of the time of validation goes into bodies. They are divided by bytes: a body that begins
//! in the n-th of N equal parts of the code goes to the n-th thread, so that the work is even
//! although functions are not, and findings can be joined in the order of the module.
//!
//! The result does not depend on the number of threads. A body needs only what earlier sections declare,
//! so each thread has a copy of that and collects its own refusals.

use super::module::ModuleCheck;
use std::sync::LazyLock;
use wasmparser::{FuncToValidate, FuncValidatorAllocations, FunctionBody, ValidatorResources};

/// The bytes of code whose check takes about as long as starting a thread.
const WORTH_A_THREAD: u64 = 32 * 1024;

/// A function and its code.
pub(super) type Body<'a> = (FuncToValidate<ValidatorResources>, FunctionBody<'a>);

impl ModuleCheck<'_> {
    /// Checks the bodies, and adds what is wrong with them in the order of functions, whatever the
    /// number of threads. Each thread gets consecutive bodies of about the same length in total.
    pub(super) fn bodies(&mut self, bodies: Vec<Body<'_>>) {
        let bytes: u64 = bodies.iter().map(size).sum();
        let threads = match bytes / WORTH_A_THREAD {
            0 | 1 => 1,
            worth => worth.min(processors()),
        };
        if threads == 1 {
            return self.part_of_bodies(bodies);
        }
        let mut parts: Vec<_> = (0..threads).map(|_| (self.part(), Vec::new())).collect();
        let mut before = 0;
        for body in bodies {
            // Where the body begins decides, so that each thread gets consecutive bodies.
            let part = before * threads / bytes;
            before += size(&body);
            parts[part as usize].1.push(body);
        }
        std::thread::scope(|scope| {
            for (check, bodies) in &mut parts {
                scope.spawn(|| check.part_of_bodies(std::mem::take(bodies)));
            }
        });
        for (check, _) in parts {
            self.refusals.extend(check.refusals);
        }
    }

    /// Checks bodies in this thread, one after another, with the same buffers for all.
    fn part_of_bodies(&mut self, bodies: Vec<Body<'_>>) {
        let mut allocations = FuncValidatorAllocations::default();
        for (function, body) in bodies {
            allocations = self.function(function, &body, allocations);
        }
    }
}

/// The number of processors, asked once: the system reads files to find it out.
fn processors() -> u64 {
    static PROCESSORS: LazyLock<u64> =
        LazyLock::new(|| std::thread::available_parallelism().map_or(1, usize::from) as u64);
    *PROCESSORS
}

/// The length of a body in bytes.
fn size((_, body): &Body<'_>) -> u64 {
    body.range().end - body.range().start
}

#[cfg(test)]
mod tests {
    use crate::FunctionNames;
    use crate::chain::ModuleRules;
    use crate::validate::validate_for;
    use wasm_encoder::{
        CodeSection, ExportKind, ExportSection, Function, FunctionSection, Instruction as I,
        Module, TypeSection, ValType,
    };

    /// Functions of some thousand bytes; every fourth leaves a number behind, which none may.
    fn large(functions: u32) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([ValType::I64; 3], []);
        let (mut declared, mut code) = (FunctionSection::new(), CodeSection::new());
        for index in 0..functions {
            declared.function(0);
            let mut body = Function::new([]);
            for _ in 0..2000 {
                body.instruction(&I::LocalGet(0)).instruction(&I::Drop);
            }
            if index % 4 == 3 {
                body.instruction(&I::LocalGet(0));
            }
            code.function(body.instruction(&I::End));
        }
        let mut exports = ExportSection::new();
        exports.export("apply", ExportKind::Func, 0);
        let mut module = Module::new();
        module.section(&types).section(&declared);
        module.section(&exports).section(&code);
        module.finish()
    }

    #[test]
    fn reasons_are_in_the_order_of_functions_however_many_threads_look() {
        let wasm = large(64);
        assert!(wasm.len() as u64 > 2 * super::WORTH_A_THREAD);
        let names = FunctionNames::default();
        let refusals =
            validate_for(&wasm, &ModuleRules::current(), &names).expect_err("a number is left");
        let found: Vec<_> = refusals
            .0
            .iter()
            .map(|refusal| refusal.place.function)
            .collect();
        let expected: Vec<_> = (0..64).filter(|index| index % 4 == 3).map(Some).collect();
        assert_eq!(found, expected);
    }
}
