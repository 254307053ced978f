//! The documents a cooperative keeps, each with the facts its text needs.

mod act;
mod agreement;
mod blocking;
mod charter;
mod destruction;
mod effect;
mod election;
mod entrepreneur;
mod exit;
mod fees;
mod founding;
mod money;
mod moving;
mod organization;
mod property;
mod proposal;
mod protocol;
mod statement;

pub use act::{Act, Direction};
pub use agreement::{Agreement, AgreementKind};
pub use blocking::BlockProposal;
pub use charter::CharterProtocol;
pub use destruction::{DestroyedData, DestructionAct, DestructionReason};
pub use effect::Effect;
pub use election::ElectionProtocol;
pub use entrepreneur::EntrepreneurStatement;
pub use exit::ExitStatement;
pub use fees::Fees;
pub use founding::FoundingProtocol;
pub use money::{MoneyReturnStatement, MoneyStatement};
pub use moving::MoveStatement;
pub use organization::OrganizationStatement;
pub use property::{PropertyReturnStatement, PropertyStatement, Thing};
pub use proposal::Proposal;
pub use protocol::Protocol;
pub use statement::Statement;

use crate::locale::Locale;
use antelope_types::{Checksum256, Name};
use coop_language::Lang;
use coop_model::Subject;
use serde_json::Value;

/// What every kind of document tells the renderer about itself.
pub trait Form {
    /// The number of this kind in the registry of documents.
    fn registry_id(&self) -> u64;
    /// The name of its template.
    fn template(&self) -> &'static str;
    /// What the name of its file starts with, after the number in the registry.
    fn stem(&self) -> &'static str;
    /// The title, with the number where there is one.
    fn title(&self, lang: Lang) -> String;
    /// Whom the document is about: the account its meta names.
    fn account(&self) -> Name;
    /// What it binds itself to, besides the cooperative and the account.
    fn subject(&self) -> Option<Subject> {
        None
    }
    /// The hashes of the documents it follows from.
    fn links(&self) -> Vec<Checksum256> {
        Vec::new()
    }
    /// The account or accounts that sign it.
    fn signers(&self) -> Vec<Name>;
    /// The facts its template names.
    fn fields(&self, locale: Locale) -> Value;
}
