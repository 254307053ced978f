//! Who may do what: whether keys and permissions satisfy an authority, and what an action needs.

mod actions;
mod checker;
mod native;
pub(crate) mod text;
mod validate;

pub(crate) use actions::{Provided, check_actions, check_permission, required_keys};
pub(crate) use validate::{is_valid, require_existing};
