//! A delegate that joins a running network: node, account, registration, votes, blocks.

use crate::boot::DELEGATE_STAKE;
use crate::error::{During, NetworkError};
use crate::keys;
use crate::network::{DelegateNetwork, Launch};
use crate::state::{API, NodeRecord, delegate};
use crate::voting::{EOSIO, HOLDERS, action, is_registered, register, schedule};
use antelope_rpc_client::{Client, Signer, native};
use antelope_types::{Authority, Name, name};
use serde::Deserialize;
use serde_json::json;
use std::fs;
use std::path::PathBuf;

/// What a joining node begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A snapshot of the node `api`: quick, and without the blocks before it.
    Snapshot,
    /// The genesis, and then every block.
    Genesis,
}

/// RAM for the account of a delegate, in bytes.
const RAM: u32 = 16 << 10;

impl DelegateNetwork {
    /// Adds the delegate with this letter to the network, and waits until it is voted in and has
    /// produced a block. Each step that is done already is left out, so that it can be run again. With
    /// `instead`, the token holders vote no longer for the delegate of that node.
    ///
    /// # Errors
    /// [`NetworkError::Use`] for a name that is no letter or is taken by a delegate that produces, and
    /// for an `instead` that does not,
    /// [`NetworkError::Start`], [`NetworkError::Call`], [`NetworkError::Waited`].
    pub fn join(
        &mut self,
        name: &str,
        origin: Origin,
        instead: Option<&str>,
    ) -> Result<(), NetworkError> {
        self.need()?;
        let account = delegate(name)?;
        let client = self.public_client()?;
        let mut elected = schedule(&client).during(|| "ask for the schedule".to_owned())?;
        if elected.producers.contains(&account) {
            return Err(NetworkError::Use {
                problem: format!("`{name}` produces already"),
                expected: "a letter that no delegate has".to_owned(),
            });
        }
        if let Some(instead) = instead {
            let leaving = self.state.node(instead)?.account;
            let before = elected.producers.len();
            elected.producers.retain(|it| Some(*it) != leaving);
            if elected.producers.len() == before {
                return Err(NetworkError::Use {
                    problem: format!("`{instead}` does not produce"),
                    expected: "a delegate's node that does".to_owned(),
                });
            }
        }
        keys::read_or_make(&self.folder, &format!("{name}.producer"))?;
        let node = match self.state.node(name) {
            Ok(node) => node.clone(),
            Err(_) => self.add_node(name, account, origin)?,
        };
        if !self.runs(&node) {
            self.start_node(&node, &Launch::default())?;
        }
        self.wait_until_synchronized(&node, &client)?;
        self.make_account(name, account, &client)?;
        self.register_delegate(name, account, &client)?;
        let mut delegates = elected.producers;
        delegates.push(account);
        delegates.sort_unstable();
        self.vote_for(&HOLDERS, &delegates)?;
        self.wait_for_schedule(&delegates)?;
        let number = self.wait(&format!("a block of {account}"), || {
            let info = client.get_info().map_err(|it| it.to_string())?;
            match info.head_block_producer == account {
                true => Ok(info.head_block_num),
                false => Err(format!(
                    "{} of {}",
                    info.head_block_num, info.head_block_producer
                )),
            }
        })?;
        self.tell(&format!("{account} produced block {number}"));
        Ok(())
    }

    /// Writes down a new node, with the snapshot that it begins with.
    fn add_node(
        &mut self,
        name: &str,
        account: Name,
        origin: Origin,
    ) -> Result<NodeRecord, NetworkError> {
        let mut node = NodeRecord::new(name, Some(account))?;
        if origin == Origin::Snapshot {
            node.snapshot = Some(self.take_snapshot(name)?);
        }
        self.state.nodes.push(node.clone());
        // A partition has a place for every node.
        if let Some(last) = self.state.groups.last_mut() {
            last.push(name.to_owned());
        }
        self.state.write(&self.folder)?;
        Ok(node)
    }

