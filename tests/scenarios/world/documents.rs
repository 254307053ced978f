//! Documents as clients make them, and as attackers would.

use antelope_types::{Asset, Checksum256, Name, TimePoint};
use coop_model::catalogue::registry;
use coop_model::document::signing_digest;
use coop_model::document::subject::{
    ApplicationSubject, BlockSubject, BoardSubject, CharterSubject, DecisionSubject,
    FoundersSubject, MoneySubject, MoveSubject, ProjectSubject,
};
use coop_model::{Charter, Document, DocumentSignature, Meta, Seat, Subject, list_hash};

use super::{Chain, Coop, Person, Question};

/// A document that nobody has signed yet; every field is open to a test's tampering.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub meta: Meta,
    pub doc_hash: Checksum256,
}

impl Draft {
    /// A document of the kind `registry_id`, with a rendered file of its own.
    pub(crate) fn new(
        chain: &Chain,
        registry_id: u64,
        coopname: Name,
        username: Name,
        subject: Option<Subject>,
    ) -> Self {
        let now = chain.clock();
        Self {
            meta: Meta {
                registry_id,
                coopname,
                username,
                title: "Документ".to_owned(),
                lang: "ru".to_owned(),
                generator: "veche".to_owned(),
                version: "0.1.0".to_owned(),
                block_num: 1,
                created_at: now,
                timezone: "Europe/Moscow".to_owned(),
                links: Vec::new(),
                subject,
            },
            doc_hash: chain.unique_hash(),
        }
    }

    /// A candidate's statement.
    pub(crate) fn statement(coop: &Coop<'_>, candidate: Name) -> Self {
        Self::new(
            coop.chain,
            registry::STATEMENT,
            coop.name(),
            candidate,
            None,
        )
    }

    /// The statement of somebody who is not an individual.
    pub(crate) fn applying_as(mut self, kind: Name) -> Self {
        self.meta.subject = Some(Subject::Application(ApplicationSubject { kind }));
        self
    }

    /// A council member's proposal of a free decision.
    pub(crate) fn proposal(coop: &Coop<'_>, proposer: Name) -> Self {
        let subject = Subject::Project(ProjectSubject {
            project: coop.chain.unique_hash(),
        });
        Self::new(
            coop.chain,
            registry::PROPOSAL,
            coop.name(),
            proposer,
            Some(subject),
        )
    }

    /// The protocol of a question, with the votes as they are now.
    pub(crate) fn protocol(coop: &Coop<'_>, question: &Question) -> Self {
        let row = coop
            .decision(question.id)
            .expect("a question to write the protocol of");
        let kind: Name = row["kind"]
            .as_str()
            .expect("a name")
            .parse()
            .expect("a name");
        let registry_id = coop.chain.protocol_id(kind);
        let username: Name = row["username"]
            .as_str()
            .expect("a name")
            .parse()
            .expect("a name");
        let mask = |field: &str| number(&row[field]);
        let subject = Subject::Decision(DecisionSubject {
            decision_id: question.id,
            hash: question.hash,
            votes_for: mask("votes_for"),
            votes_against: mask("votes_against"),
            quorum_percent: mask("quorum_percent") as u8,
        });
        Self::new(
            coop.chain,
            registry_id,
            coop.name(),
            username,
            Some(subject),
        )
    }

    /// The founding meeting.
    pub(crate) fn founding(chain: &Chain, coopname: Name, founders: &Vec<Name>) -> Self {
        let subject = Subject::Founders(FoundersSubject {
            members: list_hash(founders),
        });
        Self::new(chain, registry::MEETING, coopname, coopname, Some(subject))
    }

    /// The meeting that elects a board.
    pub(crate) fn election(
        chain: &Chain,
        coopname: Name,
        version: u64,
        kind: Name,
        seats: &Vec<Seat>,
    ) -> Self {
        let subject = Subject::Board(BoardSubject {
            version,
            kind,
            members: list_hash(seats),
        });
        Self::new(chain, registry::MEETING, coopname, coopname, Some(subject))
    }

