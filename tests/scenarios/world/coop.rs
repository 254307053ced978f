//! One cooperative and everything that can be done in it, each step as one transaction.

use antelope_types::{Action, Asset, Checksum256, Name, PermissionLevel, asset};
use coop_model::clients::{
    Gateway, GatewaySigned, Registrator, RegistratorSigned, Soviet, SovietSigned,
};
use coop_model::coop::status;
use coop_model::council::{board, position};
use coop_model::{Charter, CoopParams, Right, Seat};

use super::{Chain, Draft, Outcome, Person};

mod admission;
mod decisions;
mod elections;
mod exits;
mod payments;
mod rows;
mod shares;
mod snapshot;

pub(crate) use elections::Ballot;
pub(crate) use snapshot::{Snapshot, amount};

/// An active cooperative with a council.
pub(crate) struct Coop<'c> {
    pub chain: &'c Chain,
    /// The cooperative's own account.
    pub account: Person,
    /// The council: voting seats first, the chairman is the first of them.
    pub members: Vec<Person>,
    /// May confirm and decline payments.
    pub cashier: Person,
}

/// A question on the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    pub id: u64,
    pub hash: Checksum256,
}

/// Somebody who has applied.
#[derive(Clone)]
pub(crate) struct Candidate {
    pub person: Person,
    /// Hash of the statement.
    pub hash: Checksum256,
}

/// The fees of every cooperative here.
pub(crate) fn fees() -> CoopParams {
    CoopParams {
        initial: asset!("100.00 RUB"),
        minimum: asset!("300.00 RUB"),
        org_initial: asset!("1000.00 RUB"),
        org_minimum: asset!("3000.00 RUB"),
    }
}

/// What an individual pays at once.
pub(crate) const ENTRANCE_AND_MINIMUM: Asset = asset!("400.00 RUB");

impl<'c> Coop<'c> {
    /// A cooperative whose council has so many voting seats (at least 3).
    pub(crate) fn new(chain: &'c Chain, voting: usize) -> Self {
        Self::with_seats(chain, voting, 0)
    }

    /// The same, with further seats that have no vote.
    pub(crate) fn with_seats(chain: &'c Chain, voting: usize, silent: usize) -> Self {
        let people = (0..voting + silent).map(|_| Person::new()).collect();
        Self::founded_by(chain, people, voting)
    }

    /// A cooperative whose charter says this about decisions.
    pub(crate) fn chartered(chain: &'c Chain, voting: usize, charter: Charter) -> Self {
        let people = (0..voting).map(|_| Person::new()).collect();
        let coop = Self::registered(chain, people, charter);
        coop.set_status(status::ACTIVE).accepted();
        coop.begin(voting);
        coop
    }

    /// A cooperative founded by these people, whose accounts it makes; the first `voting` of them have a vote.
    pub(crate) fn founded_by(chain: &'c Chain, people: Vec<Person>, voting: usize) -> Self {
        let coop = Self::active(chain, people);
        coop.begin(voting);
        coop
    }

    /// Founders, the first council and the cashier of an active cooperative.
    fn begin(&self, voting: usize) {
        self.register_members().accepted();
        self.found().accepted();
        let add = self
            .soviet(self.chairman())
            .addstaff(
                self.name(),
                self.chairman().name,
                self.cashier.name,
                self.cashiers_rights(),
            )
            .to_action();
        let actions = vec![self.first_council(self.seats(voting)), add];
        self.chain
            .push(actions, &[&self.account, self.chairman()])
            .accepted();
    }

    /// What the cashier may do: everything with money and property.
    pub(crate) fn cashiers_rights(&self) -> Vec<Right> {
        [
            "incomplete",
            "indecline",
            "outcomplete",
            "outdecline",
            "retrypay",
            "acceptprop",
            "cancelprop",
            "handprop",
        ]
        .map(|action| Right {
            contract: self.chain.gateway.name,
            action: action.parse().expect("a name"),
        })
        .to_vec()
    }

