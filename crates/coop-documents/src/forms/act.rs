//! Acts: property changes hands, and both sides sign.

use super::{Form, Thing};
use crate::{
    locale::Locale,
    people::{Party, Person},
};
use antelope_types::{Checksum256, Name};
use coop_language::Lang;
use coop_model::{Subject, catalogue::registry, document::subject::ActSubject};
use serde_json::{Value, json};

/// Which way property goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the cooperative.
    Acceptance,
    /// Back to its owner; `is_share` when it was a share, not when the council did not take it.
    Handover {
        /// Whether it was a share.
        is_share: bool,
    },
}

/// An act of acceptance or handover, signed by the owner and by the cooperative's side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Which way the property goes.
    pub direction: Direction,
    /// The number of the thing in the cooperative.
    pub property_id: u64,
    /// What.
    pub thing: Thing,
    /// Whose it is.
    pub owner: Party,
    /// Who acts for the cooperative: staff with the right to.
    pub keeper: Person,
    /// The hash of the statement that the act carries out.
    pub statement: Checksum256,
}

impl Form for Act {
    fn registry_id(&self) -> u64 {
        match self.direction {
            Direction::Acceptance => registry::ACCEPTANCE_ACT,
            Direction::Handover { .. } => registry::HANDOVER_ACT,
        }
    }

    fn template(&self) -> &'static str {
        match self.direction {
            Direction::Acceptance => "act/acceptance.txt",
            Direction::Handover { .. } => "act/handover.txt",
        }
    }

    fn stem(&self) -> &'static str {
        "act"
    }

    fn title(&self, lang: Lang) -> String {
        match self.direction {
            Direction::Acceptance => lang.pick(
                "Акт приёма имущества в паевой взнос",
                "Act of acceptance of property",
            ),
            Direction::Handover { .. } => lang.pick(
                "Акт передачи имущества пайщику",
                "Act of handover of property",
            ),
        }
        .to_owned()
    }

    fn account(&self) -> Name {
        self.owner.account()
    }

    fn subject(&self) -> Option<Subject> {
        Some(Subject::Act(ActSubject {
            property_id: self.property_id,
            hash: self.statement,
            description: self.thing.hash(),
            valuation: self.thing.valuation,
        }))
    }

    fn links(&self) -> Vec<Checksum256> {
        vec![self.statement]
    }

    fn signers(&self) -> Vec<Name> {
        vec![self.owner.account(), self.keeper.account]
    }

    fn fields(&self, locale: Locale) -> Value {
        json!({
            "owner": self.owner.fields(),
            "keeper": self.keeper.fields(),
            "property_id": self.property_id,
            "thing": self.thing.fields(locale),
            "is_share": self.direction == Direction::Handover { is_share: true },
        })
    }
}
