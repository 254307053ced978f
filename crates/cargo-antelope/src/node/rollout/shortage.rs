//! What is missing to send a transaction, and the next step: how much to transfer, stake, rent or buy, and
//! the command of `veche` that does it.

use super::batch::Batch;
use super::rent::{Resource, advice};
use super::survey::Survey;
use crate::arguments::Rollout;
use crate::failure::Failure;
use antelope_envelope::Exit;
use antelope_rpc_client::{AccountResource, Client, ClientError, ErrorKind};
use antelope_types::{Asset, Decode, Name, SignedTransaction, Symbol, TransactionTrace, name};
use serde_json::{Value, json};

/// CPU that a transaction is taken to need where the node cannot compute it, in microseconds: twice what
/// the contracts here took on a slow machine.
const USUAL_CPU_US: u64 = 30_000;

/// What a transaction costs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cost {
    /// Microseconds, as the node measured them; none where it does not compute.
    pub(super) cpu_us: Option<u64>,
    /// Bytes of NET.
    pub(super) net_bytes: u64,
    /// What the chain takes for the RAM that it buys, its fee included; none where it buys none, or the
    /// node does not compute.
    pub(super) ram: Option<Asset>,
}

/// How commands reach the network of this run.
#[derive(Debug)]
pub(super) struct Asking<'a> {
    pub(super) client: &'a Client,
    pub(super) core: Symbol,
    /// `--network jungle4`, or `--url …`.
    pub(super) network: String,
}

impl<'a> Asking<'a> {
    /// By the arguments of the run.
    pub(super) fn new(client: &'a Client, core: Symbol, arguments: &Rollout) -> Self {
        let network = match &arguments.network {
            Some(name) => format!("--network {name}"),
            None => format!("--url {}", client.url()),
        };
        Self {
            client,
            core,
            network,
        }
    }

    /// Whether those who buy RAM have the tokens for it.
    ///
    /// # Errors
    /// `rollout.tokens`, with how many are missing; those of the client.
    pub(super) fn tokens(&self, survey: &Survey) -> Result<(), Box<Failure>> {
        for (payer, price) in survey.bill() {
            let has = self.balance(payer)?;
            if has.amount >= price.amount {
                continue;
            }
            let missing = Asset::from_raw(price.amount - has.amount, price.symbol);
            let message = format!("{payer} has {has}, and the RAM to buy costs {price}");
            let hint = format!(
                "send it {missing} and a little more, or take it from the network's faucet: \
                 veche transfer FROM {payer} \"{missing}\" {}\n\
                 or let another account pay: --payer ACCOUNT",
                self.network
            );
            let details = json!({ "account": payer, "has": has, "needs": price });
            return Err(rejected("rollout.tokens", message, hint, details));
        }
        Ok(())
    }

    /// That RAM is missing, where none may be bought.
    ///
    /// # Errors
    /// `rollout.ram`, with a command for each account.
    pub(super) fn ram(&self, survey: &Survey) -> Result<(), Box<Failure>> {
        let missing = survey.purchases.iter();
        let missing: Vec<_> = missing
            .map(|it| format!("{} bytes of {}", it.bytes, it.receiver))
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let commands = survey.purchases.iter();
        let commands: Vec<_> = commands
            .map(|it| {
                let (payer, receiver, bytes) = (it.payer, it.receiver, it.bytes);
                let price = it.price.map(|price| format!("  # about {price}"));
                match (survey.sells_bytes, it.price) {
                    (false, Some(price)) => format!(
                        "veche system buyram {payer} {receiver} \"{price}\" {}",
                        self.network
                    ),
                    _ => format!(
                        "veche system buyram {payer} {receiver} {bytes} --bytes {}{}",
                        self.network,
                        price.unwrap_or_default()
                    ),
                }
            })
            .collect();
        let message = format!("RAM is missing: {}", missing.join(", "));
        let hint = format!("buy it, or leave --no-buy out:\n{}", commands.join("\n"));
        Err(rejected("rollout.ram", message, hint, Value::Null))
    }

    fn balance(&self, account: Name) -> Result<Asset, Box<Failure>> {
        let request = json!({
            "code": "eosio.token", "account": account, "symbol": self.core.code().to_string(),
        });
        let path = "/v1/chain/get_currency_balance";
        let balances: Vec<Asset> = self.client.call(path, &request)?;
        Ok(balances
            .first()
            .copied()
            .unwrap_or(Asset::from_raw(0, self.core)))
    }

