//! What a contract demands of a document before it believes it.

use super::subject::{self, Alternative};
use super::{Document, DocumentSignature, signing_digest};
use crate::decision::{after, before};
use crate::parameters;
use crate::refusal::{Refusal, document as refusal};
use antelope_contract::prelude::*;

/// How old a document and its signatures may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// Statements, proposals, protocols of the council, acts, agreements.
    Statement,
    /// Documents of general meetings, which many people sign.
    Meeting,
}

impl Age {
    /// The age in seconds.
    const fn seconds(self) -> u32 {
        match self {
            Self::Statement => parameters::DOCUMENT_SECONDS,
            Self::Meeting => parameters::MEETING_SECONDS,
        }
    }

    /// Fails unless `moment` is neither too old nor in the future.
    fn require(self, moment: TimePoint) {
        let now = now();
        check!(
            moment <= after(now, parameters::CLOCK_SKEW_SECONDS),
            refusal::IN_THE_FUTURE
        );
        check!(moment >= before(now, self.seconds()), refusal::TOO_OLD);
    }
}

/// Lengths of title, lang, generator, version and timezone in bytes, and the number of links.
pub(super) type Lengths = [usize; 6];

/// Their bounds, and what is said of a document beyond one.
const BOUNDS: [(usize, Refusal); 6] = [
    (parameters::MAX_TITLE, refusal::TITLE_BOUND),
    (parameters::MAX_LANG, refusal::LANG_BOUND),
    (parameters::MAX_GENERATOR, refusal::GENERATOR_BOUND),
    (parameters::MAX_VERSION, refusal::VERSION_BOUND),
    (parameters::MAX_TIMEZONE, refusal::TIMEZONE_BOUND),
    (parameters::MAX_LINKS, refusal::LINKS_BOUND),
];

impl Document {
    /// Fails unless the document is of the kind `registry_id`, about `coopname` and `username`,
    /// within its bounds and of an age that is still accepted.
    pub fn require_about(&self, registry_id: u64, coopname: Name, username: Name, age: Age) {
        check!(
            self.registry_id() == registry_id,
            refusal::ANOTHER_REGISTRY_ID
        );
        check!(self.coopname() == coopname, refusal::ANOTHER_COOPERATIVE);
        check!(self.username() == username, refusal::ANOTHER_PERSON);
        age.require(self.created_at());
        for (length, (bound, refusal)) in self.lengths().into_iter().zip(BOUNDS) {
            check!(length <= bound, refusal);
        }
    }

    /// Fails unless the document binds itself to exactly this.
    pub fn require_subject<T: Alternative>(&self, subject: &T) {
        self.require_packed_subject(&subject::packed(subject));
    }

    /// The same of a subject that is [packed](subject::packed).
    pub fn require_packed_subject(&self, packed: &[u8]) {
        check!(self.has_packed_subject(packed), refusal::ANOTHER_SUBJECT);
    }

    /// Fails unless the document was rendered after `last`, when that person's last one was: then
    /// its hash is one that has not served yet.
    pub fn require_newer(&self, last: TimePoint) {
        check!(self.created_at() > last, refusal::SERVED_ALREADY);
    }

    /// Fails unless `signer`, and nobody else, signed the document; returns the document's hash.
    pub fn require_signed_by(&self, chain_id: &Checksum256, signer: Name) -> Checksum256 {
        let hash = self.hash();
        match self.signatures() {
            [] => fail(refusal::NO_SIGNATURES),
            [one] => {
                check!(one.signer == signer, refusal::ANOTHER_SIGNER);
                one.require_valid(chain_id, &hash, Age::Statement);
            }
            _ => fail(refusal::NOT_ONE_SIGNATURE),
        }
        hash
    }

    /// Fails unless both sides, and nobody else, signed the act; returns its hash.
    pub fn require_signed_by_both(
        &self,
        chain_id: &Checksum256,
        one: Name,
        other: Name,
    ) -> Checksum256 {
        check!(one != other, refusal::ONE_SIDE_TWICE);
        check!(
            self.signatures().len() == 2
                && [one, other].iter().all(|side| {
                    self.signatures()
                        .iter()
                        .any(|signature| signature.signer == *side)
                }),
            refusal::NOT_BOTH_SIDES
        );
        self.require_signed(chain_id, Age::Statement)
    }

    /// Fails unless every signature is valid and every signer signed once; returns the document's
    /// hash. Who the signers are is for the caller to check.
    pub fn require_signed(&self, chain_id: &Checksum256, age: Age) -> Checksum256 {
        let hash = self.hash();
        check!(!self.signatures().is_empty(), refusal::NO_SIGNATURES);
        check!(
            self.signatures().len() <= parameters::MAX_SIGNATURES,
            refusal::TOO_MANY_SIGNATURES
        );
        let mut rest = self.signatures();
        while let Some((one, others)) = rest.split_first() {
            check!(
                others.iter().all(|other| other.signer != one.signer),
                refusal::SIGNED_TWICE
            );
            one.require_valid(chain_id, &hash, age);
            rest = others;
        }
        hash
    }
}

impl DocumentSignature {
    /// Fails unless this is a signature of `signer` under the document with this hash.
    fn require_valid(&self, chain_id: &Checksum256, hash: &Checksum256, age: Age) {
        age.require(self.signed_at);
        let digest = signing_digest(chain_id, hash, self.signer, self.signed_at);
        check!(self.is_of(&digest), refusal::WRONG_SIGNATURE);
        check!(self.satisfies_active(), refusal::WRONG_KEY);
    }
}
