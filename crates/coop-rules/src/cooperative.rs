//! What the contracts remember of one cooperative, without what can be computed.

use crate::event::Why;
use crate::kind::{BoardKind, PersonKind, Right};
use crate::{Account, Hash, QuestionKind, Time};
use std::collections::{BTreeMap, BTreeSet};

/// Statuses of a cooperative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CoopStatus {
    /// Registered, not yet admitted by the operator.
    Pending,
    /// Acts.
    Active,
    /// Nothing starts, everything can end.
    Blocked,
}

/// What a candidate pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fees {
    /// Entrance fee of people.
    pub initial: i64,
    /// Minimum share of people.
    pub minimum: i64,
    /// Entrance fee of organizations.
    pub org_initial: i64,
    /// Minimum share of organizations.
    pub org_minimum: i64,
}

/// What the charter says about decisions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Charter {
    /// The quorum in percent; 0 is none.
    pub quorum: u8,
    /// The support that a new board needs; 0 is the default.
    pub support: u32,
}

/// A position in a board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Position {
    /// Signs protocols.
    Chairman,
    /// Everyone else.
    Member,
    /// What the rules do not know.
    Unknown,
}

/// A seat of a board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seat {
    /// Who sits there.
    pub who: Account,
    /// Whether the seat votes.
    pub votes: bool,
    /// What the seat is.
    pub position: Position,
}

/// Statuses of a participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Has all rights.
    Active,
    /// Neither votes nor applies.
    Blocked,
    /// Has asked to leave.
    Leaving,
}

/// A participant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Participant {
    /// Of which kind of people.
    pub kind: PersonKind,
    /// The statement, or the founding meeting's document.
    pub hash: Hash,
    /// The protocol of admission, or the founding meeting's document.
    pub authorization: Hash,
    /// The entrance fee that was paid.
    pub initial: i64,
    /// The minimum share that was paid.
    pub minimum: i64,
    /// Since when.
    pub created_at: Time,
    /// How things are.
    pub status: Status,
}

/// Steps of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CandidateState {
    /// The invoice is sent.
    Created,
    /// The money came, the council is asked.
    Paid,
    /// The money goes back.
    Refunding,
    /// The money could not be sent back.
    RefundFailed,
}

/// A candidate.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Candidate {
    /// How far.
    pub state: CandidateState,
    /// Of which kind of people.
    pub kind: PersonKind,
    /// The statement.
    pub hash: Hash,
    /// The entrance fee.
    pub initial: i64,
    /// The minimum share.
    pub minimum: i64,
    /// Since when.
    pub created_at: Time,
}

/// Steps of an exit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExitState {
    /// The council is asked.
    Asked,
    /// The shares are being paid out.
    Paying,
}

/// A participant who leaves.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Exit {
    /// The statement.
    pub hash: Hash,
    /// How far.
    pub state: ExitState,
    /// What the participant was before.
    pub before: Status,
    /// Since when.
    pub created_at: Time,
}

/// A move of a participant to a new account.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Moving {
    /// The statement.
    pub hash: Hash,
    /// The new account.
    pub to: Account,
    /// When the time for a veto is over; none until the council has agreed.
    pub ready_at: Option<Time>,
}

/// A proposal to block a participant, or to end it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Blocking {
    /// The proposal.
    pub hash: Hash,
    /// To block, or to end it.
    pub is_blocked: bool,
}

/// One version of a board.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Board {
    /// Which board.
    pub kind: BoardKind,
    /// The seats in their order.
    pub members: Vec<Seat>,
    /// The meeting's document.
    pub meeting: Hash,
    /// Since when it sits.
    pub created_at: Time,
}

impl Board {
    /// The voting seats in their order.
    pub fn voters(&self) -> impl Iterator<Item = Account> {
        self.members
            .iter()
            .filter(|seat| seat.votes)
            .map(|seat| seat.who)
    }

    /// The seat of this account.
    pub fn seat(&self, who: Account) -> Option<&Seat> {
        self.members.iter().find(|seat| seat.who == who)
    }
}

