//! The registry that follows the chain: from this process, from our node and from a real one.

mod alike;
mod life;