    /// Lets the node compute a transaction, and looks whether its payer can afford it.
    ///
    /// # Errors
    /// `rollout.ram`, `rollout.cpu`, `rollout.net` with the next step; `chain.refused` where the
    /// transaction would fail for another reason; those of the client.
    pub(super) fn cost(&self, batch: &Batch) -> Result<Cost, Box<Failure>> {
        let payer = batch.payer();
        let mut cost = Cost {
            cpu_us: None,
            net_bytes: batch.bytes() as u64,
            ram: None,
        };
        let account = self.client.get_account(payer)?;
        // Before the node computes it: an account that has none gets no answer but that.
        self.affords(payer, Resource::Net, &account.net_limit, cost.net_bytes)?;
        self.affords(payer, Resource::Cpu, &account.cpu_limit, 1)?;
        let options = crate::node::keys::options();
        let transaction = self.client.build(&batch.actions, &options)?;
        let unsigned = SignedTransaction {
            transaction,
            ..SignedTransaction::default()
        };
        match self.client.compute(&unsigned) {
            Ok(trace) => {
                cost.cpu_us = Some(u64::from(trace.cpu_us()));
                cost.ram = paid_for_ram(&trace);
            }
            Err(ClientError::Unsupported { .. }) => {}
            Err(error) => return Err(self.explained(batch, error.into())),
        }
        let cpu_us = cost.cpu_us.unwrap_or(1);
        self.affords(payer, Resource::Cpu, &account.cpu_limit, cpu_us)?;
        Ok(cost)
    }

    /// Whether what is left of a resource is enough.
    fn affords(
        &self,
        payer: Name,
        resource: Resource,
        limit: &AccountResource,
        needed: u64,
    ) -> Result<(), Box<Failure>> {
        match u64::try_from(limit.available) {
            Ok(left) if left < needed => Err(self.lacks(payer, resource, left, needed)?),
            // Negative for no limit.
            _ => Ok(()),
        }
    }

    /// The failure for a shortage of NET or CPU.
    fn lacks(
        &self,
        payer: Name,
        resource: Resource,
        left: u64,
        needed: u64,
    ) -> Result<Box<Failure>, Box<Failure>> {
        let (code, title, unit) = match resource {
            Resource::Net => ("rollout.net", "NET", "bytes"),
            Resource::Cpu => ("rollout.cpu", "CPU", "µs"),
        };
        let needed = match resource {
            Resource::Cpu if needed <= 1 => USUAL_CPU_US,
            _ => needed,
        };
        let advice = advice(self.client, resource, needed, self.core)?;
        let nothing = Asset::from_raw(0, self.core);
        let (net, cpu) = match resource {
            Resource::Net => (advice.stake, nothing),
            Resource::Cpu => (nothing, advice.stake),
        };
        let network = &self.network;
        let mut hint = format!(
            "stake for it: veche system delegatebw {payer} {payer} \"{net}\" \"{cpu}\" {network}"
        );
        if let Some((fraction, days, fee)) = advice.rent {
            let (net, cpu) = match resource {
                Resource::Net => (fraction, 0),
                Resource::Cpu => (0, fraction),
            };
            hint += &format!(
                "\nor rent it for {days} d: \
                 veche system powerup {payer} {payer} {days} {net} {cpu} \"{fee}\" {network}"
            );
        }
        hint += "\nor wait: usage of the last 24 hours is counted, and falls with time";
        let message = format!(
            "{payer} has {left} {unit} of {title} left, and the transaction takes about {needed}"
        );
        let details = json!({ "account": payer, "left": left, "needed": needed });
        Ok(rejected(code, message, hint, details))
    }

    /// A refusal by the chain, with the next step where it is for want of a resource.
    pub(super) fn explained(&self, batch: &Batch, failure: Box<Failure>) -> Box<Failure> {
        let payer = batch.payer();
        let is = |kind: ErrorKind| failure.details["code"] == json!(kind.code());
        let resource = if is(ErrorKind::TxNetUsageExceeded) {
            Resource::Net
        } else if is(ErrorKind::TxCpuUsageExceeded) || is(ErrorKind::LeewayDeadline) {
            Resource::Cpu
        } else if is(ErrorKind::RamUsageExceeded) {
            return self.more_ram(payer, failure);
        } else if failure.message.contains("overdrawn balance") {
            return self.more_tokens(payer, &failure);
        } else {
            return failure;
        };
        let needed = match resource {
            Resource::Net => batch.bytes() as u64,
            Resource::Cpu => USUAL_CPU_US,
        };
        let account = self.client.get_account(payer);
        let left = account.map_or(0, |account| match resource {
            Resource::Net => account.net_limit.available,
            Resource::Cpu => account.cpu_limit.available,
        });
        match self.lacks(payer, resource, u64::try_from(left).unwrap_or(0), needed) {
            Ok(lacks) => lacks,
            Err(_) => failure,
        }
    }

    /// Tokens that the chain misses, although the payer has the price that its market tells: a fee that is
    /// larger than the usual one.
    fn more_tokens(&self, payer: Name, failure: &Failure) -> Box<Failure> {
        let has = self
            .balance(payer)
            .map_or_else(|_| "?".to_owned(), |it| it.to_string());
        let message = format!(
            "{payer} has {has}, and the chain takes more: {}",
            failure.message
        );
        let hint = format!(
            "its system contract takes a larger fee for RAM than 0.5 %; send it a tenth of the price \
             more, or take it from the network's faucet: veche transfer FROM {payer} AMOUNT {}",
            self.network
        );
        let details = json!({ "account": payer, "has": has });
        rejected("rollout.tokens", message, hint, details)
    }

