//! From the traces of transactions to the costs of actions.

use antelope_build::costs::{Cost, Costs, Spread};
use std::collections::BTreeMap;

use antelope_chain::{ActionTrace, TransactionTrace};
use antelope_types::Name;

use crate::scenarios::world::Chain;

/// Everything that was measured of one line.
#[derive(Default)]
struct Samples {
    cpu: Vec<i64>,
    net: Vec<i64>,
    ram: Vec<i64>,
}

/// Where the three contracts are, by their packages.
pub(super) struct Contracts(BTreeMap<Name, &'static str>);

impl Contracts {
    pub(super) fn of(chain: &Chain) -> Self {
        Self(BTreeMap::from([
            (chain.registrator.name, "registrator"),
            (chain.soviet.name, "soviet"),
            (chain.gateway.name, "gateway"),
        ]))
    }

    /// `soviet::exec`, for an action that one of the three has executed.
    fn line(&self, action: &ActionTrace) -> Option<String> {
        let package = self.0.get(&action.receiver)?;
        let is_own = action.receiver == action.act.account && action.cost.instructions > 0;
        is_own.then(|| format!("{package}::{}", action.act.name))
    }
}

/// What an action sends is counted with it on a line of its own, of this name.
pub(super) fn whole(action: &str) -> String {
    format!("{action} and all it sends")
}

/// The costs of these transactions, action by action.
///
/// NET belongs to transactions: only an action that was alone in one has it, and so do whole
/// transactions.
pub(super) fn costs(contracts: &Contracts, traces: &[TransactionTrace]) -> Costs {
    let mut samples: BTreeMap<String, Samples> = BTreeMap::new();
    for trace in traces {
        let sent: Vec<_> = sent(trace).collect();
        for action in &trace.action_traces {
            let Some(line) = contracts.line(action) else {
                continue;
            };
            let samples = samples.entry(line).or_default();
            samples.cpu.push(cpu(action));
            samples.ram.push(ram(action));
            if sent.len() == 1 && action.creator_action_ordinal == 0 {
                samples.net.extend(words(trace));
            }
        }
        let [alone] = sent[..] else { continue };
        let Some(line) = contracts.line(alone) else {
            continue;
        };
        let samples = samples.entry(whole(&line)).or_default();
        samples.cpu.push(trace.action_traces.iter().map(cpu).sum());
        samples.ram.push(trace.action_traces.iter().map(ram).sum());
        samples.net.extend(words(trace));
    }
    let of = |Samples { cpu, net, ram }| {
        let (cpu, ram) = (Spread::of(cpu)?, Spread::of(ram)?);
        let net = Spread::of(net);
        Some(Cost { cpu, net, ram })
    };
    let mut costs: Costs = samples
        .into_iter()
        .filter_map(|(line, samples)| Some((line, of(samples)?)))
        .collect();
    // An action that sends nothing has one line.
    let single: Vec<_> = costs
        .iter()
        .filter(|(line, cost)| costs.get(&whole(line)).is_some_and(|it| it.cpu == cost.cpu))
        .map(|(line, _)| whole(line))
        .collect();
    costs.retain(|line, _| !single.contains(line));
    costs
}

/// The actions of the transaction itself.
fn sent(trace: &TransactionTrace) -> impl Iterator<Item = &ActionTrace> {
    let actions = trace.action_traces.iter();
    actions.filter(|action| action.creator_action_ordinal == 0)
}

fn cpu(action: &ActionTrace) -> i64 {
    i64::try_from(action.cost.total()).expect("a cost that a transaction may have")
}

fn ram(action: &ActionTrace) -> i64 {
    action.account_ram_deltas.values().sum()
}

fn words(trace: &TransactionTrace) -> Option<i64> {
    trace
        .receipt
        .map(|receipt| i64::from(receipt.net_usage_words))
}
