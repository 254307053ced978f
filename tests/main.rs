//! One binary, a folder per subject.