/// The boards that sit, and the numbers that only grow.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Council {
    /// The version of the board of each kind that sits.
    pub sitting: BTreeMap<BoardKind, u64>,
    /// The version of the last board of any kind.
    pub last_board: u64,
    /// The number of the last question.
    pub last_question: u64,
    /// The chairman under the protocol of the question that ended last.
    pub signed_by: Option<Account>,
}

/// A staff member.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Staff {
    /// What is allowed, in the order in which it was given.
    pub rights: Vec<Right>,
    /// The council that allowed it.
    pub board: u64,
}

/// States of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuestionState {
    /// Voting goes on.
    Open,
    /// The threshold and the quorum are reached.
    Approved {
        /// When.
        at: Time,
    },
    /// The chairman has signed the protocol.
    Authorized {
        /// When it was approved.
        at: Time,
        /// Who.
        by: Account,
        /// What.
        protocol: Hash,
    },
    /// It cannot be approved any more.
    Declined,
}

/// A question, later the decision on it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Question {
    /// Whom it is about, or who proposed it.
    pub about: Account,
    /// The kind of decision.
    pub kind: QuestionKind,
    /// The statement or the proposal.
    pub hash: Hash,
    /// The version of the council that votes.
    pub board: u64,
    /// N: the voting seats of that version.
    pub seats: u32,
    /// The quorum in percent.
    pub quorum: u8,
    /// Who voted, and whether for.
    pub votes: BTreeMap<Account, bool>,
    /// How far.
    pub state: QuestionState,
    /// Since when.
    pub created_at: Time,
    /// When voting ends.
    pub expires_at: Time,
}

/// A decline that the owner of its kind has not been told.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Undelivered {
    /// The kind.
    pub kind: QuestionKind,
    /// The question's hash.
    pub hash: Hash,
    /// Why.
    pub why: Why,
}

/// A board that was submitted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Election {
    /// The version that it gets.
    pub version: u64,
    /// Which board.
    pub kind: BoardKind,
    /// The seats.
    pub members: Vec<Seat>,
    /// The meeting's document.
    pub meeting: Hash,
    /// The support that it needs.
    pub needed: u32,
    /// When it was submitted.
    pub created_at: Time,
    /// When voices end.
    pub ends_at: Time,
}

/// A voice on an election.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Voice {
    /// The version that it is about.
    pub version: u64,
    /// Whether it supports it.
    pub supports: bool,
}

/// The money and property of a cooperative.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Funds {
    /// Entrance fees.
    pub entrance: i64,
    /// Shares of participants.
    pub share: i64,
    /// Money received, whose fate is open.
    pub processing: i64,
    /// All money that ever came.
    pub incoming: i64,
    /// All money that was ever sent.
    pub outgoing: i64,
    /// Valuation of all property that ever became a share.
    pub accepted: i64,
    /// Valuation of all of it that was handed back.
    pub handed_back: i64,
    /// The number of the last payment.
    pub last_payment: u64,
    /// The number of the last property.
    pub last_property: u64,
    /// The number of the last bank record.
    pub last_reference: u64,
}

/// A participant's share.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Wallet {
    /// The minimum share.
    pub minimum: i64,
    /// What can be asked back, property included.
    pub available: i64,
    /// What has been asked back.
    pub blocked: i64,
    /// When the last document was rendered that was taken from the participant.
    pub last_document: Time,
}

/// Steps of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaymentState {
    /// Money is expected.
    Pending,
    /// Money came, its fate is open.
    Received,
    /// Money is to be sent back.
    Returning,
    /// Money could not be sent back.
    Failed,
    /// A share is asked back.
    Blocked,
    /// A share is to be paid out.
    Paying,
}

