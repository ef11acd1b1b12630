-- Users of the desk and what they did. Made where missing, so it may run at every start.

CREATE TABLE IF NOT EXISTS desk_users (
    name TEXT PRIMARY KEY,
    password TEXT NOT NULL,            -- argon2id, as a PHC string
    role TEXT NOT NULL CHECK (role IN ('viewer', 'coder', 'admin')),
    blind INTEGER NOT NULL,            -- sees no decision of others before his own
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS desk_sessions (
    hash TEXT PRIMARY KEY,             -- SHA-256 of the cookie's value
    name TEXT NOT NULL REFERENCES desk_users ON DELETE CASCADE,
    expires INTEGER NOT NULL           -- seconds since 1970, UTC
) STRICT;

CREATE TABLE IF NOT EXISTS desk_tokens (
    token INTEGER PRIMARY KEY AUTOINCREMENT,
    hash TEXT NOT NULL UNIQUE,         -- SHA-256 of what the client sends
    name TEXT NOT NULL REFERENCES desk_users ON DELETE CASCADE,
    label TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'coder', 'admin')),
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS desk_audit (
    entry INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    who TEXT,                          -- NULL where nobody is signed in
    address TEXT,
    what TEXT NOT NULL,                -- method and path
    status INTEGER NOT NULL            -- of the answer
) STRICT;

CREATE TRIGGER IF NOT EXISTS desk_audit_stays BEFORE UPDATE ON desk_audit BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER IF NOT EXISTS desk_audit_lasts BEFORE DELETE ON desk_audit BEGIN SELECT RAISE(ABORT, 'the audit log is never shortened'); END;
