//! Delegates and voters on the chain: the actions of `eosio.system`, each signed by the key of whom
//! it concerns.

use crate::error::{During, NetworkError};
use crate::keys;
use crate::network::DelegateNetwork;
use antelope_rpc_client::{Client, ClientError, Signer, TableQuery};
use antelope_types::{Action, Name, PermissionLevel, PublicKey, name};
use serde::Deserialize;
use serde_json::{Value, json};

/// The system account.
pub(crate) const EOSIO: Name = name!("eosio");
/// The account of the token contract.
pub(crate) const TOKEN: Name = name!("eosio.token");
/// The token holders, whose stakes vote.
pub(crate) const HOLDERS: [&str; 3] = ["holderaaaaaa", "holderbbbbbb", "holdercccccc"];

/// The schedule of delegates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ElectedSchedule {
    /// Its number, which grows with each change.
    pub(crate) version: u32,
    /// The delegates, in the order in which they produce.
    pub(crate) producers: Vec<Name>,
}

/// The schedule in effect at the head of a node.
pub(crate) fn schedule(client: &Client) -> Result<ElectedSchedule, ClientError> {
    #[derive(Deserialize)]
    struct Answer {
        active: Active,
    }
    #[derive(Deserialize)]
    struct Active {
        version: u32,
        producers: Vec<Producer>,
    }
    #[derive(Deserialize)]
    struct Producer {
        producer_name: Name,
    }
    let answer: Answer = client.call("/v1/chain/get_producer_schedule", &json!({}))?;
    let names = answer.active.producers.iter().map(|it| it.producer_name);
    Ok(ElectedSchedule {
        version: answer.active.version,
        producers: names.collect(),
    })
}

/// An action with JSON arguments under the active permission of an account.
pub(crate) fn action(
    client: &Client,
    by: Name,
    to: Name,
    name: Name,
    data: &Value,
) -> Result<Action, ClientError> {
    client.action(to, name, PermissionLevel::active(by), data)
}

/// Registers an account as a delegate with the key that signs its blocks.
pub(crate) fn register(
    client: &Client,
    account: Name,
    producer: &PublicKey,
) -> Result<Action, ClientError> {
    let data = json!([account, producer.to_string(), "https://delegate.example", 0]);
    action(client, account, EOSIO, name!("regproducer"), &data)
}

/// A vote for these delegates, in the order of their names.
pub(crate) fn vote(
    client: &Client,
    holder: Name,
    delegates: &[Name],
) -> Result<Action, ClientError> {
    let data = json!([holder, "", delegates]);
    action(client, holder, EOSIO, name!("voteproducer"), &data)
}

/// Whether an account is registered as a delegate.
pub(crate) fn is_registered(client: &Client, account: Name) -> Result<bool, ClientError> {
    let rows = client.all_rows(&TableQuery::new(EOSIO, EOSIO, name!("producers")))?;
    Ok(rows.iter().any(|row| {
        row["owner"] == json!(account)
            && (row["is_active"] == json!(1) || row["is_active"] == json!(true))
    }))
}

/// The delegates that a token holder votes for.
fn votes_of(client: &Client, holder: Name) -> Result<Vec<Name>, ClientError> {
    let query = TableQuery::new(EOSIO, EOSIO, name!("voters")).exactly(holder);
    let rows = client.all_rows(&query)?;
    let producers = rows.first().and_then(|row| row["producers"].as_array());
    let names = producers.into_iter().flatten().filter_map(Value::as_str);
    Ok(names.filter_map(|name| Name::parse(name).ok()).collect())
}

impl DelegateNetwork {
    /// Lets the token holders, or one of them, vote for the delegates of these nodes, and waits until
    /// the vote is on the chain. The schedule follows within two minutes or so: the system contract
    /// looks at the votes once a minute, and the change takes effect once it is irreversible. It never
    /// makes a schedule shorter than the one before.
    ///
    /// # Errors
    /// [`NetworkError::Use`] for unknown names, [`NetworkError::Call`], [`NetworkError::Waited`].
    pub fn vote(&self, delegates: &[String], holder: Option<&str>) -> Result<(), NetworkError> {
        self.need()?;
        let delegates = self.state.accounts(delegates)?;
        let holders = match holder {
            None => HOLDERS.to_vec(),
            Some(name) => match HOLDERS.iter().find(|it| **it == name) {
                Some(name) => vec![*name],
                None => {
                    return Err(NetworkError::Use {
                        problem: format!("no token holder `{name}`"),
                        expected: format!("one of {}", HOLDERS.join(", ")),
                    });
                }
            },
        };
        self.vote_for(&holders, &delegates)
    }

    /// Sends a vote of each of these holders and waits until the chain has them.
    pub(crate) fn vote_for(
        &self,
        holders: &[&str],
        delegates: &[Name],
    ) -> Result<(), NetworkError> {
        let client = self.public_client()?;
        for text in holders {
            let what = || format!("vote of {text}");
            let holder = Name::parse(text).unwrap_or_default();
            let key = keys::read(&self.folder, text)?;
            if votes_of(&client, holder).during(what)? == delegates {
                continue;
            }
            let action = vote(&client, holder, delegates).during(what)?;
            client.push(&[action], &[&key]).during(what)?;
            self.wait(&what(), || {
                let found = votes_of(&client, holder).map_err(|it| it.to_string())?;
                match found == delegates {
                    true => Ok(()),
                    false => Err(format!("{} delegates", found.len())),
                }
            })?;
        }
        let names: Vec<_> = delegates.iter().map(Name::to_string).collect();
        self.tell(&format!(
            "{} vote for {}",
            holders.join(", "),
            names.join(", ")
        ));
        Ok(())
    }

    /// The public key with which the node of this name signs blocks.
    pub(crate) fn producer_key(&self, name: &str) -> Result<PublicKey, NetworkError> {
        let key = keys::read_or_make(&self.folder, &format!("{name}.producer"))?;
        Ok(Signer::public_key(&key))
    }
}
