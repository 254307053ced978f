//! Payments, wallets and funds.
