//! Makes a contract project that builds and whose tests pass as it is.
//!
//! The templates are the packages in `examples/`: the workspace compiles and tests them, and
//! [`Project::create`] writes the same files with another package name. Only the manifest, the README
//! and the toolchain file are made for the project.

mod manifest;
mod names;
mod project;
mod rename;
mod sdk;
mod template;

pub use project::{Created, Project};
pub use sdk::{Origin, Sdk};
pub use template::Template;
