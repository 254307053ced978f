//! `veche node` as a process: how it starts and ends, and its bad days.

#![allow(clippy::unwrap_used)]

mod folder;
mod forked;
mod kill;
mod life;
mod memory;
mod options;
mod real;
mod restart;
mod support;
