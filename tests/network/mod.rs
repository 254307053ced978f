//! A cooperative on a network of delegates: six real nodes, whose producers token holders elect. Nothing has
//! a privileged key: accounts are bought, and the contracts' keys are the delegates'.
//!
//! | test | when |
//! |---|---|
//! | [`short`] | always: an admission, a node killed, a partition, the histories compared |
//! | [`life`] | `scripts/test network` |
//! | [`term`] | `scripts/test network` |
//! | [`load`] | `scripts/bench-network` |

mod delegates;
mod histories;
mod life;
mod load;
mod registry;
mod short;
mod term;

use delegates::Delegates;
