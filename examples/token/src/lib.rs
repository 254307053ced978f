//! eosio.token in Rust.
