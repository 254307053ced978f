//! The smallest contract.
