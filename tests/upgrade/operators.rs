//! Accounts of the contracts that several operators hold together, as `scripts/share-keys` leaves
//! them.

use antelope_client::native;
use antelope_types::{
    Action, Authority, Encode, Name, PermissionLevel, PermissionLevelWeight, TimePointSec,
    Transaction, name,
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
        let shared = shared(&people, 2);
        for (contract, _) in world.contracts() {
            // The code acts under `active` alone, with all the weight that it needs.
            let mut active = shared.clone();
            active.accounts.push(weight(code(contract.name), 2));
            active.sort();
            set(world, contract, active, shared.clone());
        }
        Self { world, people }
    }

    /// Nobody holds the accounts any more: their code acts, and only the chain's own account could
    /// change it.
    pub(crate) fn give_up(world: &World) {
        for (contract, _) in world.contracts() {
            let active = Authority::from_permission(code(contract.name));
            let owner = Authority::from_permission(PermissionLevel::active(name!("eosio")));
            set(world, contract, active, owner);
        }
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

/// Replaces both permissions of a contract's account, which its key signs for the last time.
fn set(world: &World, contract: &Person, active: Authority, owner: Authority) {
    let mut last = native::update_auth(contract.name, name!("owner"), Name::EMPTY, owner);
    last.authorization = vec![PermissionLevel::new(contract.name, name!("owner"))];
    let first = native::update_auth(contract.name, name!("active"), name!("owner"), active);
    world.push(vec![first, last], &[contract]).accepted();
}

/// So many of these people.
fn shared(people: &[Person], threshold: u32) -> Authority {
    let mut authority = Authority {
        threshold,
        ..Authority::default()
    };
    for person in people {
        authority.accounts.push(weight(person.active(), 1));
    }
    authority.sort();
    authority
}

fn weight(permission: PermissionLevel, weight: u16) -> PermissionLevelWeight {
    PermissionLevelWeight { permission, weight }
}

fn code(contract: Name) -> PermissionLevel {
    PermissionLevel::new(contract, name!("eosio.code"))
}
