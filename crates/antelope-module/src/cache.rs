//! The folder in which downloads and compiled code are kept between runs.

use std::path::PathBuf;

/// `$VECHE_CACHE` if it is set, otherwise `veche` in the user's cache folder: `$XDG_CACHE_HOME`, or
/// `$HOME/.cache`. `None` if none of the three variables is set. The folder need not exist. A variable
/// that is set to nothing counts as not set.
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
