//! Stores that are killed, backed up, restored and searched for what must not be there.

mod desk;
mod erased;
mod killed;
mod known;
mod load;
mod process;
mod restored;
mod support;
mod words;
