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
    /// Only those that wait, or only those that are finished.
    pub(crate) is_open: Option<bool>,
    /// About this person.
    pub(crate) username: Option<String>,
    /// This person has voted.
    pub(crate) voter: Option<String>,
    /// Published or finished from this moment on.
    pub(crate) since: Option<DateTime>,
    /// Published or finished before this moment.
    pub(crate) until: Option<DateTime>,
    /// The statement or the protocol has this number in the registry of documents.
    pub(crate) registry_id: Option<u32>,
    /// Only those of which something could not be done, or only the others.
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
    /// Its number.
    pub(crate) id: f64,
    /// The cooperative.
    pub(crate) coopname: String,
    /// The kind of the decision.
    #[graphql(name = "type")]
    pub(crate) kind: String,
    /// Whom it is about, or who proposed it.
    pub(crate) username: String,
    /// The hash of the statement or the proposal.
    pub(crate) hash: String,
    /// `open`, `approved` or `authorized`; null once it is finished.
    pub(crate) status: Option<String>,
    /// `carried_out`, `declined`, `not_approved` or `not_signed`; null while it is open.
    pub(crate) outcome: Option<String>,
    /// Why it came to nothing.
    pub(crate) reason: Option<String>,
    /// How many seats may vote.
    pub(crate) seats: Option<u32>,
    /// The quorum in percent of the seats; 0 for none.
    pub(crate) quorum_percent: Option<u32>,
    /// Who signed the protocol; null before.
    pub(crate) chairman: Option<String>,
    /// The hash of the protocol.
    pub(crate) protocol: Option<String>,
    /// When it was published.
    pub(crate) published_at: Option<DateTime>,
    /// When voting ends.
    pub(crate) expires_at: Option<DateTime>,
    /// When enough had voted for it; null before.
    pub(crate) approved_at: Option<DateTime>,
    /// When it was finished; null while it waits.
    pub(crate) finished_at: Option<DateTime>,
    /// The transaction that published it.
    pub(crate) published_in: Option<String>,
    /// The transaction that finished it.
    pub(crate) finished_in: Option<String>,
    /// Whether it waits.
    pub(crate) is_open: bool,
    /// Whether something of it could not be done.
    pub(crate) has_failed: bool,
    /// Whether the block that changed it last is final.
    pub(crate) is_final: bool,
}

/// A question with its votes and the documents that belong to it.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct QuestionDetails {
    /// The question.
    pub(crate) question: RegistryQuestion,
    /// The votes.
    pub(crate) votes: Vec<RegistryVote>,
    /// The documents that belong to it.
    pub(crate) documents: Vec<RecordedDocument>,
    /// The payments that belong to it.
    pub(crate) payments: Vec<super::payment::GatewayPayment>,
}

/// A vote.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Vote", rename_fields = "snake_case")]
pub(crate) struct RegistryVote {
    /// Who voted.
    pub(crate) username: String,
    /// Whether it is for the question.
    pub(crate) is_for: bool,
    /// The time of the block.
    pub(crate) at: DateTime,
    /// The transaction of the vote.
    pub(crate) transaction_id: String,
    /// Whether the block that changed it last is final.
    pub(crate) is_final: bool,
}

/// A document as the chain has it: without its text.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct RecordedDocument {
    /// `statement`, `protocol`, `act` or `link`.
    pub(crate) role: String,
    /// The hash of the document.
    pub(crate) hash: String,
    /// SHA-256 of the text.
    pub(crate) doc_hash: String,
    /// The number of its form in the registry of documents.
    pub(crate) registry_id: u32,
    /// Whom it is about.
    pub(crate) username: String,
    /// Its title.
    pub(crate) title: String,
    /// The time of the block.
    pub(crate) at: DateTime,
    /// The transaction that recorded it.
    pub(crate) transaction_id: String,
    /// The signatures.
    pub(crate) signatures: Vec<RecordedSignature>,
    /// Whether the block that changed it last is final.
    pub(crate) is_final: bool,
}

/// A signature under a document.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct RecordedSignature {
    /// Who signed.
    pub(crate) signer: String,
    /// The public key.
    pub(crate) public_key: String,
    /// The signature.
    pub(crate) signature: String,
    /// The moment of the signature.
    pub(crate) signed_at: DateTime,
}

/// A page of questions.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct QuestionPage {
    /// The entries of this page.
    pub(crate) items: Vec<RegistryQuestion>,
    /// How many there are in all.
    pub(crate) total_count: u32,
    /// Where the next page begins; null where this is the last.
    pub(crate) cursor: Option<String>,
}

