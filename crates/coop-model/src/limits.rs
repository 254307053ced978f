//! Bounds: every vector, text and term of the protocol has one.

/// A question may be voted on for 48 hours.
pub const VOTING_SECONDS: u32 = 172_800;
/// An approved decision may be authorized for 30 days.
pub const SIGNING_SECONDS: u32 = 30 * 86_400;
/// An invoice may be paid for 30 days.
pub const INVOICE_SECONDS: u32 = 30 * 86_400;
/// How far the clock of whoever signs a document may be ahead of the chain's.
pub const CLOCK_SKEW_SECONDS: u32 = 600;

/// Fewest seats of a council.
pub const MIN_SEATS: usize = 3;
/// Most seats of a council: one bit each in a decision's masks.
pub const MAX_SEATS: usize = 64;
/// Fewest founders of a cooperative.
pub const MIN_FOUNDERS: usize = 3;
/// Most founders of a cooperative, for each of them signs one document.
pub const MAX_FOUNDERS: usize = 64;
/// Fewest participants who sign the document of a general meeting.
pub const MIN_MEETING_SIGNATURES: usize = 2;

/// Most questions of a cooperative that are not finished.
pub const MAX_UNFINISHED: u32 = 1_000;
/// Most of them that are free: what a council member proposes cannot keep candidates out.
pub const MAX_UNFINISHED_FREE: u32 = 900;
/// Most rows that one call of `getagenda` looks at.
pub const MAX_AGENDA_ROWS: u32 = 50;

/// Most rights of one staff member.
pub const MAX_RIGHTS: usize = 32;
/// Longest reason of a decline, in bytes.
pub const MAX_REASON: usize = 256;

/// Longest title of a document, in bytes.
pub const MAX_TITLE: usize = 256;
/// Longest language tag of a document, in bytes.
pub const MAX_LANG: usize = 8;
/// Longest name of the program that made a document, in bytes.
pub const MAX_GENERATOR: usize = 32;
/// Longest version of that program, in bytes.
pub const MAX_VERSION: usize = 32;
/// Longest time zone of a document, in bytes.
pub const MAX_TIMEZONE: usize = 64;
/// Most links of a document to other documents.
pub const MAX_LINKS: usize = 16;
/// Most signatures under a document.
pub const MAX_SIGNATURES: usize = 64;
