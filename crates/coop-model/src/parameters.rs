//! The parameters of the rules: every deadline, threshold and limit, each defined once.
//!
//! A number in a refusal, a ricardian contract, a form or a page of `docs/` comes from here; see
//! [`TEXTS`] for the spellings that texts use.

use const_format::formatcp;

const HOUR: u32 = 3_600;
const DAY: u32 = 24 * HOUR;

/// How long members can vote on a question (R5), in seconds.
pub const VOTING_SECONDS: u32 = 48 * HOUR;
/// How long the chairman can authorize an approved decision (R7), in seconds.
pub const SIGNING_SECONDS: u32 = 30 * DAY;
/// How long an invoice can be paid and offered property can be accepted, in seconds.
pub const INVOICE_SECONDS: u32 = 30 * DAY;
/// How long an outgoing payment may take before anyone can publish it as overdue, in seconds.
pub const PAYMENT_SECONDS: u32 = 30 * DAY;
/// How long participants can support or object to a board elected by a meeting, in seconds.
pub const SUPPORT_SECONDS: u32 = 72 * HOUR;
/// How long the old account can veto a move to a new account, in seconds.
pub const VETO_SECONDS: u32 = 7 * DAY;
/// How far the clock of a document's signer may be ahead of the chain's, in seconds.
pub const CLOCK_SKEW_SECONDS: u32 = 600;
/// How old a document and its signatures may be, in seconds.
pub const DOCUMENT_SECONDS: u32 = 30 * DAY;
/// How old a document of a general meeting and its signatures may be, in seconds.
pub const MEETING_SECONDS: u32 = 90 * DAY;
/// How long the reference of a bank record is stored, in seconds.
pub const REFERENCE_SECONDS: u32 = 366 * DAY;

/// Letters a–z of a participant's account, as many as a name of the chain can have.
pub const ACCOUNT_LETTERS: usize = 12;
/// Minimum number of seats of a council, and of seats with a vote.
pub const MIN_SEATS: usize = 3;
/// Maximum number of seats of a board: each has one bit in the masks of a decision.
pub const MAX_SEATS: usize = 64;
/// Minimum number of founders of a cooperative.
pub const MIN_FOUNDERS: usize = 3;
/// Maximum number of founders of a cooperative: all of them sign one document.
pub const MAX_FOUNDERS: usize = 64;
/// The highest quorum that a charter can set, in percent of the voting seats.
pub const MAX_QUORUM_PERCENT: u8 = 100;
/// The most supporters that a charter can require for a new board: as many as can sign one document.
pub const MAX_BOARD_SUPPORT: u32 = 64;

/// Maximum number of unfinished questions of a cooperative.
pub const MAX_UNFINISHED: u32 = 1_000;
/// Maximum number of unfinished questions of one kind.
pub const MAX_UNFINISHED_OF_KIND: u32 = 400;
/// Maximum number of unfinished questions of all kinds that belong to contracts outside the protocol.
pub const MAX_UNFINISHED_FOREIGN: u32 = 200;
/// Maximum number of unfinished free questions.
pub const MAX_UNFINISHED_FREE: u32 = 200;
/// Maximum number of unfinished free questions proposed by one member of the council.
pub const MAX_UNFINISHED_OF_MEMBER: u32 = 20;
/// Maximum number of undelivered declines of one kind in one cooperative.
pub const MAX_UNDELIVERED: u32 = 400;
/// Maximum number of rows that one call of a read-only action examines.
pub const MAX_PAGE: u32 = 50;
/// Maximum number of rows that one action erases or moves.
pub const MAX_BATCH: usize = 50;

/// Maximum number of unpaid invoices of a cooperative.
pub const MAX_INVOICES: u32 = 500;
/// Maximum number of unpaid invoices requested without the cooperative's signature.
pub const MAX_INVOICES_ALONE: u32 = 100;
/// Maximum number of unpaid invoices of contracts outside the protocol.
pub const MAX_INVOICES_FOREIGN: u32 = 100;
/// Maximum number of unfinished processes of one participant.
pub const MAX_OPEN_OF_PARTICIPANT: u32 = 8;
/// Maximum number of things that one participant has contributed or offered.
pub const MAX_PROPERTIES: u32 = 16;
/// Maximum number of bank record references stored for a cooperative; the oldest are dropped first.
pub const MAX_REFERENCES: u64 = 10_000;
/// Maximum of one fee, contribution, valuation or return, in the smallest units of the currency. An
/// asset can hold many times as much, so a sum that was agreed to can always be booked.
pub const MAX_AMOUNT: i64 = 1_000_000_000_000_000;
/// Accounts that a cooperative may create, unless the operator sets another quota.
pub const DEFAULT_ACCOUNTS: u32 = 1_000;
/// Participants that a cooperative may have, unless the operator sets another quota.
pub const DEFAULT_PARTICIPANTS: u32 = 1_000;

/// Maximum number of rights of one staff member.
pub const MAX_RIGHTS: usize = 32;
/// Maximum length of the reason of a decline, in bytes.
pub const MAX_REASON: usize = 256;

