//! A chain with a core token, a RAM market and staked resources, as public chains have.
//!
//! | account | contract | what it does |
//! |---|---|---|
//! | `eosio.token` | `eosio.token` | the core token: SYS with 4 digits, or another |
//! | `eosio` | `eosio.system` | RAM market, staking, voting |
//! | `eosio.ram`, `eosio.stake`, … | none | balances of the system contract |

use crate::error::{Doing, NodeError};
use crate::operator::Operator;
use crate::programs::package_contract;
use antelope_rpc_client::ClientError;
use antelope_types::{Action, Asset, Name, PermissionLevel, Symbol, name, symbol};
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

/// The core token where no other is asked for.
const CORE: Symbol = symbol!("4,SYS");
/// Tokens issued, all of them to `eosio`: half of the maximum.
const ISSUED: i64 = 1_000_000_000;
/// The maximum supply in tokens.
const MAXIMUM: i64 = 2_000_000_000;
/// Tokens staked for each new account, once for NET and once for CPU.
const STAKE: i64 = 10;

/// So many whole tokens.
fn tokens(count: i64, symbol: Symbol) -> Asset {
    let unit = 10_i64.saturating_pow(symbol.precision().into());
    Asset::from_raw(count.saturating_mul(unit), symbol)
}

impl Operator {
    /// Adds `eosio.token` with the core token SYS, and `eosio.system`, to a chain with
    /// `eosio.bios`. From then on accounts buy RAM and stake for CPU and NET. `eosio` has 10^9 SYS,
    /// and accounts that the operator creates get RAM and stake from it.
    ///
    /// # Errors
    /// [`NodeError::ContractMissing`], [`NodeError::Call`].
    pub fn install_system(&self) -> Result<(), NodeError> {
        self.install_system_with(CORE)
    }

    /// [`Operator::install_system`] with another core token, such as `8,WAX`. It has at most nine digits
    /// after the point, since 2 · 10^9 of it are more than an asset holds otherwise.
    ///
    /// # Errors
    /// As [`Operator::install_system`].
    pub fn install_system_with(&self, core: Symbol) -> Result<(), NodeError> {
        let treasuries: Vec<_> = TREASURIES
            .iter()
            .filter_map(|text| Some((Name::parse(text).ok()?, self.public_key())))
            .collect();
        self.create_accounts(&treasuries)?;
        let (wasm, abi) = package_contract("eosio.token")?;
        self.deploy(TOKEN, &wasm, &abi)?;
        self.as_system("issue the core token", || {
            Ok(vec![
                self.under(
                    TOKEN,
                    TOKEN,
                    "create",
                    json!([EOSIO, tokens(MAXIMUM, core)]),
                )?,
                self.under(
                    EOSIO,
                    TOKEN,
                    "issue",
                    json!([EOSIO, tokens(ISSUED, core), ""]),
                )?,
            ])
        })?;
        let (wasm, abi) = package_contract("eosio.system")?;
        self.deploy(EOSIO, &wasm, &abi)?;
        self.as_system("start the system contract", || {
            Ok(vec![self.under(EOSIO, EOSIO, "init", json!([0, core]))?])
        })?;
        self.set_core(core);
        Ok(())
    }

    /// Sends core tokens from `eosio` to an account; the quantity is text such as `10.0000 SYS`. Needs
    /// [`Operator::install_system`].
    ///
    /// # Errors
    /// [`NodeError::Call`].
    pub fn fund(&self, account: Name, quantity: &str) -> Result<(), NodeError> {
        self.as_system("send core tokens", || {
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
        let Some(core) = self.core() else {
            return Ok(Vec::new());
        };
        let stake = tokens(STAKE, core);
        Ok(vec![
            self.under(EOSIO, EOSIO, "buyrambytes", json!([EOSIO, account, ram]))?,
            self.under(
                EOSIO,
                EOSIO,
                "delegatebw",
                json!([EOSIO, account, stake, stake, false]),
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
