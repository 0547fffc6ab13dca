ALTER TABLE customers ADD COLUMN note TEXT DEFAULT '' NOT NULL
;;
ALTER TABLE customers ADD COLUMN orders_per_hour INTEGER
;;
ALTER TABLE customers ADD COLUMN spend_per_day BIGINT
;;
ALTER TABLE customers ADD COLUMN most_open INTEGER
;;
ALTER TABLE topup_requests ADD COLUMN said TEXT DEFAULT '' NOT NULL
;;
ALTER TABLE topup_requests ADD COLUMN file TEXT DEFAULT '' NOT NULL
;;
ALTER TABLE topup_requests ADD COLUMN file_kind TEXT DEFAULT '' NOT NULL
;;
ALTER TABLE topup_requests ADD COLUMN service BIGINT
;;
ALTER TABLE topup_requests ADD COLUMN quantity BIGINT DEFAULT '0' NOT NULL
;;
ALTER TABLE topup_requests ADD COLUMN reason TEXT DEFAULT '' NOT NULL
;;
ALTER TABLE topup_requests ADD COLUMN decided_by TEXT DEFAULT '' NOT NULL
;;
ALTER TABLE topup_requests ADD COLUMN decided_at BIGINT
;;
ALTER TABLE topup_requests ADD COLUMN reminded_at BIGINT
;;
ALTER TABLE topup_requests ADD COLUMN version INTEGER DEFAULT '1' NOT NULL
;;
ALTER TABLE topup_requests ADD COLUMN album TEXT DEFAULT '' NOT NULL
;;
CREATE INDEX ix_topup_requests_decision_id ON topup_requests (decision, id)
;;
CREATE INDEX ix_transfers_given ON transfers (actor, created_at) WHERE kind = 'topup'
;;
CREATE TABLE credit_approvals (
    id BIGSERIAL NOT NULL,
    idem_key TEXT NOT NULL,
    customer BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    request BIGINT,
    asked_by BIGINT NOT NULL,
    at BIGINT NOT NULL,
    decision TEXT DEFAULT '' NOT NULL,
    decided_by BIGINT,
    decided_at BIGINT,
    CONSTRAINT pk_credit_approvals PRIMARY KEY (id),
    CONSTRAINT fk_credit_approvals_customer FOREIGN KEY(customer) REFERENCES customers (id),
    CONSTRAINT fk_credit_approvals_request FOREIGN KEY(request) REFERENCES topup_requests (id)
)
;;
CREATE UNIQUE INDEX ix_credit_approvals_waiting ON credit_approvals (idem_key) WHERE decision = ''
;;
CREATE INDEX ix_credit_approvals_idem_key ON credit_approvals (idem_key)
;;
CREATE INDEX ix_credit_approvals_request_decision ON credit_approvals (request, decision)
;;
CREATE INDEX ix_credit_approvals_decision_id ON credit_approvals (decision, id)
;;
ALTER TABLE orders ADD COLUMN replaces BIGINT
;;
ALTER TABLE orders ADD COLUMN refunded BIGINT DEFAULT '0' NOT NULL
;;
CREATE INDEX ix_audit_log_actor_id ON audit_log (actor, id)
;;
CREATE INDEX ix_orders_created_at ON orders (created_at)
;;
CREATE INDEX ix_orders_finished_at ON orders (finished_at)
;;
CREATE TABLE claims (
    id BIGSERIAL NOT NULL,
    order_id BIGINT NOT NULL,
    customer BIGINT NOT NULL,
    reason TEXT NOT NULL,
    pieces TEXT DEFAULT '' NOT NULL,
    said TEXT DEFAULT '' NOT NULL,
    file TEXT DEFAULT '' NOT NULL,
    file_kind TEXT DEFAULT '' NOT NULL,
    state TEXT DEFAULT 'open' NOT NULL,
    at BIGINT NOT NULL,
    closed_by TEXT DEFAULT '' NOT NULL,
    closed_at BIGINT,
    CONSTRAINT pk_claims PRIMARY KEY (id),
    CONSTRAINT fk_claims_order_id FOREIGN KEY(order_id) REFERENCES orders (id),
    CONSTRAINT fk_claims_customer FOREIGN KEY(customer) REFERENCES customers (id)
)
;;
CREATE UNIQUE INDEX ix_claims_open ON claims (order_id) WHERE state = 'open'
;;
CREATE INDEX ix_claims_order_id ON claims (order_id)
;;
CREATE INDEX ix_claims_state_id ON claims (state, id)
;;
CREATE TABLE remedies (
    order_id BIGINT NOT NULL,
    number INTEGER NOT NULL,
    at BIGINT NOT NULL,
    by TEXT NOT NULL,
    claim BIGINT,
    pieces TEXT DEFAULT '' NOT NULL,
    amount BIGINT DEFAULT '0' NOT NULL,
    replacement BIGINT,
    reason TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_remedies PRIMARY KEY (order_id, number),
    CONSTRAINT ck_remedies_not_negative CHECK (amount >= 0),
    CONSTRAINT fk_remedies_order_id FOREIGN KEY(order_id) REFERENCES orders (id),
    CONSTRAINT fk_remedies_claim FOREIGN KEY(claim) REFERENCES claims (id),
    CONSTRAINT fk_remedies_replacement FOREIGN KEY(replacement) REFERENCES orders (id)
)
;;
CREATE INDEX ix_remedies_replacement ON remedies (replacement)
;;
CREATE INDEX ix_remedies_claim ON remedies (claim)
;;
CREATE TABLE letters (
    id BIGSERIAL NOT NULL,
    subject TEXT NOT NULL,
    at BIGINT NOT NULL,
    sender TEXT DEFAULT '' NOT NULL,
    said TEXT DEFAULT '' NOT NULL,
    file TEXT DEFAULT '' NOT NULL,
    file_kind TEXT DEFAULT '' NOT NULL,
    idem_key TEXT,
    CONSTRAINT pk_letters PRIMARY KEY (id),
    CONSTRAINT uq_letters_idem_key UNIQUE (idem_key)
)
;;
CREATE INDEX ix_letters_subject_id ON letters (subject, id)
;;
CREATE INDEX ix_orders_remote_order ON orders (remote_order)
;;
ALTER TABLE attempts ADD COLUMN claimed_by BIGINT
;;
ALTER TABLE goods ADD COLUMN marked TEXT DEFAULT '' NOT NULL
;;
CREATE INDEX ix_goods_unmarked ON goods (order_id) WHERE marked = ''
;;
ALTER TABLE rentals ADD COLUMN marked TEXT DEFAULT '' NOT NULL
;;
CREATE INDEX ix_rentals_unmarked ON rentals (order_id) WHERE marked = ''
;;
CREATE TABLE fingerprints (
    order_id BIGINT NOT NULL,
    batch INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    CONSTRAINT pk_fingerprints PRIMARY KEY (order_id, batch, fingerprint),
    CONSTRAINT fk_fingerprints_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
)
;;
CREATE INDEX ix_fingerprints_fingerprint ON fingerprints (fingerprint)
