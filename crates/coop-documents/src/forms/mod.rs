//! The documents a cooperative keeps, each with the facts its text needs.

mod admission;
mod decision;
mod election;
mod fees;
mod founding;
mod proposal;
mod statement;

use antelope_types::{Checksum256, Name};
use coop_model::Subject;
use serde_json::Value;

pub use admission::AdmissionProtocol;
pub use decision::DecisionProtocol;
pub use election::ElectionProtocol;
pub use fees::Fees;
pub use founding::FoundingProtocol;
pub use proposal::Proposal;
pub use statement::Statement;

use crate::{calendar::Zone, voting::Voting};

/// What every kind of document tells the renderer about itself.
pub trait Form {
    /// The number of this kind in the registry of documents.
    const REGISTRY_ID: u64;
    /// The file of its template.
    const TEMPLATE: &'static str;

    /// What the name of its file starts with.
    const STEM: &'static str;

    /// The title, with the number where there is one.
    fn title(&self) -> String;
    /// Whom the document is about: the account its meta names.
    fn account(&self) -> Name;
    /// The project or decision it belongs to.
    fn subject(&self) -> Option<Subject>;
    /// The hashes of the documents it follows from.
    fn links(&self) -> Vec<Checksum256>;
    /// The account or accounts that sign it.
    fn signers(&self) -> Vec<Name>;
    /// The facts its template names.
    fn fields(&self, zone: Zone) -> Value;
}

fn protocol_title(voting: &Voting) -> String {
    format!("Протокол решения совета № {}", voting.decision_id())
}
