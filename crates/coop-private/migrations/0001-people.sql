-- People's data. Names of accounts, hashes and numbers of forms are in clear, as on the chain; whatever else is about
-- a person is sealed. Moments are microseconds since 1970 in UTC. `key_id` names the key in the key ring that opens
-- `sealed`; a row whose key is gone cannot be read by anybody.

-- Whose store it is, and which key ring belongs to it.
CREATE TABLE about (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE profiles (
    account TEXT NOT NULL PRIMARY KEY,
    key_id BLOB NOT NULL,
    version INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    sealed BLOB NOT NULL
);

-- Documents with their texts. `archive_year` is NULL under the key of the person, 0 where the law keeps a document as
-- long as the cooperative exists, or the last year that it keeps it.
CREATE TABLE documents (
    hash BLOB NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    registry_id INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    archive_year INTEGER,
    key_id BLOB NOT NULL,
    version INTEGER NOT NULL,
    sealed BLOB NOT NULL
);
CREATE INDEX documents_by_account ON documents (account);

-- Keys that were erased or are to be: of a person, or of a year of the archive.
CREATE TABLE erasures (
    key_id BLOB NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    archive_year INTEGER,
    reason TEXT NOT NULL,
    kind TEXT,
    documents INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    act BLOB
);

-- Where backups are, each with a copy of the key ring.
CREATE TABLE places (
    path TEXT NOT NULL PRIMARY KEY,
    backup TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    forgotten_at INTEGER
);
