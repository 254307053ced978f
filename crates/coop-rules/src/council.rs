//! Boards, staff and decisions.

mod authorize;
mod boards;
mod decline;
mod effect;
mod election;
mod kinds;
mod publish;
mod seats;
mod staff;
mod vote;
