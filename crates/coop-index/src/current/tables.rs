//! The tables that are compared, and their fields.

use super::Form::{Bits, Json, Plain, Time};
use super::Kept::{Columns, Steps};
use super::Owner::{Gateway, Registrator, Soviet};
use super::{ComparedTable, Owner};
use antelope_types::{Name, name};

/// All of them. `coops` is the first: where the index has no row of it, there is nothing to compare.
pub(crate) const COMPARED: &[ComparedTable] = &[
    ComparedTable {
        told: "coops",
        owner: Registrator,
        name: name!("coops"),
        key: "coopname",
        kept: Columns(
            "SELECT coopname, status, quorum_percent, board_support, participants, initial, minimum, org_initial, \
             org_minimum, created_at FROM cooperatives WHERE coopname = ?1",
            &[
                ("status", Plain),
                ("charter.quorum_percent", Plain),
                ("charter.board_support", Plain),
                ("participants", Plain),
                ("initial", Plain),
                ("minimum", Plain),
                ("org_initial", Plain),
                ("org_minimum", Plain),
                ("created_at", Time),
            ],
        ),
    },
    ComparedTable {
        told: "charters",
        owner: Registrator,
        name: name!("coops"),
        key: "coopname",
        kept: Columns(
            "SELECT coopname, status, quorum_percent, board_support, initial, minimum, org_initial, org_minimum, \
             document, meeting FROM charters WHERE coopname = ?1 ORDER BY since DESC LIMIT 1",
            &[
                ("status", Plain),
                ("charter.quorum_percent", Plain),
                ("charter.board_support", Plain),
                ("initial", Plain),
                ("minimum", Plain),
                ("org_initial", Plain),
                ("org_minimum", Plain),
                ("document_hash", Plain),
                ("meeting_hash", Plain),
            ],
        ),
    },
    ComparedTable {
        told: "participants",
        owner: Registrator,
        name: name!("participants"),
        key: "username",
        kept: Columns(
            "SELECT username, status, kind, hash, protocol, initial, minimum, created_at FROM participants \
             WHERE coopname = ?1 AND status <> 'left'",
            &[
                ("status", Plain),
                ("kind", Plain),
                ("hash", Plain),
                ("authorization", Plain),
                ("initial", Plain),
                ("minimum", Plain),
                ("created_at", Time),
            ],
        ),
    },
    ComparedTable {
        told: "candidates",
        owner: Registrator,
        name: name!("candidates"),
        key: "hash",
        kept: Columns(
            "SELECT hash, username, kind, status, initial, minimum, created_at FROM candidates \
             WHERE coopname = ?1 AND is_open = 1",
            &[
                ("username", Plain),
                ("kind", Plain),
                ("status", Plain),
                ("initial", Plain),
                ("minimum", Plain),
                ("created_at", Time),
            ],
        ),
    },
    steps(Registrator, "agreements", name!("agreements"), "username"),
    steps(Registrator, "blockings", name!("blockings"), "username"),
    steps(Registrator, "exits", name!("exits"), "username"),
    steps(Registrator, "moves", name!("moves"), "newname"),
    ComparedTable {
        told: "decisions",
        owner: Soviet,
        name: name!("decisions"),
        key: "id",
        kept: Columns(
            "SELECT id, kind, username, hash, board, seats, quorum_percent, status, published_at, expires_at, \
             coalesce(approved_at, 0), coalesce(chairman, ''), coalesce(protocol, zeroblob(32)), \
             (SELECT count(*) FROM votes AS v WHERE v.coopname = q.coopname AND v.id = q.id AND v.is_for = 1), \
             (SELECT count(*) FROM votes AS v WHERE v.coopname = q.coopname AND v.id = q.id AND v.is_for = 0) \
             FROM questions AS q WHERE coopname = ?1 AND is_open = 1",
            &[
                ("kind", Plain),
                ("username", Plain),
                ("hash", Plain),
                ("board", Plain),
                ("seats", Plain),
                ("quorum_percent", Plain),
                ("status", Plain),
                ("created_at", Time),
                ("expires_at", Time),
                ("approved_at", Time),
                ("authorized_by", Plain),
                ("authorization", Plain),
                ("votes_for", Bits),
                ("votes_against", Bits),
            ],
        ),
    },
    steps(Soviet, "councils", name!("councils"), "coopname"),
    ComparedTable {
        told: "boards",
        owner: Soviet,
        name: name!("boards"),
        key: "version",
        kept: Columns(
            "SELECT version, kind, members, meeting, created_at FROM boards WHERE coopname = ?1 AND is_open = 1",
            &[
                ("kind", Plain),
                ("members", Json),
                ("meeting_hash", Plain),
                ("created_at", Time),
            ],
        ),
    },
    ComparedTable {
        told: "elections",
        owner: Soviet,
        name: name!("elections"),
        key: "version",
        kept: Columns(
            "SELECT version, kind, members, meeting, support, objections, support_needed, created_at, ends_at \
             FROM boards WHERE coopname = ?1 AND status = 'elected'",
            &[
                ("kind", Plain),
                ("members", Json),
                ("meeting_hash", Plain),
                ("support", Plain),
                ("objections", Plain),
                ("support_needed", Plain),
                ("created_at", Time),
                ("ends_at", Time),
            ],
        ),
    },
    ComparedTable {
        told: "seats",
        owner: Soviet,
        name: name!("seats"),
        key: "username",
        kept: Columns(
            "SELECT username, board, bit, is_chairman FROM seats WHERE coopname = ?1 AND left_at IS NULL",
            &[("board", Plain), ("bit", Plain), ("is_chairman", Plain)],
        ),
    },
    ComparedTable {
        told: "staff",
        owner: Soviet,
        name: name!("staff"),
        key: "username",
        kept: Columns(
            "SELECT username, rights, board FROM staff WHERE coopname = ?1 AND left_at IS NULL",
            &[("rights", Json), ("board", Plain)],
        ),
    },
    steps(Soviet, "accepted", name!("accepted"), "kind"),
    steps(Soviet, "undelivered", name!("undelivered"), "id"),
    steps(Soviet, "voices", name!("voices"), "username"),
    ComparedTable {
        told: "payments",
        owner: Gateway,
        name: name!("payments"),
        key: "id",
        kept: Columns(
            "SELECT id, username, hash, kind, quantity, status, created_at, expires_at, is_overdue FROM payments \
             WHERE coopname = ?1 AND is_open = 1",
            &[
                ("username", Plain),
                ("hash", Plain),
                ("kind", Plain),
                ("quantity", Plain),
                ("status", Plain),
                ("created_at", Time),
                ("expires_at", Time),
                ("is_overdue", Plain),
            ],
        ),
    },
    ComparedTable {
        told: "wallets",
        owner: Gateway,
        name: name!("wallets"),
        key: "username",
        kept: Columns(
            "SELECT b.username, b.minimum, b.available, b.blocked, b.in_kind \
             FROM (SELECT username, max(since) AS since FROM balances WHERE coopname = ?1 GROUP BY username) l \
             JOIN balances b ON b.coopname = ?1 AND b.username = l.username AND b.since = l.since \
             WHERE b.is_open = 1",
            &[
                ("minimum", Plain),
                ("available", Plain),
                ("blocked", Plain),
                ("in_kind", Plain),
            ],
        ),
    },
    ComparedTable {
        told: "funds",
        owner: Gateway,
        name: name!("funds"),
        key: "coopname",
        kept: Columns(
            "SELECT coopname, entrance, share, processing, incoming, outgoing, accepted, handed_back FROM funds \
             WHERE coopname = ?1 ORDER BY since DESC LIMIT 1",
            &[
                ("entrance", Plain),
                ("share", Plain),
                ("processing", Plain),
                ("incoming", Plain),
                ("outgoing", Plain),
                ("accepted", Plain),
                ("handed_back", Plain),
            ],
        ),
    },
    ComparedTable {
        told: "properties",
        owner: Gateway,
        name: name!("properties"),
        key: "id",
        kept: Columns(
            "SELECT id, username, hash, status, description, valuation, created_at, expires_at, is_overdue \
             FROM properties WHERE coopname = ?1 AND is_open = 1",
            &[
                ("username", Plain),
                ("hash", Plain),
                ("status", Plain),
                ("description", Plain),
                ("valuation", Plain),
                ("created_at", Time),
                ("expires_at", Time),
                ("is_overdue", Plain),
            ],
        ),
    },
    steps(Gateway, "untold", name!("untold"), "id"),
];

/// A table whose rows the index keeps as they are.
const fn steps(owner: Owner, told: &'static str, name: Name, key: &'static str) -> ComparedTable {
    ComparedTable {
        told,
        owner,
        name,
        key,
        kept: Steps,
    }
}