    /// RAM that the chain misses, as its message tells: `account bank has insufficient ram; needs 900
    /// bytes has 700 bytes`.
    fn more_ram(&self, payer: Name, failure: Box<Failure>) -> Box<Failure> {
        let Some((account, needs, has)) = insufficient(&failure.message) else {
            return failure;
        };
        let missing = needs.saturating_sub(has);
        let message = format!("{account} needs {needs} bytes of RAM and has {has}");
        let hint = format!(
            "buy {missing} bytes, and some for its rows: veche system buyram {payer} {account} {} \
             --bytes {}\nor a larger spare-ram in the deployment file",
            missing + 4096,
            self.network
        );
        let details = json!({ "account": account, "needs": needs, "has": has });
        rejected("rollout.ram", message, hint, details)
    }
}

/// What those who buy RAM pay for it in this transaction, by its transfers.
fn paid_for_ram(trace: &TransactionTrace) -> Option<Asset> {
    let eosio = name!("eosio");
    let bought = trace.calls_of(eosio, name!("buyrambytes"));
    let bought = bought.chain(trace.calls_of(eosio, name!("buyram")));
    let mut sum: Option<Asset> = None;
    for purchase in bought {
        let payer = purchase.act.authorization.first().map(|it| it.actor);
        for below in trace.children_of(purchase.action_ordinal) {
            if below.act.name != name!("transfer") || below.is_notification() {
                continue;
            }
            // Sender, receiver and amount; the rest is the memo.
            let fields = below.act.data.get(..32)?;
            let (from, _, amount) = <(Name, Name, Asset)>::from_bytes(fields).ok()?;
            if Some(from) == payer {
                sum = match sum {
                    Some(sum) => sum.checked_add(amount).ok(),
                    None => Some(amount),
                };
            }
        }
    }
    sum
}

/// Account, bytes needed and bytes there, of a message of the chain.
fn insufficient(message: &str) -> Option<(&str, u64, u64)> {
    let (before, after) = message.split_once(" has insufficient ram; needs ")?;
    let account = before.rsplit(' ').next()?;
    let (needs, rest) = after.split_once(" bytes has ")?;
    let has = rest.split(' ').next()?;
    Some((account, needs.parse().ok()?, has.parse().ok()?))
}

fn rejected(code: &str, message: String, hint: String, details: Value) -> Box<Failure> {
    Box::new(Failure {
        hint: Some(hint),
        details,
        exit: Exit::Rejected,
        ..Failure::new(code, message)
    })
}

/// RAM that a proposal takes of its proposer, in bytes: the transaction, and its rows.
pub(super) fn ram_of_proposal(batch: &Batch) -> u64 {
    batch.bytes() as u64 + 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the payer gives counts, and not what the system contract passes on, nor what others are told.
    #[test]
    fn what_is_paid_for_ram_is_what_the_buyer_transfers() {
        let act = |account: &str, name: &str, actor: &str, data: String| {
            json!({
                "account": account, "name": name, "data": data,
                "authorization": [{ "actor": actor, "permission": "active" }],
            })
        };
        let transfer = |from: Name, to: Name, amount: &str| {
            let amount: Asset = amount.parse().expect("an amount");
            let bytes = antelope_types::Encode::to_bytes(&(from, to, amount, "".to_owned()));
            let hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            act("eosio.token", "transfer", &from.to_string(), hex)
        };
        let trace = |ordinal: u32, creator: u32, receiver: &str, act: Value| {
            json!({
                "action_ordinal": ordinal, "creator_action_ordinal": creator,
                "receiver": receiver, "act": act,
            })
        };
        let (rich, ram, fee) = (name!("rich"), name!("eosio.ram"), name!("eosio.ramfee"));
        let to_pool = transfer(rich, ram, "1.99000000 WAX");
        let actions = [
            trace(
                1,
                0,
                "eosio",
                act("eosio", "buyrambytes", "rich", String::new()),
            ),
            trace(2, 1, "eosio.token", to_pool.clone()),
            trace(3, 1, "eosio.token", transfer(rich, fee, "0.01000000 WAX")),
            trace(
                4,
                1,
                "eosio.token",
                transfer(fee, name!("eosio.rex"), "0.01000000 WAX"),
            ),
            trace(5, 2, "rich", to_pool),
        ];
        let trace = json!({ "id": "00".repeat(32), "action_traces": actions });
        let trace: TransactionTrace = serde_json::from_value(trace).expect("a trace");
        let paid = paid_for_ram(&trace).expect("a sum");
        assert_eq!(paid.to_string(), "2.00000000 WAX");
    }

    #[test]
    fn the_chain_tells_how_much_ram_is_missing() {
        let message =
            "transaction failed: account bank has insufficient ram; needs 900 bytes has 700 bytes";
        assert_eq!(insufficient(message), Some(("bank", 900, 700)));
        assert_eq!(insufficient("account bank"), None);
    }
}
