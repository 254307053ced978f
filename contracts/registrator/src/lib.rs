//! People and cooperatives.
