SELECT 1
;;
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
