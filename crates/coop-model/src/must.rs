//! Pure rules return results; an action insists on them.

use antelope_contract::{Failure, fail};

/// The value, or a failed action with the error's own text.
pub fn must<T, E: Failure>(result: Result<T, E>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => fail(error),
    }
}
