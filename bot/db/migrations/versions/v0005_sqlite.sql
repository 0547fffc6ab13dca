ALTER TABLE outbox ADD COLUMN subject TEXT DEFAULT '' NOT NULL
;;
CREATE INDEX ix_outbox_subject ON outbox (subject) WHERE subject <> ''
;;
CREATE INDEX ix_outbox_settling ON outbox (chat, message) WHERE subject <> ''
;;

ALTER TABLE orders ADD COLUMN claim INTEGER DEFAULT '0' NOT NULL
;;
ALTER TABLE orders ADD COLUMN claimed_by INTEGER
;;
ALTER TABLE rentals ADD COLUMN claim INTEGER DEFAULT '0' NOT NULL
;;
ALTER TABLE rentals ADD COLUMN claimed_by INTEGER
;;
ALTER TABLE chat_slots ADD COLUMN claim INTEGER DEFAULT '0' NOT NULL
;;
ALTER TABLE chat_slots ADD COLUMN claimed_by INTEGER
;;
ALTER TABLE language_turns ADD COLUMN claimed_by INTEGER
;;

CREATE TABLE replicas (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    revision TEXT NOT NULL,
    beats INTEGER DEFAULT '0' NOT NULL,
    wants TEXT DEFAULT '' NOT NULL,
    started_at INTEGER NOT NULL
) STRICT
;;

CREATE TABLE changes (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    topic TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT
;;

CREATE TABLE updates (
    id INTEGER NOT NULL,
    taken_by INTEGER NOT NULL,
    done INTEGER DEFAULT '0' NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT pk_updates PRIMARY KEY (id)
) STRICT
;;

CREATE TABLE jobs (
    name TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    claimed_by INTEGER,
    CONSTRAINT pk_jobs PRIMARY KEY (name)
) STRICT
;;
