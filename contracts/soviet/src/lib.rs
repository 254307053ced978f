//! Agenda, votes, authorization and execution.
