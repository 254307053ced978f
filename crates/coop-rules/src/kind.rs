//! Kinds of decisions, of people and of boards; rights of staff.

use crate::Account;
use coop_model::catalogue::{self, registry};

/// A kind of decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Admission of a candidate.
    Join,
    /// A share contribution in money.
    ShareMoney,
    /// A share contribution in property.
    ShareProp,
    /// Return of a share in money.
    ReturnMoney,
    /// Return of a share in property.
    ReturnProp,
    /// Exit of a participant.
    Leave,
    /// A person goes on under a new account.
    Move,
    /// A participant is blocked, or no longer.
    Block,
    /// A free decision.
    Free,
    /// A kind of a contract of others.
    Other(u8),
}

impl Kind {
    /// The kinds that the protocol's contracts own.
    pub const OWN: [Self; 8] = [
        Self::Join,
        Self::ShareMoney,
        Self::ShareProp,
        Self::ReturnMoney,
        Self::ReturnProp,
        Self::Leave,
        Self::Move,
        Self::Block,
    ];

    /// The contract that owns it; soviet for a free decision.
    pub const fn owner(self) -> Account {
        match self {
            Self::Join | Self::Leave | Self::Move | Self::Block => Account::Registrator,
            Self::ShareMoney | Self::ShareProp | Self::ReturnMoney | Self::ReturnProp => {
                Account::Gateway
            }
            Self::Free => Account::Soviet,
            Self::Other(_) => Account::Foreign,
        }
    }

    /// Registry id of the statement or proposal that starts it.
    pub const fn statement(self) -> u64 {
        match self {
            Self::Join => registry::STATEMENT,
            Self::ShareMoney => registry::MONEY_STATEMENT,
            Self::ShareProp => registry::PROPERTY_STATEMENT,
            Self::ReturnMoney => registry::MONEY_RETURN_STATEMENT,
            Self::ReturnProp => registry::PROPERTY_RETURN_STATEMENT,
            Self::Leave => registry::EXIT_STATEMENT,
            Self::Move => registry::MOVE_STATEMENT,
            Self::Block => registry::BLOCK_PROPOSAL,
            Self::Free | Self::Other(_) => registry::PROPOSAL,
        }
    }

    /// Registry id of the protocol, as the catalogue has it.
    pub fn protocol(self) -> u64 {
        let name = match self {
            Self::Join => catalogue::kind::JOINCOOP,
            Self::ShareMoney => catalogue::kind::SHAREMONEY,
            Self::ShareProp => catalogue::kind::SHAREPROP,
            Self::ReturnMoney => catalogue::kind::RETURNMONEY,
            Self::ReturnProp => catalogue::kind::RETURNPROP,
            Self::Leave => catalogue::kind::LEAVECOOP,
            Self::Move => catalogue::kind::MOVEUSER,
            Self::Block => catalogue::kind::BLOCKUSER,
            Self::Free | Self::Other(_) => catalogue::kind::FREEDECISION,
        };
        catalogue::find(name).map_or(0, |kind| kind.protocol)
    }
}

/// Kinds of people a cooperative consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PersonKind {
    /// A natural person.
    Individual,
    /// A natural person in business.
    Entrepreneur,
    /// A legal person.
    Organization,
    /// What the rules do not know.
    Unknown,
}

/// Kinds of boards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BoardKind {
    /// The only board that decides.
    Council,
    /// The executive board.
    Executive,
    /// The audit board.
    Audit,
    /// Any other.
    Other,
    /// What the rules do not know.
    Unknown,
}

/// What a right of staff allows: one action of one contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// `registrator::newaccount`.
    NewAccount,
    /// `registrator::retryrefund`.
    RetryRefund,
    /// `gateway::incomplete`.
    InComplete,
    /// `gateway::indecline`.
    InDecline,
    /// `gateway::outcomplete`.
    OutComplete,
    /// `gateway::outdecline`.
    OutDecline,
    /// `gateway::retrypay`.
    RetryPay,
    /// `gateway::acceptprop`.
    AcceptProp,
    /// `gateway::handprop`.
    HandProp,
    /// `gateway::cancelprop`.
    CancelProp,
}

impl Right {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::NewAccount,
        Self::RetryRefund,
        Self::InComplete,
        Self::InDecline,
        Self::OutComplete,
        Self::OutDecline,
        Self::RetryPay,
        Self::AcceptProp,
        Self::HandProp,
        Self::CancelProp,
    ];
}
