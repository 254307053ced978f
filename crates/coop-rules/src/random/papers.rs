//! Documents of a random life: each has a hash and a moment of its own.

use crate::paper::{Signature, Subject};
use crate::{Account, Hash, Paper, Time};

/// Makes documents and remembers the last of them.
#[derive(Clone, Debug)]
pub(super) struct Papers {
    next: u32,
    recent: Vec<Paper>,
}

/// How many documents are remembered, to be sent again.
const REMEMBERED: usize = 64;

impl Papers {
    pub(super) const fn new() -> Self {
        Self {
            next: 100,
            recent: Vec::new(),
        }
    }

    /// A hash that nothing had before.
    pub(super) fn new_hash(&mut self) -> Hash {
        self.next += 1;
        Hash(self.next)
    }

    /// A document, a microsecond later than the one before.
    pub(super) fn new_paper(
        &mut self,
        registry: u64,
        coop: Account,
        about: Account,
        subject: Option<Subject>,
        signers: &[Account],
        now: Time,
    ) -> Paper {
        let hash = self.new_hash();
        let at = now.after(i64::from(hash.0));
        let sign = |signer: &Account| Signature {
            signer: *signer,
            at,
            flaw: None,
        };
        let paper = Paper {
            hash,
            registry,
            coop,
            about,
            subject,
            created_at: at,
            is_too_long: false,
            signatures: signers.iter().map(sign).collect(),
        };
        if self.recent.len() == REMEMBERED {
            self.recent.remove(0);
        }
        self.recent.push(paper.clone());
        paper
    }

    /// Documents that were made not long ago.
    pub(super) fn recent(&self) -> &[Paper] {
        &self.recent
    }
}
