//! People and cooperatives.

mod accounts;
mod admission;
mod agreements;
mod blocking;
mod coops;
mod exit;
mod founders;
mod moving;
mod office;
