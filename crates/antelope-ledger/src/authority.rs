//! Authority: whether keys, permissions and a delay satisfy what actions require.
//!
//! Mirrors `authorization_manager` (`libraries/chain/authorization_manager.cpp`) and
//! `authority_checker` (`libraries/chain/include/eosio/chain/authority_checker.hpp`) of a node.
//!
//! An action passes in two steps. First its declared permissions must be *relevant*: each must be
//! the permission that the action requires, or above it in the account's tree. The requirement
//! comes from `linkauth` or is `active`; the five native actions that change permissions have rules
//! of their own (`native`). Then every declared permission must be *satisfied*: the keys that
//! signed, the permissions granted by other means and the delay must together reach the threshold
//! of its authority (`checker`).
//!
//! | function | called for |
//! |---|---|
//! | [`check_actions`] | transactions of users, inline actions, deferred transactions, and the host function `check_transaction_authorization` |
//! | [`check_permission`] | the host function `check_permission_authorization` |
//! | [`required_keys`] | `/v1/chain/get_required_keys` |
//! | [`is_valid`], [`require_existing`] | authorities that `newaccount` and `updateauth` set |
//!
//! The order in which things are checked decides which error is reported, so it is that of a node.

mod actions;
mod checker;
mod native;
mod recorded;
mod validate;

pub use actions::{Provided, check_actions, check_permission, required_keys};
pub use recorded::RecordedAuthority;
pub use validate::{is_valid, require_existing};
