ALTER TABLE letters ADD COLUMN message INTEGER
;;
ALTER TABLE claims ADD COLUMN message INTEGER
;;
ALTER TABLE topup_requests ADD COLUMN message INTEGER
;;
ALTER TABLE credit_approvals ADD COLUMN reminded_at INTEGER
;;
ALTER TABLE orders ADD COLUMN stuck_told_at INTEGER
;;
UPDATE orders SET stuck_told_at = (SELECT at FROM alerts WHERE cause = 'stuck:' || orders.id)
WHERE active_at IS NOT NULL
;;
CREATE INDEX ix_orders_untold ON orders (state, active_at)
WHERE finished_at IS NULL AND stuck_told_at IS NULL
;;
CREATE INDEX ix_orders_stuck_told ON orders (stuck_told_at) WHERE stuck_told_at IS NOT NULL
;;
CREATE TABLE favourites (
    customer INTEGER NOT NULL,
    service INTEGER NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT pk_favourites PRIMARY KEY (customer, service),
    CONSTRAINT fk_favourites_customer FOREIGN KEY(customer) REFERENCES customers (id),
    CONSTRAINT fk_favourites_service FOREIGN KEY(service) REFERENCES services (id)
) STRICT
;;
CREATE TABLE watches (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    customer INTEGER NOT NULL,
    service INTEGER NOT NULL,
    reason TEXT NOT NULL,
    price INTEGER NOT NULL,
    at INTEGER NOT NULL,
    batch INTEGER,
    CONSTRAINT ck_watches_known_reason CHECK (reason IN ('back', 'price')),
    CONSTRAINT uq_watches_customer_service_reason UNIQUE (customer, service, reason),
    CONSTRAINT fk_watches_customer FOREIGN KEY(customer) REFERENCES customers (id),
    CONSTRAINT fk_watches_service FOREIGN KEY(service) REFERENCES services (id)
) STRICT
;;
CREATE INDEX ix_watches_service ON watches (service)
;;
CREATE TABLE searches (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    customer INTEGER NOT NULL,
    query TEXT NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT fk_searches_customer FOREIGN KEY(customer) REFERENCES customers (id)
) STRICT
;;
CREATE INDEX ix_searches_customer_id ON searches (customer, id)
;;
CREATE TABLE category_places (
    category INTEGER NOT NULL,
    supplier TEXT NOT NULL,
    shown INTEGER NOT NULL,
    CONSTRAINT pk_category_places PRIMARY KEY (category, supplier),
    CONSTRAINT fk_category_places_category FOREIGN KEY(category) REFERENCES categories (id),
    CONSTRAINT fk_category_places_shown FOREIGN KEY(shown) REFERENCES categories (id)
) STRICT
