//! From a comparison to transactions.

use super::survey::{Purchase, Survey};
use crate::arguments::Rollout;
use crate::failure::Failure;
use antelope_envelope::Exit;
use antelope_rpc_client::native::update_auth;
use antelope_rpc_client::{Client, ClientError};
use antelope_types::{Action, Encode, Name, PermissionLevel, name};
use serde::Deserialize;
use serde_json::{Value, json};

/// Bytes of a transaction beside its actions: header, and signatures of a few keys.
const OVERHEAD: usize = 1500;
/// The most bytes of a transaction where the node does not tell: of nodeos by default.
const USUAL_LIMIT: usize = 524_288;

/// A transaction: all of it takes effect or nothing.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) actions: Vec<Action>,
    /// What it does, in words.
    pub(super) words: Vec<String>,
}

impl Batch {
    /// Bytes of NET that it takes, about.
    pub(super) fn bytes(&self) -> usize {
        OVERHEAD + self.actions.iter().map(Encode::encoded_len).sum::<usize>()
    }

    /// Who pays its CPU and NET: the first who authorizes it.
    pub(super) fn payer(&self) -> Name {
        let first = self.actions.first();
        let level = first.and_then(|action| action.authorization.first());
        level.map_or(Name::EMPTY, |level| level.actor)
    }
}

/// What belongs together: purchases of RAM, a contract, or the calls.
pub(super) type Group = Batch;

/// RAM to buy, each contract, and the calls, in this order.
///
/// # Errors
/// Those of packing arguments; `rollout.ram` where RAM cannot be bought.
pub(super) fn groups(
    client: &Client,
    arguments: &Rollout,
    survey: &Survey,
) -> Result<(Vec<Group>, Vec<Group>), Box<Failure>> {
    let mut bought = Vec::new();
    for it in &survey.purchases {
        let (name, data) = purchase(it, survey.sells_bytes)?;
        let level = match arguments.proposer {
            Some(proposer) if proposer.actor == it.payer => proposer,
            _ => PermissionLevel::new(it.payer, arguments.deploying.permission),
        };
        let action = client.action(name!("eosio"), name, level, &data)?;
        bought.push(Group {
            actions: vec![action],
            words: vec![format!("buy {} bytes of RAM for {}", it.bytes, it.receiver)],
        });
    }
    let mut groups = Vec::new();
    for part in &survey.parts {
        let account = part.plan.account;
        let mut group = Group::default();
        if let Some(active) = &part.active {
            let mut update = update_auth(account, name!("active"), name!("owner"), active.clone());
            update.authorization = vec![part.plan.permission];
            group.actions.push(update);
            group.words.push(format!("let the code of {account} act"));
        }
        let sets = part.plan.actions();
        if !sets.is_empty() {
            group.words.push(format!("deploy {}", part.plan.package));
        }
        group.actions.extend(sets);
        groups.push(group);
    }
    let mut run = Group::default();
    for call in survey.open_calls() {
        let mut parts = survey.parts.iter();
        let part = parts.find(|it| it.plan.account == call.account);
        let Some(part) = part else { continue };
        run.actions
            .push(call.action(arguments.deploying.permission, &part.abi)?);
        run.words.push(call.text());
    }
    groups.push(run);
    groups.retain(|it| !it.actions.is_empty());
    Ok((bought, groups))
}

/// The action that buys RAM, with its arguments: by the byte, or else for what so many bytes cost now.
///
/// # Errors
/// `rollout.ram` where RAM is sold for an amount only and no market tells the price.
fn purchase(it: &Purchase, sells_bytes: bool) -> Result<(Name, Value), Box<Failure>> {
    let Purchase {
        payer,
        receiver,
        bytes,
        price,
    } = it;
    match (sells_bytes, price) {
        (true, _) => {
            let data = json!({ "payer": payer, "receiver": receiver, "bytes": bytes });
            Ok((name!("buyrambytes"), data))
        }
        (false, Some(price)) => {
            let data = json!({ "payer": payer, "receiver": receiver, "quant": price });
            Ok((name!("buyram"), data))
        }
        (false, None) => {
            let message = format!(
                "{receiver} needs {bytes} bytes of RAM more, and this chain neither sells bytes nor \
                 tells a price"
            );
            let hint = "its operators have to give the account RAM".to_owned();
            Err(Box::new(Failure {
                hint: Some(hint),
                exit: Exit::Rejected,
                ..Failure::new("rollout.ram", message)
            }))
        }
    }
}

