//! Indexers of others, unchanged.