/// A page of payments.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct PaymentPage {
    /// The entries of this page.
    pub(crate) items: Vec<super::payment::GatewayPayment>,
    /// How many there are in all.
    pub(crate) total_count: u32,
    /// Where the next page begins; null where this is the last.
    pub(crate) cursor: Option<String>,
}

/// Who is or was a participant.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Participant", rename_fields = "snake_case")]
pub(crate) struct RegistryParticipant {
    /// The account.
    pub(crate) username: String,
    /// `individual`, `entrepreneur` or `organization`.
    #[graphql(name = "type")]
    pub(crate) kind: String,
    /// `active`, `leaving`, `moving`, `blocked` or `left`.
    pub(crate) status: String,
    /// The entrance fee that was paid.
    pub(crate) initial: String,
    /// The minimum share.
    pub(crate) minimum: String,
    /// When they were admitted.
    pub(crate) created_at: DateTime,
    /// When they left; null while they are there.
    pub(crate) left_at: Option<DateTime>,
    /// Whether the block that changed it last is final.
    pub(crate) is_final: bool,
}

/// A page of participants.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct ParticipantPage {
    /// The entries of this page.
    pub(crate) items: Vec<RegistryParticipant>,
    /// How many there are in all.
    pub(crate) total_count: u32,
    /// Where the next page begins; null where this is the last.
    pub(crate) cursor: Option<String>,
}

/// The share of a participant.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Balance", rename_fields = "snake_case")]
pub(crate) struct ShareBalance {
    /// The account.
    pub(crate) username: String,
    /// The minimum share.
    pub(crate) minimum: String,
    /// What can be asked back.
    pub(crate) available: String,
    /// What has been asked back.
    pub(crate) blocked: String,
    /// The valuation of property.
    pub(crate) in_kind: String,
    /// The block that it is so from.
    pub(crate) since: u32,
    /// The time of that block.
    pub(crate) at: DateTime,
}

/// A thing that a participant contributes, has contributed or gets back.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Property", rename_fields = "snake_case")]
pub(crate) struct RegistryProperty {
    /// Its number in the cooperative.
    pub(crate) id: f64,
    /// Whose it is.
    pub(crate) username: String,
    /// The hash of the statement that is being carried out, or was last.
    pub(crate) hash: String,
    /// `offered`, `accepted`, `shared`, `asked`, `handover` or `releasing`; the last one where it is gone.
    pub(crate) status: String,
    /// The hash of its description, whose text is in the statement.
    pub(crate) description_hash: String,
    /// What it is worth as a share.
    pub(crate) valuation: String,
    /// When it was offered.
    pub(crate) created_at: DateTime,
    /// When the term of its step is over.
    pub(crate) expires_at: DateTime,
    /// Whether the handover was published as overdue.
    pub(crate) is_overdue: bool,
    /// Whether the chain still has it.
    pub(crate) is_open: bool,
    /// When it was withdrawn or handed back; null while the chain has it.
    pub(crate) ended_at: Option<DateTime>,
    /// Whether the block that changed it last is final.
    pub(crate) is_final: bool,
}

/// A page of property.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct PropertyPage {
    /// The entries of this page.
    pub(crate) items: Vec<RegistryProperty>,
    /// How many there are in all.
    pub(crate) total_count: u32,
    /// Where the next page begins; null where this is the last.
    pub(crate) cursor: Option<String>,
}

/// The money of the cooperative.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Funds", rename_fields = "snake_case")]
pub(crate) struct CooperativeFunds {
    /// Entrance fees.
    pub(crate) entrance: String,
    /// All shares in money.
    pub(crate) share: String,
    /// Money that came and is not decided about.
    pub(crate) processing: String,
    /// All that ever came.
    pub(crate) incoming: String,
    /// All that was ever sent.
    pub(crate) outgoing: String,
    /// The valuation of all property that was accepted.
    pub(crate) accepted: String,
    /// The valuation of all property that was handed back.
    pub(crate) handed_back: String,
    /// The block that it is so from.
    pub(crate) since: u32,
    /// The time of that block.
    pub(crate) at: DateTime,
}

/// A seat of the council.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "CouncilSeat", rename_fields = "snake_case")]
pub(crate) struct CouncilSeat {
    /// The account.
    pub(crate) username: String,
    /// Whether they preside.
    pub(crate) is_chairman: bool,
    /// When they took the seat.
    pub(crate) since: DateTime,
    /// When they left; null while they are there.
    pub(crate) left_at: Option<DateTime>,
    /// The version of the council.
    pub(crate) board: u32,
    /// Whether the block that changed it last is final.
    pub(crate) is_final: bool,
}

