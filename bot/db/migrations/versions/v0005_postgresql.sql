ALTER TABLE outbox ADD COLUMN subject TEXT DEFAULT '' NOT NULL
;;
CREATE INDEX ix_outbox_subject ON outbox (subject) WHERE subject <> ''
;;
CREATE INDEX ix_outbox_settling ON outbox (chat, message) WHERE subject <> ''
;;

ALTER TABLE orders ADD COLUMN claim INTEGER DEFAULT '0' NOT NULL
;;
ALTER TABLE orders ADD COLUMN claimed_by BIGINT
;;
ALTER TABLE rentals ADD COLUMN claim INTEGER DEFAULT '0' NOT NULL
;;
ALTER TABLE rentals ADD COLUMN claimed_by BIGINT
;;
ALTER TABLE chat_slots ADD COLUMN claim INTEGER DEFAULT '0' NOT NULL
;;
ALTER TABLE chat_slots ADD COLUMN claimed_by BIGINT
;;
ALTER TABLE language_turns ADD COLUMN claimed_by BIGINT
;;

CREATE TABLE replicas (
    id BIGSERIAL NOT NULL,
    name TEXT NOT NULL,
    revision TEXT NOT NULL,
    beats BIGINT DEFAULT '0' NOT NULL,
    wants TEXT DEFAULT '' NOT NULL,
    started_at BIGINT NOT NULL,
    CONSTRAINT pk_replicas PRIMARY KEY (id)
)
;;

CREATE TABLE changes (
    id BIGSERIAL NOT NULL,
    topic TEXT NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT pk_changes PRIMARY KEY (id)
)
;;

CREATE TABLE updates (
    id BIGINT NOT NULL,
    taken_by BIGINT NOT NULL,
    done INTEGER DEFAULT '0' NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT pk_updates PRIMARY KEY (id)
)
;;

CREATE TABLE jobs (
    name TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    claimed_by BIGINT,
    CONSTRAINT pk_jobs PRIMARY KEY (name)
)
;;
