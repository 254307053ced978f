//! One cooperative: founded, with a council and a cashier.

use antelope_types::{Action, Checksum256, Name, PermissionLevel, asset};
use coop_model::catalogue::registry;
use coop_model::clients::{
    Gateway, GatewaySigned, Registrator, RegistratorSigned, Soviet, SovietSigned,
};
use coop_model::coop::{Charter, status};
use coop_model::council::{board, position};
use coop_model::document::subject::{BoardSubject, FoundersSubject};
use coop_model::{CoopParams, Document, Right, Seat, Subject, list_hash};
use veche_tests::Person;

use super::{Draft, Outcome, World};

/// An active cooperative with a council.
pub(crate) struct Coop<'w> {
    pub world: &'w World,
    /// The cooperative's own account.
    pub account: Person,
    /// The council, all with a vote; the first is the chairman.
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

/// The fees of every cooperative here.
pub(crate) fn fees() -> CoopParams {
    CoopParams {
        initial: asset!("100.00 RUB"),
        minimum: asset!("300.00 RUB"),
        org_initial: asset!("1000.00 RUB"),
        org_minimum: asset!("3000.00 RUB"),
    }
}

impl<'w> Coop<'w> {
    /// Three founders, who are the council.
    pub(crate) fn new(world: &'w World) -> Self {
        let coop = Self {
            world,
            account: world.account(),
            members: (0..3).map(|_| Person::new()).collect(),
            cashier: world.account(),
        };
        let world = coop.world;
        let register = coop
            .registrator(&coop.account)
            .regcoop(coop.name(), fees(), Charter::default(), world.unique_hash())
            .to_action();
        let activate = coop
            .registrator(&world.registrator)
            .stcoopstatus(coop.name(), status::ACTIVE)
            .to_action();
        world
            .push(
                vec![register, activate],
                &[&coop.account, &world.registrator],
            )
            .accepted();
        coop.found();
        coop
    }

    fn found(&self) {
        let world = self.world;
        let mut actions: Vec<_> = self
            .members
            .iter()
            .map(|member| self.new_account(member))
            .collect();
        world
            .push(std::mem::take(&mut actions), &[&self.account])
            .accepted();
        let founders: Vec<Name> = self.members.iter().map(|member| member.name).collect();
        let members = list_hash(&founders);
        let subject = Subject::Founders(FoundersSubject { members });
        let found = self
            .registrator(&self.account)
            .regfounders(
                self.name(),
                founders,
                self.meeting(subject, &self.members.iter().collect::<Vec<_>>()),
            )
            .to_action();
        world.push(vec![found], &[&self.account]).accepted();
        self.seat_first();
    }

    /// Seats the first council, and gives the cashier rights.
    pub(crate) fn seat_first(&self) {
        self.seat_first_by(&self.members.iter().collect::<Vec<_>>());
    }

    /// The same, where others have founded too.
    pub(crate) fn seat_first_by(&self, founders: &[&Person]) {
        let seats = self.seats();
        let subject = Subject::Board(BoardSubject {
            version: 1,
            kind: board::COUNCIL,
            members: list_hash(&seats),
        });
        let seat = self
            .soviet(&self.account)
            .createboard(self.name(), seats, self.meeting(subject, founders))
            .to_action();
        let hire = self
            .soviet(self.chairman())
            .addstaff(
                self.name(),
                self.chairman().name,
                self.cashier.name,
                self.rights(),
            )
            .to_action();
        self.world
            .push(vec![seat, hire], &[&self.account, self.chairman()])
            .accepted();
    }

    /// What the cashier may do.
    pub(crate) fn rights(&self) -> Vec<Right> {
        ["incomplete", "indecline", "outcomplete", "outdecline"]
            .map(|action| Right {
                contract: self.world.gateway.name,
                action: action.parse().expect("a name"),
            })
            .to_vec()
    }

    /// A document of a general meeting.
    fn meeting(&self, subject: Subject, signers: &[&Person]) -> Document {
        Draft::new(
            self.world,
            registry::MEETING,
            self.name(),
            self.name(),
            Some(subject),
        )
        .signed_by(self.world, signers)
    }

    /// Seats for all members.
    pub(crate) fn seats(&self) -> Vec<Seat> {
        let seat = |(index, member): (usize, &Person)| Seat {
            username: member.name,
            is_voting: true,
            position: if index == 0 {
                position::CHAIRMAN
            } else {
                position::MEMBER
            },
        };
        self.members.iter().enumerate().map(seat).collect()
    }

    /// The action that makes the account of `person`.
    pub(crate) fn new_account(&self, person: &Person) -> Action {
        self.registrator(&self.account)
            .newaccount(self.name(), self.name(), person.name, person.public_key())
            .to_action()
    }

    /// The cooperative and its chairman accept a kind of another contract.
    pub(crate) fn accept(&self, kind: Name) -> Outcome {
        let soviet = self.soviet(&self.account);
        self.with_chairman(
            soviet
                .accepttype(self.name(), self.chairman().name, kind)
                .to_action(),
        )
    }

    /// They accept it no longer.
    pub(crate) fn drop(&self, kind: Name) -> Outcome {
        let soviet = self.soviet(&self.account);
        self.with_chairman(
            soviet
                .droptype(self.name(), self.chairman().name, kind)
                .to_action(),
        )
    }

    fn with_chairman(&self, mut action: Action) -> Outcome {
        action.authorization.push(self.chairman().active());
        self.world
            .push(vec![action], &[&self.account, self.chairman()])
    }

    /// The operator changes the cooperative's status.
    pub(crate) fn set_status(&self, status: Name) {
        let operator = &self.world.registrator;
        let action = self
            .registrator(operator)
            .stcoopstatus(self.name(), status)
            .to_action();
        self.world.push(vec![action], &[operator]).accepted();
    }

    pub(crate) fn name(&self) -> Name {
        self.account.name
    }

    pub(crate) fn chairman(&self) -> &Person {
        &self.members[0]
    }

    pub(crate) fn registrator(&self, signer: &Person) -> RegistratorSigned<1> {
        Registrator::at(self.world.registrator.name).signed_by(PermissionLevel::active(signer.name))
    }

    pub(crate) fn soviet(&self, signer: &Person) -> SovietSigned<1> {
        Soviet::at(self.world.soviet.name).signed_by(PermissionLevel::active(signer.name))
    }

    pub(crate) fn gateway(&self, signer: &Person) -> GatewaySigned<1> {
        Gateway::at(self.world.gateway.name).signed_by(PermissionLevel::active(signer.name))
    }
}
