//! The chain by its subjects, with contracts written as Rust functions.

#![allow(clippy::unwrap_used)]

mod actions;
mod balances;
mod bills;
mod blocks;
mod cost;
mod fork;
mod headers;
mod hostile;
mod inline;
mod limits;
mod puppets;
mod reading;
mod retiring;
mod rows;
mod signatures;
mod status;
mod waiting;

use test_support as shared;
