//! What the tests share: a running node, built contracts, people with keys.
