//! How long the law keeps documents: a rule for each number of the registry of documents.
//!
//! These terms are the choice of this program, made from the laws that each rule names. Have a lawyer read them
//! before the first erasure.
//!
//! | kept | what | because |
//! |---|---|---|
//! | as long as the cooperative exists | protocols, and what they decide about | decisions of meetings are kept permanently (125-FZ and the list of archive documents) |
//! | five years after the end of the year | payments and property | primary accounting documents (402-FZ, article 29) |
//! | three years after the end of the year | acts of destruction | requirements to confirm destruction under 152-FZ |
//!
//! A candidate's papers are kept only once the council has admitted the candidate: until then they are erased with
//! the person.

use antelope_types::TimePoint;
use coop_documents::Date;
use coop_model::catalogue::registry as id;

/// How long documents of a form are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepingTerm {
    /// As long as the cooperative exists.
    Existence,
    /// This many years after the end of the year in which the document was made.
    Years(u16),
}

/// The rule for documents of one number of the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeepingRule {
    /// The number in the registry of documents.
    pub registry_id: u64,
    /// How long they are kept.
    pub term: KeepingTerm,
    /// Whether they are kept only of people who were admitted; those of others are erased with the person.
    pub once_admitted: bool,
}

const fn always(registry_id: u64, term: KeepingTerm) -> KeepingRule {
    KeepingRule {
        registry_id,
        term,
        once_admitted: false,
    }
}

const fn once_admitted(registry_id: u64, term: KeepingTerm) -> KeepingRule {
    KeepingRule {
        registry_id,
        term,
        once_admitted: true,
    }
}

/// The rules, one for each number of the registry.
pub const KEEPING: &[KeepingRule] = &[
    // What a candidate signs before the council decides.
    once_admitted(id::WALLET_AGREEMENT, KeepingTerm::Existence),
    once_admitted(id::SIGNATURE_AGREEMENT, KeepingTerm::Existence),
    once_admitted(id::PRIVACY_AGREEMENT, KeepingTerm::Existence),
    once_admitted(id::STATUTES_AGREEMENT, KeepingTerm::Existence),
    once_admitted(id::STATEMENT, KeepingTerm::Existence),
    // What participants ask for, and the council decides about.
    always(id::EXIT_STATEMENT, KeepingTerm::Existence),
    always(id::MOVE_STATEMENT, KeepingTerm::Existence),
    always(id::BLOCK_PROPOSAL, KeepingTerm::Existence),
    always(id::PROPOSAL, KeepingTerm::Existence),
    // Decisions.
    always(id::MEETING, KeepingTerm::Existence),
    always(id::ADMISSION_PROTOCOL, KeepingTerm::Existence),
    always(id::EXIT_PROTOCOL, KeepingTerm::Existence),
    always(id::MOVE_PROTOCOL, KeepingTerm::Existence),
    always(id::BLOCK_PROTOCOL, KeepingTerm::Existence),
    always(id::FREE_PROTOCOL, KeepingTerm::Existence),
    always(id::MONEY_PROTOCOL, KeepingTerm::Existence),
    always(id::MONEY_RETURN_PROTOCOL, KeepingTerm::Existence),
    always(id::PROPERTY_PROTOCOL, KeepingTerm::Existence),
    always(id::PROPERTY_RETURN_PROTOCOL, KeepingTerm::Existence),
    // Money and property.
    always(id::MONEY_STATEMENT, KeepingTerm::Years(5)),
    always(id::MONEY_RETURN_STATEMENT, KeepingTerm::Years(5)),
    always(id::PROPERTY_STATEMENT, KeepingTerm::Years(5)),
    always(id::PROPERTY_RETURN_STATEMENT, KeepingTerm::Years(5)),
    always(id::ACCEPTANCE_ACT, KeepingTerm::Years(5)),
    always(id::HANDOVER_ACT, KeepingTerm::Years(5)),
    // Erased people.
    always(id::DESTRUCTION_ACT, KeepingTerm::Years(3)),
];

/// How far the clocks of the cooperatives are ahead of UTC at most, in microseconds: it is the new year there
/// first.
const AHEAD: i64 = 14 * 3_600 * 1_000_000;

impl KeepingRule {
    /// The rule for documents of this number; `None` for a number that no form has.
    pub fn of(registry_id: u64) -> Option<&'static Self> {
        KEEPING.iter().find(|rule| rule.registry_id == registry_id)
    }

    /// The last year that a document made at this moment is kept for; 0 for as long as the cooperative exists.
    pub fn last_year(&self, created_at: TimePoint) -> u16 {
        match self.term {
            KeepingTerm::Existence => 0,
            KeepingTerm::Years(years) => year(created_at).saturating_add(years),
        }
    }
}

/// The year of a moment, in the zone that is ahead of all others.
pub(crate) fn year(moment: TimePoint) -> u16 {
    let days = moment
        .micros()
        .saturating_add(AHEAD)
        .div_euclid(24 * 3_600 * 1_000_000);
    u16::try_from(Date::from_days(days).parts().0).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use coop_documents::samples::every_form;
    use coop_model::catalogue::CATALOGUE;
    use std::collections::BTreeSet;

    #[test]
    fn every_document_has_one_rule() {
        let mut forms: BTreeSet<u64> = every_form().iter().map(|it| it.1.registry_id()).collect();
        for kind in CATALOGUE {
            forms.extend([kind.statement, kind.protocol]);
            forms.extend(kind.act);
        }
        let rules: BTreeSet<u64> = KEEPING.iter().map(|rule| rule.registry_id).collect();
        assert_eq!(rules, forms);
        assert_eq!(rules.len(), KEEPING.len(), "a number has two rules");
    }

    #[test]
    fn protocols_and_acts_are_kept_of_everyone() {
        for kind in CATALOGUE {
            let rule = KeepingRule::of(kind.protocol).unwrap();
            assert_eq!(
                (rule.term, rule.once_admitted),
                (KeepingTerm::Existence, false)
            );
            if let Some(act) = kind.act {
                assert!(!KeepingRule::of(act).unwrap().once_admitted);
            }
        }
    }

    #[test]
    fn a_term_begins_when_the_year_of_the_document_is_over_everywhere() {
        let rule = KeepingRule::of(id::MONEY_STATEMENT).unwrap();
        let moment = |text: &str| text.parse::<TimePoint>().unwrap();
        for (made, last) in [
            ("2026-11-28T10:00:00.000", 2031),
            // It is January already in Kamchatka.
            ("2026-12-31T13:00:00.000", 2032),
        ] {
            assert_eq!(rule.last_year(moment(made)), last);
        }
        let protocol = KeepingRule::of(id::FREE_PROTOCOL).unwrap();
        assert_eq!(protocol.last_year(moment("2026-11-28T10:00:00.000")), 0);
    }
}