/// An entry of the journal: an action about the cooperative.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct JournalEntry {
    /// The number of the action among all of the chain.
    pub(crate) global_sequence: String,
    /// The contract.
    pub(crate) contract: String,
    /// The action of the chain.
    pub(crate) action: String,
    /// Whom it is about; null where it is about nobody.
    pub(crate) username: Option<String>,
    /// The process that it belongs to.
    pub(crate) hash: Option<String>,
    /// The arguments, with hashes in the place of documents.
    pub(crate) data: Json,
    /// The time of its block.
    pub(crate) at: DateTime,
    /// The transaction.
    pub(crate) transaction_id: String,
    /// The block.
    pub(crate) block_num: u32,
    /// Whether the block that changed it last is final.
    pub(crate) is_final: bool,
}

/// Which entries of the journal.
#[derive(Clone, Debug, Default, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct GetJournalInput {
    /// Actions with these names.
    pub(crate) actions: Option<Vec<String>>,
    /// The account.
    pub(crate) username: Option<String>,
    /// About the process with this hash.
    pub(crate) hash: Option<String>,
    /// From this moment on.
    pub(crate) since: Option<DateTime>,
    /// Before this moment.
    pub(crate) until: Option<DateTime>,
}

/// A page of the journal.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct JournalPage {
    /// The entries of this page.
    pub(crate) items: Vec<JournalEntry>,
    /// How many there are in all.
    pub(crate) total_count: u32,
    /// Where the next page begins; null where this is the last.
    pub(crate) cursor: Option<String>,
}

/// Which documents are looked for.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct SearchDocumentsInput {
    /// Words that all stand in the title or all in the text, in any form; of the last the beginning is enough.
    pub(crate) query: String,
    /// The number of its form in the registry of documents.
    pub(crate) registry_id: Option<u32>,
    /// The account.
    pub(crate) username: Option<String>,
    /// Made from this moment on.
    pub(crate) since: Option<DateTime>,
    /// Made before this moment.
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
    /// The hash of the document.
    pub(crate) hash: String,
    /// The title of the document.
    pub(crate) full_title: Option<String>,
    /// The number of its form in the registry of documents.
    pub(crate) registry_id: Option<u32>,
    /// Whom it is about.
    pub(crate) username: Option<String>,
    /// When it was recorded.
    pub(crate) created_at: Option<DateTime>,
    /// Whether the words stand in its title.
    pub(crate) is_title: bool,
    /// Whether they stand in its text.
    pub(crate) is_text: bool,
    /// The question that it is the statement or the protocol of.
    pub(crate) decision_id: Option<f64>,
}

/// A page of documents that were found, the most fitting first.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct FoundPage {
    /// The entries of this page.
    pub(crate) items: Vec<FoundDocument>,
    /// How many there are in all; 0 on a page without entries.
    pub(crate) total_count: u32,
    /// Where the next page begins; null where this is the last.
    pub(crate) cursor: Option<String>,
    /// Whether texts were searched, too: a server without the personal data of people has none.
    #[graphql(name = "has_texts")]
    pub(crate) has_texts: bool,
}

/// Where a hash is recorded. It says nothing about people.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct Verified {
    /// Whether the registry has the hash.
    pub(crate) is_recorded: bool,
    /// The number of its form in the registry of documents; null where it is not known.
    pub(crate) registry_id: Option<u32>,
    /// When it was recorded; null where it is not known.
    pub(crate) recorded_at: Option<DateTime>,
    /// The transaction that recorded it; null where it is not known.
    pub(crate) transaction_id: Option<String>,
    /// The block that it is in.
    pub(crate) block_num: Option<u32>,
    /// Whether the block that recorded it is final.
    pub(crate) is_final: bool,
    /// How many signatures the document has.
    pub(crate) signatures: u32,
    /// The questions that it belongs to.
    pub(crate) questions: Vec<VerifiedQuestion>,
}

/// A question that a recorded hash belongs to.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct VerifiedQuestion {
    /// Its number.
    pub(crate) id: f64,
    /// The kind.
    #[graphql(name = "type")]
    pub(crate) kind: String,
    /// `statement`, `protocol` or `act`.
    pub(crate) role: String,
    /// `carried_out`, `declined`, `not_approved` or `not_signed`; null while it waits.
    pub(crate) outcome: Option<String>,
    /// When it was finished; null while it waits.
    pub(crate) finished_at: Option<DateTime>,
}
