//! What the cooperative contracts and the programs around them share.
