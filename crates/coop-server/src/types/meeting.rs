//! General meetings: their protocols, and the elections that follow from them.

use super::decision::PackedTransactionInput;
use super::generate::RegenerateInput;
use super::joint::CollectedSignatures;
use super::scalar::DateTime;
use async_graphql::{InputObject, SimpleObject};
use coop_model::Charter;

/// What the protocol of the founding meeting is made from.
#[derive(Clone, Debug, InputObject)]
#[graphql(
    name = "FoundingProtocolGenerateDocumentInput",
    rename_fields = "snake_case"
)]
pub(crate) struct FoundingProtocolInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// Who has it made: the caller.
    pub(crate) username: String,
    /// The founders, in the order in which the contract is told.
    pub(crate) founders: Vec<String>,
    #[graphql(flatten)]
    pub(crate) again: RegenerateInput,
}

/// What the protocol of a meeting that elects a board is made from.
#[derive(Clone, Debug, InputObject)]
#[graphql(
    name = "ElectionProtocolGenerateDocumentInput",
    rename_fields = "snake_case"
)]
pub(crate) struct ElectionProtocolInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// Who has it made: the caller.
    pub(crate) username: String,
    /// Which board: `council`, `executive`, `audit` or `other`.
    pub(crate) board: String,
    /// Who was elected: participants, in the order in which the contract is told.
    pub(crate) seats: Vec<BoardSeatInput>,
    #[graphql(flatten)]
    pub(crate) again: RegenerateInput,
}

/// A seat of a board that was elected.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct BoardSeatInput {
    /// Who is to sit there.
    pub(crate) username: String,
    /// Whether the seat has a vote.
    pub(crate) is_voting: bool,
    /// Whether they are to preside.
    pub(crate) is_chairman: bool,
}

/// What the protocol of a meeting that changes the charter is made from.
#[derive(Clone, Debug, InputObject)]
#[graphql(
    name = "CharterProtocolGenerateDocumentInput",
    rename_fields = "snake_case"
)]
pub(crate) struct CharterProtocolInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// Who has it made: the caller.
    pub(crate) username: String,
    /// The quorum of the council in percent of its voting seats; 0 for none.
    pub(crate) quorum_percent: u32,
    /// How many participants must support a new board; 0 where that follows from their number.
    pub(crate) board_support: u32,
    /// The participants who voted for it and sign: at least as many as `getCharter` tells.
    pub(crate) present: Vec<String>,
    /// The participants who voted against it, whom the protocol records by name; at most 500.
    pub(crate) against: Option<Vec<String>>,
    #[graphql(flatten)]
    pub(crate) again: RegenerateInput,
}

/// The protocol of a general meeting that waits for signatures, or to be sent. It has one of `founders`, `election` and
/// `charter`.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct MeetingProtocol {
    #[graphql(flatten)]
    pub(crate) collected: CollectedSignatures,
    /// Who founds the cooperative, in the order in which the contract is told; empty where it is another meeting.
    pub(crate) founders: Vec<String>,
    /// Whom the meeting elected.
    pub(crate) election: Option<ElectedBoard>,
    /// What the charter is to say about decisions.
    pub(crate) charter: Option<CharterRules>,
}

/// A board that a general meeting elected.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct ElectedBoard {
    /// `council`, `executive`, `audit` or `other`.
    pub(crate) board: String,
    /// Which board of the cooperative it is, from 1, over all kinds.
    pub(crate) version: f64,
    /// Who is to sit, in the order in which the contract is told.
    pub(crate) seats: Vec<BoardSeat>,
}

/// A seat of a board.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct BoardSeat {
    /// Who is to sit there.
    pub(crate) username: String,
    /// Whether the seat has a vote.
    pub(crate) is_voting: bool,
    /// Whether they are to preside.
    pub(crate) is_chairman: bool,
}

/// What a charter says about decisions.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct CharterRules {
    /// The quorum of the council in percent of its voting seats; 0 for none.
    pub(crate) quorum_percent: u32,
    /// How many participants must support a new board; 0 where that follows from their number.
    pub(crate) board_support: u32,
}

impl CharterRules {
    /// What a charter says.
    pub(crate) fn of(charter: Charter) -> Self {
        Self {
            quorum_percent: charter.quorum_percent.into(),
            board_support: charter.board_support,
        }
    }
}

/// The charter as it is now, as the chain knows it.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Charter", rename_fields = "snake_case")]
pub(crate) struct CurrentCharter {
    #[graphql(flatten)]
    pub(crate) rules: CharterRules,
    /// How many participants there are.
    pub(crate) participants: u32,
    /// How many participants must sign the protocol that changes it; null before the first council.
    pub(crate) signatures_needed: Option<u32>,
}

/// A board that was submitted and that participants support or object to.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct Election {
    #[graphql(flatten)]
    pub(crate) elected: ElectedBoard,
    /// The hash of the protocol of the meeting.
    pub(crate) hash: String,
    /// How many support it, those elected too.
    pub(crate) support: u32,
    /// How many have to support it.
    pub(crate) support_needed: u32,
    /// How many object to it.
    pub(crate) objections: u32,
    /// When it was submitted. Who joined later has no voice.
    pub(crate) created_at: DateTime,
    /// When voices end, and the board may be seated.
    pub(crate) ends_at: DateTime,
    /// Whether that moment is past.
    pub(crate) is_over: bool,
    /// The caller's own voice: `true` supports, `false` objects; null where there is none.
    pub(crate) supports: Option<bool>,
}

/// What somebody does about the election that goes on.
#[derive(Clone, Debug, InputObject)]
#[graphql(rename_fields = "snake_case")]
pub(crate) struct ElectionStepInput {
    /// The cooperative of this server.
    pub(crate) coopname: String,
    /// The signed transaction: a voice has the one action `support` or `object`; `seatboard` and `dropboard` have
    /// `freevoices` behind them.
    pub(crate) transaction: PackedTransactionInput,
    /// Who does it: the caller.
    pub(crate) username: String,
    /// The version of the board that was submitted.
    pub(crate) version: f64,
}
