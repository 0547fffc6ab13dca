CREATE TABLE operators (
    id BIGINT NOT NULL,
    role TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT pk_operators PRIMARY KEY (id),
    CONSTRAINT ck_operators_known_role CHECK (role IN ('owner', 'cashier', 'support', 'viewer'))
)
;;
CREATE TABLE chat_slots (
    chat BIGINT NOT NULL,
    free_at BIGINT NOT NULL,
    reachable INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT pk_chat_slots PRIMARY KEY (chat)
)
;;
INSERT INTO chat_slots (chat, free_at) SELECT chat, free_at FROM chat_lanes
;;
INSERT INTO chat_slots (chat, free_at, reachable)
SELECT id, 0, 0 FROM customers WHERE reachable = 0
ON CONFLICT (chat) DO UPDATE SET reachable = 0
;;
DROP TABLE chat_lanes
;;
ALTER TABLE customers DROP COLUMN reachable
;;
ALTER TABLE rentals DROP COLUMN closed_at
;;
ALTER TABLE rentals DROP COLUMN misses
;;
ALTER TABLE topup_requests DROP COLUMN decided_by
;;
ALTER TABLE topup_requests DROP COLUMN decided_at
;;
ALTER TABLE outbox DROP COLUMN sent_at
;;
ALTER TABLE services DROP COLUMN refill
;;
ALTER TABLE services DROP COLUMN cancel
