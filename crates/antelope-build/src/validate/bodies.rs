//! Checks all function bodies of a module, in several threads where that is worth it.

use super::module::ModuleCheck;
use std::sync::LazyLock;
use wasmparser::{FuncToValidate, FuncValidatorAllocations, FunctionBody, ValidatorResources};

/// Bytes of code that take longer to check than a thread to begin.
const WORTH_A_THREAD: u64 = 32 * 1024;

/// A function, and its code.
pub(super) type Body<'a> = (FuncToValidate<ValidatorResources>, FunctionBody<'a>);

impl ModuleCheck<'_> {
    /// Notes what is wrong with the bodies, in their order.
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

    fn part_of_bodies(&mut self, bodies: Vec<Body<'_>>) {
        let mut allocations = FuncValidatorAllocations::default();
        for (function, body) in bodies {
            allocations = self.function(function, &body, allocations);
        }
    }
}

/// How many there are; the system reads files to tell.
fn processors() -> u64 {
    static PROCESSORS: LazyLock<u64> =
        LazyLock::new(|| std::thread::available_parallelism().map_or(1, usize::from) as u64);
    *PROCESSORS
}

/// Bytes of a body.
fn size((_, body): &Body<'_>) -> u64 {
    body.range().end - body.range().start
}
