//! Lives of chains that fork, are repeated and have gaps, followed by an index that is killed again and again.

mod chain;
mod diverged;
mod killed;
mod life;
mod queries;
mod rebuild;