    /// The meeting that changes the charter.
    pub(crate) fn charter(coop: &Coop<'_>, charter: Charter) -> Self {
        let subject = Subject::Charter(CharterSubject { charter });
        let name = coop.name();
        Self::new(coop.chain, registry::MEETING, name, name, Some(subject))
    }

    /// An agreement.
    pub(crate) fn agreement(coop: &Coop<'_>, username: Name, registry_id: u64) -> Self {
        Self::new(coop.chain, registry_id, coop.name(), username, None)
    }

    /// A statement about a sum of money.
    pub(crate) fn money(
        coop: &Coop<'_>,
        registry_id: u64,
        username: Name,
        quantity: Asset,
    ) -> Self {
        let subject = Subject::Money(MoneySubject { quantity });
        Self::new(
            coop.chain,
            registry_id,
            coop.name(),
            username,
            Some(subject),
        )
    }

    /// A statement of exit.
    pub(crate) fn exit(coop: &Coop<'_>, username: Name) -> Self {
        Self::new(
            coop.chain,
            registry::EXIT_STATEMENT,
            coop.name(),
            username,
            None,
        )
    }

    /// A statement of the participant `username`, who lost the key and goes on as `newname`.
    pub(crate) fn moving(coop: &Coop<'_>, username: Name, newname: Name) -> Self {
        let subject = Subject::Move(MoveSubject { newname });
        let id = registry::MOVE_STATEMENT;
        Self::new(coop.chain, id, coop.name(), username, Some(subject))
    }

    /// A proposal to block a participant, or to end it.
    pub(crate) fn blocking(coop: &Coop<'_>, username: Name, is_blocked: bool) -> Self {
        let subject = Subject::Block(BlockSubject { is_blocked });
        let id = registry::BLOCK_PROPOSAL;
        Self::new(coop.chain, id, coop.name(), username, Some(subject))
    }

    /// The decision that a protocol is about.
    pub(crate) fn decision_subject(&mut self) -> &mut DecisionSubject {
        match &mut self.meta.subject {
            Some(Subject::Decision(subject)) => subject,
            other => panic!("not a protocol: {other:?}"),
        }
    }

    /// The document without a signature.
    pub(crate) fn unsigned(&self) -> Document {
        Document {
            meta: self.meta.clone(),
            doc_hash: self.doc_hash,
            signatures: Vec::new(),
        }
    }

    /// The document signed now by these people.
    pub(crate) fn signed_by(&self, chain: &Chain, signers: &[&Person]) -> Document {
        let now = chain.clock();
        self.signed_for(chain.id, now, signers)
    }

    /// The document signed for any chain and at any time.
    pub(crate) fn signed_for(
        &self,
        chain_id: Checksum256,
        at: TimePoint,
        signers: &[&Person],
    ) -> Document {
        let mut document = self.unsigned();
        let hash = document.hash();
        document.signatures = signers
            .iter()
            .map(|signer| signature(signer, &chain_id, &hash, at))
            .collect();
        document
    }
}

/// One person's signature under a document's hash.
pub(crate) fn signature(
    signer: &Person,
    chain_id: &Checksum256,
    hash: &Checksum256,
    signed_at: TimePoint,
) -> DocumentSignature {
    let digest = signing_digest(chain_id, hash, signer.name, signed_at);
    DocumentSignature {
        signer: signer.name,
        public_key: signer.public_key(),
        signature: signer.key.sign(&digest).expect("a signature"),
        signed_at,
    }
}

/// A number of a table row: nodes write those above 32 bits as text.
pub(crate) fn number(value: &serde_json::Value) -> u64 {
    value
        .as_u64()
        .or_else(|| value.as_str()?.parse().ok())
        .unwrap_or_else(|| panic!("not a number: {value}"))
}
