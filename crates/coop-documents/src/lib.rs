//! Renders, hashes and signs the documents of a cooperative.
