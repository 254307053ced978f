//! Sees to it that the stack of a contract suffices.
//!
//! 1. Compile with inlining. If no function takes more than a third of the stack, that is it.
//! 2. Otherwise compile again so that functions with large locals have a frame of their own, and take
//!    what needs less stack.
//! 3. Refuse a contract whose frames do not fit, and name the functions; warn if calls may not fit.

use super::Bench;
use crate::cargo::{self, Inlining, Package, Variant};
use crate::error::BuildError;
use crate::module::{FunctionNames, StackUse};
use crate::progress::{Progress, Warning};

/// The fraction of the stack from which on a frame is a reason to compile again. It is more than the
/// quarter from which on [`Inlining::Small`] forbids inlining, as `apply` also has buffers of the SDK.
const LARGE_FRAME: u32 = 3;

impl Bench<'_> {
    /// Compiles and links the contract to deploy, with large locals in `apply` only if it takes less
    /// stack so.
    pub(super) fn link_for_stack(
        &self,
        package: &Package,
        progress: &mut Progress<'_>,
    ) -> Result<(Vec<u8>, Inlining), BuildError> {
        let linked = self.link(package, Variant::Deployed, Inlining::All, progress)?;
        let stack = measure(package, &linked)?;
        let most = cargo::stack_size(package, self.options) / LARGE_FRAME;
        if stack
            .largest()
            .first()
            .is_none_or(|(_, bytes)| *bytes <= most)
        {
            return Ok((linked, Inlining::All));
        }
        let apart = self.link(package, Variant::Deployed, Inlining::Small, &mut |_| {})?;
        let less = measure(package, &apart)?.deepest().bytes < stack.deepest().bytes;
        Ok(if less {
            (apart, Inlining::Small)
        } else {
            (linked, Inlining::All)
        })
    }

    /// Checks that the stack suffices. Refuses frames that are certainly on it at the same time;
    /// warns if the deepest chain of calls may need more, since such a chain need not ever happen.
    pub(super) fn check_stack(
        &self,
        package: &Package,
        stack: &StackUse,
        names: &FunctionNames,
    ) -> Result<Option<Warning>, BuildError> {
        let size = cargo::stack_size(package, self.options);
        let name = |names: &FunctionNames, function: u32| {
            names
                .get(function)
                .map_or_else(|| format!("function {function}"), str::to_owned)
        };
        // `apply` holds the frames of everything that was inlined into it. To name the functions at
        // fault, the contract is compiled once more without inlining.
        if stack.certain() > u64::from(size) {
            let linked = self.link(package, Variant::Apart, Inlining::All, &mut |_| {})?;
            let apart = measure(package, &linked)?;
            let names = FunctionNames::read(&linked);
            let largest = apart.largest().into_iter().take(3);
            return Err(BuildError::Stack {
                package: package.name.clone(),
                stack: size,
                needed: stack.certain(),
                frames: largest
                    .map(|(at, bytes)| (name(&names, at), bytes))
                    .collect(),
            });
        }
        let deepest = stack.deepest();
        if deepest.bytes <= u64::from(size) {
            return Ok(None);
        }
        let way: Vec<_> = deepest
            .functions
            .iter()
            .map(|(at, bytes)| format!("{} ({bytes})", name(names, *at)))
            .collect();
        Ok(Some(Warning {
            code: "stack.deep",
            message: format!(
                "calls may need {} bytes of stack, but the contract has {size}: {}",
                deepest.bytes,
                way.join(" > ")
            ),
        }))
    }
}

/// The stack that the functions of a module take.
fn measure(package: &Package, wasm: &[u8]) -> Result<StackUse, BuildError> {
    StackUse::measure(wasm).map_err(|error| BuildError::Parse {
        package: package.name.clone(),
        message: error.to_string(),
    })
}
