//! A chain with a token, a RAM market and staked resources, as public chains have.

use crate::error::{Doing, NodeError};
use crate::operator::Operator;
use crate::programs::package_contract;
use antelope_rpc_client::ClientError;
use antelope_types::{Action, Name, PermissionLevel, name};
use serde_json::{Value, json};

const EOSIO: Name = name!("eosio");
const TOKEN: Name = name!("eosio.token");

/// Accounts the system contract moves money between.
const TREASURIES: [&str; 8] = [
    "eosio.bpay",
    "eosio.names",
    "eosio.ram",
    "eosio.ramfee",
    "eosio.rex",
    "eosio.saving",
    "eosio.stake",
    "eosio.vpay",
];

/// The core token of such a chain.
pub(crate) const CORE: &str = "4,SYS";
/// Half of what may ever exist; `eosio` has it all.
const ISSUED: &str = "1000000000.0000 SYS";
const MAXIMUM: &str = "2000000000.0000 SYS";
/// Staked for each account, once for network use and once for CPU.
const STAKE: &str = "10.0000 SYS";

impl Operator {
    /// Adds to a chain with a bios `eosio.token` with the core token SYS, and `eosio.system`: from here
    /// on accounts pay for RAM and stake for the rest. `eosio` has a billion SYS; accounts that the
    /// operator makes get RAM and stakes from it.
    ///
    /// # Errors
    /// [`NodeError::ContractMissing`], [`NodeError::Call`].
    pub fn install_system(&self) -> Result<(), NodeError> {
        let treasuries: Vec<_> = TREASURIES
            .iter()
            .filter_map(|text| Some((Name::parse(text).ok()?, self.public_key())))
            .collect();
        self.create_accounts(&treasuries)?;
        let (wasm, abi) = package_contract("eosio.token")?;
        self.deploy(TOKEN, &wasm, &abi)?;
        self.as_system("issue the core token", || {
            Ok(vec![
                self.under(TOKEN, TOKEN, "create", json!([EOSIO, MAXIMUM]))?,
                self.under(EOSIO, TOKEN, "issue", json!([EOSIO, ISSUED, ""]))?,
            ])
        })?;
        let (wasm, abi) = package_contract("eosio.system")?;
        self.deploy(EOSIO, &wasm, &abi)?;
        self.as_system("start the system contract", || {
            Ok(vec![self.under(EOSIO, EOSIO, "init", json!([0, CORE]))?])
        })?;
        self.set_market();
        Ok(())
    }

    /// Sends SYS from `eosio`, on a chain of [`Operator::install_system`].
    ///
    /// # Errors
    /// [`NodeError::Call`].
    pub fn fund(&self, account: Name, quantity: &str) -> Result<(), NodeError> {
        self.as_system("send SYS", || {
            Ok(vec![self.under(
                EOSIO,
                TOKEN,
                "transfer",
                json!([EOSIO, account, quantity, ""]),
            )?])
        })
    }

    /// What a new account needs on this chain beyond `newaccount`.
    pub(crate) fn provisions(&self, account: Name, ram: u32) -> Result<Vec<Action>, ClientError> {
        if !self.has_market() {
            return Ok(Vec::new());
        }
        Ok(vec![
            self.under(EOSIO, EOSIO, "buyrambytes", json!([EOSIO, account, ram]))?,
            self.under(
                EOSIO,
                EOSIO,
                "delegatebw",
                json!([EOSIO, account, STAKE, STAKE, false]),
            )?,
        ])
    }

    /// An action under the authority of an account of the operator's key.
    fn under(&self, by: Name, to: Name, name: &str, data: Value) -> Result<Action, ClientError> {
        let name = Name::parse(name).unwrap_or_default();
        self.client()
            .action(to, name, PermissionLevel::active(by), &data)
    }

    fn as_system(
        &self,
        what: &str,
        actions: impl FnOnce() -> Result<Vec<Action>, ClientError>,
    ) -> Result<(), NodeError> {
        let pushed = actions().and_then(|actions| self.client().push(&actions, &[self.key()]));
        pushed.doing(|| what.to_owned()).map(drop)
    }
}
