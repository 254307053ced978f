//! Refusals that concern the configuration and who calls, numbers of rows and items, rows of an earlier version, cooperatives, amounts.

use super::refusals;
use const_format::formatcp;

use crate::parameters::*;

refusals! {
    /// Refusals that concern the configuration and who calls.
    pub mod config {
        MISSING = 101, "the contract has no configuration: call init first";
        SET_ALREADY = 102, "the configuration is set already";
        ANOTHER_ACCOUNT = 103, "the configuration names another account for this contract";
        ONE_ACCOUNT_TWICE = 104, "the configuration names one account for two contracts";
        NO_CHAIN_ID = 105, "the configuration has no chain id";
        NOT_INLINE = 106, "only the code of another contract may send this action";
    }
}

refusals! {
    /// Refusals that concern numbers of rows and items.
    pub mod bounds {
        BATCH = 111, formatcp!("1 to {MAX_BATCH} items at a time");
        PAGE = 112, formatcp!("the limit must be 1 to {MAX_PAGE}");
    }
}

refusals! {
    /// Refusals that concern rows of an earlier version.
    pub mod migration {
        NOTHING_LEFT = 116, "there is nothing left to migrate";
    }
}

refusals! {
    /// Refusals that concern cooperatives.
    pub mod coop {
        NOT_REGISTERED = 121, "the cooperative is not registered";
        NOT_ACTIVE = 122, "the cooperative is not active";
        PAUSED = 123, "the operator has paused new processes";
        BLOCKED = 124, "the cooperative is blocked";
        REGISTERED_ALREADY = 125, "the cooperative is registered already";
        CONTRACT_AS_COOPERATIVE = 126, "a contract of the protocol cannot be a cooperative";
        PERSON_AS_COOPERATIVE = 127, "an account of a person cannot be a cooperative";
        NO_DOCUMENT = 128, "the hash of the cooperative's document is empty";
        FEES_OF_ANOTHER_SYMBOL = 129, "the fees have another symbol than before";
        STATUS = 130, "the status must be active or blocked";
        STATUS_ALREADY = 131, "the cooperative has this status already";
        QUORUM_BOUND = 132, formatcp!("the quorum must be 0 to {MAX_QUORUM_PERCENT} percent");
        SUPPORT_BOUND = 133,
            formatcp!("the support for a board must be 0 to {MAX_BOARD_SUPPORT} participants");
        CHARTER_WITHOUT_SUPPORT = 134,
            "the document of the meeting has fewer signatures than a charter needs";
    }
}

refusals! {
    /// Refusals that concern amounts.
    pub mod money {
        SYMBOL_INVALID = 141, "the symbol is not valid";
        ANOTHER_SYMBOL = 142, "the amount has another symbol or precision than the cooperative's";
        NOT_POSITIVE = 143, "the amount must be positive";
        TOO_MUCH = 144, "the sum is more than an asset can hold";
        NOT_ENOUGH = 145, "there is less money than the amount";
        FUNDS_OF_ANOTHER_SYMBOL = 146, "the funds of the cooperative have another symbol";
    }
}
