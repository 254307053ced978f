-- The index has words of titles only, which are on the chain. Texts of documents are personal data: their words are
-- sealed beside them, in the database of people's data.

-- Texts that a program had given to the index go, with their bytes.
PRAGMA secure_delete = ON;
CREATE TABLE titles (
    id INTEGER PRIMARY KEY,
    coopname TEXT NOT NULL,
    hash BLOB NOT NULL,
    stems TEXT NOT NULL,
    UNIQUE (coopname, hash)
);
INSERT INTO titles SELECT id, coopname, hash, stems FROM searchable WHERE source = 'title';
DROP TABLE searchable;
ALTER TABLE titles RENAME TO searchable;
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
INSERT INTO words (words) VALUES ('rebuild');
PRAGMA secure_delete = OFF;
