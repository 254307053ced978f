//! Signing in browsers: the package of `coop-wasm`, in Node.js and in Chromium.

mod driver;
mod passkeys;
mod vectors;
