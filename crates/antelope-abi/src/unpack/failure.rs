//! Where bytes stop being a value.

use crate::inspect::Misfit;
use crate::{AbiError, AbiException};
use alloc::string::{String, ToString};

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

    /// As an error about bytes of a type.
    #[cold]
    pub(crate) fn of(self, ty: &str) -> AbiError {
        AbiError::Unpack {
            ty: ty.into(),
            problem: self.misfit.to_string(),
            exception: self.exception,
        }
    }
}
