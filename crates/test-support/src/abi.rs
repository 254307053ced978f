//! Random ABIs, and values by them.

pub mod draw;
pub mod sample;
