//! Where bytes stop being a value.

use crate::AbiException;
use crate::inspect::Misfit;
use alloc::string::String;

/// What is wrong with bytes, and where.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) misfit: Misfit,
    pub(crate) exception: AbiException,
}

impl Failure {
    pub(crate) fn new(
        path: String,
        offset: usize,
        exception: AbiException,
        problem: String,
    ) -> Self {
        let misfit = Misfit {
            path,
            offset,
            problem,
        };
        Self { misfit, exception }
    }
}
