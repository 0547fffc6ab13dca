CREATE TABLE price_rules (
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    target INTEGER NOT NULL,
    percent TEXT,
    added INTEGER,
    least_margin INTEGER,
    step INTEGER,
    CONSTRAINT pk_price_rules PRIMARY KEY (scope, name, target),
    CONSTRAINT ck_price_rules_known_scope CHECK (scope IN ('shop', 'supplier', 'category', 'service')),
    CONSTRAINT ck_price_rules_one_markup CHECK (percent IS NULL OR added IS NULL),
    CONSTRAINT ck_price_rules_amounts CHECK ((added IS NULL OR added >= 0) AND (least_margin IS NULL OR least_margin >= 0) AND (step IS NULL OR step > 0))
) STRICT
;;
CREATE TABLE hidings (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    scope TEXT NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    selected INTEGER DEFAULT '0' NOT NULL,
    verdict TEXT NOT NULL,
    actor TEXT NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT ck_hidings_known_scope CHECK (scope IN ('shop', 'supplier', 'category', 'service', 'pattern')),
    CONSTRAINT ck_hidings_known_verdict CHECK (verdict IN ('hide', 'show', 'allow')),
    CONSTRAINT uq_hidings_scope_name_selected UNIQUE (scope, name, selected)
) STRICT
;;
CREATE TABLE category_names (
    category INTEGER NOT NULL,
    language TEXT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT pk_category_names PRIMARY KEY (category, language),
    CONSTRAINT fk_category_names_category FOREIGN KEY(category) REFERENCES categories (id)
) STRICT
;;
CREATE TABLE category_looks (
    category INTEGER NOT NULL,
    icon TEXT DEFAULT '' NOT NULL,
    place INTEGER,
    CONSTRAINT pk_category_looks PRIMARY KEY (category),
    CONSTRAINT fk_category_looks_category FOREIGN KEY(category) REFERENCES categories (id)
) STRICT
;;
CREATE TABLE price_rises (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    service INTEGER NOT NULL,
    supplier TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    at INTEGER NOT NULL,
    kept INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT uq_price_rises_service UNIQUE (service),
    CONSTRAINT fk_price_rises_service FOREIGN KEY(service) REFERENCES services (id)
) STRICT
;;
CREATE TABLE bases (
    supplier TEXT NOT NULL,
    name TEXT NOT NULL,
    basis TEXT NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT pk_bases PRIMARY KEY (supplier, name)
) STRICT
;;
CREATE TABLE calibrations (
    order_id INTEGER NOT NULL,
    supplier TEXT NOT NULL,
    number INTEGER NOT NULL,
    operator INTEGER NOT NULL,
    rate TEXT NOT NULL,
    state TEXT DEFAULT 'open' NOT NULL,
    why TEXT,
    basis TEXT DEFAULT '' NOT NULL,
    before TEXT,
    after TEXT,
    due_at INTEGER,
    claim INTEGER DEFAULT '0' NOT NULL,
    claimed_by INTEGER,
    CONSTRAINT pk_calibrations PRIMARY KEY (order_id),
    CONSTRAINT uq_calibrations_supplier_number UNIQUE (supplier, number),
    CONSTRAINT fk_calibrations_order_id FOREIGN KEY(order_id) REFERENCES orders (id),
    CONSTRAINT fk_calibrations_operator FOREIGN KEY(operator) REFERENCES customers (id)
) STRICT
;;
CREATE UNIQUE INDEX ix_calibrations_open ON calibrations (supplier) WHERE state = 'open'
;;
CREATE TABLE texts (
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    words TEXT NOT NULL,
    entities TEXT DEFAULT '' NOT NULL,
    until INTEGER,
    at INTEGER NOT NULL,
    CONSTRAINT pk_texts PRIMARY KEY (name, language)
) STRICT
;;
CREATE TABLE broadcasts (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    author INTEGER NOT NULL,
    idem_key TEXT NOT NULL,
    at INTEGER NOT NULL,
    content TEXT NOT NULL,
    segment TEXT NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    state TEXT NOT NULL,
    why TEXT DEFAULT '' NOT NULL,
    mark TEXT NOT NULL,
    sender INTEGER,
    started_at INTEGER,
    ended_at INTEGER,
    newest INTEGER DEFAULT '0' NOT NULL,
    due_at INTEGER,
    tries INTEGER DEFAULT '0' NOT NULL,
    card_at INTEGER,
    CONSTRAINT uq_broadcasts_idem_key UNIQUE (idem_key),
    CONSTRAINT ck_broadcasts_known_state CHECK (state IN ('draft', 'choosing', 'running', 'paused', 'stopped', 'done'))
) STRICT
;;
CREATE INDEX ix_broadcasts_state_due_at ON broadcasts (state, due_at)
;;
CREATE INDEX ix_broadcasts_mark_started_at ON broadcasts (mark, started_at)
;;
CREATE TABLE broadcast_recipients (
    broadcast INTEGER NOT NULL,
    customer INTEGER NOT NULL,
    state TEXT NOT NULL,
    claim INTEGER DEFAULT '0' NOT NULL,
    claimed_by INTEGER,
    at INTEGER,
    CONSTRAINT pk_broadcast_recipients PRIMARY KEY (broadcast, customer),
    CONSTRAINT fk_broadcast_recipients_broadcast FOREIGN KEY(broadcast) REFERENCES broadcasts (id),
    CONSTRAINT ck_broadcast_recipients_known_state CHECK (state IN ('waiting', 'sending', 'sent', 'unreachable', 'left_out', 'unsure'))
) STRICT
;;
CREATE INDEX ix_broadcast_recipients_broadcast_state_customer ON broadcast_recipients (broadcast, state, customer)
;;
CREATE INDEX ix_broadcast_recipients_claimed_by_state ON broadcast_recipients (claimed_by, state)
;;
CREATE TABLE news_off (
    customer INTEGER NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT pk_news_off PRIMARY KEY (customer),
    CONSTRAINT fk_news_off_customer FOREIGN KEY(customer) REFERENCES customers (id)
) STRICT
;;
CREATE TABLE exports (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    idem_key TEXT NOT NULL,
    asked_by INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    since INTEGER,
    until INTEGER,
    newest INTEGER NOT NULL,
    state TEXT DEFAULT 'asked' NOT NULL,
    total INTEGER DEFAULT '0' NOT NULL,
    rows INTEGER DEFAULT '0' NOT NULL,
    cuts TEXT DEFAULT '' NOT NULL,
    sent INTEGER DEFAULT '0' NOT NULL,
    why TEXT DEFAULT '' NOT NULL,
    tries INTEGER DEFAULT '0' NOT NULL,
    due_at INTEGER,
    claim INTEGER DEFAULT '0' NOT NULL,
    claimed_by INTEGER,
    ended_at INTEGER,
    CONSTRAINT uq_exports_idem_key UNIQUE (idem_key),
    CONSTRAINT ck_exports_known_kind CHECK (kind IN ('orders', 'ledger', 'customers')),
    CONSTRAINT ck_exports_known_state CHECK (state IN ('asked', 'made', 'sent', 'canceled', 'failed') AND (state IN ('asked', 'made')) = (ended_at IS NULL))
) STRICT
;;
CREATE INDEX ix_exports_state_due_at ON exports (state, due_at)
;;
CREATE TABLE sales_days (
    day INTEGER NOT NULL,
    zone TEXT NOT NULL,
    counted_at INTEGER NOT NULL,
    CONSTRAINT pk_sales_days PRIMARY KEY (day)
) STRICT
;;
CREATE TABLE sales (
    day INTEGER NOT NULL,
    supplier TEXT NOT NULL,
    service INTEGER NOT NULL,
    orders INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    units INTEGER NOT NULL,
    captured INTEGER NOT NULL,
    refunded INTEGER NOT NULL,
    released INTEGER NOT NULL,
    cost INTEGER NOT NULL,
    expected INTEGER NOT NULL,
    CONSTRAINT pk_sales PRIMARY KEY (day, supplier, service),
    CONSTRAINT fk_sales_service FOREIGN KEY(service) REFERENCES services (id)
) STRICT
;;
CREATE TABLE sales_times (
    day INTEGER NOT NULL,
    supplier TEXT NOT NULL,
    service INTEGER NOT NULL,
    step INTEGER NOT NULL,
    orders INTEGER NOT NULL,
    CONSTRAINT pk_sales_times PRIMARY KEY (day, supplier, service, step),
    CONSTRAINT fk_sales_times_service FOREIGN KEY(service) REFERENCES services (id)
) STRICT
;;
CREATE TABLE sales_marks (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL
) STRICT
;;
CREATE TRIGGER orders_mark_sales AFTER UPDATE OF state, supplier, service, delivered, captured, released, refunded, cost, charge, charge_currency, finished_at ON orders WHEN NEW.finished_at IS NOT NULL BEGIN INSERT INTO sales_marks (order_id) VALUES (NEW.id); END
;;
CREATE TABLE stand_ins (
    service INTEGER NOT NULL,
    tie INTEGER NOT NULL,
    place INTEGER NOT NULL,
    CONSTRAINT pk_stand_ins PRIMARY KEY (service),
    CONSTRAINT uq_stand_ins_tie_place UNIQUE (tie, place),
    CONSTRAINT ck_stand_ins_counted CHECK (tie > 0 AND place > 0),
    CONSTRAINT fk_stand_ins_service FOREIGN KEY(service) REFERENCES services (id)
) STRICT
;;
CREATE TABLE handovers (
    order_id INTEGER NOT NULL,
    service INTEGER NOT NULL,
    supplier TEXT NOT NULL,
    cost INTEGER NOT NULL,
    reason TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT pk_handovers PRIMARY KEY (order_id, service),
    CONSTRAINT fk_handovers_order_id FOREIGN KEY(order_id) REFERENCES orders (id),
    CONSTRAINT fk_handovers_service FOREIGN KEY(service) REFERENCES services (id)
) STRICT
;;
CREATE INDEX ix_handovers_supplier ON handovers (supplier)
