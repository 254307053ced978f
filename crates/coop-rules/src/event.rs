//! What the registry tells.

use crate::kind::BoardKind;
use crate::{Account, Hash, QuestionKind};

/// Why a question came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// The council declined it, or it could not be approved any more.
    Declined,
    /// It was not approved in time.
    NotApproved,
    /// It was not authorized in time.
    NotAuthorized,
}

/// One event of the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A question is on the agenda.
    Submitted {
        /// The cooperative.
        coop: Account,
        /// The question's number.
        id: u64,
        /// Its kind.
        kind: QuestionKind,
    },
    /// A decision is authorized.
    Resolved {
        /// The cooperative.
        coop: Account,
        /// The question's number.
        id: u64,
        /// The protocol.
        protocol: Hash,
    },
    /// A decision is executed.
    Decided {
        /// The cooperative.
        coop: Account,
        /// The question's number.
        id: u64,
    },
    /// A question came to nothing.
    Declined {
        /// The cooperative.
        coop: Account,
        /// The question's number.
        id: u64,
        /// Why.
        why: Why,
    },
    /// Both sides signed an act.
    Act {
        /// The statement that it carries out.
        hash: Hash,
        /// The act.
        document: Hash,
    },
    /// A person signed an agreement.
    Agreement {
        /// Which one.
        registry: u64,
        /// The document.
        document: Hash,
    },
    /// A board sits.
    Seated {
        /// Which board.
        kind: BoardKind,
        /// Its version.
        version: u64,
    },
    /// A board that was submitted will not sit.
    Lost {
        /// Which board.
        kind: BoardKind,
        /// Its version.
        version: u64,
    },
    /// Money or property did not go back in its term.
    Overdue {
        /// The process.
        hash: Hash,
    },
}
