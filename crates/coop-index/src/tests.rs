//! Lives of chains that fork, are repeated and have gaps, followed by an index that is killed again and again.

mod chain;
mod compared;
mod diverged;
mod holdings;
mod killed;
mod life;
mod moments;
mod outcomes;
mod pages;
mod plans;
mod queries;
mod rebuild;
mod signed;
mod versions;
mod words;
