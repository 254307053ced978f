//! `scripts/deploy` on a real node that is booted like a public network: accounts are made by a faucet and
//! have no privilege, RAM is bought, CPU and NET are staked for or rented.

mod chains;
mod file;
mod first;
mod guide;
mod holders;
mod interrupted;
mod life;
mod network;
mod production;
mod proposed;
mod shortages;

pub(crate) use network::without_package;