    /// The action that seats the first council, by a document that all members signed.
    pub(crate) fn first_council(&self, seats: Vec<Seat>) -> Action {
        let signers: Vec<&Person> = self.members.iter().collect();
        let meeting = Draft::election(self.chain, self.name(), 1, board::COUNCIL, &seats)
            .signed_by(self.chain, &signers);
        self.soviet(&self.account)
            .createboard(self.name(), seats, meeting)
            .to_action()
    }

    /// An active cooperative of which these people are to be the council; none of them has an account yet.
    pub(crate) fn active(chain: &'c Chain, members: Vec<Person>) -> Self {
        let coop = Self::pending(chain, members);
        coop.set_status(status::ACTIVE).accepted();
        coop
    }

    /// A registered cooperative that the operator has not activated.
    pub(crate) fn pending(chain: &'c Chain, members: Vec<Person>) -> Self {
        Self::registered(chain, members, Charter::default())
    }

    fn registered(chain: &'c Chain, members: Vec<Person>, charter: Charter) -> Self {
        let coop = Self {
            chain,
            account: chain.account(),
            members,
            cashier: chain.account(),
        };
        let register = coop
            .registrator(&coop.account)
            .regcoop(coop.name(), fees(), charter, chain.unique_hash())
            .to_action();
        chain.push(vec![register], &[&coop.account]).accepted();
        coop
    }

    pub(crate) fn name(&self) -> Name {
        self.account.name
    }

    pub(crate) fn chairman(&self) -> &Person {
        &self.members[0]
    }

    /// The operator changes the cooperative's status.
    pub(crate) fn set_status(&self, status: Name) -> Outcome {
        let operator = &self.chain.registrator;
        let action = self
            .registrator(operator)
            .stcoopstatus(self.name(), status)
            .to_action();
        self.chain.push(vec![action], &[operator])
    }

    /// Makes the accounts of the council's members.
    pub(crate) fn register_members(&self) -> Outcome {
        let actions = self
            .members
            .iter()
            .map(|member| self.new_account(&self.account, member))
            .collect();
        self.chain.push(actions, &[&self.account])
    }

    /// The action that makes the account of `person`.
    pub(crate) fn new_account(&self, actor: &Person, person: &Person) -> Action {
        self.registrator(actor)
            .newaccount(self.name(), actor.name, person.name, person.public_key())
            .to_action()
    }

    /// Makes the council's members participants by the founding meeting.
    pub(crate) fn found(&self) -> Outcome {
        let founders: Vec<Name> = self.members.iter().map(|member| member.name).collect();
        let signers: Vec<&Person> = self.members.iter().collect();
        let meeting =
            Draft::founding(self.chain, self.name(), &founders).signed_by(self.chain, &signers);
        let action = self
            .registrator(&self.account)
            .regfounders(self.name(), founders, meeting)
            .to_action();
        self.chain.push(vec![action], &[&self.account])
    }

    /// Seats for all members, the first `voting` of them with a vote.
    pub(crate) fn seats(&self, voting: usize) -> Vec<Seat> {
        let seat = |(index, member): (usize, &Person)| Seat {
            username: member.name,
            is_voting: index < voting,
            position: if index == 0 {
                position::CHAIRMAN
            } else {
                position::MEMBER
            },
        };
        self.members.iter().enumerate().map(seat).collect()
    }

    pub(crate) fn registrator(&self, signer: &Person) -> RegistratorSigned<1> {
        Registrator::at(self.chain.registrator.name).signed_by(PermissionLevel::active(signer.name))
    }

    pub(crate) fn soviet(&self, signer: &Person) -> SovietSigned<1> {
        Soviet::at(self.chain.soviet.name).signed_by(PermissionLevel::active(signer.name))
    }

    pub(crate) fn gateway(&self, signer: &Person) -> GatewaySigned<1> {
        Gateway::at(self.chain.gateway.name).signed_by(PermissionLevel::active(signer.name))
    }
}
