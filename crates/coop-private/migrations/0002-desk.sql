-- The desk: what the file of a document is called there, and papers that are no signed documents.

ALTER TABLE documents ADD COLUMN file TEXT;
CREATE INDEX documents_by_file ON documents (file);

-- Signed documents whose transaction may be on its way, papers that wait for signatures, descriptions of things, and
-- files of earlier releases: each under the key of the person that it is about.
CREATE TABLE papers (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    account TEXT NOT NULL,
    key_id BLOB NOT NULL,
    version INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (kind, name)
);
CREATE INDEX papers_by_account ON papers (account);