    /// Takes a snapshot at the node `api` and moves it to the network's snapshots.
    fn take_snapshot(&self, name: &str) -> Result<String, NetworkError> {
        #[derive(Deserialize)]
        struct Answer {
            snapshot_name: PathBuf,
            head_block_num: u32,
        }
        self.tell("taking a snapshot at api: it is written once its block is irreversible");
        let client = self.client(self.state.node(API)?)?;
        let answer: Answer = client
            .call("/v1/producer/create_snapshot", &json!({}))
            .during(|| "take a snapshot".to_owned())?;
        let folder = self.folder.join("snapshots");
        keys::make_folder(&folder)?;
        let file = format!("{name}.bin");
        let to = folder.join(&file);
        fs::rename(&answer.snapshot_name, &to).during(|| format!("keep {}", to.display()))?;
        let size = fs::metadata(&to).map_or(0, |it| it.len()) / 1024;
        self.tell(&format!(
            "snapshot of block {}, {size} KiB",
            answer.head_block_num
        ));
        Ok(file)
    }

    /// Waits until a node has the blocks of the public one.
    fn wait_until_synchronized(
        &self,
        node: &NodeRecord,
        public: &Client,
    ) -> Result<(), NetworkError> {
        let client = self.client(node)?;
        let number = self.wait(&format!("the blocks of node {}", node.name), || {
            let theirs = public.get_info().map_err(|it| it.to_string())?;
            let own = client.get_info().map_err(|it| it.to_string())?;
            match own.head_block_num + 2 >= theirs.head_block_num {
                true => Ok(own.head_block_num),
                false => Err(format!(
                    "{} of {}",
                    own.head_block_num, theirs.head_block_num
                )),
            }
        })?;
        self.tell(&format!("{} has the blocks up to {number}", node.name));
        Ok(())
    }

    /// A token holder makes the account, as anyone may, and stakes for it.
    fn make_account(&self, name: &str, account: Name, client: &Client) -> Result<(), NetworkError> {
        let what = || format!("create {account}");
        let key = keys::read_or_make(&self.folder, &format!("{name}.account"))?;
        let exists = || client.find_account(account).map(|found| found.is_some());
        if exists().during(what)? {
            return Ok(());
        }
        let [text, ..] = HOLDERS;
        let holder = Name::parse(text).unwrap_or_default();
        let authority = Authority::from_key(Signer::public_key(&key));
        let ram = json!([holder, account, RAM]);
        let stake = json!([holder, account, DELEGATE_STAKE, DELEGATE_STAKE, false]);
        let actions = [
            native::new_account(holder, account, authority.clone(), authority),
            action(client, holder, EOSIO, name!("buyrambytes"), &ram).during(what)?,
            action(client, holder, EOSIO, name!("delegatebw"), &stake).during(what)?,
        ];
        client
            .push(&actions, &[&keys::read(&self.folder, text)?])
            .during(what)?;
        self.wait(&what(), || match exists() {
            Ok(true) => Ok(()),
            Ok(false) => Err("no account".to_owned()),
            Err(error) => Err(error.to_string()),
        })?;
        self.tell(&format!("{text} created {account}"));
        Ok(())
    }

    /// Registers the delegate with the key that signs its blocks.
    fn register_delegate(
        &self,
        name: &str,
        account: Name,
        client: &Client,
    ) -> Result<(), NetworkError> {
        let what = || format!("register {account}");
        if is_registered(client, account).during(what)? {
            return Ok(());
        }
        let key = keys::read(&self.folder, &format!("{name}.account"))?;
        let action = register(client, account, &self.producer_key(name)?).during(what)?;
        client.push(&[action], &[&key]).during(what)?;
        self.wait(&what(), || match is_registered(client, account) {
            Ok(true) => Ok(()),
            Ok(false) => Err("no registration".to_owned()),
            Err(error) => Err(error.to_string()),
        })?;
        self.tell(&format!(
            "{account} is registered, with a producer key of its own"
        ));
        Ok(())
    }
}
