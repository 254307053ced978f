//! Prints the documents of a cooperative as PDF.
//!
//! What is signed is the hash of a document's text, not of its PDF: the PDF is how people read and keep
//! it. It is PDF/A-3a and PDF/UA-1, has the text attached, and carries the hash on each page. Fonts are
//! compiled in, the date is that of the document, and nothing is read from the machine, so that the same
//! `coop_documents::Sheet` gives the same bytes in every process. On another kind of processor
//! the layout may differ by rounding.
//!
#![cfg_attr(feature = "typst", doc = "```")]
#![cfg_attr(not(feature = "typst"), doc = "```ignore")]
//! use coop_documents::{Lang, Presenter, Renderer, Surroundings, samples};
//! use coop_pdf::Printer;
//!
//! let (_, form) = samples::every_form().remove(0);
//! let renderer = Renderer::new()?;
//! let document = renderer.render(&samples::cooperative(), &*form, samples::STAMP, Lang::Ru)?;
//! let around = Surroundings {
//!     verify_at: Some("https://example.org/verify"),
//!     ..Surroundings::default()
//! };
//! let pdf = Printer::new()?.pdf(&Presenter::new()?.sheet(&document, around)?)?;
//! assert!(pdf.starts_with(b"%PDF-1.7"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![cfg(feature = "typst")]

mod code;
mod error;
mod glyphs;
mod printer;
mod world;

pub use error::PdfError;
pub use printer::Printer;
