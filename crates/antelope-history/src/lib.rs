//! What the blocks of a chain did, in the encoding of nodeos's `state_history_plugin`.
#![deny(unsafe_code)]
