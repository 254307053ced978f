-- What a cooperative's life leaves besides decisions: money, property, people on their way, boards, staff, terms.
-- The chain overwrites or erases all of it.

-- Version 1 has passed over this. What it has followed needs a rebuild.
INSERT INTO about (key, value) SELECT 'rebuild', 'followed by version 1' WHERE EXISTS (SELECT 1 FROM positions);

-- What a document says about itself, as its hash covers it: so that the document verifies without the chain.
ALTER TABLE documents ADD COLUMN packed BLOB;
CREATE INDEX documents_by_text ON documents (coopname, doc_hash);
CREATE INDEX questions_by_protocol ON questions (coopname, protocol);
CREATE INDEX questions_by_moment ON questions (coopname, coalesce(finished_at, published_at));
CREATE INDEX questions_by_state ON questions (coopname, is_open, id);
CREATE INDEX participants_by_time ON participants (coopname, created_at, username);

-- Every action of the three contracts about a cooperative, in the order of the chain. `arguments` has hashes in
-- the place of documents.
CREATE TABLE events (
    sequence INTEGER PRIMARY KEY,
    coopname TEXT NOT NULL,
    contract TEXT NOT NULL,
    action TEXT NOT NULL,
    username TEXT,
    hash BLOB,
    question INTEGER,
    arguments TEXT NOT NULL,
    at INTEGER NOT NULL,
    done_in BLOB NOT NULL,
    block INTEGER NOT NULL
);
CREATE INDEX events_by_action ON events (coopname, action, sequence);
CREATE INDEX events_by_hash ON events (coopname, hash, sequence);
CREATE INDEX events_by_person ON events (coopname, username, sequence);
CREATE INDEX events_by_cooperative ON events (coopname, sequence);

-- The shares of participants from a block on, until the next row of the same participant.
CREATE TABLE balances (
    coopname TEXT NOT NULL,
    username TEXT NOT NULL,
    since INTEGER NOT NULL,
    minimum TEXT NOT NULL,
    available TEXT NOT NULL,
    blocked TEXT NOT NULL,
    in_kind TEXT NOT NULL,
    is_open INTEGER NOT NULL,
    at INTEGER NOT NULL,
    block INTEGER NOT NULL,
    PRIMARY KEY (coopname, username, since)
);

-- The money of a cooperative from a block on.
CREATE TABLE funds (
    coopname TEXT NOT NULL,
    since INTEGER NOT NULL,
    entrance TEXT NOT NULL,
    share TEXT NOT NULL,
    processing TEXT NOT NULL,
    incoming TEXT NOT NULL,
    outgoing TEXT NOT NULL,
    accepted TEXT NOT NULL,
    handed_back TEXT NOT NULL,
    at INTEGER NOT NULL,
    block INTEGER NOT NULL,
    PRIMARY KEY (coopname, since)
);

-- The status, the fees and the charter of a cooperative from a block on.
CREATE TABLE charters (
    coopname TEXT NOT NULL,
    since INTEGER NOT NULL,
    status TEXT NOT NULL,
    quorum_percent INTEGER NOT NULL,
    board_support INTEGER NOT NULL,
    initial TEXT NOT NULL,
    minimum TEXT NOT NULL,
    org_initial TEXT NOT NULL,
    org_minimum TEXT NOT NULL,
    document BLOB NOT NULL,
    meeting BLOB NOT NULL,
    at INTEGER NOT NULL,
    block INTEGER NOT NULL,
    PRIMARY KEY (coopname, since)
);

CREATE TABLE properties (
    coopname TEXT NOT NULL,
    id INTEGER NOT NULL,
    username TEXT NOT NULL,
    hash BLOB NOT NULL,
    status TEXT NOT NULL,
    description BLOB NOT NULL,
    valuation TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    is_overdue INTEGER NOT NULL,
    is_open INTEGER NOT NULL,
    ended_by TEXT,
    ended_at INTEGER,
    block INTEGER NOT NULL,
    PRIMARY KEY (coopname, id)
);
CREATE INDEX properties_by_hash ON properties (coopname, hash);
CREATE INDEX properties_by_person ON properties (coopname, username, id);

-- Who has asked to join; `ended_by` is the action of `registrator` that ended it.
CREATE TABLE candidates (
    coopname TEXT NOT NULL,
    hash BLOB NOT NULL,
    username TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    initial TEXT NOT NULL,
    minimum TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    is_open INTEGER NOT NULL,
    ended_by TEXT,
    ended_at INTEGER,
    block INTEGER NOT NULL,
    PRIMARY KEY (coopname, hash)
);
CREATE INDEX candidates_by_time ON candidates (coopname, created_at, username);
CREATE INDEX candidates_by_person ON candidates (coopname, username, created_at);

-- Boards, from their election on: `status` is `elected`, `seated` or `lost`. `members` is what the row has.
CREATE TABLE boards (
    coopname TEXT NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    members TEXT,
    meeting BLOB NOT NULL,
    support INTEGER,
    objections INTEGER,
    support_needed INTEGER,
    created_at INTEGER,
    ends_at INTEGER,
    changed_at INTEGER NOT NULL,
    block INTEGER NOT NULL,
    PRIMARY KEY (coopname, version)
);

-- Who sits in the council, or sat there last in the board of this version.
CREATE TABLE seats (
    coopname TEXT NOT NULL,
    board INTEGER NOT NULL,
    username TEXT NOT NULL,
    bit INTEGER,
    is_chairman INTEGER NOT NULL,
    since INTEGER NOT NULL,
    left_at INTEGER,
    block INTEGER NOT NULL,
    PRIMARY KEY (coopname, board, username)
);

CREATE TABLE staff (
    coopname TEXT NOT NULL,
    username TEXT NOT NULL,
    rights TEXT NOT NULL,
    board INTEGER NOT NULL,
    at INTEGER NOT NULL,
    left_at INTEGER,
    block INTEGER NOT NULL,
    PRIMARY KEY (coopname, username)
);

-- The last state of every other row about a cooperative: exits, moves, proposals to block, agreements, kinds that
-- are accepted, declines that were not delivered, voices.
CREATE TABLE steps (
    coopname TEXT NOT NULL,
    contract TEXT NOT NULL,
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    username TEXT,
    hash BLOB,
    contents TEXT NOT NULL,
    is_open INTEGER NOT NULL,
    at INTEGER NOT NULL,
    block INTEGER NOT NULL,
    PRIMARY KEY (coopname, contract, name, key)
);
CREATE INDEX steps_by_hash ON steps (coopname, hash);
CREATE INDEX steps_by_person ON steps (coopname, username);
