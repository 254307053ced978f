//! Places at which tests end the program.

#[cfg(not(test))]
pub(crate) fn point() -> Result<(), crate::PrivateError> {
    Ok(())
}

#[cfg(test)]
pub(crate) use armed::{after, point};

#[cfg(test)]
mod armed {
    use crate::PrivateError;
    use std::cell::Cell;
    use std::io;

    thread_local! {
        static LEFT: Cell<u32> = const { Cell::new(u32::MAX) };
    }

    /// Ends what this thread does at its `count`-th point from now on; `u32::MAX` for never.
    pub(crate) fn after(count: u32) {
        LEFT.set(count);
    }

    pub(crate) fn point() -> Result<(), PrivateError> {
        let left = LEFT.get();
        if left == 0 {
            return Err(PrivateError::Io {
                doing: "go on".to_owned(),
                source: io::Error::other("killed by a test"),
            });
        }
        if left != u32::MAX {
            LEFT.set(left - 1);
        }
        Ok(())
    }
}
