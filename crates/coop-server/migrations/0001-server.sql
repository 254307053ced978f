-- What the server keeps of its own: accounts, sessions, logins, and who has read whose data.
--
-- There is no personal data and no token here: e-mail addresses are marks that only the server's key can make, tokens
-- are hashes. Moments are microseconds since 1970 in UTC.

CREATE TABLE accounts (
    username TEXT NOT NULL PRIMARY KEY,
    -- The mark of the e-mail address.
    email BLOB NOT NULL UNIQUE,
    -- The key that the account had at registration; what the chain says goes before it.
    public_key TEXT,
    kind TEXT NOT NULL,
    referer TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- A session is a row for each pair of tokens that it had; `family` is that of its first.
CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    family INTEGER NOT NULL,
    username TEXT NOT NULL,
    access BLOB NOT NULL UNIQUE,
    refresh BLOB NOT NULL UNIQUE,
    access_until INTEGER NOT NULL,
    refresh_until INTEGER NOT NULL,
    -- `live`, `rotated` once its refresh token was used, or `ended`.
    state TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_by_family ON sessions (family);
CREATE INDEX sessions_by_account ON sessions (username);
CREATE INDEX sessions_by_end ON sessions (refresh_until);

-- Signatures of the chain's time that were used, until the chain is past them.
CREATE TABLE used_logins (
    mark BLOB NOT NULL PRIMARY KEY,
    until INTEGER NOT NULL
) STRICT;

-- Challenges that wait for a signature.
CREATE TABLE challenges (
    hash BLOB NOT NULL PRIMARY KEY,
    username TEXT NOT NULL,
    until INTEGER NOT NULL
) STRICT;
CREATE INDEX challenges_by_account ON challenges (username, until);

-- Who has read whose personal data, and by which operation; not what was read.
CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    operation TEXT NOT NULL,
    about TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_person ON audit (about, sequence);
