//! Accounts of the contracts that several operators hold together, as `scripts/share-keys` leaves
//! them.

use std::process::Command;

use antelope_rpc_client::native;
use antelope_types::{
    Action, Authority, Encode, Name, PermissionLevel, TimePointSec, Transaction, name,
};
use serde_json::json;
use veche_tests::Person;

use crate::foreign::world::{Outcome, World};

/// Who holds the accounts of the contracts.
pub(crate) struct Operators<'w> {
    pub world: &'w World,
    pub people: Vec<Person>,
}

impl<'w> Operators<'w> {
    /// Three people with accounts, of whom two act for the contracts; the keys of before are worth
    /// nothing any more.
    pub(crate) fn share(world: &'w World) -> Self {
        let people: Vec<Person> = (0..3).map(|_| world.account()).collect();
        let holders = list(people.iter().map(|person| person.name));
        set(world, &["--holders", &holders, "--threshold", "2"]);
        Self { world, people }
    }

    /// Nobody holds the accounts any more: their code acts, and only the chain's own account could
    /// change it.
    pub(crate) fn give_up(world: &World) {
        set(world, &["--give-up"]);
    }

    /// Sends one transaction that so many of them sign.
    pub(crate) fn sign(&self, actions: Vec<Action>, count: usize) -> Outcome {
        let signers: Vec<&Person> = self.people.iter().take(count).collect();
        self.world.push(actions, &signers)
    }

    /// Sets `eosio.msig` of the node's package.
    pub(crate) fn set_up_proposals(&self) -> Person {
        let msig = Person {
            name: name!("eosio.msig"),
            ..Person::new()
        };
        self.world.create(&msig);
        self.world
            .deploy(&msig, veche_tests::reference("eosio.msig"));
        let privileged = self
            .world
            .client()
            .action(
                name!("eosio"),
                name!("setpriv"),
                self.world.eosio.active(),
                &json!({ "account": "eosio.msig", "is_priv": 1 }),
            )
            .expect("an action of the bios");
        self.world
            .push(vec![privileged], &[&self.world.eosio])
            .accepted();
        msig
    }

    /// Proposes a transaction, which all of them are asked to approve.
    pub(crate) fn propose(&self, proposal: Name, actions: Vec<Action>) {
        let mut transaction = Transaction {
            actions,
            ..Transaction::default()
        };
        let now = self.world.chain.now().micros() / 1_000_000;
        let in_a_day = u32::try_from(now + 86_400).expect("a time of this age");
        transaction.header.expiration = TimePointSec::from_seconds(in_a_day);
        let levels: Vec<_> = self.people.iter().map(Person::active).collect();
        let arguments = [levels.to_bytes(), transaction.to_bytes()].concat();
        self.say(name!("propose"), &self.people[0], proposal, &arguments)
            .accepted();
    }

    /// One of them approves.
    pub(crate) fn approve(&self, proposal: Name, operator: usize) -> Outcome {
        let person = &self.people[operator];
        self.say(
            name!("approve"),
            person,
            proposal,
            &person.active().to_bytes(),
        )
    }

    /// Anyone executes what is approved.
    pub(crate) fn execute(&self, proposal: Name) -> Outcome {
        let anyone = &self.world.stranger;
        let outcome = self.say(name!("exec"), anyone, proposal, &anyone.name.to_bytes());
        // This version of eosio.msig lets the next block execute it.
        self.world.wait(2);
        outcome
    }

    fn say(&self, action: Name, who: &Person, proposal: Name, rest: &[u8]) -> Outcome {
        let proposer = self.people[0].name.to_bytes();
        let action = Action {
            account: name!("eosio.msig"),
            name: action,
            authorization: vec![who.active()],
            data: [proposer.as_slice(), &proposal.to_bytes(), rest].concat(),
        };
        self.world.push(vec![action], &[who])
    }
}

/// Names as an argument of the script.
fn list(names: impl Iterator<Item = Name>) -> String {
    names
        .map(|name| name.to_string())
        .collect::<Vec<_>>()
        .join(",")
}

/// Sets the permissions that the script prints; the accounts' keys sign for the last time.
fn set(world: &World, arguments: &[&str]) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/share-keys");
    let accounts = list(world.operators().iter().map(|operator| operator.name));
    let printed = Command::new(script)
        .args(["--print", "--accounts", &accounts])
        .args(arguments)
        .output()
        .expect("the script runs");
    assert!(printed.status.success(), "{printed:?}");
    let printed = String::from_utf8(printed.stdout).expect("text");
    let updates: Vec<_> = printed.lines().map(update).collect();
    assert_eq!(updates.len(), 2 * world.operators().len());
    world.push(updates, &world.operators()).accepted();
}

/// A line `ACCOUNT PERMISSION PARENT JSON` as an action.
fn update(line: &str) -> Action {
    let mut words = line.splitn(4, ' ');
    let mut word = || words.next().expect("four words");
    let (account, permission, parent) = (word(), word(), word());
    let named = |text: &str| -> Name { text.parse().expect("a name") };
    let authority: Authority = serde_json::from_str(word()).expect("an authority");
    let parent = if parent == "." {
        Name::EMPTY
    } else {
        named(parent)
    };
    let account = named(account);
    let mut action = native::update_auth(account, named(permission), parent, authority);
    action.authorization = vec![PermissionLevel::new(account, name!("owner"))];
    action
}
