//! Who may do what: whether keys and permissions satisfy an authority, and what an action needs.

mod actions;
mod checker;
mod native;
mod recorded;
mod validate;

pub use actions::{Provided, check_actions, check_permission, required_keys};
pub use recorded::RecordedAuthority;
pub use validate::{is_valid, require_existing};
