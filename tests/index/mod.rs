//! The registry that follows the chain: from this process, from our node and from real ones.

mod alike;
mod ends;
mod forks;
mod life;
