//! What the accounts have, what they are to have, and the RAM that this takes.

use super::file::Deployment;
use super::steps::{Call, calls};
use super::values::Values;
use crate::arguments::Rollout;
use crate::failure::Failure;
use crate::node::market::{market, sells_bytes};
use crate::node::plan::Plan;
use crate::ram::RamPrice;
use antelope_build::{Artifact, BuildInfo};
use antelope_rpc_client::{Abi, Account, Client, ClientError};
use antelope_types::{Asset, Authority, KeyWeight, Name, PermissionLevel, PermissionLevelWeight};
use antelope_types::{Symbol, name};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// RAM that a call may take for its row, in bytes: more than any row of the contracts here.
const RAM_OF_CALL: i64 = 400;
/// RAM that a permission takes for one account more, in bytes.
const RAM_OF_LEVEL: i64 = 64;
/// A purchase yields a little less than it asks for, since a market rounds what it takes: more is bought by
/// one byte in so many,
const ROUNDING: u64 = 1000;
/// and by so many bytes.
const LEAST_MORE: u64 = 64;
/// The core token where no market tells one.
const USUAL_CORE: &str = "4,EOS";

/// A contract that was built, with its place in the file.
#[derive(Debug)]
pub(super) struct Built {
    /// Who gets it.
    pub(super) account: Name,
    /// Bytes of RAM to buy beyond what is missing.
    pub(super) spare_ram: u64,
    /// The files and the record of the build.
    pub(super) artifact: Artifact,
}

/// A contract and its account.
#[derive(Debug)]
pub(super) struct Part {
    /// Code, ABI, RAM.
    pub(super) plan: Plan,
    /// The ABI that the account is to have.
    pub(super) abi: Abi,
    /// How it was built.
    pub(super) info: BuildInfo,
    /// What `active` must become for the code to send inline actions; none where it may.
    pub(super) active: Option<Authority>,
}

/// RAM to buy.
#[derive(Debug)]
pub(super) struct Purchase {
    pub(super) payer: Name,
    pub(super) receiver: Name,
    pub(super) bytes: u64,
    /// What it costs now; none on a chain without a market.
    pub(super) price: Option<Asset>,
}

/// The whole comparison. Nothing in it was sent.
#[derive(Debug)]
pub(super) struct Survey {
    pub(super) parts: Vec<Part>,
    pub(super) calls: Vec<Call>,
    pub(super) purchases: Vec<Purchase>,
    /// The price of RAM, where there is a market.
    pub(super) market: Option<RamPrice>,
    /// Whether RAM is sold by the byte, and not only for an amount.
    pub(super) sells_bytes: bool,
    /// The core token.
    pub(super) core: Symbol,
}

impl Survey {
    /// Compares. All requests only read.
    ///
    /// # Errors
    /// Those of [`Plan::make`], of values and calls; `rollout.permission` where an account has a key that
    /// cannot be written again.
    pub(super) fn make(
        client: &Client,
        arguments: &Rollout,
        file: &Deployment,
        built: &[Built],
    ) -> Result<Self, Box<Failure>> {
        let market = market(client)?;
        let core = match &market {
            Some(market) => symbol_of(market),
            None => None,
        };
        let core = core.or_else(|| Symbol::parse(USUAL_CORE).ok());
        let core = core.unwrap_or(Symbol::from_raw(0));
        let mut known = file.values.clone();
        if market.is_none() {
            known.extend(file.without_market.clone());
        }
        for (name, value) in &arguments.values {
            if !known.contains_key(name) {
                let names: Vec<_> = known.keys().map(String::as_str).collect();
                let message = format!("{name:?}, expected one of {}", names.join(", "));
                return Err(Box::new(Failure::new("usage.set", message)));
            }
            // A number stays one.
            let typed = value
                .parse::<i64>()
                .map_or_else(|_| value.clone().into(), Value::from);
            known.insert(name.clone(), typed);
        }
        let values = Values::new(names(client, arguments, file, known)?, core);
        let mut parts = Vec::new();
        for it in built {
            client.forget_abi(it.account);
            let level = PermissionLevel::new(it.account, arguments.deploying.permission);
            let plan = Plan::make(client, level, &it.artifact)?;
            let abi = Abi::from_json(&it.artifact.read_abi()?).map_err(ClientError::from)?;
            let active = plan.lacks_code.then(|| active_with_code(&plan.holder));
            parts.push(Part {
                abi,
                info: it.artifact.info.clone(),
                active: active.transpose()?,
                plan,
            });
        }
        let mut all = Vec::new();
        for step in &file.actions {
            let mut contracts = file.contracts.iter();
            let contract = contracts.find(|it| it.package == step.contract);
            let Some(contract) = contract else { continue };
            let account = contract.account(&arguments.accounts)?;
            all.extend(calls(client, account, step, &values)?);
        }
        let mut survey = Self {
            parts,
            calls: all,
            purchases: Vec::new(),
            market,
            sells_bytes: sells_bytes(client),
            core,
        };
        for it in built {
            let payer = match arguments.proposer.filter(|_| arguments.propose.is_some()) {
                Some(proposer) => proposer.actor,
                None => arguments.payer.unwrap_or(it.account),
            };
            if let Some(bytes) = survey.missing(it) {
                survey.buy(payer, it.account, bytes);
            }
        }
        Ok(survey)
    }

