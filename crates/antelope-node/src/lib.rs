//! Runs a real Antelope node for tests and demonstrations.
