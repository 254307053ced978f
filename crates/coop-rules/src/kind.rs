//! Kinds of decisions, of people and of boards; rights of staff.

use crate::Account;
use coop_model::catalogue::{self, DecisionKind, Owner, kind};

/// Registry id of the protocols of a contract of others.
const OTHER_PROTOCOL: u64 = 2_001;

/// A kind of decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuestionKind {
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

impl QuestionKind {
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

    /// What the catalogue says of it; nothing of a kind of a contract of others.
    pub fn entry(self) -> Option<&'static DecisionKind> {
        catalogue::find(match self {
            Self::Join => kind::JOINCOOP,
            Self::ShareMoney => kind::SHAREMONEY,
            Self::ShareProp => kind::SHAREPROP,
            Self::ReturnMoney => kind::RETURNMONEY,
            Self::ReturnProp => kind::RETURNPROP,
            Self::Leave => kind::LEAVECOOP,
            Self::Move => kind::MOVEUSER,
            Self::Block => kind::BLOCKUSER,
            Self::Free => kind::FREEDECISION,
            Self::Other(_) => return None,
        })
    }

    /// The contract that owns it; soviet for a free decision.
    pub fn owner(self) -> Account {
        match self.entry().map(|entry| entry.owner) {
            Some(Owner::Registrator) => Account::Registrator,
            Some(Owner::Gateway) => Account::Gateway,
            Some(Owner::Soviet) => Account::Soviet,
            None => Account::Foreign,
        }
    }

    /// Registry id of the statement or proposal that starts it; a contract of others knows its own.
    pub fn statement(self) -> u64 {
        self.entry().map_or(0, |entry| entry.statement)
    }

    /// Registry id of the protocol, by which the operator registers it.
    pub fn protocol(self) -> u64 {
        self.entry().map_or(OTHER_PROTOCOL, |entry| entry.protocol)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_the_catalogue_is_one_of_the_model() {
        let own = QuestionKind::OWN.into_iter().chain([QuestionKind::Free]);
        let names: Vec<_> = own
            .map(|kind| kind.entry().map(|entry| entry.name))
            .collect();
        let catalogue: Vec<_> = catalogue::CATALOGUE
            .iter()
            .map(|entry| Some(entry.name))
            .collect();
        assert_eq!(names, catalogue);
    }
}
