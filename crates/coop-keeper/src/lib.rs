//! The keeper: does what the contracts let anyone do once a term is over, and nobody remembers to do.
//!
//! A contract does nothing by itself. A question whose 48 hours are over is on no reader's agenda any
//! more, but its row stays until somebody sends `expire`; an authorized decision waits for `exec`. The
//! keeper looks at all rows of all cooperatives, finds what is due, and sends it.
//!
//! | what is due | action | when |
//! |---|---|---|
//! | a question that was not approved, a decision that was not signed | `soviet::expire` | its term is over |
//! | a question that was declined | `soviet::declinedec` | at once |
//! | the news of either, to the owner of its kind | `soviet::deliver` | at once, and again until it works |
//! | an authorized decision | `soviet::exec` | at once, and again until it works |
//! | a board that has its support | `soviet::seatboard` | the term for voices is over |
//! | a board that has not | `soviet::dropboard` | the same |
//! | voices on elections that are over | `soviet::freevoices` | no election goes on |
//! | an invoice that was not paid | `gateway::inexpire` | its term is over |
//! | money that was not sent | `gateway::outoverdue` | its term is over, once |
//! | property that was not handed over | `gateway::propoverdue` | its term is over, once |
//! | an offer of property that nobody took | `gateway::cancelprop` | its term is over |
//! | what a contract of others was not told | `gateway::tell` | at once, and again until it works |
//! | old bank records | `gateway::freerefs` | 366 days |
//! | a participant's move to another account | `registrator::completemove` | the time for a veto is over |
//!
//! - **Idempotent.** Each action is refused where it is not due, so nothing is done twice. Two keepers
//!   get in each other's way at most: what one of them finds done counts as done.
//! - **Bounded.** A round sends at most [`KeeperOptions::most`] transactions. What fails is tried again
//!   later and later, up to an hour, so that a broken contract of others costs little.
//! - **Harmless.** All actions are in [`LINKS`]. A permission that is linked to them and to nothing else
//!   can do nothing else.

mod keeper;
mod links;
mod patience;
mod survey;
mod task;

pub use keeper::{Done, Fate, Keeper, KeeperOptions, Round};
pub use links::{LINKS, Link};
pub use survey::due;
pub use task::Task;
