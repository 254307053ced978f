//! The command line as people use it, on the sample cooperative.

mod clerk;
mod cooperative;
mod desk;
mod interrupted;
mod keeper;
mod office;
mod past;
mod printed;
mod reader;
mod rows;

pub(crate) use clerk::Day;
pub(crate) use desk::{Desk, Host, Said, veche_at};
pub(crate) use office::{Bureau, FOUNDERS, VOTERS};
