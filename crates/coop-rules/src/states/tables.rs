//! The tables.

use super::{NONE, Process, Step};
use const_format::formatcp;
use coop_model::parameters::{SIGNING_DAYS, SUPPORT_HOURS, VETO_DAYS, VOTING_HOURS};

const fn step(
    from: &'static str,
    on: &'static [&'static str],
    to: &'static str,
    when: &'static str,
) -> Step {
    Step { from, on, to, when }
}

/// Every process.
pub const PROCESSES: &[Process] = &[
    Process {
        name: "question",
        title: "A question and the decision that it becomes (R1–R9)",
        steps: &[
            step(
                NONE,
                &[
                    "incomplete",
                    "acceptprop",
                    "returnmoney",
                    "returnprop",
                    "exitcoop",
                    "moveuser",
                    "blockuser",
                    "freedecision",
                ],
                "open",
                "",
            ),
            step(
                "open",
                &["votefor", "voteagainst"],
                "approved",
                "majority and quorum",
            ),
            step("open", &["voteagainst"], "declined", "no longer possible"),
            step(
                "open",
                &["expire"],
                NONE,
                formatcp!("after {VOTING_HOURS} hours"),
            ),
            step("open", &["declinedec"], NONE, "seats have left"),
            step("declined", &["declinedec"], NONE, ""),
            step("approved", &["authorize"], "authorized", "by the chairman"),
            step(
                "approved",
                &["expire"],
                NONE,
                formatcp!("after {SIGNING_DAYS} days"),
            ),
            step("authorized", &["exec"], NONE, "the effect"),
        ],
    },
    Process {
        name: "candidate",
        title: "A candidate (admission and refund)",
        steps: &[
            step(NONE, &["reguser"], "created", ""),
            step(
                "created",
                &["incomplete"],
                "payed",
                "the question is published",
            ),
            step("created", &["incomplete"], "refunding", "blocked or paused"),
            step("created", &["indecline", "inexpire"], NONE, ""),
            step("payed", &["exec"], NONE, "a participant"),
            step("payed", &["deliver"], "refunding", "declined or expired"),
            step("refunding", &["outcomplete"], NONE, ""),
            step("refunding", &["outdecline"], "refundfailed", ""),
            step("refundfailed", &["retryrefund"], "refunding", ""),
        ],
    },
    Process {
        name: "payment",
        title: "A payment, from an invoice to the funds or from a wallet to its owner",
        steps: &[
            step(NONE, &["reguser", "sharemoney"], "pending", ""),
            step("pending", &["incomplete"], "received", ""),
            step("pending", &["incomplete"], "returning", "blocked or paused"),
            step("pending", &["indecline", "inexpire"], NONE, ""),
            step("received", &["exec"], NONE, "in the funds"),
            step("received", &["deliver"], "returning", "declined or expired"),
            step("returning", &["outcomplete"], NONE, ""),
            step("returning", &["outdecline"], "failed", ""),
            step("failed", &["retryrefund", "retrypay"], "returning", ""),
            step(NONE, &["returnmoney", "exitcoop"], "blocked", ""),
            step("blocked", &["exec"], "paying", ""),
            step("blocked", &["deliver"], NONE, "declined or expired"),
            step("paying", &["outcomplete"], NONE, ""),
            step("paying", &["outdecline"], NONE, "unblocked"),
        ],
    },
    Process {
        name: "property",
        title: "Property, from an offer to a share and back",
        steps: &[
            step(NONE, &["shareprop"], "offered", ""),
            step(
                "offered",
                &["acceptprop"],
                "accepted",
                "an act of both sides",
            ),
            step("offered", &["cancelprop"], NONE, ""),
            step("accepted", &["exec"], "shared", ""),
            step("accepted", &["deliver"], "releasing", "declined or expired"),
            step("releasing", &["handprop"], NONE, ""),
            step("shared", &["returnprop"], "asked", ""),
            step("asked", &["exec"], "handover", ""),
            step("asked", &["deliver"], "shared", "declined or expired"),
            step("handover", &["handprop"], NONE, ""),
            step("handover", &["cancelprop"], "shared", ""),
        ],
    },
    Process {
        name: "election",
        title: "The election of a board",
        steps: &[
            step(NONE, &["updateboard"], "voices", ""),
            step(
                "voices",
                &["seatboard"],
                NONE,
                formatcp!("supported, after {SUPPORT_HOURS} hours"),
            ),
            step("voices", &["dropboard"], NONE, ""),
        ],
    },
    Process {
        name: "exit",
        title: "The exit of a participant",
        steps: &[
            step(NONE, &["exitcoop"], "asked", ""),
            step("asked", &["exec"], "paying", ""),
            step("asked", &["exec"], NONE, "nothing to pay"),
            step("asked", &["deliver"], NONE, "stays"),
            step("paying", &["outcomplete"], NONE, "gone"),
            step("paying", &["outdecline"], NONE, "stays"),
        ],
    },
    Process {
        name: "move",
        title: "A move of a participant to a new account",
        steps: &[
            step(NONE, &["moveuser"], "asked", ""),
            step("asked", &["exec"], "granted", ""),
            step("asked", &["deliver"], NONE, "declined or expired"),
            step(
                "granted",
                &["vetomove"],
                NONE,
                formatcp!("within {VETO_DAYS} days, by the new account also later"),
            ),
            step(
                "granted",
                &["completemove"],
                NONE,
                formatcp!("after {VETO_DAYS} days"),
            ),
        ],
    },
];
