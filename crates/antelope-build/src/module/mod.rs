//! A wasm module as the build sees it: its names, its sections, and what is cut from it.

mod cpp;
mod names;
mod panics;
mod strip;

pub use names::FunctionNames;
pub(crate) use names::demangle;
pub(crate) use panics::cut_panics;
pub use strip::without_names;
pub(crate) use strip::{Keep, custom_section, data_segments, strip};
