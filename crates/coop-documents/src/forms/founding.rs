//! «Протокол общего собрания»: the cooperative is founded.

use antelope_types::{Checksum256, Name};
use coop_model::{Subject, decision::registry, document::FoundersSubject, list_hash};
use serde_json::{Value, json};

use super::{Fees, Form};
use crate::{calendar::Zone, people::Person};

/// The protocol of the founding meeting, signed by every founder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundingProtocol {
    /// The account of the cooperative.
    pub cooperative: Name,
    /// When the meeting was held, in microseconds since the start of 1970, UTC.
    pub held_at: i64,
    /// The founders, in the order the contract is told.
    pub founders: Vec<Person>,
    /// The contributions the meeting has set.
    pub fees: Fees,
}

impl Form for FoundingProtocol {
    const REGISTRY_ID: u64 = registry::MEETING;
    const TEMPLATE: &'static str = "founding.txt";
    const STEM: &'static str = "founding";

    fn title(&self) -> String {
        "Протокол учредительного собрания".to_owned()
    }

    fn account(&self) -> Name {
        self.cooperative
    }

    fn subject(&self) -> Option<Subject> {
        let founders: Vec<Name> = self.founders.iter().map(|person| person.account).collect();
        Some(Subject::Founders(FoundersSubject {
            members: list_hash(&founders),
        }))
    }

    fn links(&self) -> Vec<Checksum256> {
        Vec::new()
    }

    fn signers(&self) -> Vec<Name> {
        self.founders.iter().map(|person| person.account).collect()
    }

    fn fields(&self, zone: Zone) -> Value {
        json!({
            "held_at": zone.moment(self.held_at),
            "founders": self.founders.iter().map(Person::fields).collect::<Vec<_>>(),
            "fees": self.fees.fields(),
        })
    }
}
