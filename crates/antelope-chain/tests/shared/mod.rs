//! What the tests of several subjects are written with; each uses some of it.

#![allow(dead_code)]

pub mod both;
pub mod difference;
pub mod generate;
pub mod modules;
pub mod mutate;
pub mod normal;
pub mod package;
pub mod random;
pub mod signing;
pub mod token;
