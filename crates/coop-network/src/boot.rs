//! From nothing to a chain whose delegates are elected.
//!
//! | step | by |
//! |---|---|
//! | protocol features, `eosio.token`, `eosio.system`, `eosio.msig` | a node of its own that produces as `eosio`, for as long as this takes |
//! | accounts of delegates and token holders | `eosio` |
//! | `eosio` and the accounts `eosio.*` go to the elected delegates | `eosio`, by its last act |
//! | delegates register | each with the key of its account |
//! | token holders stake and vote | each with its key |
//! | the schedule changes | the system contract, at once the first time |
//! | the first node ends, its key is gone | |

use crate::config::CPU_MS;
use crate::error::{During, NetworkError};
use crate::keys;
use crate::network::{DelegateNetwork, Launch};
use crate::state::{API, DELEGATES, NodeRecord, delegate};
use crate::voting::{EOSIO, HOLDERS, TOKEN, action, register, schedule, vote};
use antelope_node::{Node, NodeOptions, TREASURIES, package_contract};
use antelope_rpc_client::{Signer, native};
use antelope_types::{Action, Authority, Name, PermissionLevel, PublicKey, name};
use serde_json::json;
use std::fs;
use std::time::Duration;

/// The account of the multisignature contract.
const MSIG: Name = name!("eosio.msig");
/// What each token holder has, of 10^9 tokens issued; 15 % of these must be staked and vote before the
/// system contract changes the schedule.
const HOLDING: &str = "100000000.0000 SYS";
/// What each of them stakes, once for NET and once for CPU.
const STAKE: &str = "45000000.0000 SYS";
/// What a delegate gets staked for NET and for CPU, so that its actions pass beside such stakes.
pub(crate) const DELEGATE_STAKE: &str = "50000.0000 SYS";

impl DelegateNetwork {
    /// Makes the network in an empty folder, and leaves its nodes running.
    pub(crate) fn boot(&mut self) -> Result<(), NetworkError> {
        self.tell("making a chain: system contracts, accounts, votes; a minute or so");
        let bios = Node::start(NodeOptions {
            max_transaction_cpu_ms: CPU_MS,
            patience: Duration::from_secs(180),
            arguments: vec![
                "--plugin=eosio::net_api_plugin".into(),
                "--p2p-max-nodes-per-host=100".into(),
            ],
            ..NodeOptions::default()
        })?;
        let genesis = self.folder.join("genesis.json");
        fs::copy(bios.folder().join("genesis.json"), &genesis)
            .during(|| format!("write {}", genesis.display()))?;
        for name in DELEGATES {
            let node = NodeRecord::new(name, Some(delegate(name)?))?;
            self.state.nodes.push(node);
            keys::read_or_make(&self.folder, &format!("{name}.producer"))?;
        }
        self.state.nodes.push(NodeRecord::new(API, None)?);
        self.state.write(&self.folder)?;

        bios.boot_system()?;
        self.tell("the chain has eosio.system and eosio.token");
        self.install_msig(&bios)?;
        let accounts = self.accounts_to_make()?;
        bios.create_accounts(&accounts)?;
        self.give_stakes(&bios)?;
        self.resign(&bios)?;
        self.tell("eosio belongs to the elected delegates");

        for node in &self.state.nodes {
            self.start_node(node, &Launch::default())?;
            self.dial(node, &bios.p2p_address(), true)?;
        }
        self.elect(&bios)?;
        let expected: Vec<_> = self
            .state
            .nodes
            .iter()
            .filter_map(|it| it.account)
            .collect();
        self.wait_for_schedule(&expected)?;
        let client = self.public_client()?;
        let resigned = client.get_info().during(|| "ask for the head".to_owned())?;
        self.wait("the delegates' blocks to become irreversible", || {
            let info = client.get_info().map_err(|it| it.to_string())?;
            let seen = format!(
                "block {} of {}, irreversible {}",
                info.head_block_num, info.head_block_producer, info.last_irreversible_block_num
            );
            match info.last_irreversible_block_num > resigned.head_block_num {
                true => Ok(()),
                false => Err(seen),
            }
        })?;
        for node in &self.state.nodes {
            self.dial(node, &bios.p2p_address(), false)?;
        }
        drop(bios);
        self.state.is_booted = true;
        self.state.write(&self.folder)
    }

    /// The multisignature contract, with which the delegates act for `eosio`.
    fn install_msig(&self, bios: &Node) -> Result<(), NetworkError> {
        let (wasm, abi) = package_contract("eosio.msig")?;
        bios.deploy(MSIG, &wasm, &abi)?;
        let privileged = json!([MSIG, 1]);
        let privileged = action(bios.client(), EOSIO, EOSIO, name!("setpriv"), &privileged);
        self.push(bios, "make eosio.msig privileged", vec![privileged])
    }

