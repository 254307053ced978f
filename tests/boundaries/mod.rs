//! Each limit where it stands: the last that is possible, and the first that is not.
//!
//! Which parameter has which test is in `docs/boundaries.md`; [`page`] keeps it whole.

mod amounts;
mod counts;
mod electorate;
mod page;
mod references;
mod terms;
