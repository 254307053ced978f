//! Where bytes stop being a value.

use crate::inspect::Misfit;
use crate::{AbiError, AbiException};
use alloc::string::{String, ToString};

/// What is wrong with bytes, and where. It is passed on in a box, as results are returned by every
/// step of the walk and the failed ones should not make all of them large.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The path is empty in a node's words, which contain it.
    pub(crate) misfit: Misfit,
    /// What a node calls it.
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
