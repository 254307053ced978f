//! Code that nobody has compiled yet.

use crate::Failed;
use std::path::Path;

/// The code in this file with a section of its own, so that no other code has its hash.
pub fn unknown(wasm: &Path) -> Result<Vec<u8>, Failed> {
    let mut code = std::fs::read(wasm)?;
    code.extend(b"\0\x06\x05large");
    Ok(code)
}
