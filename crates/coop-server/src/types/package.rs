//! The package of a question: its statement, decision, acts and what they refer to.

use super::action::ExtendedBlockchainAction;
use super::aggregate::{DocumentAggregate, SignedDigitalDocument};
use super::document::{DecisionDocument, GeneratedDocument, StatementDocument};
use async_graphql::{ComplexObject, SimpleObject};

/// All documents of a question.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "DocumentPackage", rename_fields = "snake_case")]
pub(crate) struct DocumentPackage {
    /// The acts about property that belong to it.
    pub(crate) acts: Vec<ActPart>,
    /// Null while nothing is decided.
    pub(crate) decision: Option<DecisionPart>,
    /// Documents that the others refer to.
    pub(crate) links: Vec<GeneratedDocument>,
    /// Null where it was recorded before the index begins.
    pub(crate) statement: Option<StatementPart>,
}

/// An act about property.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "ActDetail", rename_fields = "snake_case", complex)]
pub(crate) struct ActPart {
    /// The action of the chain.
    pub(crate) action: Option<ExtendedBlockchainAction>,
    /// The document.
    pub(crate) document: Option<GeneratedDocument>,
    #[graphql(skip)]
    pub(crate) signed: Option<SignedDigitalDocument>,
}

#[ComplexObject]
impl ActPart {
    /// The document with all its signatures.
    #[graphql(name = "documentAggregate")]
    async fn document_aggregate(&self) -> Option<DocumentAggregate> {
        let (signed, document) = (self.signed.as_ref()?, self.document.as_ref()?);
        Some(DocumentAggregate::of(signed, document.clone()))
    }
}

/// The decision with its votes.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "DecisionDetail", rename_fields = "snake_case", complex)]
pub(crate) struct DecisionPart {
    /// The action of the chain.
    pub(crate) action: ExtendedBlockchainAction,
    /// The document.
    pub(crate) document: DecisionDocument,
    /// The actions that voted against it.
    pub(crate) votes_against: Vec<ExtendedBlockchainAction>,
    /// The actions that voted for it.
    pub(crate) votes_for: Vec<ExtendedBlockchainAction>,
    #[graphql(skip)]
    pub(crate) signed: SignedDigitalDocument,
}

#[ComplexObject]
impl DecisionPart {
    /// The protocol with all its signatures.
    #[graphql(name = "documentAggregate")]
    async fn document_aggregate(&self) -> DocumentAggregate {
        DocumentAggregate::of(&self.signed, self.document.plain())
    }
}

/// The statement or the proposal.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "StatementDetail", rename_fields = "snake_case", complex)]
pub(crate) struct StatementPart {
    /// The action of the chain.
    pub(crate) action: ExtendedBlockchainAction,
    /// The document.
    pub(crate) document: StatementDocument,
    #[graphql(skip)]
    pub(crate) signed: SignedDigitalDocument,
}

#[ComplexObject]
impl StatementPart {
    /// The document with all its signatures.
    #[graphql(name = "documentAggregate")]
    async fn document_aggregate(&self) -> DocumentAggregate {
        DocumentAggregate::of(&self.signed, self.document.plain())
    }
}

/// A page of packages.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "DocumentPackagePage")]
pub(crate) struct DocumentPackagePage {
    /// The entries of this page.
    pub(crate) items: Vec<DocumentPackage>,
    /// How many there are in all.
    pub(crate) total_count: u32,
    /// How many pages there are.
    pub(crate) total_pages: u32,
    /// The number of this page, from 1.
    pub(crate) current_page: u32,
    /// Where the next page begins, which stays right while packages come; null where this is the last.
    pub(crate) cursor: Option<String>,
}
