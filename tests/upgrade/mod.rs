//! The upgrade from the contracts before, whose code and ABIs are in `fixtures`: every row is carried
//! over, and every process that has begun goes on to its end.

mod carried;
mod keys;
mod life;
mod old;
mod operators;
mod provision;
