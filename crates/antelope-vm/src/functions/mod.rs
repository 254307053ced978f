//! The host functions, one module a group. Names, types and behaviour are those of a node.
//!
//! Each takes the call it is part of and what the description in [`antelope_intrinsics`] says, made
//! ready by [`linkage`].

mod action;
mod authorization;
mod builtins;
mod console;
mod crypto;
mod decimal;
mod finalizers;
mod indexes;
mod linkage;
mod long_double;
mod memory;
mod permissions;
mod primitives;
mod privileged;
mod rows;
mod system;
mod transaction;

use indexes::{db_idx_double, db_idx_long_double, db_idx64, db_idx128, db_idx256};

pub(super) use linkage::link;

use super::call::Call;
use antelope_types::ChainError;

/// What a host function results in.
type Outcome<T = ()> = Result<T, ChainError>;
