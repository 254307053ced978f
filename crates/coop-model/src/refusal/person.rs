//! Refusals that concern accounts of people, participants, founders, agreements, candidates, exits, moves to a new account, blocking of participants, staff.

use super::refusals;
use const_format::formatcp;

use crate::parameters::*;

refusals! {
    /// Refusals that concern accounts of people.
    pub mod account {
        EXISTS = 151, "the account exists already";
        NOT_REGISTERED = 152, "the account is not registered";
        QUOTA = 153, "the cooperative has made all accounts of its quota";
        NO_POLICY = 154, "the contract has no policy for accounts";
        TWO_SYMBOLS = 155, "the stakes have two symbols";
        NEGATIVE_STAKE = 156, "a stake is less than zero";
    }
}

refusals! {
    /// Refusals that concern participants.
    pub mod people {
        NOT_12_LETTERS = 161, "an account of a participant is 12 letters a-z";
        KIND = 162, "the kind must be individual, entrepreneur or organization";
        PARTICIPANT_ALREADY = 163, "the account is a participant already";
        NOT_A_PARTICIPANT = 164, "the account is not a participant";
        NOT_AN_ACTIVE_PARTICIPANT = 165, "the participant is blocked, leaving or moving";
        QUOTA = 166, "the cooperative has all participants of its quota";
        HOLDS_SEAT = 167, "the participant has a seat in a board: first a replacement";
        HOLDS_RIGHT = 168, "the participant has a staff right: first a replacement";
    }
}

refusals! {
    /// Refusals that concern founders.
    pub mod founder {
        REGISTERED_ALREADY = 181, "the founders are registered already";
        NUMBER = 182, formatcp!("a cooperative has {MIN_FOUNDERS} to {MAX_FOUNDERS} founders");
        CANDIDATE = 183, "a founder is a candidate";
        TWICE = 184, "a founder is named twice";
        NOT_ALL_SIGNED = 185,
            "the document of the meeting must be signed by every founder and nobody else";
    }
}

refusals! {
    /// Refusals that concern agreements.
    pub mod agreement {
        NUMBER = 191, formatcp!("1 to {AGREEMENTS} agreements at a time");
        NOT_AN_AGREEMENT = 192, formatcp!("an agreement has a registry id of 1 to {AGREEMENTS}");
        MISSING = 193, "the agreements are not signed that admission needs";
    }
}

refusals! {
    /// Refusals that concern candidates.
    pub mod candidate {
        NO_CANDIDATE = 201, "there is no candidate with this hash";
        CANDIDATE_ALREADY = 202, "the account is a candidate already";
        ANOTHER_KIND = 203, "the statement is of another kind of participant";
        ANOTHER_STEP = 204, "the candidate is at another step of the process";
    }
}

refusals! {
    /// Refusals that concern exits.
    pub mod exit {
        NO_EXIT = 211, "there is no exit with this hash";
        ANOTHER_STEP = 212, "the exit is at another step of the process";
    }
}

refusals! {
    /// Refusals that concern moves to a new account.
    pub mod moving {
        NO_MOVE = 216, "there is no move of this participant";
        ASKED_ALREADY = 217, "a move of this participant is asked for already";
        NEW_ACCOUNT_TAKEN = 218, "the new account is a participant or a candidate already";
        NOT_GRANTED = 219, "the council has not agreed to the move";
        VETO_OVER = 220, formatcp!("the time for a veto is over: {VETO_DAYS} days have passed");
        VETO_NOT_OVER = 221,
            formatcp!("the time for a veto is not over: {VETO_DAYS} days have not passed");
        ELECTION_GOES_ON = 222, "a move waits until the election of a board is over";
    }
}

refusals! {
    /// Refusals that concern blocking of participants.
    pub mod blocking {
        NO_BLOCKING = 226, "there is no proposal to block with this hash";
        PROPOSED_ALREADY = 227, "a proposal about this participant is not decided";
        ANOTHER_STATUS = 228, "the participant has this status already, or is leaving";
    }
}

refusals! {
    /// Refusals that concern staff.
    pub mod staff {
        NEITHER_COOPERATIVE_NOR_STAFF = 231, "the actor is neither the cooperative nor its staff";
        NO_RIGHT = 232, "the staff member has no right to this action of this contract";
        RIGHTS_ENDED = 233, "the rights ended with the council that gave them";
        NO_ACCOUNT = 234, "the staff member has no account";
        COOPERATIVE_ITSELF = 235, "the cooperative needs no rights in itself";
        CHAIRMAN_HIMSELF = 236, "nobody gives rights to himself";
        STAFF_ALREADY = 237, "the account is staff already";
        NOT_STAFF = 238, "the account is not staff";
        RIGHTS_BOUND = 239, formatcp!("a staff member has 1 to {MAX_RIGHTS} rights");
        RIGHT_TWICE = 240, "a right is given twice";
    }
}
