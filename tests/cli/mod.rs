//! The command line as people use it, on the sample cooperative.

mod clerk;
mod cooperative;
mod desk;
mod interrupted;
mod keeper;
mod office;
mod past;
mod reader;
mod relay;
mod rows;

use desk::{Desk, Said};
