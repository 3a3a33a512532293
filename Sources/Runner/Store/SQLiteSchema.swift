internal import GRDB

/// The tables of the ledger. A migration that has shipped is never edited: another is added.
enum SQLiteSchema {
    /// "pbal", so that `file` and others can tell what it is.
    static let applicationID = 0x7062_616C
    static let version = 2

    static let statements = """
        CREATE TABLE runner (
          one INTEGER PRIMARY KEY CHECK (one = 1),
          epoch INTEGER NOT NULL, writes INTEGER NOT NULL,
          workspace TEXT NOT NULL, environment TEXT NOT NULL,
          file_number INTEGER NOT NULL, folder_number INTEGER NOT NULL,
          clock INTEGER, fired_records INTEGER NOT NULL) STRICT;
        CREATE TABLE plan (
          id INTEGER PRIMARY KEY, digest TEXT NOT NULL, bytes BLOB NOT NULL, accepted INTEGER NOT NULL,
          zone_data TEXT NOT NULL) STRICT;
        CREATE TABLE campaign (
          id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, since INTEGER NOT NULL, cursor INTEGER NOT NULL,
          paused INTEGER NOT NULL) STRICT;
        CREATE TABLE occurrence (
          id INTEGER PRIMARY KEY, environment TEXT NOT NULL, campaign INTEGER NOT NULL REFERENCES campaign,
          nominal TEXT NOT NULL, triggered INTEGER NOT NULL, plan TEXT NOT NULL, state INTEGER NOT NULL,
          planned_first INTEGER NOT NULL, planned_last INTEGER NOT NULL, last_customer TEXT NOT NULL,
          considered INTEGER NOT NULL, outside INTEGER NOT NULL, listed INTEGER NOT NULL, open INTEGER NOT NULL,
          stopped INTEGER NOT NULL, digest BLOB NOT NULL, UNIQUE (campaign, nominal, environment)) STRICT;
        CREATE INDEX occurrence_open ON occurrence (id)
          WHERE state IN (0, 1) OR (triggered = 0 AND state IN (2, 3, 5)) OR (state = 7 AND open > 0);
        CREATE TABLE message (
          id INTEGER PRIMARY KEY, occurrence INTEGER NOT NULL REFERENCES occurrence, lane INTEGER NOT NULL,
          step INTEGER NOT NULL, recipient TEXT NOT NULL, fallback INTEGER NOT NULL, trigger INTEGER NOT NULL,
          planned INTEGER NOT NULL, due INTEGER NOT NULL, state INTEGER NOT NULL, reason TEXT, accepts INTEGER NOT NULL,
          channel TEXT, variant TEXT, failed TEXT, attempts INTEGER NOT NULL, lease_epoch INTEGER, lease_until INTEGER,
          first_attempt INTEGER, counted INTEGER, key TEXT, body BLOB, digest BLOB,
          UNIQUE (occurrence, step, recipient, fallback)) STRICT;
        CREATE INDEX message_waiting ON message (lane, due, recipient, trigger, id) WHERE state IN (0, 1, 2, 5);
        CREATE INDEX message_busy ON message (state, id) WHERE state IN (3, 4, 6);
        CREATE INDEX message_counted ON message (recipient, counted) WHERE counted IS NOT NULL;
        CREATE INDEX message_reserved ON message (counted, lane) WHERE counted IS NOT NULL;
        CREATE INDEX message_accepted ON message (recipient, occurrence, trigger) WHERE accepts = 1;
        CREATE UNIQUE INDEX message_key ON message (key) WHERE key IS NOT NULL;
        CREATE TABLE attempt (
          message INTEGER NOT NULL REFERENCES message, number INTEGER NOT NULL, started INTEGER NOT NULL,
          ended INTEGER, outcome TEXT, PRIMARY KEY (message, number)) STRICT, WITHOUT ROWID;
        CREATE TABLE inbox_file (
          name TEXT PRIMARY KEY, digest TEXT NOT NULL, rows INTEGER NOT NULL, bad_rows INTEGER NOT NULL,
          taken INTEGER NOT NULL) STRICT;
        CREATE TABLE live_record (
          id INTEGER PRIMARY KEY, customer TEXT NOT NULL, event TEXT, time INTEGER NOT NULL, fields TEXT NOT NULL) STRICT;
        CREATE TABLE note (id INTEGER PRIMARY KEY, time INTEGER NOT NULL, text TEXT NOT NULL) STRICT;
        """

    /// Journeys: the names of steps, each behind a space but the first.
    static let steps = "ALTER TABLE campaign ADD COLUMN steps TEXT"

    /// Brings a store of any earlier version to this one.
    static func migrate(_ database: Database) throws {
        let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        if found > version { throw StoreError.newer(version: found) }
        if found == version { return }
        if found < 1 { try database.execute(sql: statements) }
        try database.execute(sql: steps)
        try database.execute(sql: "PRAGMA user_version = \(version)")
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
    }
}
