//! Refusing in one line.

/// Fails with a [`ChainError`](crate::ChainError) of this kind unless the condition holds.
///
/// ```
/// use antelope_types::{ChainError, ErrorKind, ensure};
///
/// fn check(size: usize) -> Result<(), ChainError> {
///     ensure!(size <= 256, ActionReturnValue, "{size} bytes, expected at most 256");
///     Ok(())
/// }
/// assert!(check(257).unwrap_err().is(ErrorKind::ActionReturnValue));
/// ```
#[macro_export]
macro_rules! ensure {
    ($condition:expr, $kind:ident, $($message:tt)+) => {
        if !$condition {
            return Err($crate::ChainError::new(
                $crate::ErrorKind::$kind,
                $crate::__private::format!($($message)+),
            ));
        }
    };
}
