//! Values in the form in which a node prints them within its error messages: as JSON without
//! spaces.
//!
//! The messages of errors are compared with those of nodes, so these texts must not change.

use antelope_types::PermissionLevel;
use std::fmt::Display;

/// A permission level: `{"actor":"alice","permission":"active"}`.
pub fn level(level: PermissionLevel) -> String {
    format!(
        "{{\"actor\":\"{}\",\"permission\":\"{}\"}}",
        level.actor, level.permission
    )
}

/// A list of permission levels, as a JSON array.
pub fn levels<'a>(list: impl IntoIterator<Item = &'a PermissionLevel>) -> String {
    join(list.into_iter().map(|item| level(*item)))
}

/// A list of keys, as a JSON array of strings.
pub fn keys<T: Display>(list: impl IntoIterator<Item = T>) -> String {
    join(list.into_iter().map(|key| format!("\"{key}\"")))
}

/// A JSON array of items that are JSON already.
fn join(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}
