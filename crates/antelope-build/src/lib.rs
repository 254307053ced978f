//! From contract source to wasm, ABI and build information.
