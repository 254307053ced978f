//! What the registry keeps: questions, holdings, boards, and where a hash is recorded. No personal data: people are
//! account names, as on the chain.

use super::scalar::{DateTime, Json};
use async_graphql::{InputObject, SimpleObject};

/// Which questions.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct GetQuestionsInput {
    /// Of these kinds.
    pub(crate) kinds: Option<Vec<String>>,
    /// `carried_out`, `declined`, `not_approved` or `not_signed`.
    pub(crate) outcomes: Option<Vec<String>>,
    pub(crate) is_open: Option<bool>,
    /// About this person.
    pub(crate) username: Option<String>,
    /// This person has voted.
    pub(crate) voter: Option<String>,
    pub(crate) since: Option<DateTime>,
    pub(crate) until: Option<DateTime>,
    /// The statement or the protocol has this number in the registry of documents.
    pub(crate) registry_id: Option<u32>,
    pub(crate) has_failed: Option<bool>,
    /// Only what cannot be undone any more.
    pub(crate) is_final: Option<bool>,
}

/// Which part of a list.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct SliceInput {
    /// How many; 1 to 500, 20 where it is left out.
    pub(crate) limit: Option<u32>,
    /// The `cursor` of the page before.
    pub(crate) cursor: Option<String>,
}

/// A question, or the decision that it has become.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Question", rename_fields = "snake_case")]
pub(crate) struct RegistryQuestion {
    pub(crate) id: f64,
    pub(crate) coopname: String,
    #[graphql(name = "type")]
    pub(crate) kind: String,
    pub(crate) username: String,
    /// The hash of the statement or the proposal.
    pub(crate) hash: String,
    pub(crate) status: Option<String>,
    /// `carried_out`, `declined`, `not_approved` or `not_signed`; null while it is open.
    pub(crate) outcome: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) seats: Option<u32>,
    pub(crate) quorum_percent: Option<u32>,
    pub(crate) chairman: Option<String>,
    /// The hash of the protocol.
    pub(crate) protocol: Option<String>,
    pub(crate) published_at: Option<DateTime>,
    pub(crate) expires_at: Option<DateTime>,
    pub(crate) approved_at: Option<DateTime>,
    pub(crate) finished_at: Option<DateTime>,
    pub(crate) published_in: Option<String>,
    pub(crate) finished_in: Option<String>,
    pub(crate) is_open: bool,
    pub(crate) has_failed: bool,
    pub(crate) is_final: bool,
}

/// A question with its votes and the documents that belong to it.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct QuestionDetails {
    pub(crate) question: RegistryQuestion,
    pub(crate) votes: Vec<RegistryVote>,
    pub(crate) documents: Vec<RecordedDocument>,
    pub(crate) payments: Vec<super::payment::GatewayPayment>,
}

/// A vote.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Vote", rename_fields = "snake_case")]
pub(crate) struct RegistryVote {
    pub(crate) username: String,
    pub(crate) is_for: bool,
    pub(crate) at: DateTime,
    pub(crate) transaction_id: String,
    pub(crate) is_final: bool,
}

/// A document as the chain has it: without its text.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct RecordedDocument {
    /// `statement`, `protocol`, `act` or `link`.
    pub(crate) role: String,
    pub(crate) hash: String,
    pub(crate) doc_hash: String,
    pub(crate) registry_id: u32,
    pub(crate) username: String,
    pub(crate) title: String,
    pub(crate) at: DateTime,
    pub(crate) transaction_id: String,
    pub(crate) signatures: Vec<RecordedSignature>,
    pub(crate) is_final: bool,
}

/// A signature under a document.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct RecordedSignature {
    pub(crate) signer: String,
    pub(crate) public_key: String,
    pub(crate) signature: String,
    pub(crate) signed_at: DateTime,
}

/// A page of questions.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct QuestionPage {
    pub(crate) items: Vec<RegistryQuestion>,
    pub(crate) total_count: u32,
    pub(crate) cursor: Option<String>,
}

/// A page of payments.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct PaymentPage {
    pub(crate) items: Vec<super::payment::GatewayPayment>,
    pub(crate) total_count: u32,
    pub(crate) cursor: Option<String>,
}

/// Who is or was a participant.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Participant", rename_fields = "snake_case")]
pub(crate) struct RegistryParticipant {
    pub(crate) username: String,
    #[graphql(name = "type")]
    pub(crate) kind: String,
    /// `active`, `leaving`, `moving`, `blocked` or `left`.
    pub(crate) status: String,
    pub(crate) initial: String,
    pub(crate) minimum: String,
    pub(crate) created_at: DateTime,
    pub(crate) left_at: Option<DateTime>,
    pub(crate) is_final: bool,
}

