//! The model's documents as the chain takes them, signed.

use super::names;
use antelope_rpc_client::signing;
use antelope_types::{Checksum256, Name, name};
use coop_model::document::signing_digest;
use coop_model::document::subject::{
    ActSubject, ApplicationSubject, BlockSubject, BoardSubject, CharterSubject, DecisionSubject,
    FoundersSubject, MoneySubject, MoveSubject, ProjectSubject, PropertySubject, ReturnSubject,
};
use coop_model::{Document, DocumentSignature, Meta, list_hash};
use coop_rules::cooperative::{Charter, Position, Seat};
use coop_rules::paper::{Flaw, Signature, Subject};
use coop_rules::{Account, Hash, Paper, World};
use std::collections::{BTreeSet, HashMap};

/// What hashes of the model are on the chain.
#[derive(Clone)]
pub(super) struct Documents {
    chain_id: Checksum256,
    papers: HashMap<Hash, (Meta, Checksum256)>,
}

impl Documents {
    pub(super) fn new(chain_id: Checksum256) -> Self {
        Self {
            chain_id,
            papers: HashMap::new(),
        }
    }

    /// The hash of a document that was sent, or of something else.
    pub(super) fn hash(&self, hash: Hash) -> Checksum256 {
        if hash == Hash::NONE {
            return Checksum256::ZERO;
        }
        let known = self.papers.get(&hash).map(|(_, hash)| *hash);
        known.unwrap_or_else(|| Checksum256::sha256(format!("hash {}", hash.0).as_bytes()))
    }

    /// The document, signed by whoever the model says signed it.
    pub(super) fn document(&mut self, world: &World, paper: &Paper) -> Document {
        let doc_hash = Checksum256::sha256(format!("file {}", paper.hash.0).as_bytes());
        let known = self.papers.get(&paper.hash).map(|(meta, _)| meta.clone());
        let mut document = Document {
            // What was written once stays, whatever has become of the question that it is about.
            meta: known.unwrap_or_else(|| self.meta(world, paper)),
            doc_hash,
            signatures: Vec::new(),
        };
        let hash = document.hash();
        self.papers
            .insert(paper.hash, (document.meta.clone(), hash));
        let signatures = paper.signatures.iter();
        document.signatures = signatures.map(|one| self.signature(&hash, one)).collect();
        document
    }

    fn meta(&self, world: &World, paper: &Paper) -> Meta {
        let title = if paper.is_too_long {
            "x".repeat(coop_model::parameters::MAX_TITLE + 1)
        } else {
            "Документ".to_owned()
        };
        let subject = paper.subject.as_ref();
        Meta {
            registry_id: paper.registry,
            coopname: names::account(paper.coop),
            username: names::account(paper.about),
            title,
            lang: "ru".to_owned(),
            generator: "veche".to_owned(),
            version: "0.1.0".to_owned(),
            block_num: 1,
            created_at: names::time(paper.created_at),
            timezone: "Europe/Moscow".to_owned(),
            links: Vec::new(),
            subject: subject.map(|subject| self.subject(world, paper.coop, subject)),
        }
    }

    fn signature(&self, hash: &Checksum256, one: &Signature) -> DocumentSignature {
        let signer = names::account(one.signer);
        let at = names::time(one.at);
        let holder = match one.flaw {
            Some(Flaw::WrongKey) => Account::Coop(25),
            _ => one.signer,
        };
        let hash = match one.flaw {
            Some(Flaw::Forged) => Checksum256::sha256(b"another document"),
            _ => *hash,
        };
        let digest = signing_digest(&self.chain_id, &hash, signer, at);
        DocumentSignature {
            signer,
            public_key: names::public_key(holder),
            signature: signing::sign_digest(&names::key(holder), &digest).expect("a signature"),
            signed_at: at,
        }
    }

    fn subject(&self, world: &World, coop: Account, subject: &Subject) -> coop_model::Subject {
        use coop_model::Subject as On;
        match *subject {
            Subject::Project => On::Project(ProjectSubject {
                project: Checksum256::sha256(b"project"),
            }),
            Subject::Decision {
                id,
                hash,
                ref votes_for,
                ref votes_against,
                quorum,
            } => On::Decision(DecisionSubject {
                decision_id: id,
                hash: self.hash(hash),
                votes_for: mask(world, coop, id, votes_for),
                votes_against: mask(world, coop, id, votes_against),
                quorum_percent: quorum,
            }),
            Subject::Founders(ref founders) => {
                let founders: Vec<Name> = founders.iter().map(|who| names::account(*who)).collect();
                On::Founders(FoundersSubject {
                    members: list_hash(&founders),
                })
            }
            Subject::Board {
                version,
                kind,
                ref members,
            } => On::Board(BoardSubject {
                version,
                kind: names::board_kind(kind),
                members: list_hash(&seats(members)),
            }),
            Subject::Application(kind) => On::Application(ApplicationSubject {
                kind: names::person_kind(kind),
            }),
            Subject::Money(quantity) => On::Money(MoneySubject {
                quantity: names::sum(quantity),
            }),
            Subject::Property {
                description,
                valuation,
            } => On::Property(PropertySubject {
                description: self.hash(description),
                valuation: names::sum(valuation),
            }),
            Subject::Return {
                property,
                valuation,
            } => On::Return(ReturnSubject {
                property_id: property,
                valuation: names::sum(valuation),
            }),
            Subject::Act {
                property,
                hash,
                description,
                valuation,
            } => On::Act(ActSubject {
                property_id: property,
                hash: self.hash(hash),
                description: self.hash(description),
                valuation: names::sum(valuation),
            }),
            Subject::Move(to) => On::Move(MoveSubject {
                newname: names::account(to),
            }),
            Subject::Block(is_blocked) => On::Block(BlockSubject { is_blocked }),
            Subject::Charter(charter) => On::Charter(CharterSubject {
                charter: self::charter(charter),
            }),
        }
    }
}

/// The mask of these voters of a question's electorate; others have no bit.
pub(super) fn mask(world: &World, coop: Account, id: u64, who: &BTreeSet<Account>) -> u64 {
    let coop = world.coops.get(&coop);
    let board = coop.and_then(|coop| coop.boards.get(&coop.questions.get(&id)?.board));
    let Some(board) = board else {
        return who.len() as u64;
    };
    let bits = board
        .voters()
        .enumerate()
        .filter(|(_, voter)| who.contains(voter));
    bits.map(|(bit, _)| 1 << bit).sum()
}

/// A charter of the chain.
pub(super) fn charter(charter: Charter) -> coop_model::Charter {
    coop_model::Charter {
        quorum_percent: charter.quorum,
        board_support: charter.support,
    }
}

/// Seats of the chain.
pub(super) fn seats(seats: &[Seat]) -> Vec<coop_model::Seat> {
    let seat = |seat: &Seat| coop_model::Seat {
        username: names::account(seat.who),
        is_voting: seat.votes,
        position: match seat.position {
            Position::Chairman => name!("chairman"),
            Position::Member => name!("member"),
            Position::Unknown => name!("jester"),
        },
    };
    seats.iter().map(seat).collect()
}
