//! The contracts before the upgrade: their code, and the actions and documents that have changed.

use std::fs;
use std::path::Path;

use antelope_abi::Abi;
use antelope_types::{Action, Checksum256, Encode, Name, PermissionLevel, name};
use coop_model::catalogue::registry;
use coop_model::coop::status;
use coop_model::document::subject::{BoardSubject, DecisionSubject, FoundersSubject};
use coop_model::people::kind;
use coop_model::{DocumentSignature, Meta, Seat, Subject, list_hash};
use veche_tests::{Contract, Person};

use crate::foreign::world::{Coop, Draft, Outcome, Question, World, fees, number, signature};

/// The code and the ABI of one of the three as they were.
pub(crate) fn contract(package: &str) -> Contract {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("upgrade/fixtures");
    let file = |ending: &str| {
        let path = folder.join(format!("{package}.{ending}"));
        fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    };
    let abi = String::from_utf8(file("abi")).expect("an ABI file is text");
    Contract {
        wasm: file("wasm"),
        abi: Abi::from_json(&abi).expect("an ABI"),
    }
}

/// A chain with the contracts as they were, configured.
pub(crate) fn world() -> World {
    configured(World::bare())
}

/// The same on a chain of these accounts.
pub(crate) fn configured(world: World) -> World {
    for (person, package) in world.contracts() {
        world.deploy(person, &contract(package));
    }
    // `init` is what it was; of the kinds there was one.
    let actions = world.setting_up().into_iter().take(4).collect();
    world.push(actions, &world.operators()).accepted();
    world
}

/// A document as its bytes were.
pub(crate) struct Paper {
    pub bytes: Vec<u8>,
}

impl Paper {
    /// The draft without the fields that its subject did not have, signed by these people.
    pub(crate) fn new(world: &World, draft: &Draft, signers: &[&Person]) -> Self {
        let meta = old_meta(&draft.meta);
        let hash = Checksum256::sha256(&[meta.as_slice(), &draft.doc_hash.0].concat());
        let now = world.clock();
        let signatures: Vec<DocumentSignature> = signers
            .iter()
            .map(|signer| signature(signer, &world.id, &hash, now))
            .collect();
        let bytes = [meta, draft.doc_hash.0.to_vec(), signatures.to_bytes()].concat();
        Self { bytes }
    }
}

/// The subject comes last in a meta; a quorum was not in it, nor the kind of a board.
fn old_meta(meta: &Meta) -> Vec<u8> {
    let mut bytes = meta.to_bytes();
    let length = bytes.len();
    match meta.subject {
        Some(Subject::Decision(_)) => bytes.truncate(length - 1),
        Some(Subject::Board(_)) => {
            bytes.drain(length - 40..length - 32);
        }
        _ => {}
    }
    bytes
}

/// An action with packed arguments.
fn action(contract: &Person, name: Name, signer: &Person, parts: &[&[u8]]) -> Action {
    Action {
        account: contract.name,
        name,
        authorization: vec![PermissionLevel::active(signer.name)],
        data: parts.concat(),
    }
}

/// An active cooperative of three founders, without a council.
pub(crate) fn founded(world: &World) -> Coop<'_> {
    let coop = pending(world);
    let activate = coop
        .registrator(&world.registrator)
        .stcoopstatus(coop.name(), status::ACTIVE)
        .to_action();
    world.push(vec![activate], &[&world.registrator]).accepted();
    let accounts = coop.members.iter().map(|member| coop.new_account(member));
    world.push(accounts.collect(), &[&coop.account]).accepted();
    let founders: Vec<Name> = coop.members.iter().map(|member| member.name).collect();
    let members = list_hash(&founders);
    let subject = Subject::Founders(FoundersSubject { members });
    let draft = Draft::new(
        world,
        registry::MEETING,
        coop.name(),
        coop.name(),
        Some(subject),
    );
    let signers: Vec<&Person> = coop.members.iter().collect();
    let found = coop
        .registrator(&coop.account)
        .regfounders(coop.name(), founders, draft.signed_by(world, &signers))
        .to_action();
    world.push(vec![found], &[&coop.account]).accepted();
    coop
}

