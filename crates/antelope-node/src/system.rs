//! A chain with a core token, a RAM market and staked resources, as public chains have.
//!
//! | account | contract | what it does |
//! |---|---|---|
//! | `eosio.token` | `eosio.token` | the core token SYS, precision 4 |
//! | `eosio` | `eosio.system` | RAM market, staking, voting |
//! | `eosio.ram`, `eosio.stake`, … | none | balances of the system contract |

use crate::error::{Doing, NodeError};
use crate::operator::Operator;
use crate::programs::package_contract;
use antelope_rpc_client::ClientError;
use antelope_types::{Action, Name, PermissionLevel, name};
use serde_json::{Value, json};

/// The system account.
const EOSIO: Name = name!("eosio");
/// The account of the token contract.
const TOKEN: Name = name!("eosio.token");

/// Accounts that the system contract keeps tokens on; it fails without them.
pub const TREASURIES: [&str; 8] = [
    "eosio.bpay",
    "eosio.names",
    "eosio.ram",
    "eosio.ramfee",
    "eosio.rex",
    "eosio.saving",
    "eosio.stake",
    "eosio.vpay",
];

/// The symbol of the core token.
pub(crate) const CORE: &str = "4,SYS";
/// Tokens issued, all of them to `eosio`: half of the maximum.
const ISSUED: &str = "1000000000.0000 SYS";
/// The maximum supply.
const MAXIMUM: &str = "2000000000.0000 SYS";
/// Staked for each new account, once for NET and once for CPU.
const STAKE: &str = "10.0000 SYS";

impl Operator {
    /// Adds `eosio.token` with the core token SYS, and `eosio.system`, to a chain with
    /// `eosio.bios`. From then on accounts buy RAM and stake for CPU and NET. `eosio` has 10^9 SYS,
    /// and accounts that the operator creates get RAM and stake from it.
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

    /// Sends SYS from `eosio` to an account; the quantity is text such as `10.0000 SYS`. Needs
    /// [`Operator::install_system`].
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

    /// The actions that give a new account RAM and stake; none on a chain without a RAM market.
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

    /// An action with JSON arguments, authorized by the active permission of an account of the
    /// operator's key.
    fn under(&self, by: Name, to: Name, name: &str, data: Value) -> Result<Action, ClientError> {
        let name = Name::parse(name).unwrap_or_default();
        self.client()
            .action(to, name, PermissionLevel::active(by), &data)
    }

    /// Pushes actions signed by the operator's key; `what` names them in an error.
    fn as_system(
        &self,
        what: &str,
        actions: impl FnOnce() -> Result<Vec<Action>, ClientError>,
    ) -> Result<(), NodeError> {
        let pushed = actions().and_then(|actions| self.client().push(&actions, &[self.key()]));
        pushed.doing(|| what.to_owned()).map(drop)
    }
}
