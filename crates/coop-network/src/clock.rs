//! Clocks of single nodes, as if each were a machine of its own.
//!
//! All processes of a machine have one wall clock. A library that a node loads before its own (`LD_PRELOAD`) adds a
//! constant to what the node is shown of it. The library is compiled when it is needed, by the compiler that has
//! compiled this program.

use crate::error::{During, NetworkError};
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// The source of the library.
const SHIM: &str = include_str!("../clock/shim.rs");

/// The environment of a node whose clock is so many milliseconds ahead, or behind. The library is put into this folder.
///
/// # Errors
/// Those of files, and of the compiler.
pub(crate) fn shifted(
    folder: &Path,
    millis: i64,
) -> Result<Vec<(&'static str, OsString)>, NetworkError> {
    let [source, library] = ["clock.rs", "clock.so"].map(|name| folder.join(name));
    let is_made = library.is_file() && fs::read_to_string(&source).is_ok_and(|it| it == SHIM);
    if !is_made {
        compile(&source, &library)?;
    }
    Ok(vec![
        ("LD_PRELOAD", library.into()),
        ("CLOCK_OFFSET_MS", millis.to_string().into()),
    ])
}

fn compile(source: &Path, library: &Path) -> Result<(), NetworkError> {
    fs::write(source, SHIM).during(|| format!("write {}", source.display()))?;
    let compiled = Command::new("rustc")
        // The compiler that the repository names.
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["--edition", "2024", "--crate-type", "cdylib", "-O"])
        .args(["-C", "panic=abort", "-o"])
        .args([library, source])
        .stdin(Stdio::null())
        .output();
    let compiled = compiled.during(|| "run rustc".to_owned())?;
    if !compiled.status.success() {
        let said = String::from_utf8_lossy(&compiled.stderr).into_owned();
        return Err(std::io::Error::other(said)).during(|| format!("compile {}", source.display()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, SystemTime};

    const HOUR: i64 = 3_600;

    #[test]
    fn a_program_is_shown_another_time() {
        let folder = tempfile::tempdir().unwrap();
        for hours in [1, -1] {
            let environment = shifted(folder.path(), hours * HOUR * 1_000).unwrap();
            let shown = Command::new("date").arg("+%s").envs(environment).output();
            let shown = String::from_utf8(shown.unwrap().stdout).unwrap();
            let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
            let now = now.unwrap_or(Duration::ZERO).as_secs() as i64;
            let off = shown.trim().parse::<i64>().unwrap() - now;
            let minutes = (off as f64 / 60.0).round() as i64;
            // The program may have to wait for a busy machine.
            assert!((minutes - hours * 60).abs() < 10, "{off} s");
        }
    }
}
