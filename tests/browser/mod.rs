//! Signing in browsers: the package of `coop-wasm` in Chromium. What it packs and signs is compared with
//! the other crates by its own tests.

mod driver;
mod passkeys;
