CREATE TABLE accounts (
    account TEXT NOT NULL,
    kind TEXT NOT NULL,
    balance BIGINT DEFAULT '0' NOT NULL,
    last_transfer BIGINT DEFAULT '0' NOT NULL,
    CONSTRAINT pk_accounts PRIMARY KEY (account),
    CONSTRAINT ck_accounts_known_kind CHECK (kind IN ('customer', 'hold', 'shop', 'world')),
    CONSTRAINT ck_accounts_never_negative CHECK (balance >= 0 OR kind IN ('shop', 'world'))
)
;;
CREATE TABLE alerts (
    cause TEXT NOT NULL,
    "on" INTEGER NOT NULL,
    rounds INTEGER NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT pk_alerts PRIMARY KEY (cause)
)
;;
CREATE TABLE audit_log (
    id BIGSERIAL NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    before TEXT DEFAULT '' NOT NULL,
    after TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_audit_log PRIMARY KEY (id)
)
;;
CREATE TABLE categories (
    id BIGSERIAL NOT NULL,
    parent BIGINT DEFAULT '0' NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT pk_categories PRIMARY KEY (id),
    CONSTRAINT uq_categories_parent_name UNIQUE (parent, name)
)
;;
CREATE TABLE chat_lanes (
    chat BIGINT NOT NULL,
    free_at BIGINT NOT NULL,
    CONSTRAINT pk_chat_lanes PRIMARY KEY (chat)
)
;;
CREATE TABLE customers (
    id BIGINT NOT NULL,
    first_name TEXT NOT NULL,
    username TEXT DEFAULT '' NOT NULL,
    language TEXT NOT NULL,
    language_chosen INTEGER DEFAULT '0' NOT NULL,
    banned INTEGER DEFAULT '0' NOT NULL,
    reachable INTEGER DEFAULT '1' NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    wish_service BIGINT,
    wish_quantity BIGINT,
    wish_at BIGINT,
    CONSTRAINT pk_customers PRIMARY KEY (id)
)
;;
CREATE INDEX ix_customers_username ON customers (username)
;;
CREATE TABLE facts (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_facts PRIMARY KEY (name)
)
;;
CREATE TABLE forms (
    chat BIGINT NOT NULL,
    form TEXT NOT NULL,
    CONSTRAINT pk_forms PRIMARY KEY (chat)
)
;;
CREATE TABLE language_turns (
    supplier TEXT NOT NULL,
    language TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    read_at BIGINT,
    CONSTRAINT pk_language_turns PRIMARY KEY (supplier, language)
)
;;
CREATE TABLE languages (
    code TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    CONSTRAINT pk_languages PRIMARY KEY (code)
)
;;
CREATE TABLE outbox (
    id BIGSERIAL NOT NULL,
    chat BIGINT NOT NULL,
    dedup_key TEXT NOT NULL,
    notice TEXT NOT NULL,
    priority INTEGER NOT NULL,
    state TEXT NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    tries INTEGER DEFAULT '0' NOT NULL,
    due_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    message BIGINT,
    why TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_outbox PRIMARY KEY (id),
    CONSTRAINT ck_outbox_known_state CHECK (state IN ('pending', 'sent', 'unreachable', 'dropped')),
    CONSTRAINT uq_outbox_dedup_key UNIQUE (dedup_key)
)
;;
CREATE INDEX ix_outbox_chat_state_priority_id ON outbox (chat, state, priority, id)
;;
CREATE INDEX ix_outbox_state_due_at ON outbox (state, due_at)
;;
CREATE INDEX ix_outbox_state_priority_id ON outbox (state, priority, id)
;;
CREATE TABLE suppliers (
    name TEXT NOT NULL,
    pauses TEXT DEFAULT '' NOT NULL,
    balance TEXT,
    balance_currency TEXT DEFAULT '' NOT NULL,
    balance_at BIGINT,
    read_at BIGINT,
    rows INTEGER DEFAULT '0' NOT NULL,
    numbers_read_at BIGINT,
    number_rows INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_suppliers PRIMARY KEY (name)
)
;;
CREATE TABLE category_texts (
    language TEXT NOT NULL,
    category BIGINT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT pk_category_texts PRIMARY KEY (language, category),
    CONSTRAINT fk_category_texts_category FOREIGN KEY(category) REFERENCES categories (id)
)
;;
CREATE TABLE services (
    id BIGSERIAL NOT NULL,
    supplier TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    category BIGINT NOT NULL,
    paused INTEGER DEFAULT '0' NOT NULL,
    gone INTEGER DEFAULT '0' NOT NULL,
    name TEXT NOT NULL,
    description TEXT DEFAULT '' NOT NULL,
    category_name TEXT NOT NULL,
    subcategory_name TEXT DEFAULT '' NOT NULL,
    type TEXT DEFAULT '' NOT NULL,
    entity_type TEXT DEFAULT '' NOT NULL,
    rate TEXT NOT NULL,
    least BIGINT NOT NULL,
    most BIGINT NOT NULL,
    stock BIGINT,
    auto_delivery INTEGER,
    refill INTEGER DEFAULT '0' NOT NULL,
    cancel INTEGER DEFAULT '0' NOT NULL,
    problem TEXT DEFAULT '' NOT NULL,
    read_at BIGINT NOT NULL,
    CONSTRAINT pk_services PRIMARY KEY (id),
    CONSTRAINT uq_services_supplier_remote_id UNIQUE (supplier, remote_id),
    CONSTRAINT fk_services_category FOREIGN KEY(category) REFERENCES categories (id)
)
;;
CREATE TABLE topup_requests (
    id BIGSERIAL NOT NULL,
    customer BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    at BIGINT NOT NULL,
    decision TEXT DEFAULT '' NOT NULL,
    decided_by TEXT DEFAULT '' NOT NULL,
    decided_at BIGINT,
    CONSTRAINT pk_topup_requests PRIMARY KEY (id),
    CONSTRAINT fk_topup_requests_customer FOREIGN KEY(customer) REFERENCES customers (id)
)
;;
CREATE INDEX ix_topup_requests_customer_decision ON topup_requests (customer, decision)
;;
CREATE TABLE transfers (
    id BIGSERIAL NOT NULL,
    debit TEXT NOT NULL,
    credit TEXT NOT NULL,
    amount BIGINT NOT NULL,
    kind TEXT NOT NULL,
    idem_key TEXT NOT NULL,
    order_id BIGINT,
    actor TEXT DEFAULT '' NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    reverses BIGINT,
    created_at BIGINT NOT NULL,
    CONSTRAINT pk_transfers PRIMARY KEY (id),
    CONSTRAINT ck_transfers_positive CHECK (amount > 0),
    CONSTRAINT ck_transfers_two_ends CHECK (debit <> credit),
    CONSTRAINT fk_transfers_debit FOREIGN KEY(debit) REFERENCES accounts (account),
    CONSTRAINT fk_transfers_credit FOREIGN KEY(credit) REFERENCES accounts (account),
    CONSTRAINT uq_transfers_idem_key UNIQUE (idem_key),
    CONSTRAINT uq_transfers_reverses UNIQUE (reverses),
    CONSTRAINT fk_transfers_reverses FOREIGN KEY(reverses) REFERENCES transfers (id)
)
;;
CREATE INDEX ix_transfers_credit_id ON transfers (credit, id)
;;
CREATE INDEX ix_transfers_debit_id ON transfers (debit, id)
;;
CREATE TABLE quotes (
    id BIGSERIAL NOT NULL,
    customer BIGINT NOT NULL,
    service BIGINT NOT NULL,
    kind TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    link TEXT DEFAULT '' NOT NULL,
    reuse BIGINT,
    unit_price BIGINT NOT NULL,
    unit BIGINT NOT NULL,
    total BIGINT NOT NULL,
    cost BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    CONSTRAINT pk_quotes PRIMARY KEY (id),
    CONSTRAINT ck_quotes_sensible CHECK (quantity > 0 AND total > 0 AND cost <= total),
    CONSTRAINT fk_quotes_customer FOREIGN KEY(customer) REFERENCES customers (id),
    CONSTRAINT fk_quotes_service FOREIGN KEY(service) REFERENCES services (id)
)
;;
CREATE INDEX ix_quotes_expires_at ON quotes (expires_at)
;;
CREATE TABLE service_texts (
    language TEXT NOT NULL,
    service BIGINT NOT NULL,
    name TEXT,
    name_mark BIGINT,
    description TEXT,
    description_mark BIGINT,
    CONSTRAINT pk_service_texts PRIMARY KEY (language, service),
    CONSTRAINT ck_service_texts_marked CHECK ((name IS NULL) = (name_mark IS NULL) AND (description IS NULL) = (description_mark IS NULL)),
    CONSTRAINT fk_service_texts_service FOREIGN KEY(service) REFERENCES services (id)
)
;;
CREATE TABLE orders (
    id BIGSERIAL NOT NULL,
    quote BIGINT NOT NULL,
    part INTEGER DEFAULT '1' NOT NULL,
    customer BIGINT NOT NULL,
    service BIGINT NOT NULL,
    supplier TEXT NOT NULL,
    remote_service TEXT NOT NULL,
    service_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    link TEXT DEFAULT '' NOT NULL,
    reuse BIGINT,
    total BIGINT NOT NULL,
    cost BIGINT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    attempt INTEGER DEFAULT '0' NOT NULL,
    tries INTEGER DEFAULT '0' NOT NULL,
    remote_order TEXT,
    charge TEXT,
    charge_currency TEXT DEFAULT '' NOT NULL,
    charge_compared INTEGER DEFAULT '0' NOT NULL,
    delivered BIGINT DEFAULT '0' NOT NULL,
    batches INTEGER DEFAULT '0' NOT NULL,
    captured BIGINT DEFAULT '0' NOT NULL,
    released BIGINT DEFAULT '0' NOT NULL,
    card BIGINT,
    sender TEXT DEFAULT '' NOT NULL,
    unsure INTEGER DEFAULT '0' NOT NULL,
    last_said TEXT DEFAULT '' NOT NULL,
    misses INTEGER DEFAULT '0' NOT NULL,
    due_at BIGINT,
    finished_since BIGINT,
    problem_at BIGINT,
    created_at BIGINT NOT NULL,
    queued_at BIGINT NOT NULL,
    submitting_at BIGINT,
    active_at BIGINT,
    parked_at BIGINT,
    finished_at BIGINT,
    forgotten_at BIGINT,
    restored_at BIGINT,
    CONSTRAINT pk_orders PRIMARY KEY (id),
    CONSTRAINT uq_orders_quote_part UNIQUE (quote, part),
    CONSTRAINT uq_orders_supplier_remote_order UNIQUE (supplier, remote_order),
    CONSTRAINT ck_orders_no_negative_parts CHECK (captured >= 0 AND released >= 0),
    CONSTRAINT ck_orders_ended_in_full CHECK (state NOT IN ('completed', 'partial', 'canceled', 'failed') OR captured + released = total),
    CONSTRAINT fk_orders_quote FOREIGN KEY(quote) REFERENCES quotes (id),
    CONSTRAINT fk_orders_customer FOREIGN KEY(customer) REFERENCES customers (id),
    CONSTRAINT fk_orders_service FOREIGN KEY(service) REFERENCES services (id)
)
;;
CREATE INDEX ix_orders_customer_id ON orders (customer, id)
;;
CREATE INDEX ix_orders_state_supplier_due_at ON orders (state, supplier, due_at)
;;
CREATE INDEX ix_orders_to_forget ON orders (finished_at) WHERE finished_at IS NOT NULL AND forgotten_at IS NULL
;;
CREATE TABLE answers (
    id BIGSERIAL NOT NULL,
    order_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    said TEXT NOT NULL,
    CONSTRAINT pk_answers PRIMARY KEY (id),
    CONSTRAINT fk_answers_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
)
;;
CREATE INDEX ix_answers_order_id ON answers (order_id)
;;
CREATE TABLE attempts (
    order_id BIGINT NOT NULL,
    number INTEGER NOT NULL,
    at BIGINT NOT NULL,
    by TEXT DEFAULT '' NOT NULL,
    outcome TEXT DEFAULT '' NOT NULL,
    said TEXT DEFAULT '' NOT NULL,
    answered_at BIGINT,
    reading_due_at BIGINT,
    readings INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_attempts PRIMARY KEY (order_id, number),
    CONSTRAINT fk_attempts_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
)
;;
CREATE INDEX ix_attempts_at ON attempts (at)
;;
CREATE TABLE goods (
    order_id BIGINT NOT NULL,
    batch INTEGER NOT NULL,
    count INTEGER NOT NULL,
    sealed TEXT NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT pk_goods PRIMARY KEY (order_id, batch),
    CONSTRAINT fk_goods_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
)
;;
CREATE TABLE order_events (
    id BIGSERIAL NOT NULL,
    order_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    state TEXT NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    actor TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_order_events PRIMARY KEY (id),
    CONSTRAINT fk_order_events_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
)
;;
CREATE INDEX ix_order_events_order_id ON order_events (order_id)
;;
CREATE TABLE readings (
    id BIGSERIAL NOT NULL,
    order_id BIGINT NOT NULL,
    attempt INTEGER NOT NULL,
    at BIGINT NOT NULL,
    balance TEXT NOT NULL,
    CONSTRAINT pk_readings PRIMARY KEY (id),
    CONSTRAINT fk_readings_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
)
;;
CREATE INDEX ix_readings_order_id ON readings (order_id)
;;
CREATE TABLE rentals (
    order_id BIGINT NOT NULL,
    supplier TEXT NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    project TEXT NOT NULL,
    country TEXT NOT NULL,
    country_title TEXT NOT NULL,
    state TEXT NOT NULL,
    codes INTEGER DEFAULT '0' NOT NULL,
    misses INTEGER DEFAULT '0' NOT NULL,
    told INTEGER DEFAULT '0' NOT NULL,
    rented_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    closed_at BIGINT,
    due_at BIGINT,
    CONSTRAINT pk_rentals PRIMARY KEY (order_id),
    CONSTRAINT ck_rentals_looked_at_until_closed CHECK ((state = 'closed') = (due_at IS NULL)),
    CONSTRAINT fk_rentals_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
)
;;
CREATE INDEX ix_rentals_state_expires_at ON rentals (state, expires_at)
;;
CREATE INDEX ix_rentals_supplier_due_at ON rentals (supplier, due_at)
;;
CREATE FUNCTION transfers_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'a transfer is never changed' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$
;;
CREATE TRIGGER transfers_stay BEFORE UPDATE ON transfers FOR EACH ROW EXECUTE FUNCTION transfers_stay()
;;
CREATE FUNCTION transfers_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'a transfer is never deleted' USING ERRCODE = 'check_violation'; END IF; RETURN OLD; END $$
;;
CREATE TRIGGER transfers_are_kept BEFORE DELETE ON transfers FOR EACH ROW EXECUTE FUNCTION transfers_are_kept()
;;
CREATE FUNCTION accounts_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'an account is never deleted' USING ERRCODE = 'check_violation'; END IF; RETURN OLD; END $$
;;
CREATE TRIGGER accounts_are_kept BEFORE DELETE ON accounts FOR EACH ROW EXECUTE FUNCTION accounts_are_kept()
;;
CREATE FUNCTION balances_follow_transfers() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.account <> OLD.account OR NEW.kind <> OLD.kind OR ((NEW.balance <> OLD.balance OR NEW.last_transfer <> OLD.last_transfer) AND NOT EXISTS ( SELECT 1 FROM transfers t WHERE t.id = NEW.last_transfer AND NEW.last_transfer > OLD.last_transfer AND NEW.balance = OLD.balance + CASE WHEN t.credit = NEW.account THEN t.amount ELSE 0 END - CASE WHEN t.debit = NEW.account THEN t.amount ELSE 0 END)) THEN RAISE EXCEPTION 'a balance changes only by a transfer' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$
;;
CREATE TRIGGER balances_follow_transfers BEFORE UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION balances_follow_transfers()
;;
CREATE FUNCTION balances_start_at_zero() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.balance <> 0 OR NEW.last_transfer <> 0 THEN RAISE EXCEPTION 'an account starts empty' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$
;;
CREATE TRIGGER balances_start_at_zero BEFORE INSERT ON accounts FOR EACH ROW EXECUTE FUNCTION balances_start_at_zero()
;;
CREATE FUNCTION orders_move_legally() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN ('active>attention', 'active>canceled', 'active>completed', 'active>partial', 'attention>active', 'attention>canceled', 'attention>completed', 'attention>partial', 'in_doubt>active', 'in_doubt>failed', 'in_doubt>queued', 'queued>failed', 'queued>in_doubt', 'queued>submitting', 'submitting>active', 'submitting>failed', 'submitting>in_doubt', 'submitting>queued') THEN RAISE EXCEPTION 'an order cannot move there' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$
;;
CREATE TRIGGER orders_move_legally BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION orders_move_legally()
;;
CREATE FUNCTION orders_end_paid_out() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.state IN ('canceled', 'completed', 'failed', 'partial') AND EXISTS ( SELECT 1 FROM accounts a WHERE a.account = 'hold:' || NEW.id AND a.balance <> 0) THEN RAISE EXCEPTION 'an ended order holds no money' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$
;;
CREATE TRIGGER orders_end_paid_out BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION orders_end_paid_out()
;;
CREATE FUNCTION orders_keep_their_terms() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.customer <> OLD.customer OR NEW.total <> OLD.total OR NEW.quote <> OLD.quote OR NEW.quantity <> OLD.quantity THEN RAISE EXCEPTION 'the terms of an order never change' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$
;;
CREATE TRIGGER orders_keep_their_terms BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION orders_keep_their_terms()
;;
CREATE FUNCTION orders_start_queued() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.state <> 'queued' THEN RAISE EXCEPTION 'an order starts queued' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$
;;
CREATE TRIGGER orders_start_queued BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION orders_start_queued()
;;
CREATE FUNCTION orders_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'an order is never deleted' USING ERRCODE = 'check_violation'; END IF; RETURN OLD; END $$
;;
CREATE TRIGGER orders_are_kept BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION orders_are_kept()
;;
CREATE FUNCTION orders_wait_in_safe_mode() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.state <> OLD.state AND NEW.state IN ('submitting', 'canceled', 'completed', 'failed', 'partial') AND EXISTS (SELECT 1 FROM facts f WHERE f.name = 'safe_mode') THEN RAISE EXCEPTION 'nothing is sent or settled in safe mode' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$
;;
CREATE TRIGGER orders_wait_in_safe_mode BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION orders_wait_in_safe_mode()
;;
CREATE FUNCTION money_waits_in_safe_mode() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.kind IN ('hold', 'capture', 'release') AND EXISTS (SELECT 1 FROM facts f WHERE f.name = 'safe_mode') THEN RAISE EXCEPTION 'nothing is held, captured or released in safe mode' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$
;;
CREATE TRIGGER money_waits_in_safe_mode BEFORE INSERT ON transfers FOR EACH ROW EXECUTE FUNCTION money_waits_in_safe_mode()
;;
CREATE FUNCTION orders_leave_only_with_money() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.state = 'submitting' AND OLD.state <> 'submitting' AND NOT EXISTS ( SELECT 1 FROM accounts a WHERE a.account = 'hold:' || NEW.id AND a.balance = NEW.total) THEN RAISE EXCEPTION 'an order leaves only while its total is held' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$
;;
CREATE TRIGGER orders_leave_only_with_money BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION orders_leave_only_with_money()
;;
CREATE FUNCTION transfers_apply() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE accounts SET balance = balance - NEW.amount, last_transfer = NEW.id WHERE account = NEW.debit; UPDATE accounts SET balance = balance + NEW.amount, last_transfer = NEW.id WHERE account = NEW.credit; RETURN NEW; END $$
;;
CREATE TRIGGER transfers_apply AFTER INSERT ON transfers FOR EACH ROW EXECUTE FUNCTION transfers_apply()
