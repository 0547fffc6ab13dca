ALTER TABLE letters ADD COLUMN message BIGINT
;;
ALTER TABLE claims ADD COLUMN message BIGINT
;;
ALTER TABLE topup_requests ADD COLUMN message BIGINT
;;
ALTER TABLE credit_approvals ADD COLUMN reminded_at BIGINT
;;
ALTER TABLE orders ADD COLUMN stuck_told_at BIGINT
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
    customer BIGINT NOT NULL,
    service BIGINT NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT pk_favourites PRIMARY KEY (customer, service),
    CONSTRAINT fk_favourites_customer FOREIGN KEY(customer) REFERENCES customers (id),
    CONSTRAINT fk_favourites_service FOREIGN KEY(service) REFERENCES services (id)
)
;;
CREATE TABLE watches (
    id BIGSERIAL NOT NULL,
    customer BIGINT NOT NULL,
    service BIGINT NOT NULL,
    reason TEXT NOT NULL,
    price BIGINT NOT NULL,
    at BIGINT NOT NULL,
    batch BIGINT,
    CONSTRAINT pk_watches PRIMARY KEY (id),
    CONSTRAINT ck_watches_known_reason CHECK (reason IN ('back', 'price')),
    CONSTRAINT uq_watches_customer_service_reason UNIQUE (customer, service, reason),
    CONSTRAINT fk_watches_customer FOREIGN KEY(customer) REFERENCES customers (id),
    CONSTRAINT fk_watches_service FOREIGN KEY(service) REFERENCES services (id)
)
;;
CREATE INDEX ix_watches_service ON watches (service)
;;
CREATE TABLE searches (
    id BIGSERIAL NOT NULL,
    customer BIGINT NOT NULL,
    query TEXT NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT pk_searches PRIMARY KEY (id),
    CONSTRAINT fk_searches_customer FOREIGN KEY(customer) REFERENCES customers (id)
)
;;
CREATE INDEX ix_searches_customer_id ON searches (customer, id)
;;
CREATE TABLE category_places (
    category BIGINT NOT NULL,
    supplier TEXT NOT NULL,
    shown BIGINT NOT NULL,
    CONSTRAINT pk_category_places PRIMARY KEY (category, supplier),
    CONSTRAINT fk_category_places_category FOREIGN KEY(category) REFERENCES categories (id),
    CONSTRAINT fk_category_places_shown FOREIGN KEY(shown) REFERENCES categories (id)
)
