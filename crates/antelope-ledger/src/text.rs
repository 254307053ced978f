//! Values as a node prints them within its messages.

use antelope_types::PermissionLevel;
use std::fmt::Display;

/// A permission, as JSON.
pub fn level(level: PermissionLevel) -> String {
    format!(
        "{{\"actor\":\"{}\",\"permission\":\"{}\"}}",
        level.actor, level.permission
    )
}

/// A list of permissions, as JSON.
pub fn levels<'a>(list: impl IntoIterator<Item = &'a PermissionLevel>) -> String {
    join(list.into_iter().map(|item| level(*item)))
}

/// A list of keys, as JSON.
pub fn keys<T: Display>(list: impl IntoIterator<Item = T>) -> String {
    join(list.into_iter().map(|key| format!("\"{key}\"")))
}

fn join(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}
