-- The words of documents, by which they are found: sealed under the key of the document, and gone with it. `sealed` is
-- NULL for a document that an earlier version has kept, until somebody searches who has the master key.
CREATE TABLE words (
    hash BLOB NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    key_id BLOB NOT NULL,
    version INTEGER NOT NULL,
    sealed BLOB
);
CREATE INDEX words_by_account ON words (account);
CREATE INDEX words_missing ON words (hash) WHERE sealed IS NULL;
INSERT INTO words (hash, account, key_id, version) SELECT hash, account, key_id, version FROM documents;
CREATE TRIGGER documents_delete AFTER DELETE ON documents BEGIN
    DELETE FROM words WHERE hash = old.hash;
END;
