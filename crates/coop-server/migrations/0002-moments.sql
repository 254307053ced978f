-- The newest moment that a document was made at: the next one is made later, also after a start and by another process
-- over this database. In microseconds since 1970 in UTC.
CREATE TABLE moments (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    last INTEGER NOT NULL
) STRICT;