    /// Delegates and token holders with the keys of their accounts.
    fn accounts_to_make(&self) -> Result<Vec<(Name, PublicKey)>, NetworkError> {
        let mut accounts = Vec::new();
        for name in DELEGATES {
            let key = keys::read_or_make(&self.folder, &format!("{name}.account"))?;
            accounts.push((delegate(name)?, Signer::public_key(&key)));
        }
        for text in HOLDERS {
            let key = keys::read_or_make(&self.folder, text)?;
            accounts.push((
                Name::parse(text).unwrap_or_default(),
                Signer::public_key(&key),
            ));
        }
        Ok(accounts)
    }

    /// Tokens for the holders, stakes for the delegates.
    fn give_stakes(&self, bios: &Node) -> Result<(), NetworkError> {
        for holder in HOLDERS {
            bios.fund(Name::parse(holder).unwrap_or_default(), HOLDING)?;
        }
        for name in DELEGATES {
            let stake = json!([
                EOSIO,
                delegate(name)?,
                DELEGATE_STAKE,
                DELEGATE_STAKE,
                false
            ]);
            let stake = action(bios.client(), EOSIO, EOSIO, name!("delegatebw"), &stake);
            self.push(bios, "stake for a delegate", vec![stake])?;
        }
        Ok(())
    }

    /// Gives `eosio` to the elected delegates, and the accounts of the system to `eosio`. Nothing can
    /// be signed with the key of `eosio` afterwards.
    fn resign(&self, bios: &Node) -> Result<(), NetworkError> {
        let treasuries = TREASURIES.iter().filter_map(|text| Name::parse(text).ok());
        let mut actions = Vec::new();
        for account in treasuries.chain([TOKEN, MSIG]) {
            actions.extend(hand_over(account, EOSIO));
        }
        actions.extend(hand_over(EOSIO, name!("eosio.prods")));
        self.push(bios, "give up eosio", actions.into_iter().map(Ok).collect())
    }

    /// Delegates register, token holders stake and vote, each with a key of its own.
    fn elect(&self, bios: &Node) -> Result<(), NetworkError> {
        let client = bios.client();
        let mut delegates = Vec::new();
        for name in DELEGATES {
            let account = delegate(name)?;
            let what = || format!("register {account}");
            let key = keys::read(&self.folder, &format!("{name}.account"))?;
            let action = register(client, account, &self.producer_key(name)?).during(what)?;
            client.push(&[action], &[&key]).during(what)?;
            delegates.push(account);
        }
        for text in HOLDERS {
            let holder = Name::parse(text).unwrap_or_default();
            let what = || format!("vote of {text}");
            let key = keys::read(&self.folder, text)?;
            let stake = json!([holder, holder, STAKE, STAKE, false]);
            let stake = action(client, holder, EOSIO, name!("delegatebw"), &stake).during(what)?;
            let vote = vote(client, holder, &delegates).during(what)?;
            client.push(&[stake, vote], &[&key]).during(what)?;
        }
        self.tell("5 delegates are registered, 3 token holders have voted for them");
        Ok(())
    }

    /// Waits until these delegates are the schedule, in whatever order.
    pub(crate) fn wait_for_schedule(&self, expected: &[Name]) -> Result<(), NetworkError> {
        let client = self.public_client()?;
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        let version = self.wait("the schedule to follow the votes", || {
            let found = schedule(&client).map_err(|it| it.to_string())?;
            let mut names = found.producers.clone();
            names.sort_unstable();
            match names == expected {
                true => Ok(found.version),
                false => Err(format!("version {} of {}", found.version, names.len())),
            }
        })?;
        self.tell(&format!(
            "schedule {version} has {} delegates",
            expected.len()
        ));
        Ok(())
    }

    /// Sends actions signed by the key of the first node.
    fn push(
        &self,
        bios: &Node,
        what: &str,
        actions: Vec<Result<Action, antelope_rpc_client::ClientError>>,
    ) -> Result<(), NetworkError> {
        let actions: Result<Vec<_>, _> = actions.into_iter().collect();
        let pushed = actions.and_then(|actions| bios.client().push(&actions, &[bios.key()]));
        pushed.during(|| what.to_owned()).map(drop)
    }
}

/// The actions that give an account to another's active permission.
fn hand_over(account: Name, to: Name) -> [Action; 2] {
    let authority = Authority::from_permission(PermissionLevel::active(to));
    let (owner, active) = (name!("owner"), name!("active"));
    let mut last = native::update_auth(account, owner, Name::default(), authority.clone());
    // Nothing but the owner may change the owner.
    last.authorization = vec![PermissionLevel {
        actor: account,
        permission: owner,
    }];
    [native::update_auth(account, active, owner, authority), last]
}
