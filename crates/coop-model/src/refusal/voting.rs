//! Refusals that concern boards and their elections, kinds of decisions, questions and decisions.

use super::refusals;
use const_format::formatcp;

use crate::parameters::*;

refusals! {
    /// Refusals that concern boards and their elections.
    pub mod council {
        MISSING = 251, "the cooperative has no council";
        EXISTS = 252, "the cooperative has a council already";
        NO_VERSION = 253, "the cooperative has no such version of its boards";
        NOT_THE_CHAIRMAN = 254, "the account is not the chairman of the council";
        NO_VOTING_SEAT = 255, "the account has no voting seat in the council";
        KIND_OF_BOARD = 256, "a board is council, executive, audit or other";
        SEATS_BOUND = 257, formatcp!("a board has at most {MAX_SEATS} seats and at least one");
        VOTING_SEATS_BOUND = 258, formatcp!("a council has at least {MIN_SEATS} voting seats");
        ONE_CHAIRMAN = 259, "a council has exactly one chairman, another board at most one";
        SILENT_CHAIRMAN = 260, "the chairman must have a vote";
        POSITION = 261, "a position in a board is member or chairman";
        TWO_SEATS = 262, "a member of the board has two seats";
        MEMBER_NOT_A_PARTICIPANT = 263, "a member of the board is not a participant";
        MEMBER_NOT_AN_INDIVIDUAL = 264, "a member of the board is not an individual";
        MEMBER_NOT_ACTIVE = 265, "a member of the board is blocked, leaving or moving";
        SIGNER_NOT_A_PARTICIPANT = 266,
            "the document of the meeting is signed by somebody who is not a participant";
        NOT_ALL_FOUNDERS = 267, "the document of the meeting must be signed by every founder";
        NOT_ALL_ELECTED = 268,
            "the document of the meeting must be signed by everyone who is elected and nobody else";
        ELECTION_GOES_ON = 269, "an election of a board is not over";
        NO_ELECTION = 270, "there is no election of this version";
        ELECTION_OVER = 271,
            formatcp!("the term for voices is over: {SUPPORT_HOURS} hours have passed");
        ELECTION_NOT_OVER = 272,
            formatcp!("the term for voices is not over: {SUPPORT_HOURS} hours have not passed");
        JOINED_LATER = 273, "the participant joined after the election began";
        VOICE_RAISED = 274, "the participant has raised a voice already";
        NO_SUPPORT = 275, "the board has not the support that it needs";
        HAS_SUPPORT = 276, "the board has its support: it may be seated";
        NO_VOICES = 277, "there are no voices to free";
    }
}

refusals! {
    /// Refusals that concern kinds of decisions.
    pub mod kind {
        NOT_REGISTERED = 281, "the kind of decision is not registered";
        BUILT_IN = 282, "the kind is built in or has no name";
        CONTRACT_IS_SOVIET = 283, "the contract of the kind is soviet itself";
        CONTRACT_WITHOUT_CODE = 284, "the account of the contract does not exist or has no code";
        NO_CALLBACKS = 285, "the kind needs two different callbacks";
        NO_PROTOCOL_ID = 286, "the kind needs the registry id of its protocol";
        QUESTIONS_DEPEND_ON_CONTRACT = 287,
            "unfinished questions depend on the contract of the kind";
        QUESTIONS_DEPEND_ON_KIND = 288, "unfinished questions depend on the kind";
        NOT_ACCEPTED = 289, "the cooperative does not accept this kind of decision";
        ACCEPTED_ALREADY = 290, "the cooperative accepts this kind already";
        ACCEPTED_WITH_ANOTHER_CONTRACT = 291,
            "the cooperative accepted this kind with another contract";
    }
}

refusals! {
    /// Refusals that concern questions and decisions.
    pub mod decision {
        NO_QUESTION = 301, "the cooperative has no such question";
        ANOTHER_QUESTION = 302, "the question with this number has another hash";
        HASH_UNFINISHED = 303, "a question with this hash is not finished";
        TOO_MANY = 304,
            formatcp!("the cooperative has {MAX_UNFINISHED} unfinished questions already");
        TOO_MANY_OF_KIND = 305,
            formatcp!("the cooperative has {MAX_UNFINISHED_OF_KIND} unfinished questions of this kind already");
        TOO_MANY_FOREIGN = 306,
            formatcp!("the cooperative has {MAX_UNFINISHED_FOREIGN} unfinished questions of other contracts already");
        TOO_MANY_FREE = 307,
            formatcp!("the cooperative has {MAX_UNFINISHED_FREE} unfinished free questions already");
        TOO_MANY_OF_MEMBER = 308,
            formatcp!("the member has {MAX_UNFINISHED_OF_MEMBER} unfinished free questions already");
        TOO_MANY_UNDELIVERED = 309,
            formatcp!("{MAX_UNDELIVERED} declines of this kind are not delivered");
        NO_SEAT = 310, "the member had no voting seat when the question was published";
        VOTED_ALREADY = 311, "the member has voted already: a vote is final";
        VOTING_OVER = 312, formatcp!("the voting is over: {VOTING_HOURS} hours have passed");
        VOTING_GOES_ON = 313,
            formatcp!("the voting is not over: {VOTING_HOURS} hours have not passed");
        DECLINED = 314, "the question is declined";
        NOT_DECLINED = 315, "the question is not declined";
        NOT_APPROVED = 316, "the question is not approved";
        APPROVED = 317,
            formatcp!("the decision is approved: it may be authorized for {SIGNING_DAYS} days");
        SIGNING_OVER = 318,
            formatcp!("the term for signing is over: {SIGNING_DAYS} days have passed since approval");
        NOT_AUTHORIZED = 319, "the decision is not authorized";
        AUTHORIZED = 320, "the decision is authorized already";
        PROTOCOL_WITHOUT_DECISION = 321, "the protocol does not name its decision";
        PROTOCOL_OF_ANOTHER = 322, "the protocol is about another decision";
        PROTOCOL_SHOWS_OTHER_VOTES = 323,
            "the protocol shows other votes or another quorum than the decision has";
        NOTHING_TO_DELIVER = 324, "there is no such decline to deliver";
    }
}
