//! Where what was downloaded or compiled is kept.

use std::path::PathBuf;

/// Where set-up puts what it downloads: `$VECHE_CACHE`, or `veche` in the user's cache folder.
#[must_use]
pub fn cache_folder() -> Option<PathBuf> {
    let set = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    set("VECHE_CACHE")
        .or_else(|| set("XDG_CACHE_HOME").map(|cache| cache.join("veche")))
        .or_else(|| set("HOME").map(|home| home.join(".cache").join("veche")))
}
