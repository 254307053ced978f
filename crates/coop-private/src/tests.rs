//! Stores that are killed, backed up, restored and searched for what must not be there.