    /// Adds RAM to buy, with its price.
    pub(super) fn buy(&mut self, payer: Name, receiver: Name, bytes: u64) {
        let market = self.market.as_ref();
        let price = market.and_then(|market| market.of(bytes).parse().ok());
        self.purchases.push(Purchase {
            payer,
            receiver,
            bytes,
            price,
        });
    }

    /// The bytes that an account must buy for what is to be done; none where it has enough, or needs none.
    fn missing(&self, built: &Built) -> Option<u64> {
        let mut parts = self.parts.iter();
        let part = parts.find(|it| it.plan.account == built.account)?;
        let open = self.open_calls().filter(|it| it.account == built.account);
        let mut needed = part.plan.ram.total() + RAM_OF_CALL * open.count() as i64;
        if part.active.is_some() {
            needed += RAM_OF_LEVEL;
        }
        let missing = needed - part.plan.ram.free?;
        let missing = u64::try_from(missing).ok().filter(|it| *it > 0)?;
        Some(missing + missing / ROUNDING + LEAST_MORE + built.spare_ram)
    }

    /// The calls that have not run.
    pub(super) fn open_calls(&self) -> impl Iterator<Item = &Call> {
        self.calls.iter().filter(|it| !it.is_done)
    }

    /// Whether the accounts are as the file says.
    pub(super) fn is_done(&self) -> bool {
        let is_there = |part: &Part| part.plan.actions().is_empty() && part.active.is_none();
        self.parts.iter().all(is_there) && self.open_calls().next().is_none()
    }

    /// Breaking changes of all ABIs.
    pub(super) fn breaking(&self) -> usize {
        let parts = self.parts.iter().filter(|it| it.plan.now.abi_bytes > 0);
        parts.map(|it| it.plan.breaking()).sum()
    }

    /// What each payer pays for RAM; empty on a chain without a market.
    pub(super) fn bill(&self) -> BTreeMap<Name, Asset> {
        let mut bytes: BTreeMap<Name, u64> = BTreeMap::new();
        for it in &self.purchases {
            *bytes.entry(it.payer).or_default() += it.bytes;
        }
        let Some(market) = &self.market else {
            return BTreeMap::new();
        };
        let bill = bytes.into_iter();
        bill.filter_map(|(payer, bytes)| Some((payer, market.of(bytes).parse().ok()?)))
            .collect()
    }
}

/// The token that a market takes.
fn symbol_of(market: &RamPrice) -> Option<Symbol> {
    let asset: Asset = market.of(1).parse().ok()?;
    Some(asset.symbol)
}

/// The values that the chain and the contracts give, with those of the file.
fn names(
    client: &Client,
    arguments: &Rollout,
    file: &Deployment,
    mut known: Map<String, Value>,
) -> Result<Map<String, Value>, Box<Failure>> {
    known.insert("chain_id".to_owned(), client.chain_id()?.to_string().into());
    for contract in &file.contracts {
        let account = contract.account(&arguments.accounts)?;
        known.insert(contract.package.clone(), account.to_string().into());
    }
    Ok(known)
}

/// The `active` authority with the account's code, whose weight satisfies it alone.
fn active_with_code(holder: &Account) -> Result<Authority, Box<Failure>> {
    let account = holder.account_name;
    let failed = |what: String| {
        let message = format!("{account}@active: {what}");
        Box::new(Failure::new("rollout.permission", message))
    };
    let active = holder.permission(name!("active"));
    let active = active.ok_or_else(|| failed("the account does not have it".to_owned()))?;
    let auth = &active.required_auth;
    let mut authority = Authority {
        threshold: auth.threshold,
        accounts: auth.accounts.clone(),
        waits: auth.waits.clone(),
        ..Authority::default()
    };
    for it in &auth.keys {
        let key = it.key.key().cloned();
        let unknown = || failed(format!("{} is a key of an unknown kind", it.key));
        authority.keys.push(KeyWeight {
            key: key.ok_or_else(unknown)?,
            weight: it.weight,
        });
    }
    let code = PermissionLevel::new(account, name!("eosio.code"));
    authority.accounts.retain(|it| it.permission != code);
    authority.accounts.push(PermissionLevelWeight {
        permission: code,
        weight: u16::try_from(auth.threshold).unwrap_or(u16::MAX),
    });
    authority.sort();
    Ok(authority)
}