/// A cooperative that the operator has not activated.
pub(crate) fn pending(world: &World) -> Coop<'_> {
    let coop = Coop {
        world,
        account: world.account(),
        members: (0..3).map(|_| Person::new()).collect(),
        cashier: world.account(),
    };
    let register = action(
        &world.registrator,
        name!("regcoop"),
        &coop.account,
        &[
            &coop.name().to_bytes(),
            &fees().to_bytes(),
            &world.unique_hash().0,
        ],
    );
    world.push(vec![register], &[&coop.account]).accepted();
    coop
}

/// Steps in a cooperative as they were.
pub(crate) trait Before {
    /// Seats a council: all members, the first of them as chairman.
    fn elect(&self, version: u64);
    /// The cashier gets rights.
    fn hire(&self);
    /// Somebody applies and gets an invoice; the process by its hash.
    fn applies(&self) -> (Person, Checksum256);
    fn vote_before(&self, member: &Person, question: &Question, is_for: bool) -> Outcome;
    fn authorize_before(&self, question: &Question);
}

impl Before for Coop<'_> {
    fn elect(&self, version: u64) {
        let seats: Vec<Seat> = self.seats();
        let subject = Subject::Board(BoardSubject {
            version,
            kind: coop_model::council::board::COUNCIL,
            members: list_hash(&seats),
        });
        let draft = Draft::new(
            self.world,
            registry::MEETING,
            self.name(),
            self.name(),
            Some(subject),
        );
        let signers: Vec<&Person> = self.members.iter().collect();
        let paper = Paper::new(self.world, &draft, &signers);
        let name = if version == 1 {
            name!("createboard")
        } else {
            name!("updateboard")
        };
        let seat = action(
            &self.world.soviet,
            name,
            &self.account,
            &[&self.name().to_bytes(), &seats.to_bytes(), &paper.bytes],
        );
        self.world.push(vec![seat], &[&self.account]).accepted();
    }

    fn hire(&self) {
        let chairman = self.chairman();
        let hire = self
            .soviet(chairman)
            .addstaff(self.name(), chairman.name, self.cashier.name, self.rights())
            .to_action();
        self.world.push(vec![hire], &[chairman]).accepted();
    }

    fn applies(&self) -> (Person, Checksum256) {
        let person = Person::new();
        let make = self.new_account(&person);
        self.world.push(vec![make], &[&self.account]).accepted();
        let statement = Draft::new(
            self.world,
            registry::STATEMENT,
            self.name(),
            person.name,
            None,
        )
        .signed_by(self.world, &[&person]);
        let hash = statement.hash();
        let apply = self
            .registrator(&person)
            .reguser(self.name(), person.name, kind::INDIVIDUAL, statement)
            .to_action();
        self.world.push(vec![apply], &[&person]).accepted();
        (person, hash)
    }

    fn vote_before(&self, member: &Person, question: &Question, is_for: bool) -> Outcome {
        let name = if is_for {
            name!("votefor")
        } else {
            name!("voteagainst")
        };
        let vote = action(
            &self.world.soviet,
            name,
            member,
            &[
                &self.name().to_bytes(),
                &member.name.to_bytes(),
                &question.id.to_bytes(),
            ],
        );
        self.world.push(vec![vote], &[member])
    }

    fn authorize_before(&self, question: &Question) {
        let rows = self.decisions();
        let row = rows.iter().find(|row| number(&row["id"]) == question.id);
        let row = row.expect("a question");
        let subject = Subject::Decision(DecisionSubject {
            decision_id: question.id,
            hash: question.hash,
            votes_for: number(&row["votes_for"]),
            votes_against: number(&row["votes_against"]),
            quorum_percent: 0,
        });
        let username = row["username"].as_str().expect("a text");
        let draft = Draft::new(
            self.world,
            registry::ADMISSION_PROTOCOL,
            self.name(),
            username.parse().expect("a name"),
            Some(subject),
        );
        let chairman = self.chairman();
        let paper = Paper::new(self.world, &draft, &[chairman]);
        let sign = action(
            &self.world.soviet,
            name!("authorize"),
            chairman,
            &[
                &self.name().to_bytes(),
                &chairman.name.to_bytes(),
                &question.id.to_bytes(),
                &paper.bytes,
            ],
        );
        self.world.push(vec![sign], &[chairman]).accepted();
    }
}
