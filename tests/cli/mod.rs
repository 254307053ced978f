//! The command line as people use it, on the sample cooperative.

mod clerk;
mod cooperative;
mod desk;
mod interrupted;
mod keeper;
mod past;
mod rows;

use desk::{Desk, Said};
