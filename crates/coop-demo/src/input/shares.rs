//! Reading what participants contribute, ask back and leave, and checking that they can.

use super::{
    Back, Candidate, Contribution, Exit, Expected, Move, Share, Votes,
    field::{Field, Object},
    people::{People, key_kind},
    problem::ProblemKind,
    votes::Electorate,
};
use antelope_types::{Asset, Name, Symbol};
use coop_documents::Thing;

pub(super) const CONTRIBUTION: [&str; 6] = [
    "participant",
    "money",
    "property",
    "valuation",
    "votes",
    "return",
];
const RETURN: [&str; 2] = ["money", "votes"];
pub(super) const EXIT: [&str; 2] = ["participant", "votes"];
pub(super) const MOVE: [&str; 4] = ["participant", "new_account", "key", "votes"];

/// The most characters of a description of property.
const DESCRIPTION_MOST: usize = 500;

/// What the sections about participants are read with.
pub(super) struct Reader<'a> {
    /// The candidates, if they could be read.
    pub(super) candidates: Option<&'a [Candidate]>,
    pub(super) electorate: Electorate<'a>,
    /// The cooperative's symbol, if it could be read.
    pub(super) symbol: Option<Symbol>,
}

impl Reader<'_> {
    /// A person who is a participant by then: a candidate whom the votes admit.
    pub(super) fn participant(&self, field: &Field<'_>) -> Option<Name> {
        let account = field.account()?;
        let is_admitted = |candidate: &Candidate| {
            candidate.applicant.person.account == account
                && candidate.votes.expected() == Expected::Approved
        };
        match self.candidates {
            Some(candidates) if !candidates.iter().any(is_admitted) => {
                field.wrong(ProblemKind::NotAdmitted { account })
            }
            _ => Some(account),
        }
    }

    pub(super) fn contribution(&self, at: &Field<'_>, object: &Object<'_>) -> Option<Contribution> {
        let participant = self.participant(&object.field("participant"));
        let share = self.share(at, object);
        let votes = Votes::read_decided(&object.field("votes"), self.electorate);
        let field = object.field("return");
        let back = if field.is_given() {
            Some(self.back(&field, share.as_ref(), votes.as_ref()))
        } else {
            None
        };
        Some(Contribution {
            participant: participant?,
            share: share?,
            votes: votes?,
            back: match back {
                Some(back) => Some(back?),
                None => None,
            },
        })
    }

    /// Money, or property with its valuation.
    fn share(&self, at: &Field<'_>, object: &Object<'_>) -> Option<Share> {
        let (money, property) = (object.field("money"), object.field("property"));
        if money.is_given() == property.is_given() {
            return at.wrong(ProblemKind::NotOneShare);
        }
        let valuation = object.field("valuation");
        if money.is_given() {
            if valuation.is_given() {
                return valuation.wrong(ProblemKind::ValuationOfMoney);
            }
            return money.positive_sum(self.symbol).map(Share::Money);
        }
        let description = property.text(DESCRIPTION_MOST);
        let valuation = valuation.positive_sum(self.symbol);
        Some(Share::Property(Thing {
            description: description?,
            valuation: valuation?,
        }))
    }

    /// What is asked back of a contribution: all of property, some money.
    fn back(
        &self,
        field: &Field<'_>,
        share: Option<&Share>,
        contributed: Option<&Votes>,
    ) -> Option<Back> {
        let object = field.object(&RETURN)?;
        let money = object.field("money");
        let quantity = match share {
            Some(Share::Property(_)) if money.is_given() => {
                money.wrong(ProblemKind::PropertyIsWhole)
            }
            Some(Share::Property(thing)) => Some(thing.valuation),
            Some(Share::Money(most)) => self.at_most(&money, *most),
            None if money.is_given() => money.positive_sum(self.symbol),
            None => None,
        };
        let votes = Votes::read(&object.field("votes"), self.electorate);
        if contributed.is_some_and(|votes| votes.expected() != Expected::Approved) {
            return field.wrong(ProblemKind::NoShare);
        }
        Some(Back {
            quantity: quantity?,
            votes: votes?,
        })
    }

    fn at_most(&self, field: &Field<'_>, most: Asset) -> Option<Asset> {
        let found = field.positive_sum(self.symbol)?;
        if found.symbol == most.symbol && found.amount > most.amount {
            return field.wrong(ProblemKind::MoreThanShare { found, most });
        }
        Some(found)
    }

    pub(super) fn exit(
        &self,
        object: &Object<'_>,
        contributions: Option<&[Contribution]>,
        before: &mut Vec<Name>,
    ) -> Option<Exit> {
        let field = object.field("participant");
        let participant = self.participant(&field);
        let votes = Votes::read_decided(&object.field("votes"), self.electorate);
        let participant = self.still_there(&field, participant?, before)?;
        let own = contributions.unwrap_or_default().iter();
        for contribution in own.filter(|contribution| contribution.participant == participant) {
            if contribution.keeps_property() {
                return field.wrong(ProblemKind::PropertyStays {
                    account: participant,
                });
            }
            if contribution.lapses() {
                return field.wrong(ProblemKind::ReturnIsOpen {
                    account: participant,
                });
            }
        }
        before.push(participant);
        Some(Exit {
            participant,
            votes: votes?,
        })
    }

    pub(super) fn new_account(
        &self,
        object: &Object<'_>,
        people: &mut People,
        before: &mut Vec<Name>,
    ) -> Option<Move> {
        let field = object.field("participant");
        let participant = self.participant(&field);
        let new_account = people.account(&object.field("new_account"));
        let key = key_kind(&object.field("key"));
        let votes = Votes::read_decided(&object.field("votes"), self.electorate);
        let participant = self.still_there(&field, participant?, before)?;
        before.push(participant);
        Some(Move {
            participant,
            new_account: new_account?,
            key: key?,
            votes: votes?,
        })
    }

    /// Each person leaves or moves once in a story.
    pub(super) fn still_there(
        &self,
        field: &Field<'_>,
        account: Name,
        before: &[Name],
    ) -> Option<Name> {
        if before.contains(&account) {
            return field.wrong(ProblemKind::GoneAlready { account });
        }
        Some(account)
    }
}