/// A page of participants.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct ParticipantPage {
    pub(crate) items: Vec<RegistryParticipant>,
    pub(crate) total_count: u32,
    pub(crate) cursor: Option<String>,
}

/// The share of a participant.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Balance", rename_fields = "snake_case")]
pub(crate) struct ShareBalance {
    pub(crate) username: String,
    pub(crate) minimum: String,
    /// What can be asked back.
    pub(crate) available: String,
    /// What has been asked back.
    pub(crate) blocked: String,
    /// The valuation of property.
    pub(crate) in_kind: String,
    /// The block that it is so from.
    pub(crate) since: u32,
    pub(crate) at: DateTime,
}

/// The money of the cooperative.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Funds", rename_fields = "snake_case")]
pub(crate) struct CooperativeFunds {
    pub(crate) entrance: String,
    pub(crate) share: String,
    pub(crate) processing: String,
    pub(crate) incoming: String,
    pub(crate) outgoing: String,
    pub(crate) accepted: String,
    pub(crate) handed_back: String,
    pub(crate) since: u32,
    pub(crate) at: DateTime,
}

/// A seat of the council.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "CouncilSeat", rename_fields = "snake_case")]
pub(crate) struct CouncilSeat {
    pub(crate) username: String,
    pub(crate) is_chairman: bool,
    pub(crate) since: DateTime,
    pub(crate) left_at: Option<DateTime>,
    /// The version of the council.
    pub(crate) board: u32,
    pub(crate) is_final: bool,
}

/// An entry of the journal: an action about the cooperative.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct JournalEntry {
    pub(crate) global_sequence: String,
    pub(crate) contract: String,
    pub(crate) action: String,
    pub(crate) username: Option<String>,
    /// The process that it belongs to.
    pub(crate) hash: Option<String>,
    pub(crate) data: Json,
    pub(crate) at: DateTime,
    pub(crate) transaction_id: String,
    pub(crate) block_num: u32,
    pub(crate) is_final: bool,
}

/// Which entries of the journal.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct GetJournalInput {
    /// Actions with these names.
    pub(crate) actions: Option<Vec<String>>,
    pub(crate) username: Option<String>,
    pub(crate) hash: Option<String>,
    pub(crate) since: Option<DateTime>,
    pub(crate) until: Option<DateTime>,
}

/// A page of the journal.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct JournalPage {
    pub(crate) items: Vec<JournalEntry>,
    pub(crate) total_count: u32,
    pub(crate) cursor: Option<String>,
}

/// Which documents are looked for.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct SearchDocumentsInput {
    /// Words that all stand in the title or all in the text, in any form; of the last the beginning is enough.
    pub(crate) query: String,
    pub(crate) registry_id: Option<u32>,
    pub(crate) username: Option<String>,
    pub(crate) since: Option<DateTime>,
    pub(crate) until: Option<DateTime>,
    /// How many; 1 to 500, 20 where it is left out.
    pub(crate) limit: Option<u32>,
    /// The `cursor` of the page before.
    pub(crate) cursor: Option<String>,
}

/// A document that was found.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct FoundDocument {
    pub(crate) hash: String,
    pub(crate) full_title: Option<String>,
    pub(crate) registry_id: Option<u32>,
    pub(crate) username: Option<String>,
    pub(crate) created_at: Option<DateTime>,
    /// Whether the words stand in its title.
    pub(crate) is_title: bool,
    /// The question that it is the statement or the protocol of.
    pub(crate) decision_id: Option<f64>,
}

/// A page of documents that were found, the most fitting first.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct FoundPage {
    pub(crate) items: Vec<FoundDocument>,
    pub(crate) total_count: u32,
    pub(crate) cursor: Option<String>,
}

/// Where a hash is recorded. It says nothing about people.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct Verified {
    /// Whether the registry has the hash.
    pub(crate) is_recorded: bool,
    pub(crate) registry_id: Option<u32>,
    pub(crate) recorded_at: Option<DateTime>,
    pub(crate) transaction_id: Option<String>,
    pub(crate) block_num: Option<u32>,
    pub(crate) is_final: bool,
    /// How many signatures the document has.
    pub(crate) signatures: u32,
    pub(crate) questions: Vec<VerifiedQuestion>,
}

/// A question that a recorded hash belongs to.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct VerifiedQuestion {
    pub(crate) id: f64,
    #[graphql(name = "type")]
    pub(crate) kind: String,
    /// `statement`, `protocol` or `act`.
    pub(crate) role: String,
    pub(crate) outcome: Option<String>,
    pub(crate) finished_at: Option<DateTime>,
}
