-- What a comparison with the chain asks, and lists of what could not be done.

-- Versions 1 and 2 have passed over signatures that came with a document's second transaction. What they have
-- followed needs a rebuild.
INSERT OR IGNORE INTO about (key, value)
    SELECT 'rebuild', 'followed by version 2' WHERE EXISTS (SELECT 1 FROM positions);

-- Whether the chain has the row of a board that sits: it goes when no question needs it.
ALTER TABLE boards ADD COLUMN is_open INTEGER NOT NULL DEFAULT 0;
UPDATE boards SET is_open = 1 WHERE status = 'seated' AND (
    EXISTS (
        SELECT 1 FROM steps s
        WHERE s.coopname = boards.coopname AND s.name = 'councils' AND s.is_open = 1 AND boards.version IN (
            CAST(json_extract(s.contents, '$.board') AS INTEGER),
            CAST(json_extract(s.contents, '$.executive') AS INTEGER),
            CAST(json_extract(s.contents, '$.audit') AS INTEGER),
            CAST(json_extract(s.contents, '$.other') AS INTEGER)
        )
    )
    OR EXISTS (
        SELECT 1 FROM questions q
        WHERE q.coopname = boards.coopname AND q.is_open = 1 AND q.board = boards.version
    )
);

-- The few actions after which something was not done, and the declines that nobody was told.
CREATE INDEX events_failed ON events (coopname, hash, action)
    WHERE action IN ('outdecline', 'cancelprop', 'vetomove') AND hash IS NOT NULL;
CREATE INDEX steps_undelivered ON steps (coopname, hash, name, is_open)
    WHERE name = 'undelivered' AND is_open = 1 AND hash IS NOT NULL;
DROP INDEX questions_by_hash;
CREATE INDEX questions_by_hash ON questions (coopname, hash, id);
