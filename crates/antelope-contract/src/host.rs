//! The chain as a contract sees it: what a native test or an embedded chain provides.
//!
//! A contract compiles for the development machine too. There its host functions are calls of the
//! [`Host`] that [`with_host`] has put in place for the running thread; without one they panic.

#[cfg(not(target_os = "none"))]
mod native;

#[cfg(not(target_os = "none"))]
pub use native::{Host, with_host};
#[cfg(not(target_os = "none"))]
pub(crate) use native::{call, reading};

/// A host function, as [`HOST_FUNCTIONS`] lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostFunction {
    /// Its name in the import module `env`.
    pub name: &'static str,
    /// The protocol feature that allows it; `None` where every chain has it.
    pub feature: Option<&'static str>,
}

macro_rules! list {
    ($([$feature:ident] fn $name:ident($($params:tt)*) $(-> $ret:ty)?;)*) => {
        /// Every host function that this SDK can call.
        pub const HOST_FUNCTIONS: &[HostFunction] = &[$(HostFunction {
            name: stringify!($name),
            feature: feature(stringify!($feature)),
        }),*];
    };
}

const fn feature(name: &'static str) -> Option<&'static str> {
    // Protocol features are upper case, `genesis` is not.
    match name.as_bytes() {
        [b'A'..=b'Z', ..] => Some(name),
        _ => None,
    }
}

host_functions!(list);
