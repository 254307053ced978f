//! The actions that the API brings to the chain for those who have signed them.
//!
//! Operations name what a transaction must hold by [`TakenAction`] and in no other way, so that the list is complete:
//! what packs transactions for the API can be compared with it.

use antelope_types::{Name, name};
use coop_client::Contracts;
use std::fmt::{Display, Formatter, Result};

/// The actions by contract: a variant and the name on the chain.
macro_rules! taken {
    ($($contract:ident { $($variant:ident $action:literal,)+ })+) => {
        /// An action that the API takes in a transaction which a member or the cooperative has signed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum TakenAction {
            $($(
                #[doc = concat!("`", stringify!($contract), "::", $action, "`.")]
                $variant,
            )+)+
        }

        impl TakenAction {
            /// All of them.
            pub const ALL: &'static [Self] = &[$($(Self::$variant),+),+];

            /// The usual name of its contract.
            pub const fn contract(self) -> &'static str {
                match self {
                    $($(Self::$variant)|+ => stringify!($contract),)+
                }
            }

            /// Its name.
            pub const fn name(self) -> Name {
                match self {
                    $($(Self::$variant => name!($action),)+)+
                }
            }

            /// The action where the contracts are.
            pub(crate) const fn at(self, contracts: &Contracts) -> ActionAt {
                let account = match self {
                    $($(Self::$variant)|+ => contracts.$contract,)+
                };
                ActionAt {
                    account,
                    name: self.name(),
                }
            }
        }
    };
}

taken! {
    registrator {
        RegFounders "regfounders",
        SetCharter "setcharter",
        ExitCoop "exitcoop",
        MoveUser "moveuser",
        VetoMove "vetomove",
        CompleteMove "completemove",
        BlockUser "blockuser",
        RetryRefund "retryrefund",
    }
    soviet {
        FreeDecision "freedecision",
        VoteFor "votefor",
        VoteAgainst "voteagainst",
        Authorize "authorize",
        Exec "exec",
        CreateBoard "createboard",
        UpdateBoard "updateboard",
        Support "support",
        Object "object",
        SeatBoard "seatboard",
        DropBoard "dropboard",
        FreeVoices "freevoices",
    }
    gateway {
        ShareMoney "sharemoney",
        ShareProp "shareprop",
        AcceptProp "acceptprop",
        CancelProp "cancelprop",
        HandProp "handprop",
        ReturnMoney "returnmoney",
        ReturnProp "returnprop",
        InDecline "indecline",
        RetryPay "retrypay",
    }
}

/// An action of a contract of this cooperative's chain; written as `soviet::votefor`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ActionAt {
    account: Name,
    name: Name,
}

impl ActionAt {
    /// The account of the contract, and the name.
    pub(crate) const fn pair(self) -> (Name, Name) {
        (self.account, self.name)
    }
}

impl Display for ActionAt {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}::{}", self.account, self.name)
    }
}
