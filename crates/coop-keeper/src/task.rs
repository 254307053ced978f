//! One thing that is due.

use antelope_types::{Action, Checksum256, IntoActions, Name, PermissionLevel};
use coop_client::Contracts;
use coop_model::clients::{Gateway, Registrator, Soviet};
use serde::Serialize;

/// How many rows one action frees.
const BATCH: u32 = coop_model::parameters::MAX_BATCH as u32;

/// A thing that is due in one cooperative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// The term of a question or a decision is over.
    Expire {
        /// Its number.
        decision: u64,
    },
    /// A question was declined.
    Decline {
        /// Its number.
        decision: u64,
    },
    /// The owner of a kind is to be told that a question came to nothing.
    Deliver {
        /// Its number.
        decision: u64,
    },
    /// A decision was authorized.
    Execute {
        /// Its number.
        decision: u64,
    },
    /// A board has its support.
    SeatBoard {
        /// Its version.
        version: u64,
    },
    /// A board has not.
    DropBoard {
        /// Its version.
        version: u64,
    },
    /// Voices are left of elections.
    FreeVoices,
    /// An invoice was not paid.
    CloseInvoice {
        /// The hash of its process.
        hash: Checksum256,
    },
    /// Money was not sent.
    PublishOverduePayment {
        /// The hash of its process.
        hash: Checksum256,
    },
    /// Property was not handed over.
    PublishOverdueProperty {
        /// Its number.
        property: u64,
    },
    /// Nobody took an offer of property.
    CloseOffer {
        /// Its number.
        property: u64,
    },
    /// A contract of others is to be told of a payment.
    Tell {
        /// The number of the payment.
        payment: u64,
    },
    /// Bank records are remembered no longer.
    FreeReferences,
    /// The time for a veto of a move is over.
    CompleteMove {
        /// The old account.
        username: Name,
    },
}

impl Task {
    /// Whether doing it once frees some rows and leaves others, so that it is due again.
    pub(crate) fn is_of_a_batch(self) -> bool {
        matches!(self, Self::FreeVoices | Self::FreeReferences)
    }

    /// The actions that do it, as one transaction: the keeper acts as `level`.
    pub fn actions(
        self,
        contracts: &Contracts,
        coopname: Name,
        level: PermissionLevel,
    ) -> Vec<Action> {
        let soviet = Soviet::at(contracts.soviet).signed_by(level);
        let gateway = Gateway::at(contracts.gateway).signed_by(level);
        let registrator = Registrator::at(contracts.registrator).signed_by(level);
        match self {
            Self::Expire { decision } => soviet.expire(coopname, vec![decision]).into_actions(),
            Self::Decline { decision } => soviet.declinedec(coopname, decision).into_actions(),
            Self::Deliver { decision } => soviet.deliver(coopname, decision).into_actions(),
            Self::Execute { decision } => {
                soviet.exec(level.actor, coopname, decision).into_actions()
            }
            Self::SeatBoard { version } => soviet.seatboard(coopname, version).into_actions(),
            Self::DropBoard { version } => soviet.dropboard(coopname, version).into_actions(),
            Self::FreeVoices => soviet.freevoices(coopname, BATCH).into_actions(),
            Self::CloseInvoice { hash } => gateway.inexpire(coopname, hash).into_actions(),
            Self::PublishOverduePayment { hash } => {
                gateway.outoverdue(coopname, hash).into_actions()
            }
            Self::PublishOverdueProperty { property } => {
                gateway.propoverdue(coopname, property).into_actions()
            }
            Self::CloseOffer { property } => gateway
                .cancelprop(coopname, level.actor, property)
                .into_actions(),
            Self::Tell { payment } => gateway.tell(coopname, payment).into_actions(),
            Self::FreeReferences => gateway.freerefs(coopname, BATCH).into_actions(),
            Self::CompleteMove { username } => {
                registrator.completemove(coopname, username).into_actions()
            }
        }
    }
}
