//! Refusing in one line.
//!
//! Rules of a chain are many conditions in a row, each with a kind and a text of its own; the macro keeps
//! each in one statement.

/// Fails with a [`ChainError`](crate::ChainError) of this kind unless the condition holds.
/// The text is made only where the condition fails. It needs the feature `serde`.
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
