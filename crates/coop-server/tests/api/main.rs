//! The API over HTTP, on the sample life of an index.
#![allow(clippy::unwrap_used)]

mod agenda;
mod bounds;
mod figures;
mod lint;
mod login;
mod matrix;
mod packed;
mod pages;
mod registry;
mod schema;
mod sdl;
mod search;
mod status;
mod support;