/// Maximum length of a document's title, in bytes.
pub const MAX_TITLE: usize = 256;
/// Maximum length of a document's language tag, in bytes.
pub const MAX_LANG: usize = 8;
/// Maximum length of the name of the program that made a document, in bytes.
pub const MAX_GENERATOR: usize = 32;
/// Maximum length of that program's version, in bytes.
pub const MAX_VERSION: usize = 32;
/// Maximum length of a document's time zone, in bytes.
pub const MAX_TIMEZONE: usize = 64;
/// Maximum number of links from a document to other documents.
pub const MAX_LINKS: usize = 16;
/// Maximum number of signatures under a document.
pub const MAX_SIGNATURES: usize = 64;
/// The highest registry id of an agreement; the lowest is one.
pub const AGREEMENTS: u64 = 4;
/// The agreements that a person must have signed before applying, one bit each: bit 0 is id 1.
///
/// Electronic signature (2), privacy (3) and statutes (4); the wallet's (1) is for participants.
pub const REQUIRED_AGREEMENTS: u8 = 0b1110;

/// [`VOTING_SECONDS`] in hours.
pub const VOTING_HOURS: u32 = VOTING_SECONDS / HOUR;
/// [`SIGNING_SECONDS`] in days.
pub const SIGNING_DAYS: u32 = SIGNING_SECONDS / DAY;
/// [`INVOICE_SECONDS`] in days.
pub const INVOICE_DAYS: u32 = INVOICE_SECONDS / DAY;
/// [`PAYMENT_SECONDS`] in days.
pub const PAYMENT_DAYS: u32 = PAYMENT_SECONDS / DAY;
/// [`SUPPORT_SECONDS`] in hours.
pub const SUPPORT_HOURS: u32 = SUPPORT_SECONDS / HOUR;
/// [`VETO_SECONDS`] in days.
pub const VETO_DAYS: u32 = VETO_SECONDS / DAY;
/// [`CLOCK_SKEW_SECONDS`] in minutes.
pub const CLOCK_SKEW_MINUTES: u32 = CLOCK_SKEW_SECONDS / 60;
/// [`DOCUMENT_SECONDS`] in days.
pub const DOCUMENT_DAYS: u32 = DOCUMENT_SECONDS / DAY;
/// [`MEETING_SECONDS`] in days.
pub const MEETING_DAYS: u32 = MEETING_SECONDS / DAY;
/// [`REFERENCE_SECONDS`] in days.
pub const REFERENCE_DAYS: u32 = REFERENCE_SECONDS / DAY;

/// The table of [`TEXTS`]: each parameter under the name that texts use, as digits.
macro_rules! texts {
    ($($text:literal = $parameter:ident;)+) => {
        &[$(($text, formatcp!("{}", $parameter)),)+]
    };
}

/// Names and spellings of parameters for texts: `%voting_hours%` in a ricardian contract, a form, a
/// message or a page of `docs/` becomes the number.
pub const TEXTS: &[(&str, &str)] = texts! {
    "voting_hours" = VOTING_HOURS;
    "signing_days" = SIGNING_DAYS;
    "invoice_days" = INVOICE_DAYS;
    "payment_days" = PAYMENT_DAYS;
    "support_hours" = SUPPORT_HOURS;
    "veto_days" = VETO_DAYS;
    "clock_skew_minutes" = CLOCK_SKEW_MINUTES;
    "document_days" = DOCUMENT_DAYS;
    "meeting_days" = MEETING_DAYS;
    "reference_days" = REFERENCE_DAYS;
    "account_letters" = ACCOUNT_LETTERS;
    "min_seats" = MIN_SEATS;
    "max_seats" = MAX_SEATS;
    "min_founders" = MIN_FOUNDERS;
    "max_founders" = MAX_FOUNDERS;
    "max_quorum_percent" = MAX_QUORUM_PERCENT;
    "max_board_support" = MAX_BOARD_SUPPORT;
    "max_unfinished" = MAX_UNFINISHED;
    "max_unfinished_of_kind" = MAX_UNFINISHED_OF_KIND;
    "max_unfinished_foreign" = MAX_UNFINISHED_FOREIGN;
    "max_unfinished_free" = MAX_UNFINISHED_FREE;
    "max_unfinished_of_member" = MAX_UNFINISHED_OF_MEMBER;
    "max_undelivered" = MAX_UNDELIVERED;
    "max_page" = MAX_PAGE;
    "max_batch" = MAX_BATCH;
    "max_invoices" = MAX_INVOICES;
    "max_invoices_alone" = MAX_INVOICES_ALONE;
    "max_invoices_foreign" = MAX_INVOICES_FOREIGN;
    "max_open_of_participant" = MAX_OPEN_OF_PARTICIPANT;
    "max_properties" = MAX_PROPERTIES;
    "max_references" = MAX_REFERENCES;
    "max_amount" = MAX_AMOUNT;
    "default_accounts" = DEFAULT_ACCOUNTS;
    "default_participants" = DEFAULT_PARTICIPANTS;
    "max_rights" = MAX_RIGHTS;
    "max_reason" = MAX_REASON;
    "max_title" = MAX_TITLE;
    "max_lang" = MAX_LANG;
    "max_generator" = MAX_GENERATOR;
    "max_version" = MAX_VERSION;
    "max_timezone" = MAX_TIMEZONE;
    "max_links" = MAX_LINKS;
    "max_signatures" = MAX_SIGNATURES;
    "agreements" = AGREEMENTS;
};
