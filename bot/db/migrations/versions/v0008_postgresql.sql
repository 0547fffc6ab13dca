CREATE TABLE price_rules (
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    target BIGINT NOT NULL,
    percent TEXT,
    added BIGINT,
    least_margin BIGINT,
    step BIGINT,
    CONSTRAINT pk_price_rules PRIMARY KEY (scope, name, target),
    CONSTRAINT ck_price_rules_known_scope CHECK (scope IN ('shop', 'supplier', 'category', 'service')),
    CONSTRAINT ck_price_rules_one_markup CHECK (percent IS NULL OR added IS NULL),
    CONSTRAINT ck_price_rules_amounts CHECK ((added IS NULL OR added >= 0) AND (least_margin IS NULL OR least_margin >= 0) AND (step IS NULL OR step > 0))
)
;;
CREATE TABLE hidings (
    id BIGSERIAL NOT NULL,
    scope TEXT NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    selected BIGINT DEFAULT '0' NOT NULL,
    verdict TEXT NOT NULL,
    actor TEXT NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT pk_hidings PRIMARY KEY (id),
    CONSTRAINT ck_hidings_known_scope CHECK (scope IN ('shop', 'supplier', 'category', 'service', 'pattern')),
    CONSTRAINT ck_hidings_known_verdict CHECK (verdict IN ('hide', 'show', 'allow')),
    CONSTRAINT uq_hidings_scope_name_selected UNIQUE (scope, name, selected)
)
;;
CREATE TABLE category_names (
    category BIGINT NOT NULL,
    language TEXT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT pk_category_names PRIMARY KEY (category, language),
    CONSTRAINT fk_category_names_category FOREIGN KEY(category) REFERENCES categories (id)
)
;;
CREATE TABLE category_looks (
    category BIGINT NOT NULL,
    icon TEXT DEFAULT '' NOT NULL,
    place BIGINT,
    CONSTRAINT pk_category_looks PRIMARY KEY (category),
    CONSTRAINT fk_category_looks_category FOREIGN KEY(category) REFERENCES categories (id)
)
;;
CREATE TABLE price_rises (
    id BIGSERIAL NOT NULL,
    service BIGINT NOT NULL,
    supplier TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    at BIGINT NOT NULL,
    kept INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_price_rises PRIMARY KEY (id),
    CONSTRAINT uq_price_rises_service UNIQUE (service),
    CONSTRAINT fk_price_rises_service FOREIGN KEY(service) REFERENCES services (id)
)
;;
CREATE TABLE bases (
    supplier TEXT NOT NULL,
    name TEXT NOT NULL,
    basis TEXT NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT pk_bases PRIMARY KEY (supplier, name)
)
;;
CREATE TABLE calibrations (
    order_id BIGINT NOT NULL,
    supplier TEXT NOT NULL,
    number INTEGER NOT NULL,
    operator BIGINT NOT NULL,
    rate TEXT NOT NULL,
    state TEXT DEFAULT 'open' NOT NULL,
    why TEXT,
    basis TEXT DEFAULT '' NOT NULL,
    before TEXT,
    after TEXT,
    due_at BIGINT,
    claim INTEGER DEFAULT '0' NOT NULL,
    claimed_by BIGINT,
    CONSTRAINT pk_calibrations PRIMARY KEY (order_id),
    CONSTRAINT uq_calibrations_supplier_number UNIQUE (supplier, number),
    CONSTRAINT fk_calibrations_order_id FOREIGN KEY(order_id) REFERENCES orders (id),
    CONSTRAINT fk_calibrations_operator FOREIGN KEY(operator) REFERENCES customers (id)
)
;;
CREATE UNIQUE INDEX ix_calibrations_open ON calibrations (supplier) WHERE state = 'open'
;;
CREATE TABLE texts (
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    words TEXT NOT NULL,
    entities TEXT DEFAULT '' NOT NULL,
    until BIGINT,
    at BIGINT NOT NULL,
    CONSTRAINT pk_texts PRIMARY KEY (name, language)
)
;;
CREATE TABLE broadcasts (
    id BIGSERIAL NOT NULL,
    author BIGINT NOT NULL,
    idem_key TEXT NOT NULL,
    at BIGINT NOT NULL,
    content TEXT NOT NULL,
    segment TEXT NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    state TEXT NOT NULL,
    why TEXT DEFAULT '' NOT NULL,
    mark TEXT NOT NULL,
    sender BIGINT,
    started_at BIGINT,
    ended_at BIGINT,
    newest BIGINT DEFAULT '0' NOT NULL,
    due_at BIGINT,
    tries INTEGER DEFAULT '0' NOT NULL,
    card_at BIGINT,
    CONSTRAINT pk_broadcasts PRIMARY KEY (id),
    CONSTRAINT uq_broadcasts_idem_key UNIQUE (idem_key),
    CONSTRAINT ck_broadcasts_known_state CHECK (state IN ('draft', 'choosing', 'running', 'paused', 'stopped', 'done'))
)
;;
CREATE INDEX ix_broadcasts_state_due_at ON broadcasts (state, due_at)
;;
CREATE INDEX ix_broadcasts_mark_started_at ON broadcasts (mark, started_at)
;;
CREATE TABLE broadcast_recipients (
    broadcast BIGINT NOT NULL,
    customer BIGINT NOT NULL,
    state TEXT NOT NULL,
    claim INTEGER DEFAULT '0' NOT NULL,
    claimed_by BIGINT,
    at BIGINT,
    CONSTRAINT pk_broadcast_recipients PRIMARY KEY (broadcast, customer),
    CONSTRAINT fk_broadcast_recipients_broadcast FOREIGN KEY(broadcast) REFERENCES broadcasts (id),
    CONSTRAINT ck_broadcast_recipients_known_state CHECK (state IN ('waiting', 'sending', 'sent', 'unreachable', 'left_out', 'unsure'))
)
;;
CREATE INDEX ix_broadcast_recipients_broadcast_state_customer ON broadcast_recipients (broadcast, state, customer)
;;
CREATE INDEX ix_broadcast_recipients_claimed_by_state ON broadcast_recipients (claimed_by, state)
;;
CREATE TABLE news_off (
    customer BIGINT NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT pk_news_off PRIMARY KEY (customer),
    CONSTRAINT fk_news_off_customer FOREIGN KEY(customer) REFERENCES customers (id)
)
;;
CREATE TABLE exports (
    id BIGSERIAL NOT NULL,
    idem_key TEXT NOT NULL,
    asked_by BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    since BIGINT,
    until BIGINT,
    newest BIGINT NOT NULL,
    state TEXT DEFAULT 'asked' NOT NULL,
    total BIGINT DEFAULT '0' NOT NULL,
    rows BIGINT DEFAULT '0' NOT NULL,
    cuts TEXT DEFAULT '' NOT NULL,
    sent INTEGER DEFAULT '0' NOT NULL,
    why TEXT DEFAULT '' NOT NULL,
    tries INTEGER DEFAULT '0' NOT NULL,
    due_at BIGINT,
    claim INTEGER DEFAULT '0' NOT NULL,
    claimed_by BIGINT,
    ended_at BIGINT,
    CONSTRAINT pk_exports PRIMARY KEY (id),
    CONSTRAINT uq_exports_idem_key UNIQUE (idem_key),
    CONSTRAINT ck_exports_known_kind CHECK (kind IN ('orders', 'ledger', 'customers')),
    CONSTRAINT ck_exports_known_state CHECK (state IN ('asked', 'made', 'sent', 'canceled', 'failed') AND (state IN ('asked', 'made')) = (ended_at IS NULL))
)
;;
CREATE INDEX ix_exports_state_due_at ON exports (state, due_at)
;;
CREATE TABLE sales_days (
    day INTEGER NOT NULL,
    zone TEXT NOT NULL,
    counted_at BIGINT NOT NULL,
    CONSTRAINT pk_sales_days PRIMARY KEY (day)
)
;;
CREATE TABLE sales (
    day INTEGER NOT NULL,
    supplier TEXT NOT NULL,
    service BIGINT NOT NULL,
    orders BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    units BIGINT NOT NULL,
    captured BIGINT NOT NULL,
    refunded BIGINT NOT NULL,
    released BIGINT NOT NULL,
    cost BIGINT NOT NULL,
    expected BIGINT NOT NULL,
    CONSTRAINT pk_sales PRIMARY KEY (day, supplier, service),
    CONSTRAINT fk_sales_service FOREIGN KEY(service) REFERENCES services (id)
)
;;
CREATE TABLE sales_times (
    day INTEGER NOT NULL,
    supplier TEXT NOT NULL,
    service BIGINT NOT NULL,
    step INTEGER NOT NULL,
    orders BIGINT NOT NULL,
    CONSTRAINT pk_sales_times PRIMARY KEY (day, supplier, service, step),
    CONSTRAINT fk_sales_times_service FOREIGN KEY(service) REFERENCES services (id)
)
;;
CREATE TABLE sales_marks (
    id BIGSERIAL NOT NULL,
    order_id BIGINT NOT NULL,
    CONSTRAINT pk_sales_marks PRIMARY KEY (id)
)
;;
CREATE FUNCTION orders_mark_sales() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO sales_marks (order_id) VALUES (NEW.id); RETURN NULL; END $$
;;
CREATE TRIGGER orders_mark_sales AFTER UPDATE OF state, supplier, service, delivered, captured, released, refunded, cost, charge, charge_currency, finished_at ON orders FOR EACH ROW WHEN (NEW.finished_at IS NOT NULL) EXECUTE FUNCTION orders_mark_sales()
;;
CREATE TABLE stand_ins (
    service BIGINT NOT NULL,
    tie BIGINT NOT NULL,
    place INTEGER NOT NULL,
    CONSTRAINT pk_stand_ins PRIMARY KEY (service),
    CONSTRAINT uq_stand_ins_tie_place UNIQUE (tie, place),
    CONSTRAINT ck_stand_ins_counted CHECK (tie > 0 AND place > 0),
    CONSTRAINT fk_stand_ins_service FOREIGN KEY(service) REFERENCES services (id)
)
;;
CREATE TABLE handovers (
    order_id BIGINT NOT NULL,
    service BIGINT NOT NULL,
    supplier TEXT NOT NULL,
    cost BIGINT NOT NULL,
    reason TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT pk_handovers PRIMARY KEY (order_id, service),
    CONSTRAINT fk_handovers_order_id FOREIGN KEY(order_id) REFERENCES orders (id),
    CONSTRAINT fk_handovers_service FOREIGN KEY(service) REFERENCES services (id)
)
;;
CREATE INDEX ix_handovers_supplier ON handovers (supplier)
