//! `generateParticipantApplication`, `generateParticipantApplicationDecision`, `registerParticipant`: joining.
