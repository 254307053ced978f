//! Why a document cannot be made.

use crate::words::messages;
use antelope_types::{Asset, Name, Symbol};
use coop_client::ReadError;
use coop_documents::DocumentError;
use coop_language::{Lang, Words};
use coop_model::property::status;
use std::error::Error;
use std::fmt;

/// Why a document cannot be made: by the chain, or by what is known of people.
#[derive(Debug)]
pub enum PaperError<E> {
    /// What people are could not be had.
    People(E),
    /// Anything else.
    Fault(PaperFault),
}

/// Why a document cannot be made. No variant carries personal data.
#[derive(Debug)]
#[non_exhaustive]
pub enum PaperFault {
    /// The chain could not be read.
    Read(ReadError),
    /// The facts make no document.
    Document(DocumentError),
    /// The account is not a cooperative.
    NoCooperative {
        /// The account.
        account: Name,
    },
    /// The cooperative has no council yet.
    NoCouncil,
    /// The account has no seat in the council.
    NoSeat {
        /// The account.
        account: Name,
    },
    /// There is no such question: it was never published, or is finished.
    NoQuestion {
        /// Its number.
        id: u64,
    },
    /// There is no such property.
    NoProperty {
        /// Its number.
        id: u64,
    },
    /// The account has no share.
    NoShare {
        /// The account.
        account: Name,
    },
    /// The sum is not in what the cooperative counts in.
    OtherSymbol {
        /// What the cooperative counts in.
        symbol: Symbol,
    },
    /// The property is not in a state that the document follows from.
    OtherState {
        /// Its number.
        id: u64,
        /// Its state, see [`coop_model::property::status`].
        status: Name,
    },
    /// What a decision does is not known here: the text of the proposal is kept elsewhere, the rows of its process
    /// are gone, or its kind is of another contract.
    UnknownEffect {
        /// The number of the decision.
        id: u64,
        /// Its kind.
        kind: Name,
    },
}

impl PaperFault {
    /// A name for programs, which stays the same when the text changes.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Read(_) => "node",
            Self::Document(_) => "document",
            Self::NoCooperative { .. } => "coop.none",
            Self::NoCouncil => "council.none",
            Self::NoSeat { .. } => "seat.none",
            Self::NoQuestion { .. } => "question.none",
            Self::NoProperty { .. } => "property.none",
            Self::NoShare { .. } => "wallet.none",
            Self::OtherSymbol { .. } => "sum.symbol",
            Self::OtherState { .. } => "chain.step",
            Self::UnknownEffect { .. } => "document.effect",
        }
    }

    /// What is wrong, in the reader's language.
    pub fn say(&self, lang: Lang) -> String {
        let words = match self {
            Self::Read(error) => return error.to_string(),
            Self::Document(error) => return error.to_string(),
            Self::NoCooperative { account } => {
                Words::of("lacks.cooperative").with("account", account)
            }
            Self::NoCouncil => Words::of("lacks.council"),
            Self::NoSeat { account } => Words::of("lacks.seat").with("account", account),
            Self::NoQuestion { id } => Words::of("lacks.question").with("id", id),
            Self::NoProperty { id } => Words::of("lacks.property").with("id", id),
            Self::NoShare { account } => Words::of("lacks.share").with("account", account),
            Self::OtherSymbol { symbol } => {
                Words::of("lacks.symbol").with("example", sum_in(*symbol))
            }
            Self::OtherState { id, status } => Words::of("lacks.step")
                .with("id", id)
                .with("state", property_state(*status, lang)),
            Self::UnknownEffect { id, .. } => Words::of("lacks.effect").with("id", id),
        };
        words.say(&messages(lang))
    }
}

/// A sum with this symbol, as an example.
pub fn sum_in(symbol: Symbol) -> Asset {
    let amount = 10_i64.saturating_pow(u32::from(symbol.precision()) + 2);
    Asset { amount, symbol }
}

/// The state of a thing, in words.
pub fn property_state(state: Name, lang: Lang) -> String {
    messages(lang).text(match state {
        status::OFFERED => "thing.offered",
        status::ACCEPTED => "thing.accepted",
        status::SHARED => "thing.shared",
        status::ASKED => "thing.asked",
        status::HANDOVER => "thing.handover",
        status::RELEASING => "thing.releasing",
        other => return other.to_string(),
    })
}

impl fmt::Display for PaperFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl Error for PaperFault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Read(error) => Some(error),
            Self::Document(error) => Some(error),
            _ => None,
        }
    }
}

impl From<ReadError> for PaperFault {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

impl From<DocumentError> for PaperFault {
    fn from(error: DocumentError) -> Self {
        Self::Document(error)
    }
}

impl<E> From<PaperFault> for PaperError<E> {
    fn from(fault: PaperFault) -> Self {
        Self::Fault(fault)
    }
}

impl<E> From<ReadError> for PaperError<E> {
    fn from(error: ReadError) -> Self {
        Self::Fault(error.into())
    }
}

impl<E> From<DocumentError> for PaperError<E> {
    fn from(error: DocumentError) -> Self {
        Self::Fault(error.into())
    }
}
