-- The registry of decisions, as it follows from the blocks of the chain.
--
-- Names of accounts and sums are text, hashes are blobs of 32 bytes, moments are microseconds since 1970 in UTC.
-- `block` is the number of the block that changed a row last: a row is final once that block is.

-- What the index is about; it never changes.
CREATE TABLE about (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- The blocks from the last irreversible one to the head.
CREATE TABLE positions (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL,
    time INTEGER NOT NULL
);

-- How to take back what reversible blocks have changed, in the order of the changes.
CREATE TABLE undo (
    sequence INTEGER PRIMARY KEY,
    block INTEGER NOT NULL,
    statement TEXT NOT NULL
);
CREATE INDEX undo_by_block ON undo (block);

-- The ABIs of the contracts, by which actions and rows are read.
CREATE TABLE abis (
    contract TEXT NOT NULL PRIMARY KEY,
    abi BLOB NOT NULL,
    block INTEGER NOT NULL
);

-- Actions and rows that could not be read by the ABI of their contract.
CREATE TABLE unreadable (
    sequence INTEGER NOT NULL,
    contract TEXT NOT NULL,
    name TEXT NOT NULL,
    problem TEXT NOT NULL,
    block INTEGER NOT NULL,
    PRIMARY KEY (sequence, contract, name)
);

CREATE TABLE cooperatives (
    coopname TEXT NOT NULL PRIMARY KEY,
    status TEXT NOT NULL,
    quorum_percent INTEGER NOT NULL,
    board_support INTEGER NOT NULL,
    participants INTEGER NOT NULL,
    initial TEXT NOT NULL,
    minimum TEXT NOT NULL,
    org_initial TEXT NOT NULL,
    org_minimum TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    block INTEGER NOT NULL
);

CREATE TABLE participants (
    coopname TEXT NOT NULL,
    username TEXT NOT NULL,
    kind TEXT NOT NULL,
    hash BLOB NOT NULL,
    protocol BLOB NOT NULL,
    initial TEXT NOT NULL,
    minimum TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    status TEXT NOT NULL,
    left_at INTEGER,
    block INTEGER NOT NULL,
    PRIMARY KEY (coopname, username)
);

-- Questions and the decisions that they become, from publication on; they stay when the chain erases its rows.
CREATE TABLE questions (
    coopname TEXT NOT NULL,
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    username TEXT NOT NULL,
    hash BLOB NOT NULL,
    sequence INTEGER,
    published_at INTEGER,
    published_in BLOB,
    board INTEGER,
    seats INTEGER,
    quorum_percent INTEGER,
    status TEXT,
    expires_at INTEGER,
    approved_at INTEGER,
    chairman TEXT,
    protocol BLOB,
    is_open INTEGER NOT NULL DEFAULT 1,
    outcome TEXT,
    reason TEXT,
    finished_at INTEGER,
    finished_in BLOB,
    block INTEGER NOT NULL,
    PRIMARY KEY (coopname, id)
);
CREATE INDEX questions_by_person ON questions (coopname, username, id);
CREATE INDEX questions_by_kind ON questions (coopname, kind, id);
CREATE INDEX questions_by_outcome ON questions (coopname, outcome, id);
CREATE INDEX questions_by_hash ON questions (coopname, hash);

CREATE TABLE votes (
    coopname TEXT NOT NULL,
    id INTEGER NOT NULL,
    username TEXT NOT NULL,
    is_for INTEGER NOT NULL,
    at INTEGER NOT NULL,
    cast_in BLOB NOT NULL,
    block INTEGER NOT NULL,
    PRIMARY KEY (coopname, id, username)
);
CREATE INDEX votes_by_person ON votes (coopname, username, id);

-- Signed documents, as the data of actions has them; their texts are not on the chain.
CREATE TABLE documents (
    coopname TEXT NOT NULL,
    hash BLOB NOT NULL,
    registry_id INTEGER NOT NULL,
    username TEXT NOT NULL,
    title TEXT NOT NULL,
    lang TEXT NOT NULL,
    meta TEXT NOT NULL,
    doc_hash BLOB NOT NULL,
    action TEXT NOT NULL,
    at INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    recorded_in BLOB NOT NULL,
    block INTEGER NOT NULL,
    PRIMARY KEY (coopname, hash)
);
CREATE INDEX documents_by_form ON documents (coopname, registry_id, sequence);
CREATE INDEX documents_by_person ON documents (coopname, username, sequence);

CREATE TABLE signatures (
    coopname TEXT NOT NULL,
    hash BLOB NOT NULL,
    signer TEXT NOT NULL,
    public_key TEXT NOT NULL,
    signature TEXT NOT NULL,
    signed_at INTEGER NOT NULL,
    block INTEGER NOT NULL,
    PRIMARY KEY (coopname, hash, signer)
);
CREATE INDEX signatures_by_signer ON signatures (coopname, signer);

-- Acts about property: `hash` is the statement's, `document` the act's.
CREATE TABLE acts (
    coopname TEXT NOT NULL,
    document BLOB NOT NULL,
    hash BLOB NOT NULL,
    registry_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    block INTEGER NOT NULL,
    PRIMARY KEY (coopname, document)
);
CREATE INDEX acts_by_hash ON acts (coopname, hash);

-- Payments, from the invoice or the order on; they stay when the chain erases its rows.
CREATE TABLE payments (
    coopname TEXT NOT NULL,
    id INTEGER NOT NULL,
    username TEXT NOT NULL,
    hash BLOB NOT NULL,
    kind TEXT NOT NULL,
    quantity TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    is_overdue INTEGER NOT NULL,
    is_open INTEGER NOT NULL,
    ended_by TEXT,
    ended_at INTEGER,
    block INTEGER NOT NULL,
    PRIMARY KEY (coopname, id)
);
CREATE INDEX payments_by_hash ON payments (coopname, hash);
CREATE INDEX payments_by_person ON payments (coopname, username, id);

-- What the office confirmed or refused about money; also of payments whose row no block has shown.
CREATE TABLE settlements (
    sequence INTEGER PRIMARY KEY,
    coopname TEXT NOT NULL,
    hash BLOB NOT NULL,
    action TEXT NOT NULL,
    actor TEXT,
    quantity TEXT,
    reference BLOB,
    reason TEXT,
    at INTEGER NOT NULL,
    done_in BLOB NOT NULL,
    block INTEGER NOT NULL
);
CREATE INDEX settlements_by_hash ON settlements (coopname, hash);

-- The stems of the words that documents are found by: those of their titles come from the chain, those of
-- their texts are given to the index.
CREATE TABLE searchable (
    id INTEGER PRIMARY KEY,
    coopname TEXT NOT NULL,
    hash BLOB NOT NULL,
    source TEXT NOT NULL,
    stems TEXT NOT NULL,
    UNIQUE (coopname, hash, source)
);
CREATE VIRTUAL TABLE words USING fts5 (
    stems,
    content = 'searchable',
    content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 0"
);
CREATE TRIGGER searchable_insert AFTER INSERT ON searchable BEGIN
    INSERT INTO words (rowid, stems) VALUES (new.id, new.stems);
END;
CREATE TRIGGER searchable_delete AFTER DELETE ON searchable BEGIN
    INSERT INTO words (words, rowid, stems) VALUES ('delete', old.id, old.stems);
END;
CREATE TRIGGER searchable_update AFTER UPDATE ON searchable BEGIN
    INSERT INTO words (words, rowid, stems) VALUES ('delete', old.id, old.stems);
    INSERT INTO words (rowid, stems) VALUES (new.id, new.stems);
END;