/// A payment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Payment {
    /// Whose money it is.
    pub who: Account,
    /// The process.
    pub hash: Hash,
    /// The kind of decision that it is about.
    pub kind: QuestionKind,
    /// How far.
    pub state: PaymentState,
    /// The exact sum.
    pub quantity: i64,
    /// Since when.
    pub created_at: Time,
    /// Until when it may be paid, or when it is overdue.
    pub expires_at: Time,
    /// The chairman who authorized it.
    pub authorized_by: Option<Account>,
    /// Whether the person asked for the invoice alone.
    pub is_alone: bool,
    /// Whether it is published as overdue.
    pub is_overdue: bool,
}

/// Steps of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PropertyState {
    /// A participant offers it.
    Offered,
    /// The cooperative has it, the council is asked.
    Accepted,
    /// It is a share.
    Shared,
    /// It is asked back, the council is asked.
    Asked,
    /// The council returns it.
    Handover,
    /// The council did not take it.
    Releasing,
}

/// A thing that a participant contributes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Property {
    /// Whose it is.
    pub who: Account,
    /// The statement that is being carried out, or was last.
    pub hash: Hash,
    /// How far.
    pub state: PropertyState,
    /// Hash of the description.
    pub description: Hash,
    /// What it is worth.
    pub valuation: i64,
    /// Since when.
    pub created_at: Time,
    /// Until when it may be accepted, or when its handover is overdue.
    pub expires_at: Time,
    /// The chairman who authorized its return.
    pub authorized_by: Option<Account>,
    /// Whether the handover is published as overdue.
    pub is_overdue: bool,
}

/// What a member of the council has proposed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Proposer {
    /// When the member's last proposal was rendered.
    pub last_document: Time,
}

/// A cooperative.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cooperative {
    /// Its status.
    pub status: CoopStatus,
    /// Its symbol.
    pub symbol: u8,
    /// What candidates pay.
    pub fees: Fees,
    /// What the charter says.
    pub charter: Charter,
    /// The document with which it was registered.
    pub document: Hash,
    /// The founding meeting's document.
    pub founded: Hash,
    /// Since when.
    pub created_at: Time,
    /// When the document was rendered that changed the charter last.
    pub meeting_at: Time,
    /// Accounts that were made for it.
    pub accounts: u32,
    /// Accounts that it may make.
    pub max_accounts: u32,
    /// Participants and candidates that it may have.
    pub max_participants: u32,
    /// Participants.
    pub participants: BTreeMap<Account, Participant>,
    /// Candidates.
    pub candidates: BTreeMap<Account, Candidate>,
    /// Agreements that people signed who have not applied.
    pub agreements: BTreeMap<Account, BTreeSet<u64>>,
    /// Participants who leave.
    pub exits: BTreeMap<Account, Exit>,
    /// Participants who move to a new account.
    pub moves: BTreeMap<Account, Moving>,
    /// Proposals to block.
    pub blockings: BTreeMap<Account, Blocking>,
    /// Its boards, once there is a council.
    pub council: Option<Council>,
    /// Versions of boards that sit, or whose questions are not finished.
    pub boards: BTreeMap<u64, Board>,
    /// Staff.
    pub staff: BTreeMap<Account, Staff>,
    /// Kinds that it accepts, with their contracts.
    pub accepted: BTreeMap<QuestionKind, Account>,
    /// Questions that are not finished.
    pub questions: BTreeMap<u64, Question>,
    /// Declines that are not delivered.
    pub undelivered: BTreeMap<u64, Undelivered>,
    /// Members who have proposed.
    pub proposers: BTreeMap<Account, Proposer>,
    /// The election that goes on.
    pub election: Option<Election>,
    /// Voices on elections.
    pub voices: BTreeMap<Account, Voice>,
    /// Its funds, once they are open.
    pub funds: Option<Funds>,
    /// Wallets of participants.
    pub wallets: BTreeMap<Account, Wallet>,
    /// Payments that are not over.
    pub payments: BTreeMap<u64, Payment>,
    /// Things.
    pub properties: BTreeMap<u64, Property>,
    /// Bank records that were used, and when.
    pub references: BTreeMap<u64, (Hash, Time)>,
}