/// As few transactions as the chain takes; with `separately`, one for each contract, which its purchase
/// of RAM precedes. The payer, if there is one, stands first in each of them and pays for it.
pub(super) fn batches(
    arguments: &Rollout,
    bought: Vec<Group>,
    groups: Vec<Group>,
    limit: usize,
) -> Vec<Batch> {
    let mut batches: Vec<Batch> = Vec::new();
    let mut add = |group: Group, is_apart: bool| {
        let fits = |last: &&mut Batch| last.bytes() + group.bytes() - OVERHEAD <= limit;
        match batches.last_mut().filter(|_| !is_apart).filter(fits) {
            Some(last) => {
                last.actions.extend(group.actions);
                last.words.extend(group.words);
            }
            None => batches.push(group),
        }
    };
    for group in bought {
        add(group, false);
    }
    for group in groups {
        add(group, arguments.separately);
    }
    if let Some(payer) = arguments.payer {
        for batch in batches.iter_mut().filter(|it| it.payer() != payer) {
            let level = PermissionLevel::new(payer, arguments.deploying.permission);
            // An account without code: the action does nothing.
            let nothing = Action::new(name!("eosio.null"), name!("nonce"), &[level], &());
            batch.actions.insert(0, nothing);
        }
    }
    batches
}

/// The most bytes of a transaction on the chain.
///
/// # Errors
/// Those of the client.
pub(super) fn limit(client: &Client) -> Result<usize, Box<Failure>> {
    #[derive(Deserialize)]
    struct Answer {
        chain_config: Config,
    }
    #[derive(Deserialize)]
    struct Config {
        max_transaction_net_usage: usize,
    }
    let path = "/v1/chain/get_consensus_parameters";
    match client.call::<Answer>(path, &json!({})) {
        Ok(answer) => Ok(answer.chain_config.max_transaction_net_usage),
        // Nodes before Leap 3.1 do not tell.
        Err(ClientError::Unsupported { .. } | ClientError::Chain(_)) => Ok(USUAL_LIMIT),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ram_is_bought_by_the_byte_or_for_its_price() {
        let mut it = Purchase {
            payer: name!("rich"),
            receiver: name!("bank"),
            bytes: 900,
            price: "0.01500000 WAX".parse().ok(),
        };
        let (name, data) = purchase(&it, true).expect("bytes");
        assert_eq!((name, &data["bytes"]), (name!("buyrambytes"), &json!(900)));
        let (name, data) = purchase(&it, false).expect("an amount");
        assert_eq!(name, name!("buyram"));
        assert_eq!(data["quant"], "0.01500000 WAX");
        it.price = None;
        assert_eq!(purchase(&it, false).unwrap_err().code, "rollout.ram");
    }

    fn group(account: Name, bytes: usize) -> Group {
        let level = PermissionLevel::active(account);
        let data = vec![0_u8; bytes];
        Group {
            actions: vec![Action::new(account, name!("do"), &[level], &data)],
            words: vec![account.to_string()],
        }
    }

    fn split(arguments: &[&str], limit: usize) -> Vec<String> {
        use clap::Parser;
        #[derive(Parser)]
        struct Line {
            #[command(flatten)]
            rollout: Rollout,
        }
        let line = Line::parse_from([&["x"], arguments].concat());
        let bought = vec![group(name!("ram"), 10)];
        let groups = vec![group(name!("a"), 1000), group(name!("b"), 1000)];
        let batches = batches(&line.rollout, bought, groups, limit);
        let texts = batches.iter();
        texts
            .map(|it| format!("{}:{}", it.payer(), it.words.join("+")))
            .collect()
    }

    #[test]
    fn transactions_are_as_few_as_the_chain_takes() {
        assert_eq!(split(&[], 100_000), ["ram:ram+a+b"]);
        assert_eq!(split(&[], OVERHEAD + 1500), ["ram:ram+a", "b:b"]);
        assert_eq!(split(&["--separately"], 100_000), ["ram:ram", "a:a", "b:b"]);
    }

    #[test]
    fn a_payer_is_the_first_in_each() {
        let split = split(&["--separately", "--payer", "rich"], 100_000);
        assert_eq!(split, ["rich:ram", "rich:a", "rich:b"]);
    }
}
