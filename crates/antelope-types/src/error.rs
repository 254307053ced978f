//! How the crate's error types tell what was wrong.
//!
//! Errors that a contract can meet are plain enums with a `const fn text`, which gives a constant text: a
//! contract fails with it without reaching `core::fmt`. Their `Display` is the same text.

/// Gives an error type with a `text` method its `Display` and `Error`.
macro_rules! error_text {
    ($error:ty) => {
        impl ::core::fmt::Display for $error {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.text())
            }
        }

        impl ::core::error::Error for $error {}
    };
}

pub(crate) use error_text;
