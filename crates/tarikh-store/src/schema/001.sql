-- What was given and decided: added to, never changed.

CREATE TABLE reports (
    report INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,          -- r- and the first 16 digits of sha256
    sha256 TEXT NOT NULL UNIQUE,       -- of text and metadata
    id TEXT NOT NULL,                  -- as its giver calls it
    title TEXT,
    outlet TEXT,
    published TEXT,
    url TEXT,
    language TEXT,
    body TEXT NOT NULL,
    added_at TEXT NOT NULL
) STRICT;
CREATE INDEX reports_id ON reports (id);
CREATE INDEX reports_published ON reports (published);

CREATE TABLE codings (
    coding INTEGER PRIMARY KEY AUTOINCREMENT,
    report INTEGER NOT NULL REFERENCES reports,
    coder_version TEXT NOT NULL,
    coded_at TEXT NOT NULL,
    record TEXT NOT NULL,              -- JSON as the coder wrote it
    UNIQUE (report, coder_version)
) STRICT;

CREATE TABLE decisions (
    decision INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    why TEXT,
    incident TEXT NOT NULL,            -- the id it was made on
    action TEXT NOT NULL,              -- JSON
    mentions TEXT NOT NULL,            -- JSON: the incident's mentions at that time
    record TEXT                        -- JSON: the values that were accepted
) STRICT;
CREATE INDEX decisions_incident ON decisions (incident);

CREATE TABLE changes (
    change INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('new', 'revised', 'merged', 'split', 'withdrawn')),
    incident TEXT NOT NULL,
    other TEXT                         -- merged into, or split from
) STRICT;
CREATE INDEX changes_incident ON changes (incident);
CREATE INDEX changes_other ON changes (other);

CREATE TABLE releases (
    version TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    change INTEGER NOT NULL,           -- the last change that it holds
    profile TEXT NOT NULL,
    sha256 TEXT NOT NULL
) STRICT;

CREATE TRIGGER reports_stay BEFORE UPDATE ON reports BEGIN SELECT RAISE(ABORT, 'reports are never changed'); END;
CREATE TRIGGER reports_last BEFORE DELETE ON reports BEGIN SELECT RAISE(ABORT, 'reports are never deleted'); END;
CREATE TRIGGER codings_stay BEFORE UPDATE ON codings BEGIN SELECT RAISE(ABORT, 'codings are never changed'); END;
CREATE TRIGGER codings_last BEFORE DELETE ON codings BEGIN SELECT RAISE(ABORT, 'codings are never deleted'); END;
CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;
CREATE TRIGGER decisions_last BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are never deleted'); END;
CREATE TRIGGER changes_stay BEFORE UPDATE ON changes BEGIN SELECT RAISE(ABORT, 'changes are never changed'); END;
CREATE TRIGGER changes_last BEFORE DELETE ON changes BEGIN SELECT RAISE(ABORT, 'changes are never deleted'); END;

-- What follows from it: may be emptied and built again.

CREATE TABLE bands (
    band INTEGER NOT NULL,             -- hash of a part of a text's MinHash signature
    report INTEGER NOT NULL REFERENCES reports,
    PRIMARY KEY (band, report)
) STRICT, WITHOUT ROWID;

CREATE TABLE near_duplicates (
    a INTEGER NOT NULL REFERENCES reports,
    b INTEGER NOT NULL REFERENCES reports,
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;

CREATE TABLE reprints (
    report INTEGER PRIMARY KEY REFERENCES reports,
    original INTEGER NOT NULL REFERENCES reports
) STRICT;
CREATE INDEX reprints_original ON reprints (original);

CREATE TABLE mentions (
    mention INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,          -- m- and 16 digits of a hash of report and place in it
    report INTEGER NOT NULL REFERENCES reports,
    coding INTEGER NOT NULL REFERENCES codings,  -- the last one that tells of it
    position INTEGER NOT NULL,         -- its place among that coding's incidents
    profile TEXT NOT NULL,             -- JSON: what linking compares
    live INTEGER NOT NULL              -- told by the report's last coding, or decided on
) STRICT;
CREATE INDEX mentions_report ON mentions (report);

CREATE TABLE blocks (
    block TEXT NOT NULL,
    mention INTEGER NOT NULL REFERENCES mentions,
    PRIMARY KEY (block, mention)
) STRICT, WITHOUT ROWID;
CREATE INDEX blocks_mention ON blocks (mention);

CREATE TABLE edges (
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    score REAL NOT NULL,
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX edges_b ON edges (b);

CREATE TABLE incidents (
    incident INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    record TEXT NOT NULL,              -- JSON: the values taken together
    taken_from TEXT NOT NULL,          -- JSON
    decided TEXT NOT NULL,             -- JSON
    review TEXT NOT NULL,
    stale INTEGER NOT NULL,            -- accepted, but more is known now
    priority REAL NOT NULL,            -- in the queue of review, the highest first
    n_reports INTEGER NOT NULL,
    n_sources INTEGER NOT NULL,
    date_start TEXT,
    date_end TEXT,
    country TEXT,
    admin1 TEXT,
    admin2 TEXT,
    lat REAL,
    lon REAL,
    event_type TEXT NOT NULL,
    sub_event_type TEXT NOT NULL,
    status TEXT NOT NULL,
    is_background INTEGER NOT NULL,
    killed INTEGER,                    -- best, else low
    injured INTEGER,                   -- low
    confidence REAL NOT NULL
) STRICT;
CREATE INDEX incidents_date ON incidents (date_start, id);
CREATE INDEX incidents_country ON incidents (country, date_start);
CREATE INDEX incidents_priority ON incidents (review, priority);

CREATE TABLE incident_mentions (
    mention TEXT PRIMARY KEY REFERENCES mentions (key),
    incident INTEGER NOT NULL REFERENCES incidents ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_mentions_incident ON incident_mentions (incident);

CREATE TABLE incident_actors (
    incident INTEGER NOT NULL REFERENCES incidents ON DELETE CASCADE,
    side TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (incident, side, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_actors_name ON incident_actors (name COLLATE NOCASE);

CREATE VIRTUAL TABLE places USING rtree (incident, lat_min, lat_max, lon_min, lon_max);

CREATE VIRTUAL TABLE report_words USING fts5 (
    title, body, content = 'reports', content_rowid = 'report', tokenize = 'unicode61 remove_diacritics 2'
);
