//! The rows, by the contract that keeps them. Moments are of the chain's clock, in UTC.

mod decisions;
mod kinds;
mod money;
mod people;

pub use decisions::{
    Agenda, Board, Council, Decision, Election, Question, Seat, SittingMember, Staff, StaffRight,
    Undelivered, Voice,
};
pub use kinds::{AcceptedKind, RegisteredKind};
pub use money::{Funds, Payment, Property, Reference, Untold, Wallet};
pub use people::{Blocking, Candidate, CharterRow, Coop, Exit, Move, Participant};
