//! Creates a contract project that builds and whose tests pass without changes: `cargo antelope
//! new`.
//!
//! The templates are the packages in `examples/`: the workspace compiles and tests them, and
//! [`Project::create`] writes the same files with another package name. Only the manifest, the
//! README and the toolchain file are made for the project.
//!
//! A project depends on the SDK by path as long as that is not published; [`Sdk::find`] looks for
//! the checkout.
//!
//! ```no_run
//! use antelope_build::scaffold::{Project, Sdk, Template};
//!
//! let folder = "my-token";
//! let sdk = Sdk::find(None, folder.as_ref())?;
//! let created = Project::new(folder, sdk, Template::Token).create()?;
//! println!("{} files", created.files.len());
//! # Ok::<(), antelope_build::BuildError>(())
//! ```

mod manifest;
mod names;
mod project;
mod rename;
mod sdk;
mod template;

pub use project::{Created, Project};
pub use sdk::{Origin, Sdk};
pub use template::Template;
