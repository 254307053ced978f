//! Why a document could not be printed.

/// What went wrong while a document was printed. None of them is the reader's doing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PdfError {
    /// The typesetter refuses the page.
    #[error("the document cannot be printed: {problem}; its text and html say the same")]
    Layout {
        /// What the typesetter says.
        problem: String,
    },
    /// The address does not fit into a code.
    #[error("{address:?} does not fit into a code of squares, expected a shorter address")]
    Code {
        /// The address.
        address: String,
    },
    /// A font that is compiled in cannot be read.
    #[error("the program has no font {family:?}: it was built with other assets of the typesetter")]
    Font {
        /// The family.
        family: &'static str,
    },
}
