BEGIN TRANSACTION;
CREATE TABLE accounts (
    account TEXT NOT NULL,
    kind TEXT NOT NULL,
    balance INTEGER DEFAULT '0' NOT NULL,
    last_transfer INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_accounts PRIMARY KEY (account),
    CONSTRAINT ck_accounts_known_kind CHECK (kind IN ('customer', 'hold', 'shop', 'world')),
    CONSTRAINT ck_accounts_never_negative CHECK (balance >= 0 OR kind IN ('shop', 'world'))
)
 STRICT;
INSERT INTO "accounts" VALUES('customer:501','customer',476250000,48);
INSERT INTO "accounts" VALUES('world:manual','world',-599250000,7);
INSERT INTO "accounts" VALUES('customer:502','customer',46750000,46);
INSERT INTO "accounts" VALUES('customer:503','customer',48000000,10);
INSERT INTO "accounts" VALUES('hold:1','hold',0,9);
INSERT INTO "accounts" VALUES('sales','shop',11000000,48);
INSERT INTO "accounts" VALUES('hold:2','hold',0,11);
INSERT INTO "accounts" VALUES('hold:3','hold',0,13);
INSERT INTO "accounts" VALUES('hold:4','hold',0,16);
INSERT INTO "accounts" VALUES('hold:5','hold',0,17);
INSERT INTO "accounts" VALUES('hold:6','hold',0,19);
INSERT INTO "accounts" VALUES('hold:7','hold',0,21);
INSERT INTO "accounts" VALUES('hold:8','hold',0,24);
INSERT INTO "accounts" VALUES('hold:9','hold',1000000,23);
INSERT INTO "accounts" VALUES('hold:10','hold',0,26);
INSERT INTO "accounts" VALUES('hold:11','hold',0,28);
INSERT INTO "accounts" VALUES('hold:12','hold',0,31);
INSERT INTO "accounts" VALUES('hold:13','hold',0,33);
INSERT INTO "accounts" VALUES('hold:14','hold',0,35);
INSERT INTO "accounts" VALUES('hold:15','hold',0,37);
INSERT INTO "accounts" VALUES('hold:16','hold',0,39);
INSERT INTO "accounts" VALUES('hold:17','hold',1000000,40);
INSERT INTO "accounts" VALUES('hold:18','hold',1000000,41);
INSERT INTO "accounts" VALUES('hold:19','hold',3000000,42);
INSERT INTO "accounts" VALUES('hold:20','hold',4000000,43);
INSERT INTO "accounts" VALUES('hold:21','hold',4000000,44);
INSERT INTO "accounts" VALUES('hold:22','hold',2000000,45);
INSERT INTO "accounts" VALUES('hold:23','hold',1250000,46);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0007');
CREATE TABLE alerts (
    cause TEXT NOT NULL,
    "on" INTEGER NOT NULL,
    rounds INTEGER NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT pk_alerts PRIMARY KEY (cause)
)
 STRICT;
INSERT INTO "alerts" VALUES('charge:2',1,1,1781010530000000);
INSERT INTO "alerts" VALUES('down:accplanet',1,1,1781010530000000);
INSERT INTO "alerts" VALUES('down:hstockplus',0,1,1781010530000000);
CREATE TABLE answers (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    said TEXT NOT NULL,
    CONSTRAINT fk_answers_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
)
 STRICT;
INSERT INTO "answers" VALUES(3,2,1781006400000000,'taken');
INSERT INTO "answers" VALUES(4,2,1781006400000000,'Completed 2 None 0.9');
INSERT INTO "answers" VALUES(5,3,1781006700000000,'taken');
INSERT INTO "answers" VALUES(6,3,1781006700000000,'Completed 2 None 0.9');
INSERT INTO "answers" VALUES(7,4,1781007000000000,'taken');
INSERT INTO "answers" VALUES(8,5,1781007000000000,'taken');
INSERT INTO "answers" VALUES(9,4,1781007000000000,'status: active');
INSERT INTO "answers" VALUES(10,5,1781007000000000,'status: active');
INSERT INTO "answers" VALUES(11,6,1781008980000000,'taken');
INSERT INTO "answers" VALUES(12,6,1781010320000000,'status: expired');
INSERT INTO "answers" VALUES(13,7,1781010320000000,'taken');
INSERT INTO "answers" VALUES(14,7,1781010320000000,'status: canceled');
INSERT INTO "answers" VALUES(15,8,1781010320000000,'taken');
INSERT INTO "answers" VALUES(16,9,1781010320000000,'taken');
INSERT INTO "answers" VALUES(17,8,1781010320000000,'status: active');
INSERT INTO "answers" VALUES(18,9,1781010320000000,'status: active');
INSERT INTO "answers" VALUES(19,10,1781010350000000,'taken');
INSERT INTO "answers" VALUES(20,10,1781010350000000,'Completed 2 None 0.9');
INSERT INTO "answers" VALUES(21,11,1781010350000000,'taken');
INSERT INTO "answers" VALUES(22,11,1781010350000000,'Completed 1 None 0.9');
INSERT INTO "answers" VALUES(23,12,1781010350000000,'taken');
INSERT INTO "answers" VALUES(24,12,1781010350000000,'Partial 1 2 None');
INSERT INTO "answers" VALUES(25,13,1781010350000000,'taken');
INSERT INTO "answers" VALUES(26,13,1781010350000000,'Canceled 0 None None');
INSERT INTO "answers" VALUES(27,14,1781010350000000,'none');
INSERT INTO "answers" VALUES(28,16,1781010350000000,'taken');
INSERT INTO "answers" VALUES(29,16,1781010350000000,'Completed 1 None 0.9');
INSERT INTO "answers" VALUES(30,17,1781010350000000,'timeout');
INSERT INTO "answers" VALUES(31,17,1781010350000000,'timeout');
INSERT INTO "answers" VALUES(32,18,1781010350000000,'timeout');
INSERT INTO "answers" VALUES(33,19,1781010350000000,'taken');
INSERT INTO "answers" VALUES(34,19,1781010350000000,'Error 0 None None');
INSERT INTO "answers" VALUES(35,20,1781010350000000,'taken');
INSERT INTO "answers" VALUES(36,21,1781010350000000,'taken');
INSERT INTO "answers" VALUES(37,20,1781010530000000,'In progress 0 4 50');
CREATE TABLE attempts (
    order_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    "by" TEXT DEFAULT '' NOT NULL,
    outcome TEXT DEFAULT '' NOT NULL,
    said TEXT DEFAULT '' NOT NULL,
    answered_at INTEGER,
    reading_due_at INTEGER,
    readings INTEGER DEFAULT '0' NOT NULL, claimed_by INTEGER,
    CONSTRAINT pk_attempts PRIMARY KEY (order_id, number),
    CONSTRAINT fk_attempts_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
)
 STRICT;
INSERT INTO "attempts" VALUES(1,1,1772366400000000,'','accepted','',1772366400000000,NULL,0,NULL);
INSERT INTO "attempts" VALUES(2,1,1781006400000000,'','accepted','taken',1781006400000000,NULL,0,NULL);
INSERT INTO "attempts" VALUES(3,1,1781006700000000,'','accepted','taken',1781006700000000,NULL,0,NULL);
INSERT INTO "attempts" VALUES(4,1,1781007000000000,'','accepted','taken',1781007000000000,NULL,0,NULL);
INSERT INTO "attempts" VALUES(5,1,1781007000000000,'','accepted','taken',1781007000000000,NULL,0,NULL);
INSERT INTO "attempts" VALUES(6,1,1781008980000000,'','accepted','taken',1781008980000000,NULL,0,NULL);
INSERT INTO "attempts" VALUES(7,1,1781010320000000,'','accepted','taken',1781010320000000,NULL,0,NULL);
INSERT INTO "attempts" VALUES(8,1,1781010320000000,'','accepted','taken',1781010320000000,NULL,0,NULL);
INSERT INTO "attempts" VALUES(9,1,1781010320000000,'','accepted','taken',1781010320000000,NULL,0,NULL);
INSERT INTO "attempts" VALUES(10,1,1781010350000000,'','accepted','taken',1781010350000000,NULL,0,NULL);
INSERT INTO "attempts" VALUES(11,1,1781010350000000,'','accepted','taken',1781010350000000,NULL,0,NULL);
INSERT INTO "attempts" VALUES(12,1,1781010350000000,'','accepted','taken',1781010350000000,NULL,0,NULL);
INSERT INTO "attempts" VALUES(13,1,1781010350000000,'','accepted','taken',1781010350000000,NULL,0,NULL);
INSERT INTO "attempts" VALUES(14,1,1781010350000000,'','refused','none',1781010350000000,NULL,0,NULL);
INSERT INTO "attempts" VALUES(16,1,1781010350000000,'','accepted','taken',1781010350000000,NULL,0,NULL);
INSERT INTO "attempts" VALUES(17,1,1781010350000000,'','in_doubt','timeout',1781010350000000,1781010355000000,0,NULL);
INSERT INTO "attempts" VALUES(17,2,1781010350000000,'900','in_doubt','timeout',1781010350000000,1781010380000000,1,NULL);
INSERT INTO "attempts" VALUES(18,1,1781010350000000,'','in_doubt','timeout',1781010350000000,1781010355000000,0,NULL);
INSERT INTO "attempts" VALUES(19,1,1781010350000000,'','accepted','taken',1781010350000000,NULL,0,NULL);
INSERT INTO "attempts" VALUES(20,1,1781010350000000,'','accepted','taken',1781010350000000,NULL,0,NULL);
INSERT INTO "attempts" VALUES(21,1,1781010350000000,'','accepted','taken',1781010350000000,NULL,0,NULL);
INSERT INTO "attempts" VALUES(23,1,1781010530000000,'','','',NULL,NULL,0,NULL);
CREATE TABLE audit_log (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    "before" TEXT DEFAULT '' NOT NULL,
    "after" TEXT DEFAULT '' NOT NULL
)
 STRICT;
INSERT INTO "audit_log" VALUES(1,1772366400000000,'900','topup','customer:501','0.000000','500.000000');
INSERT INTO "audit_log" VALUES(2,1772366400000000,'900','topup','customer:502','0.000000','50.000000');
INSERT INTO "audit_log" VALUES(3,1772366400000000,'900','topup','customer:503','0.000000','50.000000');
INSERT INTO "audit_log" VALUES(4,1772366400000000,'900','ban','customer:504','False','True');
INSERT INTO "audit_log" VALUES(5,1772366400000000,'900','debit','customer:501','500.000000','496.750000');
INSERT INTO "audit_log" VALUES(6,1772366400000000,'900','topup','customer:501','496.750000','503.750000');
INSERT INTO "audit_log" VALUES(7,1772366400000000,'900','reverse','customer:501','503.750000','496.750000');
INSERT INTO "audit_log" VALUES(8,1772366400000000,'900','topup','customer:501','496.750000','499.250000');
INSERT INTO "audit_log" VALUES(9,1772366400000000,'900','deny top-up','customer:502','','');
INSERT INTO "audit_log" VALUES(10,1772366400000000,'900','ask about top-up','customer:503','','');
INSERT INTO "audit_log" VALUES(11,1772366400000000,'900','ask for approval','customer:502','','900.000000');
INSERT INTO "audit_log" VALUES(12,1781010320000000,'clock','late_code','order:6','','0.9 USD');
INSERT INTO "audit_log" VALUES(13,1781010350000000,'900','send_again','order:17','in_doubt','queued');
INSERT INTO "audit_log" VALUES(14,1781010530000000,'900','rename category','category:1','Mail','Letters');
INSERT INTO "audit_log" VALUES(15,1781010530000000,'900','answer claim','order:11','','');
INSERT INTO "audit_log" VALUES(16,1781010530000000,'900','solve claim','order:11','','');
INSERT INTO "audit_log" VALUES(17,1781010530000000,'900','refund','order:11','0.000000','0.010000');
INSERT INTO "audit_log" VALUES(18,1781010530000000,'900','refund','order:11','0.010000','1.000000');
CREATE TABLE categories (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    parent INTEGER DEFAULT '0' NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT uq_categories_parent_name UNIQUE (parent, name)
)
 STRICT;
INSERT INTO "categories" VALUES(1,0,'Mail');
INSERT INTO "categories" VALUES(2,0,'SMS');
INSERT INTO "categories" VALUES(3,2,'United States');
INSERT INTO "categories" VALUES(4,0,'Letters');
CREATE TABLE category_places (
    category INTEGER NOT NULL,
    supplier TEXT NOT NULL,
    shown INTEGER NOT NULL,
    CONSTRAINT pk_category_places PRIMARY KEY (category, supplier),
    CONSTRAINT fk_category_places_category FOREIGN KEY(category) REFERENCES categories (id),
    CONSTRAINT fk_category_places_shown FOREIGN KEY(shown) REFERENCES categories (id)
) STRICT
;
INSERT INTO "category_places" VALUES(1,'',4);
CREATE TABLE category_texts (
    language TEXT NOT NULL,
    category INTEGER NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT pk_category_texts PRIMARY KEY (language, category),
    CONSTRAINT fk_category_texts_category FOREIGN KEY(category) REFERENCES categories (id)
)
 STRICT;
INSERT INTO "category_texts" VALUES('ru',1,'Почта');
CREATE TABLE changes (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    topic TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE TABLE chat_slots (
    chat INTEGER NOT NULL,
    free_at INTEGER NOT NULL,
    reachable INTEGER DEFAULT '1' NOT NULL, claim INTEGER DEFAULT '0' NOT NULL, claimed_by INTEGER,
    CONSTRAINT pk_chat_slots PRIMARY KEY (chat)
) STRICT;
INSERT INTO "chat_slots" VALUES(501,1781010350000000,1,33,0);
INSERT INTO "chat_slots" VALUES(502,1781006700000000,0,3,0);
INSERT INTO "chat_slots" VALUES(503,1781006400000000,0,3,0);
INSERT INTO "chat_slots" VALUES(900,1781010350000000,1,7,0);
CREATE TABLE claims (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL,
    customer INTEGER NOT NULL,
    reason TEXT NOT NULL,
    pieces TEXT DEFAULT '' NOT NULL,
    said TEXT DEFAULT '' NOT NULL,
    file TEXT DEFAULT '' NOT NULL,
    file_kind TEXT DEFAULT '' NOT NULL,
    state TEXT DEFAULT 'open' NOT NULL,
    at INTEGER NOT NULL,
    closed_by TEXT DEFAULT '' NOT NULL,
    closed_at INTEGER, message INTEGER,
    CONSTRAINT fk_claims_order_id FOREIGN KEY(order_id) REFERENCES orders (id),
    CONSTRAINT fk_claims_customer FOREIGN KEY(customer) REFERENCES customers (id)
) STRICT;
INSERT INTO "claims" VALUES(1,11,501,'does_not_work','1','gAAAAABrCw8itrEZyO2iAOlWzUXab-BpLDc9a1fHI9e0qfO7Tkax7IK9gwie6hlFQOZ_jytnpkQk6nNKGcK1ynGN0zljWnNWSg==','','','withdrawn',1781010530000000,'501',1781010530000000,4712);
INSERT INTO "claims" VALUES(2,11,501,'does_not_work','1','gAAAAABrCw8iQsVxBb6YPLRnN7hi4VLu3rOr7lReAr9Kk7yK6KKWIdu65SPuodX3LH677bgCWI06yigSVhKSA13BzGEj67WNsg==','','','solved',1781010530000000,'900',1781010530000000,4712);
INSERT INTO "claims" VALUES(3,11,501,'does_not_work','1','gAAAAABrCw8in_Tr44KZKQLi3FzOvp5EuA_--7qP6Wwacv4z_gWWc1XkMX9K0q2GNeshnU8dGFvK1NG1nTcvP0usn-B2wB56bw==','','','made_good',1781010530000000,'900',1781010530000000,4712);
INSERT INTO "claims" VALUES(4,11,501,'does_not_work','1','gAAAAABrCw8i6XteWL6Rw4HPBUZOe_bxQ4sn4cuZ7XNQ8uM4TVkSrS5c1aBPp4z5fkc34nmwstv_hnPTCc2rVVNpdHO9ypb7Vg==','','','open',1781010530000000,'',NULL,4712);
CREATE TABLE credit_approvals (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    idem_key TEXT NOT NULL,
    customer INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    request INTEGER,
    asked_by INTEGER NOT NULL,
    at INTEGER NOT NULL,
    decision TEXT DEFAULT '' NOT NULL,
    decided_by INTEGER,
    decided_at INTEGER, reminded_at INTEGER,
    CONSTRAINT fk_credit_approvals_customer FOREIGN KEY(customer) REFERENCES customers (id),
    CONSTRAINT fk_credit_approvals_request FOREIGN KEY(request) REFERENCES topup_requests (id)
) STRICT;
INSERT INTO "credit_approvals" VALUES(1,'cmd:7',502,900000000,'much',NULL,900,1772366400000000,'',NULL,NULL,NULL);
CREATE TABLE customers (
    id INTEGER NOT NULL,
    first_name TEXT NOT NULL,
    username TEXT DEFAULT '' NOT NULL,
    language TEXT NOT NULL,
    language_chosen INTEGER DEFAULT '0' NOT NULL,
    banned INTEGER DEFAULT '0' NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    wish_service INTEGER,
    wish_quantity INTEGER,
    wish_at INTEGER, note TEXT DEFAULT '' NOT NULL, orders_per_hour INTEGER, spend_per_day INTEGER, most_open INTEGER,
    CONSTRAINT pk_customers PRIMARY KEY (id)
)
 STRICT;
INSERT INTO "customers" VALUES(501,'name501','user501','en',0,0,1772366400000000,1772366400000000,NULL,NULL,NULL,'',NULL,NULL,NULL);
INSERT INTO "customers" VALUES(502,'name502','user502','ar',1,0,1772366400000000,1772366400000000,NULL,NULL,NULL,'',NULL,NULL,NULL);
INSERT INTO "customers" VALUES(503,'name503','user503','en',0,0,1772366400000000,1772366400000000,NULL,NULL,NULL,'',NULL,NULL,NULL);
INSERT INTO "customers" VALUES(504,'name504','user504','en',0,1,1772366400000000,1772366400000000,2,3,1772366400000000,'',NULL,NULL,NULL);
INSERT INTO "customers" VALUES(900,'name900','user900','en',0,0,1772366400000000,1772366400000000,NULL,NULL,NULL,'',NULL,NULL,NULL);
CREATE TABLE facts (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_facts PRIMARY KEY (name)
)
 STRICT;
INSERT INTO "facts" VALUES('currency','USD');
INSERT INTO "facts" VALUES('seal','gAAAAABrCw8hT9gr79FAvhbZlZrcZssISpSOrEsNBnyswrD7fcIYH_lF5T9SIbMLRF3oi8hGLfp9lrU-PsZcUZld4QwT_7-XYw==');
INSERT INTO "facts" VALUES('shelf_version','27');
CREATE TABLE favourites (
    customer INTEGER NOT NULL,
    service INTEGER NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT pk_favourites PRIMARY KEY (customer, service),
    CONSTRAINT fk_favourites_customer FOREIGN KEY(customer) REFERENCES customers (id),
    CONSTRAINT fk_favourites_service FOREIGN KEY(service) REFERENCES services (id)
) STRICT;
INSERT INTO "favourites" VALUES(501,2,1772366400000000);
CREATE TABLE fingerprints (
    order_id INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    CONSTRAINT pk_fingerprints PRIMARY KEY (order_id, batch, fingerprint),
    CONSTRAINT fk_fingerprints_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
) STRICT;
INSERT INTO "fingerprints" VALUES(2,1,'081db85dd03755b62ba3390a63abb2ad');
INSERT INTO "fingerprints" VALUES(2,1,'9e223d6596542c70da9ee61af9b6094c');
INSERT INTO "fingerprints" VALUES(2,1,'f0ce5f5c565d94328fa8fa43f0fd6bef');
INSERT INTO "fingerprints" VALUES(3,1,'789fbd9a5b3142695f4ada6d7a46b26d');
INSERT INTO "fingerprints" VALUES(3,1,'dc3c2e3ed5ffb7b6d70b4874fc2db76d');
INSERT INTO "fingerprints" VALUES(3,1,'fe4f5c158df1b93e98a38bc3021c04fb');
INSERT INTO "fingerprints" VALUES(4,0,'efdc5d0352e969278237cbed2ed2a3bf');
INSERT INTO "fingerprints" VALUES(5,0,'06aea67db67ba81d95d258daa5dd0d37');
INSERT INTO "fingerprints" VALUES(6,0,'d3b5b0bb62cb8f6ad4a38194a0d59d2b');
INSERT INTO "fingerprints" VALUES(7,0,'8009576d82dedce48ef38145a718ea82');
INSERT INTO "fingerprints" VALUES(8,0,'6a5a59fce695d0958f0d658682b3f1a7');
INSERT INTO "fingerprints" VALUES(9,0,'47ad9f016aa0c1685aedf1d4cf37759a');
INSERT INTO "fingerprints" VALUES(10,1,'537f4a6e2a6111f4ed9352870a1a9d89');
INSERT INTO "fingerprints" VALUES(10,1,'b6297ea11ffbfe2fa85fdf6bf4400181');
INSERT INTO "fingerprints" VALUES(10,1,'f1f44689ef5c4aeb9bf02194aca2a865');
INSERT INTO "fingerprints" VALUES(11,1,'4bb835754d7cf929e1109558850bf9a9');
INSERT INTO "fingerprints" VALUES(11,1,'beef726596f95b2489d1fc50b2ca8925');
INSERT INTO "fingerprints" VALUES(12,1,'0658d33966e9ad8684ee3a50efb141f9');
INSERT INTO "fingerprints" VALUES(12,1,'c2ba40b7074db6d04e3c720ac66f30b3');
INSERT INTO "fingerprints" VALUES(16,1,'07ab0aa3a78095444e168111950a71de');
INSERT INTO "fingerprints" VALUES(16,1,'a640660a0fbd8a7ac5cef5cc97de3f71');
CREATE TABLE forms (
    chat INTEGER NOT NULL,
    form TEXT NOT NULL,
    CONSTRAINT pk_forms PRIMARY KEY (chat)
)
 STRICT;
INSERT INTO "forms" VALUES(504,'{"kind":"quantity","service":1}');
CREATE TABLE goods (
    order_id INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    count INTEGER NOT NULL,
    sealed TEXT NOT NULL,
    at INTEGER NOT NULL, marked TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_goods PRIMARY KEY (order_id, batch),
    CONSTRAINT fk_goods_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
)
 STRICT;
INSERT INTO "goods" VALUES(2,1,2,'gAAAAABrCw8h2SQ3msCxKkz99zzv1HfCObsWoHwdT0nHJkbJiHnG8o8iY5rsr5WE4_iJjAzOJ1BMwe_Te1Rg_-W_OnegjaObZf6rfTBP_y-1hHYhO85QKkc=',1781006400000000,'04e19c525a92');
INSERT INTO "goods" VALUES(3,1,2,'gAAAAABrCw8hsb7P9tbjGVoHFF2Q5zHo4sfgtaQUtTd5o-J2uGpECjlW8UT1qi2RzH8qUrRIEtc8y_p4SQNACCu6wDl_4_tzzmmOnSWOaxDGFu0m7oXppkk=',1781006700000000,'04e19c525a92');
INSERT INTO "goods" VALUES(4,1,1,'gAAAAABrCw8hxLnok5SDuB0reE59zSs0MWqEjnJExO5lYLsiRLoMOC-yhaXVyk9kWvuqLSWIxGuwKcRvSl7fYUb0bks6fjL6GdncY-v-W2JAsGY2CDOX-4CxHBmGiv3Y2BXkvTgDx55B',1781007000000000,'04e19c525a92');
INSERT INTO "goods" VALUES(4,2,1,'gAAAAABrCw8hFJinFNaSSOuKcpUpauyeYDHKICSPqF2U5B1_FRtrFVt733SK4aPGET1-Bq1_yvWrQBMZ81bN4OmkDA2OvSja2A==',1781007000000000,'04e19c525a92');
INSERT INTO "goods" VALUES(6,1,1,'gAAAAABrCw8hykDyhIwJaz1nO8hrj1W3161KQVHrq4raDfQIqCc4gbpNsAltF95hEn0N9xwo864lC9KV3SQZpLP51w202AgpdQ==',1781010320000000,'04e19c525a92');
INSERT INTO "goods" VALUES(8,1,1,'gAAAAABrCw8haE1-EY1Od4HYMINGUlwO0LjNFMCZAPwO3j8MNG_Y8iW9VWIc3P0sXEK49qbag64XAwJFmaCR5p2Y6f_QTp5NO8hk3y1GI-pzpJ1h7r5hzoImx4W82TWM2u6Fv71fH-QR',1781010320000000,'04e19c525a92');
INSERT INTO "goods" VALUES(10,1,2,'gAAAAABrCw8ipWvqhzGWXy_oNotkdfx_7mrJndL7o38b7IryP9jeh2ez2-MuzB5nHl7klrF5HrmupINU1HmWHJOd5vOWECFv6y8eYP3aZJGR7j9RQ1I9ogI=',1781010350000000,'04e19c525a92');
INSERT INTO "goods" VALUES(11,1,1,'gAAAAABrCw8icJbEArO0OpYQWRla4-qeWwyoAz2FA7M3bBlNt7kWDGp5jZ2hg7D01d4oex1_c2yrXZMA2Zm31k6JXCH7iRxqZQ==',1781010350000000,'04e19c525a92');
INSERT INTO "goods" VALUES(12,1,1,'gAAAAABrCw8i8L6W0pk3eRVIpnLHxr0kTb0FzcOzJ9BK0zzUy7GQurqzHNEavb0tcjTlhFTFG6cKuq7X86vkPvuTNXzdizBsGw==',1781010350000000,'04e19c525a92');
INSERT INTO "goods" VALUES(16,1,1,'gAAAAABrCw8iFcPFY_aqSkLFl3S9c7DmTAvZT2UhFqm2IS3Rkpo0jAgSY8xmLsoI6CNrQS7KK3eMjfROAuwxqpkdccU63c-UnmZfoJSi6GDTEppAIIC9yok=',1781010350000000,'04e19c525a92');
CREATE TABLE jobs (
    name TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    claimed_by INTEGER,
    CONSTRAINT pk_jobs PRIMARY KEY (name)
) STRICT;
CREATE TABLE language_turns (
    supplier TEXT NOT NULL,
    language TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    read_at INTEGER, claimed_by INTEGER,
    CONSTRAINT pk_language_turns PRIMARY KEY (supplier, language)
)
 STRICT;
INSERT INTO "language_turns" VALUES('accplanet','ru',1781010650000000,NULL,0);
CREATE TABLE languages (
    code TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    CONSTRAINT pk_languages PRIMARY KEY (code)
)
 STRICT;
INSERT INTO "languages" VALUES('en',1772366400000000);
INSERT INTO "languages" VALUES('ar',1772366400000000);
CREATE TABLE letters (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    subject TEXT NOT NULL,
    at INTEGER NOT NULL,
    sender TEXT DEFAULT '' NOT NULL,
    said TEXT DEFAULT '' NOT NULL,
    file TEXT DEFAULT '' NOT NULL,
    file_kind TEXT DEFAULT '' NOT NULL,
    idem_key TEXT, message INTEGER,
    CONSTRAINT uq_letters_idem_key UNIQUE (idem_key)
) STRICT;
INSERT INTO "letters" VALUES(1,'request:3',1772366400000000,'900','gAAAAABrCw8hmLuwBjRbHJak8pmzCp-R8G8NkamUxTZ_zg-y_lcY7O5W9tfrRlV7ZsHAhMHF_fQHrFKzSusuh3xd2ZwR-IAJtw==','','','cmd:6',6);
INSERT INTO "letters" VALUES(2,'request:3',1772366400000000,'','gAAAAABrCw8hJOdp2W5iNTX-KCoZ5dBHXHHfIRJXVPHk7Kd337aiyIQDmi1yyv2QMpQ6DWgg1WtmAEc0OQnWitfB2yhIqeYbDA==','','','cmd:c',NULL);
INSERT INTO "letters" VALUES(3,'claim:2',1781010530000000,'900','gAAAAABrCw8iZb47HCeb2AaAP1Ke8zo7Zor5t6LLFqYHQE8cT5301aPy9ojsruOeo7j3wAqxRlEjwmqI2jMJ9TZcTOXyRvStmA==','','','answer',NULL);
CREATE TABLE operators (
    id INTEGER NOT NULL,
    role TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT pk_operators PRIMARY KEY (id),
    CONSTRAINT ck_operators_known_role CHECK (role IN ('owner', 'cashier', 'support', 'viewer'))
) STRICT;
INSERT INTO "operators" VALUES(900,'owner','ADMIN_IDS',1772366400000000);
CREATE TABLE order_events (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    actor TEXT DEFAULT '' NOT NULL,
    CONSTRAINT fk_order_events_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
)
 STRICT;
INSERT INTO "order_events" VALUES(1,1,1772366400000000,'queued','','501');
INSERT INTO "order_events" VALUES(2,1,1772366400000000,'submitting','','');
INSERT INTO "order_events" VALUES(3,1,1772366400000000,'active','remote1','');
INSERT INTO "order_events" VALUES(4,1,1772366400000000,'completed','','');
INSERT INTO "order_events" VALUES(5,2,1781006400000000,'queued','','503');
INSERT INTO "order_events" VALUES(6,2,1781006400000000,'submitting','','');
INSERT INTO "order_events" VALUES(7,2,1781006400000000,'active','remote2','');
INSERT INTO "order_events" VALUES(8,2,1781006400000000,'completed','','');
INSERT INTO "order_events" VALUES(9,3,1781006700000000,'queued','','502');
INSERT INTO "order_events" VALUES(10,3,1781006700000000,'submitting','','');
INSERT INTO "order_events" VALUES(11,3,1781006700000000,'active','remote3','');
INSERT INTO "order_events" VALUES(12,3,1781006700000000,'completed','','');
INSERT INTO "order_events" VALUES(13,4,1781007000000000,'queued','','501');
INSERT INTO "order_events" VALUES(14,5,1781007000000000,'queued','','501');
INSERT INTO "order_events" VALUES(15,4,1781007000000000,'submitting','','');
INSERT INTO "order_events" VALUES(16,4,1781007000000000,'active','n4','');
INSERT INTO "order_events" VALUES(17,5,1781007000000000,'submitting','','');
INSERT INTO "order_events" VALUES(18,5,1781007000000000,'active','n5','');
INSERT INTO "order_events" VALUES(19,4,1781007000000000,'completed','','');
INSERT INTO "order_events" VALUES(20,5,1781008320000000,'canceled','no_code','');
INSERT INTO "order_events" VALUES(21,6,1781008980000000,'queued','','501');
INSERT INTO "order_events" VALUES(22,6,1781008980000000,'submitting','','');
INSERT INTO "order_events" VALUES(23,6,1781008980000000,'active','n6','');
INSERT INTO "order_events" VALUES(24,6,1781010300000000,'canceled','no_code','');
INSERT INTO "order_events" VALUES(25,7,1781010320000000,'queued','','501');
INSERT INTO "order_events" VALUES(26,7,1781010320000000,'submitting','','');
INSERT INTO "order_events" VALUES(27,7,1781010320000000,'active','n7','');
INSERT INTO "order_events" VALUES(28,7,1781010320000000,'canceled','no_code','');
INSERT INTO "order_events" VALUES(29,8,1781010320000000,'queued','','501');
INSERT INTO "order_events" VALUES(30,9,1781010320000000,'queued','','501');
INSERT INTO "order_events" VALUES(31,8,1781010320000000,'submitting','','');
INSERT INTO "order_events" VALUES(32,8,1781010320000000,'active','n8','');
INSERT INTO "order_events" VALUES(33,9,1781010320000000,'submitting','','');
INSERT INTO "order_events" VALUES(34,9,1781010320000000,'active','n9','');
INSERT INTO "order_events" VALUES(35,8,1781010320000000,'completed','','');
INSERT INTO "order_events" VALUES(36,10,1781010350000000,'queued','','501');
INSERT INTO "order_events" VALUES(37,10,1781010350000000,'submitting','','');
INSERT INTO "order_events" VALUES(38,10,1781010350000000,'active','remote10','');
INSERT INTO "order_events" VALUES(39,10,1781010350000000,'completed','','');
INSERT INTO "order_events" VALUES(40,11,1781010350000000,'queued','','501');
INSERT INTO "order_events" VALUES(41,11,1781010350000000,'submitting','','');
INSERT INTO "order_events" VALUES(42,11,1781010350000000,'active','remote11','');
INSERT INTO "order_events" VALUES(43,11,1781010350000000,'completed','','');
INSERT INTO "order_events" VALUES(44,12,1781010350000000,'queued','','501');
INSERT INTO "order_events" VALUES(45,12,1781010350000000,'submitting','','');
INSERT INTO "order_events" VALUES(46,12,1781010350000000,'active','remote12','');
INSERT INTO "order_events" VALUES(47,12,1781010350000000,'partial','','');
INSERT INTO "order_events" VALUES(48,13,1781010350000000,'queued','','501');
INSERT INTO "order_events" VALUES(49,13,1781010350000000,'submitting','','');
INSERT INTO "order_events" VALUES(50,13,1781010350000000,'active','remote13','');
INSERT INTO "order_events" VALUES(51,13,1781010350000000,'canceled','','');
INSERT INTO "order_events" VALUES(52,14,1781010350000000,'queued','','501');
INSERT INTO "order_events" VALUES(53,14,1781010350000000,'submitting','','');
INSERT INTO "order_events" VALUES(54,14,1781010350000000,'failed','out_of_stock','');
INSERT INTO "order_events" VALUES(55,15,1781010350000000,'queued','','501');
INSERT INTO "order_events" VALUES(56,15,1781010350000000,'failed','customer_canceled','501');
INSERT INTO "order_events" VALUES(57,16,1781010350000000,'queued','','501');
INSERT INTO "order_events" VALUES(58,16,1781010350000000,'submitting','','');
INSERT INTO "order_events" VALUES(59,16,1781010350000000,'active','remote16','');
INSERT INTO "order_events" VALUES(60,16,1781010350000000,'completed','','');
INSERT INTO "order_events" VALUES(61,17,1781010350000000,'queued','','501');
INSERT INTO "order_events" VALUES(62,17,1781010350000000,'submitting','','');
INSERT INTO "order_events" VALUES(63,17,1781010350000000,'in_doubt','answer_lost','');
INSERT INTO "order_events" VALUES(64,17,1781010350000000,'queued','send again','900');
INSERT INTO "order_events" VALUES(65,17,1781010350000000,'submitting','','900');
INSERT INTO "order_events" VALUES(66,17,1781010350000000,'in_doubt','answer_lost','');
INSERT INTO "order_events" VALUES(67,18,1781010350000000,'queued','','501');
INSERT INTO "order_events" VALUES(68,18,1781010350000000,'submitting','','');
INSERT INTO "order_events" VALUES(69,18,1781010350000000,'in_doubt','answer_lost','');
INSERT INTO "order_events" VALUES(70,19,1781010350000000,'queued','','501');
INSERT INTO "order_events" VALUES(71,19,1781010350000000,'submitting','','');
INSERT INTO "order_events" VALUES(72,19,1781010350000000,'active','remote19','');
INSERT INTO "order_events" VALUES(73,19,1781010350000000,'attention','trouble_status','');
INSERT INTO "order_events" VALUES(74,20,1781010350000000,'queued','','501');
INSERT INTO "order_events" VALUES(75,20,1781010350000000,'submitting','','');
INSERT INTO "order_events" VALUES(76,20,1781010350000000,'active','remote20','');
INSERT INTO "order_events" VALUES(77,21,1781010350000000,'queued','','501');
INSERT INTO "order_events" VALUES(78,21,1781010350000000,'submitting','','');
INSERT INTO "order_events" VALUES(79,21,1781010350000000,'active','remote21','');
INSERT INTO "order_events" VALUES(80,22,1781010350000000,'queued','','501');
INSERT INTO "order_events" VALUES(81,23,1781010350000000,'queued','','502');
INSERT INTO "order_events" VALUES(82,23,1781010530000000,'submitting','','');
INSERT INTO "order_events" VALUES(83,11,1781010530000000,'completed','refunded','900');
INSERT INTO "order_events" VALUES(84,11,1781010530000000,'completed','refunded','900');
CREATE TABLE orders (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    quote INTEGER NOT NULL,
    part INTEGER DEFAULT '1' NOT NULL,
    customer INTEGER NOT NULL,
    service INTEGER NOT NULL,
    supplier TEXT NOT NULL,
    remote_service TEXT NOT NULL,
    service_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    link TEXT DEFAULT '' NOT NULL,
    reuse INTEGER,
    total INTEGER NOT NULL,
    cost INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    attempt INTEGER DEFAULT '0' NOT NULL,
    tries INTEGER DEFAULT '0' NOT NULL,
    remote_order TEXT,
    charge TEXT,
    charge_currency TEXT DEFAULT '' NOT NULL,
    charge_compared INTEGER DEFAULT '0' NOT NULL,
    delivered INTEGER DEFAULT '0' NOT NULL,
    batches INTEGER DEFAULT '0' NOT NULL,
    captured INTEGER DEFAULT '0' NOT NULL,
    released INTEGER DEFAULT '0' NOT NULL,
    card INTEGER,
    sender TEXT DEFAULT '' NOT NULL,
    unsure INTEGER DEFAULT '0' NOT NULL,
    last_said TEXT DEFAULT '' NOT NULL,
    misses INTEGER DEFAULT '0' NOT NULL,
    due_at INTEGER,
    finished_since INTEGER,
    problem_at INTEGER,
    created_at INTEGER NOT NULL,
    queued_at INTEGER NOT NULL,
    submitting_at INTEGER,
    active_at INTEGER,
    parked_at INTEGER,
    finished_at INTEGER,
    forgotten_at INTEGER,
    restored_at INTEGER, claim INTEGER DEFAULT '0' NOT NULL, claimed_by INTEGER, replaces INTEGER, refunded INTEGER DEFAULT '0' NOT NULL, stuck_told_at INTEGER,
    CONSTRAINT uq_orders_quote_part UNIQUE (quote, part),
    CONSTRAINT uq_orders_supplier_kind_remote_order UNIQUE (supplier, kind, remote_order),
    CONSTRAINT ck_orders_no_negative_parts CHECK (captured >= 0 AND released >= 0 AND refunded >= 0 AND refunded <= captured),
    CONSTRAINT ck_orders_ended_in_full CHECK (state NOT IN ('completed', 'partial', 'canceled', 'failed') OR captured + released = total),
    CONSTRAINT fk_orders_quote FOREIGN KEY(quote) REFERENCES quotes (id),
    CONSTRAINT fk_orders_customer FOREIGN KEY(customer) REFERENCES customers (id),
    CONSTRAINT fk_orders_service FOREIGN KEY(service) REFERENCES services (id)
)
 STRICT;
INSERT INTO "orders" VALUES(1,2,1,501,2,'accplanet','r1','Mail account','product',1,'',NULL,1000000,900000,'completed',NULL,1,0,'remote1','0.9','USD',1,1,1,1000000,0,NULL,'',0,'',0,NULL,NULL,NULL,1772366400000000,1772366400000000,1772366400000000,1772366400000000,NULL,1772366400000000,1781006400000000,NULL,2,0,NULL,0,NULL);
INSERT INTO "orders" VALUES(2,3,1,503,2,'accplanet','r1','Mail account','product',2,'',NULL,2000000,900000,'completed',NULL,1,0,'remote2','0.9','USD',1,2,1,2000000,0,NULL,'',0,'Completed 2 None 0.9',0,NULL,NULL,NULL,1781006400000000,1781006400000000,1781006400000000,1781006400000000,NULL,1781006400000000,NULL,NULL,2,0,NULL,0,NULL);
INSERT INTO "orders" VALUES(3,4,1,502,2,'accplanet','r1','Mail account','product',2,'',NULL,2000000,900000,'completed',NULL,1,0,'remote3','0.9','USD',1,2,1,2000000,0,NULL,'',0,'Completed 2 None 0.9',0,NULL,NULL,NULL,1781006700000000,1781006700000000,1781006700000000,1781006700000000,NULL,1781006700000000,NULL,NULL,2,0,NULL,0,NULL);
INSERT INTO "orders" VALUES(4,5,1,501,3,'hstockplus','sms:65f1:us','Chat','number',1,'',NULL,1000000,450000,'completed',NULL,1,0,'n4',NULL,'',0,1,2,1000000,0,NULL,'',0,'status: active',0,NULL,NULL,NULL,1781007000000000,1781007000000000,1781007000000000,1781007000000000,NULL,1781007000000000,NULL,NULL,1,0,NULL,0,NULL);
INSERT INTO "orders" VALUES(5,5,2,501,3,'hstockplus','sms:65f1:us','Chat','number',1,'',NULL,1000000,450000,'canceled','no_code',1,0,'n5',NULL,'',0,0,0,0,1000000,NULL,'',0,'status: active',0,NULL,NULL,NULL,1781007000000000,1781007000000000,1781007000000000,1781007000000000,NULL,1781008320000000,NULL,NULL,1,0,NULL,0,NULL);
INSERT INTO "orders" VALUES(6,6,1,501,3,'hstockplus','sms:65f1:us','Chat','number',1,'',NULL,1000000,900000,'canceled','no_code',1,0,'n6',NULL,'',0,1,1,0,1000000,NULL,'',0,'status: expired',0,NULL,NULL,NULL,1781008980000000,1781008980000000,1781008980000000,1781008980000000,NULL,1781010300000000,NULL,NULL,1,0,NULL,0,NULL);
INSERT INTO "orders" VALUES(7,7,1,501,3,'hstockplus','sms:65f1:us','Chat','number',1,'',NULL,1000000,900000,'canceled','no_code',1,0,'n7',NULL,'',0,0,0,0,1000000,NULL,'',0,'status: canceled',0,NULL,NULL,NULL,1781010320000000,1781010320000000,1781010320000000,1781010320000000,NULL,1781010320000000,NULL,NULL,1,0,NULL,0,NULL);
INSERT INTO "orders" VALUES(8,8,1,501,3,'hstockplus','sms:65f1:us','Chat','number',1,'',NULL,1000000,450000,'completed',NULL,1,0,'n8',NULL,'',0,1,1,1000000,0,NULL,'',0,'status: active',0,NULL,NULL,NULL,1781010320000000,1781010320000000,1781010320000000,1781010320000000,NULL,1781010320000000,NULL,NULL,1,0,NULL,0,NULL);
INSERT INTO "orders" VALUES(9,8,2,501,3,'hstockplus','sms:65f1:us','Chat','number',1,'',NULL,1000000,450000,'active',NULL,1,0,'n9',NULL,'',0,0,0,0,0,NULL,'',0,'status: active',0,NULL,NULL,NULL,1781010320000000,1781010320000000,1781010320000000,1781010320000000,NULL,NULL,NULL,NULL,1,0,NULL,0,NULL);
INSERT INTO "orders" VALUES(10,9,1,501,2,'accplanet','r1','Mail account','product',2,'',NULL,2000000,900000,'completed',NULL,1,0,'remote10','0.9','USD',1,2,1,2000000,0,NULL,'',0,'Completed 2 None 0.9',0,NULL,NULL,NULL,1781010350000000,1781010350000000,1781010350000000,1781010350000000,NULL,1781010350000000,NULL,NULL,2,0,NULL,0,NULL);
INSERT INTO "orders" VALUES(11,10,1,501,2,'accplanet','r1','Mail account','product',1,'',NULL,1000000,900000,'completed',NULL,1,0,'remote11','0.9','USD',1,1,1,1000000,0,NULL,'',0,'Completed 1 None 0.9',0,NULL,NULL,1781010530000000,1781010350000000,1781010350000000,1781010350000000,1781010350000000,NULL,1781010350000000,NULL,NULL,2,0,NULL,1000000,NULL);
INSERT INTO "orders" VALUES(12,11,1,501,2,'accplanet','r1','Mail account','product',3,'',NULL,3000000,900000,'partial',NULL,1,0,'remote12',NULL,'',0,1,1,1000000,2000000,NULL,'',0,'Partial 1 2 None',0,NULL,NULL,NULL,1781010350000000,1781010350000000,1781010350000000,1781010350000000,NULL,1781010350000000,NULL,NULL,2,0,NULL,0,NULL);
INSERT INTO "orders" VALUES(13,12,1,501,2,'accplanet','r1','Mail account','product',3,'',NULL,3000000,900000,'canceled',NULL,1,0,'remote13',NULL,'',0,0,0,0,3000000,NULL,'',0,'Canceled 0 None None',0,NULL,NULL,NULL,1781010350000000,1781010350000000,1781010350000000,1781010350000000,NULL,1781010350000000,NULL,NULL,2,0,NULL,0,NULL);
INSERT INTO "orders" VALUES(14,13,1,501,2,'accplanet','r1','Mail account','product',1,'',NULL,1500000,900000,'failed','out_of_stock',1,0,NULL,NULL,'',0,0,0,0,1500000,NULL,'',0,'',0,NULL,NULL,NULL,1781010350000000,1781010350000000,1781010350000000,NULL,NULL,1781010350000000,NULL,NULL,1,0,NULL,0,NULL);
INSERT INTO "orders" VALUES(15,14,1,501,2,'accplanet','r1','Mail account','product',1,'',NULL,1000000,900000,'failed','customer_canceled',0,0,NULL,NULL,'',0,0,0,0,1000000,NULL,'',0,'',0,NULL,NULL,NULL,1781010350000000,1781010350000000,NULL,NULL,NULL,1781010350000000,NULL,NULL,0,NULL,NULL,0,NULL);
INSERT INTO "orders" VALUES(16,15,1,501,2,'accplanet','r1','Mail account','product',1,'',NULL,1000000,900000,'completed',NULL,1,0,'remote16','0.9','USD',1,1,1,1000000,0,NULL,'',0,'Completed 1 None 0.9',0,NULL,NULL,NULL,1781010350000000,1781010350000000,1781010350000000,1781010350000000,NULL,1781010350000000,NULL,NULL,2,0,NULL,0,NULL);
INSERT INTO "orders" VALUES(17,16,1,501,2,'accplanet','r1','Mail account','product',1,'',NULL,1000000,900000,'in_doubt','answer_lost',2,0,NULL,NULL,'',0,0,0,0,0,NULL,'',1,'',0,NULL,NULL,NULL,1781010350000000,1781010350000000,1781010350000000,NULL,1781010350000000,NULL,NULL,NULL,2,0,NULL,0,NULL);
INSERT INTO "orders" VALUES(18,17,1,501,2,'accplanet','r1','Mail account','product',1,'',NULL,1000000,900000,'in_doubt','answer_lost',1,0,NULL,NULL,'',0,0,0,0,0,NULL,'',1,'',0,NULL,NULL,NULL,1781010350000000,1781010350000000,1781010350000000,NULL,1781010350000000,NULL,NULL,NULL,1,0,NULL,0,NULL);
INSERT INTO "orders" VALUES(19,18,1,501,2,'accplanet','r1','Mail account','product',3,'',NULL,3000000,900000,'attention','trouble_status',1,0,'remote19',NULL,'',0,0,0,0,0,NULL,'',0,'Error 0 None None',0,NULL,NULL,NULL,1781010350000000,1781010350000000,1781010350000000,1781010350000000,1781010350000000,NULL,NULL,NULL,2,0,NULL,0,NULL);
INSERT INTO "orders" VALUES(20,19,1,501,2,'accplanet','r1','Mail account','product',4,'',NULL,4000000,900000,'active',NULL,1,0,'remote20','50','USD',1,0,0,0,0,NULL,'',0,'In progress 0 4 50',0,1781010535000000,NULL,NULL,1781010350000000,1781010350000000,1781010350000000,1781010350000000,NULL,NULL,NULL,NULL,2,0,NULL,0,NULL);
INSERT INTO "orders" VALUES(21,20,1,501,2,'accplanet','r1','Mail account','product',4,'',NULL,4000000,900000,'active',NULL,1,0,'remote21',NULL,'',0,0,0,0,0,NULL,'',0,'',0,1781010410000000,NULL,NULL,1781010350000000,1781010350000000,1781010350000000,1781010350000000,NULL,NULL,NULL,NULL,2,0,NULL,0,NULL);
INSERT INTO "orders" VALUES(22,21,1,501,2,'accplanet','r1','Mail account','product',1,'',NULL,2000000,900000,'queued',NULL,0,1,NULL,NULL,'',0,0,0,0,0,NULL,'',0,'',0,1781010590000000,NULL,NULL,1781010350000000,1781010350000000,NULL,NULL,NULL,NULL,NULL,NULL,1,0,NULL,0,NULL);
INSERT INTO "orders" VALUES(23,22,1,502,2,'accplanet','r1','Mail account','product',1,'',NULL,1250000,900000,'submitting',NULL,1,0,NULL,NULL,'',0,0,0,0,0,4711,'',0,'',0,1781010590000000,NULL,NULL,1781010350000000,1781010350000000,1781010530000000,NULL,NULL,NULL,NULL,NULL,1,0,NULL,0,NULL);
CREATE TABLE outbox (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    chat INTEGER NOT NULL,
    dedup_key TEXT NOT NULL,
    notice TEXT NOT NULL,
    priority INTEGER NOT NULL,
    state TEXT NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    tries INTEGER DEFAULT '0' NOT NULL,
    due_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    message INTEGER,
    why TEXT DEFAULT '' NOT NULL, subject TEXT DEFAULT '' NOT NULL,
    CONSTRAINT ck_outbox_known_state CHECK (state IN ('pending', 'sent', 'unreachable', 'dropped')),
    CONSTRAINT uq_outbox_dedup_key UNIQUE (dedup_key)
)
 STRICT;
INSERT INTO "outbox" VALUES(20,503,'card:2','{"kind":"card","order":2}',2,'dropped',4,0,1781006400000000,1781006400000000,NULL,'unreachable','');
INSERT INTO "outbox" VALUES(22,503,'goods:2:1','{"kind":"goods","order":2,"batch":1}',0,'unreachable',1,0,1781006400000000,1781006400000000,NULL,'','');
INSERT INTO "outbox" VALUES(25,502,'card:3','{"kind":"card","order":3}',2,'dropped',4,0,1781006700000000,1781006700000000,NULL,'unreachable','');
INSERT INTO "outbox" VALUES(27,502,'goods:3:1','{"kind":"goods","order":3,"batch":1}',0,'unreachable',1,0,1781006700000000,1781006700000000,NULL,'','');
INSERT INTO "outbox" VALUES(30,501,'card:5','{"kind":"card","order":5}',2,'sent',5,0,1781008980000000,1781007000000000,1030,'','');
INSERT INTO "outbox" VALUES(31,501,'card:4','{"kind":"card","order":4}',2,'sent',6,0,1781008320000000,1781007000000000,1031,'','');
INSERT INTO "outbox" VALUES(35,501,'code:4:1','{"kind":"code","order":4,"batch":1}',0,'dropped',1,0,1781007000000000,1781007000000000,NULL,'Bad Request: message is too long','');
INSERT INTO "outbox" VALUES(37,501,'code:4:2','{"kind":"code","order":4,"batch":2}',0,'pending',1,1,1781010410000000,1781007000000000,NULL,'no words','');
INSERT INTO "outbox" VALUES(42,501,'ended:5','{"kind":"ended","order":5}',1,'sent',1,0,1781008320000000,1781008320000000,1042,'','');
INSERT INTO "outbox" VALUES(44,501,'card:6','{"kind":"card","order":6}',2,'sent',4,0,1781010320000000,1781008980000000,1044,'','');
INSERT INTO "outbox" VALUES(47,501,'ended:6','{"kind":"ended","order":6}',1,'sent',1,0,1781010300000000,1781010300000000,1047,'','');
INSERT INTO "outbox" VALUES(48,501,'code:6:1','{"kind":"code","order":6,"batch":1}',0,'sent',1,0,1781010320000000,1781010320000000,1048,'','');
INSERT INTO "outbox" VALUES(50,900,'late-code:6:1:900','{"kind":"a-oddity","order":6,"about":"late_code","words":"0.9 USD"}',1,'sent',1,0,1781010320000000,1781010320000000,1050,'','');
INSERT INTO "outbox" VALUES(51,501,'card:7','{"kind":"card","order":7}',2,'sent',3,0,1781010320000000,1781010320000000,1051,'','');
INSERT INTO "outbox" VALUES(54,501,'ended:7','{"kind":"ended","order":7}',1,'sent',1,0,1781010320000000,1781010320000000,1054,'','');
INSERT INTO "outbox" VALUES(55,501,'card:9','{"kind":"card","order":9}',2,'sent',3,0,1781010320000000,1781010320000000,1055,'','');
INSERT INTO "outbox" VALUES(56,501,'card:8','{"kind":"card","order":8}',2,'sent',4,0,1781010320000000,1781010320000000,1056,'','');
INSERT INTO "outbox" VALUES(60,501,'code:8:1','{"kind":"code","order":8,"batch":1}',0,'sent',1,0,1781010320000000,1781010320000000,1060,'','');
INSERT INTO "outbox" VALUES(63,501,'card:10','{"kind":"card","order":10}',2,'sent',4,0,1781010350000000,1781010350000000,1063,'','');
INSERT INTO "outbox" VALUES(65,501,'goods:10:1','{"kind":"goods","order":10,"batch":1}',0,'sent',1,0,1781010350000000,1781010350000000,1065,'','');
INSERT INTO "outbox" VALUES(68,501,'card:11','{"kind":"card","order":11}',2,'pending',13,0,1781010530000000,1781010350000000,1068,'','');
INSERT INTO "outbox" VALUES(70,501,'goods:11:1','{"kind":"goods","order":11,"batch":1}',0,'sent',1,0,1781010350000000,1781010350000000,1070,'','');
INSERT INTO "outbox" VALUES(73,501,'card:12','{"kind":"card","order":12}',2,'sent',4,0,1781010350000000,1781010350000000,1073,'','');
INSERT INTO "outbox" VALUES(75,501,'goods:12:1','{"kind":"goods","order":12,"batch":1}',0,'sent',1,0,1781010350000000,1781010350000000,1075,'','');
INSERT INTO "outbox" VALUES(78,501,'ended:12','{"kind":"ended","order":12}',1,'sent',1,0,1781010350000000,1781010350000000,1078,'','');
INSERT INTO "outbox" VALUES(79,501,'card:13','{"kind":"card","order":13}',2,'sent',3,0,1781010350000000,1781010350000000,1079,'','');
INSERT INTO "outbox" VALUES(82,501,'ended:13','{"kind":"ended","order":13}',1,'sent',1,0,1781010350000000,1781010350000000,1082,'','');
INSERT INTO "outbox" VALUES(83,501,'card:14','{"kind":"card","order":14}',2,'sent',2,0,1781010350000000,1781010350000000,1083,'','');
INSERT INTO "outbox" VALUES(85,501,'ended:14','{"kind":"ended","order":14}',1,'sent',1,0,1781010350000000,1781010350000000,1085,'','');
INSERT INTO "outbox" VALUES(86,501,'card:15','{"kind":"card","order":15}',2,'sent',1,0,1781010350000000,1781010350000000,1086,'','');
INSERT INTO "outbox" VALUES(87,501,'ended:15','{"kind":"ended","order":15}',1,'sent',1,0,1781010350000000,1781010350000000,1087,'','');
INSERT INTO "outbox" VALUES(88,900,'undeliverable:35:900','{"kind":"a-oddity","order":4,"about":"undeliverable","words":"Bad Request: message is too long"}',1,'sent',1,0,1781010350000000,1781010350000000,1088,'','');
INSERT INTO "outbox" VALUES(89,501,'card:16','{"kind":"card","order":16}',2,'pending',4,0,1781010350000000,1781010350000000,NULL,'','');
INSERT INTO "outbox" VALUES(91,501,'goods:16:1','{"kind":"goods","order":16,"batch":1}',0,'pending',1,0,1781010350000000,1781010350000000,NULL,'','');
INSERT INTO "outbox" VALUES(94,501,'card:17','{"kind":"card","order":17}',2,'pending',5,0,1781010350000000,1781010350000000,NULL,'','');
INSERT INTO "outbox" VALUES(96,501,'doubt:17:1:1781010350000000','{"kind":"doubt","order":17}',1,'pending',3,0,1781010350000000,1781010350000000,NULL,'','order:17');
INSERT INTO "outbox" VALUES(97,900,'a-doubt:17:1:1781010350000000:900','{"kind":"a-doubt","order":17}',1,'pending',4,0,1781010350000000,1781010350000000,NULL,'','order:17');
INSERT INTO "outbox" VALUES(101,501,'doubt:17:2:1781010350000000','{"kind":"doubt","order":17}',1,'pending',1,0,1781010350000000,1781010350000000,NULL,'','order:17');
INSERT INTO "outbox" VALUES(102,900,'a-doubt:17:2:1781010350000000:900','{"kind":"a-doubt","order":17}',1,'pending',2,0,1781010350000000,1781010350000000,NULL,'','order:17');
INSERT INTO "outbox" VALUES(103,501,'card:18','{"kind":"card","order":18}',2,'pending',2,0,1781010350000000,1781010350000000,NULL,'','');
INSERT INTO "outbox" VALUES(105,501,'doubt:18:1:1781010350000000','{"kind":"doubt","order":18}',1,'pending',1,0,1781010350000000,1781010350000000,NULL,'','order:18');
INSERT INTO "outbox" VALUES(106,900,'a-doubt:18:1:1781010350000000:900','{"kind":"a-doubt","order":18}',1,'pending',1,0,1781010350000000,1781010350000000,NULL,'','order:18');
INSERT INTO "outbox" VALUES(107,501,'card:19','{"kind":"card","order":19}',2,'pending',3,0,1781010350000000,1781010350000000,NULL,'','');
INSERT INTO "outbox" VALUES(110,501,'attention:19:1781010350','{"kind":"person","order":19}',1,'pending',1,0,1781010350000000,1781010350000000,NULL,'','order:19');
INSERT INTO "outbox" VALUES(111,900,'a-attention:19:1781010350:900','{"kind":"a-attention","order":19}',1,'pending',1,0,1781010350000000,1781010350000000,NULL,'','order:19');
INSERT INTO "outbox" VALUES(112,501,'card:20','{"kind":"card","order":20}',2,'pending',2,0,1781010350000000,1781010350000000,NULL,'','');
INSERT INTO "outbox" VALUES(114,501,'card:21','{"kind":"card","order":21}',2,'pending',2,0,1781010350000000,1781010350000000,NULL,'','');
INSERT INTO "outbox" VALUES(116,502,'card:23','{"kind":"card","order":23}',2,'pending',2,0,1781010530000000,1781010350000000,NULL,'','');
INSERT INTO "outbox" VALUES(117,501,'card:22','{"kind":"card","order":22}',2,'pending',1,0,1781010530000000,1781010530000000,NULL,'','');
INSERT INTO "outbox" VALUES(118,501,'waits:22','{"kind":"waits","order":22}',1,'pending',1,0,1781010530000000,1781010530000000,NULL,'','order:22');
INSERT INTO "outbox" VALUES(120,900,'alert:charge:2:1:on:900','{"kind":"a-charge","order":20,"charge":"50 USD","cost":"0.9 USD"}',1,'pending',1,0,1781010530000000,1781010530000000,NULL,'','');
INSERT INTO "outbox" VALUES(121,900,'alert:down:accplanet:1:on:900','{"kind":"a-supplier","supplier":"accplanet","about":"down","over":false,"words":""}',1,'pending',1,0,1781010530000000,1781010530000000,NULL,'','');
INSERT INTO "outbox" VALUES(122,900,'alert:down:hstockplus:1:on:900','{"kind":"a-supplier","supplier":"hstockplus","about":"down","over":false,"words":""}',1,'pending',1,0,1781010530000000,1781010530000000,NULL,'','');
INSERT INTO "outbox" VALUES(124,900,'claim:1:900','{"kind":"a-claim","claim":1,"letter":0,"came_back":false}',1,'pending',2,0,1781010530000000,1781010530000000,NULL,'','claim:1');
INSERT INTO "outbox" VALUES(127,900,'claim:2:900','{"kind":"a-claim","claim":2,"letter":0,"came_back":false}',1,'pending',3,0,1781010530000000,1781010530000000,NULL,'','claim:2');
INSERT INTO "outbox" VALUES(128,501,'claim-letter:3','{"kind":"claim-answered","claim":2,"letter":3}',1,'pending',2,0,1781010530000000,1781010530000000,NULL,'','claim:2');
INSERT INTO "outbox" VALUES(130,501,'claim-closed:2:1781010530000000','{"kind":"claim-closed","claim":2,"letter":0}',1,'pending',1,0,1781010530000000,1781010530000000,NULL,'','');
INSERT INTO "outbox" VALUES(132,501,'remedy:11:1','{"kind":"remedied","order":11,"remedy":1,"claim":0}',1,'pending',1,0,1781010530000000,1781010530000000,NULL,'','');
INSERT INTO "outbox" VALUES(134,900,'claim:3:900','{"kind":"a-claim","claim":3,"letter":0,"came_back":false}',1,'pending',3,0,1781010530000000,1781010530000000,NULL,'','claim:3');
INSERT INTO "outbox" VALUES(137,501,'remedy:11:2','{"kind":"remedied","order":11,"remedy":2,"claim":3}',1,'pending',1,0,1781010530000000,1781010530000000,NULL,'','claim:3');
INSERT INTO "outbox" VALUES(139,900,'claim:4:900','{"kind":"a-claim","claim":4,"letter":0,"came_back":false}',1,'pending',1,0,1781010530000000,1781010530000000,NULL,'','claim:4');
CREATE TABLE quotes (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    customer INTEGER NOT NULL,
    service INTEGER NOT NULL,
    kind TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    link TEXT DEFAULT '' NOT NULL,
    reuse INTEGER,
    unit_price INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    total INTEGER NOT NULL,
    cost INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    CONSTRAINT ck_quotes_sensible CHECK (quantity > 0 AND (total > 0 AND cost <= total OR total = 0 AND expires_at = created_at)),
    CONSTRAINT fk_quotes_customer FOREIGN KEY(customer) REFERENCES customers (id),
    CONSTRAINT fk_quotes_service FOREIGN KEY(service) REFERENCES services (id)
)
 STRICT;
INSERT INTO "quotes" VALUES(2,501,2,'product',1,'',NULL,1000000,1,1000000,900000,1772366400000000,1772367000000000,1772366400000000);
INSERT INTO "quotes" VALUES(3,503,2,'product',2,'',NULL,2000000,1,2000000,900000,1781006400000000,1781007000000000,1781006400000000);
INSERT INTO "quotes" VALUES(4,502,2,'product',2,'',NULL,2000000,1,2000000,900000,1781006700000000,1781007300000000,1781006700000000);
INSERT INTO "quotes" VALUES(5,501,3,'number',2,'',NULL,2000000,1,2000000,900000,1781007000000000,1781007600000000,1781007000000000);
INSERT INTO "quotes" VALUES(6,501,3,'number',1,'',NULL,1000000,1,1000000,900000,1781008980000000,1781009580000000,1781008980000000);
INSERT INTO "quotes" VALUES(7,501,3,'number',1,'',NULL,1000000,1,1000000,900000,1781010320000000,1781010920000000,1781010320000000);
INSERT INTO "quotes" VALUES(8,501,3,'number',2,'',NULL,2000000,1,2000000,900000,1781010320000000,1781010920000000,1781010320000000);
INSERT INTO "quotes" VALUES(9,501,2,'product',2,'',NULL,2000000,1,2000000,900000,1781010350000000,1781010950000000,1781010350000000);
INSERT INTO "quotes" VALUES(10,501,2,'product',1,'',NULL,1000000,1,1000000,900000,1781010350000000,1781010950000000,1781010350000000);
INSERT INTO "quotes" VALUES(11,501,2,'product',3,'',NULL,3000000,1,3000000,900000,1781010350000000,1781010950000000,1781010350000000);
INSERT INTO "quotes" VALUES(12,501,2,'product',3,'',NULL,3000000,1,3000000,900000,1781010350000000,1781010950000000,1781010350000000);
INSERT INTO "quotes" VALUES(13,501,2,'product',1,'',NULL,1500000,1,1500000,900000,1781010350000000,1781010950000000,1781010350000000);
INSERT INTO "quotes" VALUES(14,501,2,'product',1,'',NULL,1000000,1,1000000,900000,1781010350000000,1781010950000000,1781010350000000);
INSERT INTO "quotes" VALUES(15,501,2,'product',1,'',NULL,1000000,1,1000000,900000,1781010350000000,1781010950000000,1781010350000000);
INSERT INTO "quotes" VALUES(16,501,2,'product',1,'',NULL,1000000,1,1000000,900000,1781010350000000,1781010950000000,1781010350000000);
INSERT INTO "quotes" VALUES(17,501,2,'product',1,'',NULL,1000000,1,1000000,900000,1781010350000000,1781010950000000,1781010350000000);
INSERT INTO "quotes" VALUES(18,501,2,'product',3,'',NULL,3000000,1,3000000,900000,1781010350000000,1781010950000000,1781010350000000);
INSERT INTO "quotes" VALUES(19,501,2,'product',4,'',NULL,4000000,1,4000000,900000,1781010350000000,1781010950000000,1781010350000000);
INSERT INTO "quotes" VALUES(20,501,2,'product',4,'',NULL,4000000,1,4000000,900000,1781010350000000,1781010950000000,1781010350000000);
INSERT INTO "quotes" VALUES(21,501,2,'product',1,'',NULL,2000000,1,2000000,900000,1781010350000000,1781010950000000,1781010350000000);
INSERT INTO "quotes" VALUES(22,502,2,'product',1,'',NULL,1250000,1,1250000,900000,1781010350000000,1781010950000000,1781010350000000);
CREATE TABLE readings (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    at INTEGER NOT NULL,
    balance TEXT NOT NULL,
    CONSTRAINT fk_readings_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
)
 STRICT;
INSERT INTO "readings" VALUES(1,1,1,1772366400000000,'100');
INSERT INTO "readings" VALUES(2,2,1,1781006400000000,'100');
INSERT INTO "readings" VALUES(3,3,1,1781006700000000,'100');
INSERT INTO "readings" VALUES(4,4,1,1781007000000000,'100');
INSERT INTO "readings" VALUES(5,5,1,1781007000000000,'100');
INSERT INTO "readings" VALUES(6,6,1,1781008980000000,'100');
INSERT INTO "readings" VALUES(7,7,1,1781010320000000,'100');
INSERT INTO "readings" VALUES(8,8,1,1781010320000000,'100');
INSERT INTO "readings" VALUES(9,9,1,1781010320000000,'100');
INSERT INTO "readings" VALUES(10,10,1,1781010350000000,'100');
INSERT INTO "readings" VALUES(11,11,1,1781010350000000,'100');
INSERT INTO "readings" VALUES(12,12,1,1781010350000000,'100');
INSERT INTO "readings" VALUES(13,13,1,1781010350000000,'100');
INSERT INTO "readings" VALUES(14,14,1,1781010350000000,'100');
INSERT INTO "readings" VALUES(15,16,1,1781010350000000,'100');
INSERT INTO "readings" VALUES(16,17,1,1781010350000000,'100');
INSERT INTO "readings" VALUES(17,17,2,1781010350000000,'100');
INSERT INTO "readings" VALUES(18,17,2,1781010350000000,'97.60');
INSERT INTO "readings" VALUES(19,18,1,1781010350000000,'100');
INSERT INTO "readings" VALUES(20,19,1,1781010350000000,'100');
INSERT INTO "readings" VALUES(21,20,1,1781010350000000,'100');
INSERT INTO "readings" VALUES(22,21,1,1781010350000000,'100');
INSERT INTO "readings" VALUES(23,23,1,1781010530000000,'100');
CREATE TABLE remedies (
    order_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    claim INTEGER,
    pieces TEXT DEFAULT '' NOT NULL,
    amount INTEGER DEFAULT '0' NOT NULL,
    replacement INTEGER,
    reason TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_remedies PRIMARY KEY (order_id, number),
    CONSTRAINT ck_remedies_not_negative CHECK (amount >= 0),
    CONSTRAINT fk_remedies_order_id FOREIGN KEY(order_id) REFERENCES orders (id),
    CONSTRAINT fk_remedies_claim FOREIGN KEY(claim) REFERENCES claims (id),
    CONSTRAINT fk_remedies_replacement FOREIGN KEY(replacement) REFERENCES orders (id)
) STRICT;
INSERT INTO "remedies" VALUES(11,1,1781010530000000,'900',NULL,'',10000,NULL,'it came late');
INSERT INTO "remedies" VALUES(11,2,1781010530000000,'900',3,'1',990000,NULL,'');
CREATE TABLE rentals (
    order_id INTEGER NOT NULL,
    supplier TEXT NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    project TEXT NOT NULL,
    country TEXT NOT NULL,
    country_title TEXT NOT NULL,
    state TEXT NOT NULL,
    codes INTEGER DEFAULT '0' NOT NULL,
    told INTEGER DEFAULT '0' NOT NULL,
    rented_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER,
    due_at INTEGER, claim INTEGER DEFAULT '0' NOT NULL, claimed_by INTEGER, marked TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_rentals PRIMARY KEY (order_id),
    CONSTRAINT ck_rentals_looked_at_until_closed CHECK ((state = 'closed') = (due_at IS NULL)),
    CONSTRAINT fk_rentals_order_id FOREIGN KEY(order_id) REFERENCES orders (id)
)
 STRICT;
INSERT INTO "rentals" VALUES(4,'hstockplus','gAAAAABrCw8hxC1ddW3E_DRY1VLeW2HxGetVYskkhOBY7sKryN5bYZmeYg2PZ9z6fQlFuKlbPmcBKyt5Cxtu5cPmMPU3XL6NRA==','65f1','us','United States','closed',2,1,1781007000000000,1781008200000000,NULL,NULL,1,0,'04e19c525a92');
INSERT INTO "rentals" VALUES(5,'hstockplus','gAAAAABrCw8hkUaz88GWLrjeaZN6XJMWF-EVIFqRspwrbciFJin-BCaqraq-g-oKkK_0p0r8e3R02GdcF84VEh99EZnn-Ug3HQ==','65f1','us','United States','closed',0,1,1781007000000000,1781008200000000,1781008320000000,NULL,1,0,'04e19c525a92');
INSERT INTO "rentals" VALUES(6,'hstockplus','gAAAAABrCw8hpoo5xMQBRWiI6cx3E3Rha2ZNj-fTuw1drUDOvsmUPIHop9PCJs-MLoGNheWownokxsbAjlNgWagYORYcqc4Qig==','65f1','us','United States','expired',1,1,1781008980000000,1781010180000000,1781010300000000,1781010370000000,2,0,'04e19c525a92');
INSERT INTO "rentals" VALUES(7,'hstockplus','gAAAAABrCw8hlnpSsHDzHsSEUzC_xx6wAMJECYVS3o5EJhOncAQ4ojJfIznzxdGeSA9Onk2og1ZVHTm9hFQ15JVRhF1fB-AMKg==','65f1','us','United States','canceled',0,1,1781010320000000,1781011520000000,1781010320000000,1781010370000000,2,0,'04e19c525a92');
INSERT INTO "rentals" VALUES(8,'hstockplus','gAAAAABrCw8hBAbuSPn9ZKuv2gHPn1dLsvEBuIAso836etevN622hgiluiMAf0xKYkAlhTZYvy6lBIYdhiDRYG5kO7dfNWVs8g==','65f1','us','United States','received',1,1,1781010320000000,1781011520000000,NULL,1781010370000000,2,0,'04e19c525a92');
INSERT INTO "rentals" VALUES(9,'hstockplus','gAAAAABrCw8hHPTwN4776b4gVe3zyXxbSsFhXLlp9yQ2jgZTLVCBA-Y8B3lVfMhQdg97vkwmEpAMGxF53_D1AUhrC6y29PyNLA==','65f1','us','United States','waiting',0,1,1781010320000000,1781011520000000,NULL,1781010355000000,2,0,'04e19c525a92');
CREATE TABLE replicas (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    revision TEXT NOT NULL,
    beats INTEGER DEFAULT '0' NOT NULL,
    wants TEXT DEFAULT '' NOT NULL,
    started_at INTEGER NOT NULL
) STRICT;
CREATE TABLE searches (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    customer INTEGER NOT NULL,
    query TEXT NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT fk_searches_customer FOREIGN KEY(customer) REFERENCES customers (id)
) STRICT;
INSERT INTO "searches" VALUES(1,501,'gAAAAABrCw8iUxvNskA0V3ukDXrOjLIR7j3GbmjtOUAUBtH6KBUbIZvcvwgUAZuWZczTwJNXmizRtyN3mx59Mqh6YqGTDNniDQ==',1781010530000000);
CREATE TABLE service_texts (
    language TEXT NOT NULL,
    service INTEGER NOT NULL,
    name TEXT,
    name_mark INTEGER,
    description TEXT,
    description_mark INTEGER,
    CONSTRAINT pk_service_texts PRIMARY KEY (language, service),
    CONSTRAINT ck_service_texts_marked CHECK ((name IS NULL) = (name_mark IS NULL) AND (description IS NULL) = (description_mark IS NULL)),
    CONSTRAINT fk_service_texts_service FOREIGN KEY(service) REFERENCES services (id)
)
 STRICT;
INSERT INTO "service_texts" VALUES('ru',2,'Почта 📧',-7323586752848988024,NULL,NULL);
CREATE TABLE services (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    supplier TEXT NOT NULL,
    remote_id TEXT NOT NULL,
    category INTEGER NOT NULL,
    paused INTEGER DEFAULT '0' NOT NULL,
    gone INTEGER DEFAULT '0' NOT NULL,
    name TEXT NOT NULL,
    description TEXT DEFAULT '' NOT NULL,
    category_name TEXT NOT NULL,
    subcategory_name TEXT DEFAULT '' NOT NULL,
    type TEXT DEFAULT '' NOT NULL,
    entity_type TEXT DEFAULT '' NOT NULL,
    rate TEXT NOT NULL,
    least INTEGER NOT NULL,
    most INTEGER NOT NULL,
    stock INTEGER,
    auto_delivery INTEGER,
    problem TEXT DEFAULT '' NOT NULL,
    read_at INTEGER NOT NULL,
    CONSTRAINT uq_services_supplier_remote_id UNIQUE (supplier, remote_id),
    CONSTRAINT fk_services_category FOREIGN KEY(category) REFERENCES categories (id)
)
 STRICT;
INSERT INTO "services" VALUES(1,'accplanet','r2',1,0,0,'Mail account','','Mail','','Default','','0.9',1,100,50,NULL,'',1772366400000000);
INSERT INTO "services" VALUES(2,'accplanet','r1',1,1,0,'Mail account','','Mail','','Default','','0.9',1,100,50,NULL,'',1772366400000000);
INSERT INTO "services" VALUES(3,'hstockplus','sms:65f1:us',3,0,0,'Chat','','SMS','United States','Default','','0.9',1,100,NULL,NULL,'',1781007000000000);
CREATE TABLE suppliers (
    name TEXT NOT NULL,
    pauses TEXT DEFAULT '' NOT NULL,
    balance TEXT,
    balance_currency TEXT DEFAULT '' NOT NULL,
    balance_at INTEGER,
    read_at INTEGER,
    rows INTEGER DEFAULT '0' NOT NULL,
    numbers_read_at INTEGER,
    number_rows INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_suppliers PRIMARY KEY (name)
)
 STRICT;
INSERT INTO "suppliers" VALUES('accplanet','wallet','12.50','USD',1781010530000000,1781010530000000,2,NULL,0);
INSERT INTO "suppliers" VALUES('hstockplus','',NULL,'',NULL,NULL,0,1781010320000000,1);
CREATE TABLE topup_requests (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    customer INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    at INTEGER NOT NULL,
    decision TEXT DEFAULT '' NOT NULL, said TEXT DEFAULT '' NOT NULL, file TEXT DEFAULT '' NOT NULL, file_kind TEXT DEFAULT '' NOT NULL, service INTEGER, quantity INTEGER DEFAULT '0' NOT NULL, reason TEXT DEFAULT '' NOT NULL, decided_by TEXT DEFAULT '' NOT NULL, decided_at INTEGER, reminded_at INTEGER, version INTEGER DEFAULT '1' NOT NULL, album TEXT DEFAULT '' NOT NULL, message INTEGER,
    CONSTRAINT fk_topup_requests_customer FOREIGN KEY(customer) REFERENCES customers (id)
)
 STRICT;
INSERT INTO "topup_requests" VALUES(1,501,2500000,1772366400000000,'approved','','','',NULL,0,'','900',1772366400000000,NULL,1,'',NULL);
INSERT INTO "topup_requests" VALUES(2,502,2500000,1772366400000000,'denied','','','',NULL,0,'not_found','900',1772366400000000,NULL,1,'',NULL);
INSERT INTO "topup_requests" VALUES(3,503,40000000,1772366400000000,'','gAAAAABrCw8hLaIgYHT0utVL6SJt1i9vIscri3vuhj-M7JmYgD5RF9czj0wWE85IBj0WdSpg25Wul-SNBmzXH7DFGOJQQOWIVw==','AgAC','photo',NULL,0,'','',NULL,NULL,1,'',4710);
CREATE TABLE transfers (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    debit TEXT NOT NULL,
    credit TEXT NOT NULL,
    amount INTEGER NOT NULL,
    kind TEXT NOT NULL,
    idem_key TEXT NOT NULL,
    order_id INTEGER,
    actor TEXT DEFAULT '' NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    reverses INTEGER,
    created_at INTEGER NOT NULL,
    CONSTRAINT ck_transfers_positive CHECK (amount > 0),
    CONSTRAINT ck_transfers_two_ends CHECK (debit <> credit),
    CONSTRAINT fk_transfers_debit FOREIGN KEY(debit) REFERENCES accounts (account),
    CONSTRAINT fk_transfers_credit FOREIGN KEY(credit) REFERENCES accounts (account),
    CONSTRAINT uq_transfers_idem_key UNIQUE (idem_key),
    CONSTRAINT uq_transfers_reverses UNIQUE (reverses),
    CONSTRAINT fk_transfers_reverses FOREIGN KEY(reverses) REFERENCES transfers (id)
)
 STRICT;
INSERT INTO "transfers" VALUES(1,'world:manual','customer:501',500000000,'topup','cmd:1',NULL,'900','cash',NULL,1772366400000000);
INSERT INTO "transfers" VALUES(2,'world:manual','customer:502',50000000,'topup','cmd:2',NULL,'900','cash',NULL,1772366400000000);
INSERT INTO "transfers" VALUES(3,'world:manual','customer:503',50000000,'topup','cmd:3',NULL,'900','cash',NULL,1772366400000000);
INSERT INTO "transfers" VALUES(4,'customer:501','world:manual',3250000,'debit','cmd:4',NULL,'900','back',NULL,1772366400000000);
INSERT INTO "transfers" VALUES(5,'world:manual','customer:501',7000000,'topup','cmd:5',NULL,'900','cash',NULL,1772366400000000);
INSERT INTO "transfers" VALUES(6,'customer:501','world:manual',7000000,'reverse','rev:5',NULL,'900','undo 5',5,1772366400000000);
INSERT INTO "transfers" VALUES(7,'world:manual','customer:501',2500000,'topup','req:1',NULL,'900','',NULL,1772366400000000);
INSERT INTO "transfers" VALUES(8,'customer:501','hold:1',1000000,'hold','hold:1',1,'','',NULL,1772366400000000);
INSERT INTO "transfers" VALUES(9,'hold:1','sales',1000000,'capture','cap:1',1,'','',NULL,1772366400000000);
INSERT INTO "transfers" VALUES(10,'customer:503','hold:2',2000000,'hold','hold:2',2,'','',NULL,1781006400000000);
INSERT INTO "transfers" VALUES(11,'hold:2','sales',2000000,'capture','cap:2',2,'','',NULL,1781006400000000);
INSERT INTO "transfers" VALUES(12,'customer:502','hold:3',2000000,'hold','hold:3',3,'','',NULL,1781006700000000);
INSERT INTO "transfers" VALUES(13,'hold:3','sales',2000000,'capture','cap:3',3,'','',NULL,1781006700000000);
INSERT INTO "transfers" VALUES(14,'customer:501','hold:4',1000000,'hold','hold:4',4,'','',NULL,1781007000000000);
INSERT INTO "transfers" VALUES(15,'customer:501','hold:5',1000000,'hold','hold:5',5,'','',NULL,1781007000000000);
INSERT INTO "transfers" VALUES(16,'hold:4','sales',1000000,'capture','cap:4',4,'','',NULL,1781007000000000);
INSERT INTO "transfers" VALUES(17,'hold:5','customer:501',1000000,'release','rel:5',5,'','',NULL,1781008320000000);
INSERT INTO "transfers" VALUES(18,'customer:501','hold:6',1000000,'hold','hold:6',6,'','',NULL,1781008980000000);
INSERT INTO "transfers" VALUES(19,'hold:6','customer:501',1000000,'release','rel:6',6,'','',NULL,1781010300000000);
INSERT INTO "transfers" VALUES(20,'customer:501','hold:7',1000000,'hold','hold:7',7,'','',NULL,1781010320000000);
INSERT INTO "transfers" VALUES(21,'hold:7','customer:501',1000000,'release','rel:7',7,'','',NULL,1781010320000000);
INSERT INTO "transfers" VALUES(22,'customer:501','hold:8',1000000,'hold','hold:8',8,'','',NULL,1781010320000000);
INSERT INTO "transfers" VALUES(23,'customer:501','hold:9',1000000,'hold','hold:9',9,'','',NULL,1781010320000000);
INSERT INTO "transfers" VALUES(24,'hold:8','sales',1000000,'capture','cap:8',8,'','',NULL,1781010320000000);
INSERT INTO "transfers" VALUES(25,'customer:501','hold:10',2000000,'hold','hold:10',10,'','',NULL,1781010350000000);
INSERT INTO "transfers" VALUES(26,'hold:10','sales',2000000,'capture','cap:10',10,'','',NULL,1781010350000000);
INSERT INTO "transfers" VALUES(27,'customer:501','hold:11',1000000,'hold','hold:11',11,'','',NULL,1781010350000000);
INSERT INTO "transfers" VALUES(28,'hold:11','sales',1000000,'capture','cap:11',11,'','',NULL,1781010350000000);
INSERT INTO "transfers" VALUES(29,'customer:501','hold:12',3000000,'hold','hold:12',12,'','',NULL,1781010350000000);
INSERT INTO "transfers" VALUES(30,'hold:12','sales',1000000,'capture','cap:12',12,'','',NULL,1781010350000000);
INSERT INTO "transfers" VALUES(31,'hold:12','customer:501',2000000,'release','rel:12',12,'','',NULL,1781010350000000);
INSERT INTO "transfers" VALUES(32,'customer:501','hold:13',3000000,'hold','hold:13',13,'','',NULL,1781010350000000);
INSERT INTO "transfers" VALUES(33,'hold:13','customer:501',3000000,'release','rel:13',13,'','',NULL,1781010350000000);
INSERT INTO "transfers" VALUES(34,'customer:501','hold:14',1500000,'hold','hold:14',14,'','',NULL,1781010350000000);
INSERT INTO "transfers" VALUES(35,'hold:14','customer:501',1500000,'release','rel:14',14,'','',NULL,1781010350000000);
INSERT INTO "transfers" VALUES(36,'customer:501','hold:15',1000000,'hold','hold:15',15,'','',NULL,1781010350000000);
INSERT INTO "transfers" VALUES(37,'hold:15','customer:501',1000000,'release','rel:15',15,'501','',NULL,1781010350000000);
INSERT INTO "transfers" VALUES(38,'customer:501','hold:16',1000000,'hold','hold:16',16,'','',NULL,1781010350000000);
INSERT INTO "transfers" VALUES(39,'hold:16','sales',1000000,'capture','cap:16',16,'','',NULL,1781010350000000);
INSERT INTO "transfers" VALUES(40,'customer:501','hold:17',1000000,'hold','hold:17',17,'','',NULL,1781010350000000);
INSERT INTO "transfers" VALUES(41,'customer:501','hold:18',1000000,'hold','hold:18',18,'','',NULL,1781010350000000);
INSERT INTO "transfers" VALUES(42,'customer:501','hold:19',3000000,'hold','hold:19',19,'','',NULL,1781010350000000);
INSERT INTO "transfers" VALUES(43,'customer:501','hold:20',4000000,'hold','hold:20',20,'','',NULL,1781010350000000);
INSERT INTO "transfers" VALUES(44,'customer:501','hold:21',4000000,'hold','hold:21',21,'','',NULL,1781010350000000);
INSERT INTO "transfers" VALUES(45,'customer:501','hold:22',2000000,'hold','hold:22',22,'','',NULL,1781010350000000);
INSERT INTO "transfers" VALUES(46,'customer:502','hold:23',1250000,'hold','hold:23',23,'','',NULL,1781010350000000);
INSERT INTO "transfers" VALUES(47,'sales','customer:501',10000,'refund','refund:11:1',11,'900','it came late',NULL,1781010530000000);
INSERT INTO "transfers" VALUES(48,'sales','customer:501',990000,'refund','refund:11:2',11,'900','',NULL,1781010530000000);
CREATE TABLE updates (
    id INTEGER NOT NULL,
    taken_by INTEGER NOT NULL,
    done INTEGER DEFAULT '0' NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT pk_updates PRIMARY KEY (id)
) STRICT;
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
) STRICT;
CREATE INDEX ix_customers_username ON customers (username);
CREATE INDEX ix_outbox_chat_state_priority_id ON outbox (chat, state, priority, id);
CREATE INDEX ix_outbox_state_due_at ON outbox (state, due_at);
CREATE INDEX ix_outbox_state_priority_id ON outbox (state, priority, id);
CREATE INDEX ix_topup_requests_customer_decision ON topup_requests (customer, decision);
CREATE INDEX ix_transfers_credit_id ON transfers (credit, id);
CREATE INDEX ix_transfers_debit_id ON transfers (debit, id);
CREATE INDEX ix_quotes_expires_at ON quotes (expires_at);
CREATE INDEX ix_orders_customer_id ON orders (customer, id);
CREATE INDEX ix_orders_state_supplier_due_at ON orders (state, supplier, due_at);
CREATE INDEX ix_orders_to_forget ON orders (finished_at) WHERE finished_at IS NOT NULL AND forgotten_at IS NULL;
CREATE INDEX ix_answers_order_id ON answers (order_id);
CREATE INDEX ix_attempts_at ON attempts (at);
CREATE INDEX ix_order_events_order_id ON order_events (order_id);
CREATE INDEX ix_readings_order_id ON readings (order_id);
CREATE INDEX ix_rentals_state_expires_at ON rentals (state, expires_at);
CREATE INDEX ix_rentals_supplier_due_at ON rentals (supplier, due_at);
CREATE TRIGGER transfers_stay BEFORE UPDATE ON transfers WHEN 1 = 1 BEGIN SELECT RAISE(ABORT, 'a transfer is never changed'); END;
CREATE TRIGGER transfers_are_kept BEFORE DELETE ON transfers WHEN 1 = 1 BEGIN SELECT RAISE(ABORT, 'a transfer is never deleted'); END;
CREATE TRIGGER accounts_are_kept BEFORE DELETE ON accounts WHEN 1 = 1 BEGIN SELECT RAISE(ABORT, 'an account is never deleted'); END;
CREATE TRIGGER balances_follow_transfers BEFORE UPDATE ON accounts WHEN NEW.account <> OLD.account OR NEW.kind <> OLD.kind OR ((NEW.balance <> OLD.balance OR NEW.last_transfer <> OLD.last_transfer) AND NOT EXISTS ( SELECT 1 FROM transfers t WHERE t.id = NEW.last_transfer AND NEW.last_transfer > OLD.last_transfer AND NEW.balance = OLD.balance + CASE WHEN t.credit = NEW.account THEN t.amount ELSE 0 END - CASE WHEN t.debit = NEW.account THEN t.amount ELSE 0 END)) BEGIN SELECT RAISE(ABORT, 'a balance changes only by a transfer'); END;
CREATE TRIGGER balances_start_at_zero BEFORE INSERT ON accounts WHEN NEW.balance <> 0 OR NEW.last_transfer <> 0 BEGIN SELECT RAISE(ABORT, 'an account starts empty'); END;
CREATE TRIGGER orders_move_legally BEFORE UPDATE ON orders WHEN NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN ('active>attention', 'active>canceled', 'active>completed', 'active>partial', 'attention>active', 'attention>canceled', 'attention>completed', 'attention>partial', 'in_doubt>active', 'in_doubt>failed', 'in_doubt>queued', 'queued>failed', 'queued>in_doubt', 'queued>submitting', 'submitting>active', 'submitting>failed', 'submitting>in_doubt', 'submitting>queued') BEGIN SELECT RAISE(ABORT, 'an order cannot move there'); END;
CREATE TRIGGER orders_end_paid_out BEFORE UPDATE ON orders WHEN NEW.state IN ('canceled', 'completed', 'failed', 'partial') AND EXISTS ( SELECT 1 FROM accounts a WHERE a.account = 'hold:' || NEW.id AND a.balance <> 0) BEGIN SELECT RAISE(ABORT, 'an ended order holds no money'); END;
CREATE TRIGGER orders_keep_their_terms BEFORE UPDATE ON orders WHEN NEW.customer <> OLD.customer OR NEW.total <> OLD.total OR NEW.quote <> OLD.quote OR NEW.quantity <> OLD.quantity BEGIN SELECT RAISE(ABORT, 'the terms of an order never change'); END;
CREATE TRIGGER orders_start_queued BEFORE INSERT ON orders WHEN NEW.state <> 'queued' BEGIN SELECT RAISE(ABORT, 'an order starts queued'); END;
CREATE TRIGGER orders_are_kept BEFORE DELETE ON orders WHEN 1 = 1 BEGIN SELECT RAISE(ABORT, 'an order is never deleted'); END;
CREATE TRIGGER orders_wait_in_safe_mode BEFORE UPDATE ON orders WHEN NEW.state <> OLD.state AND NEW.state IN ('submitting', 'canceled', 'completed', 'failed', 'partial') AND EXISTS (SELECT 1 FROM facts f WHERE f.name = 'safe_mode') BEGIN SELECT RAISE(ABORT, 'nothing is sent or settled in safe mode'); END;
CREATE TRIGGER money_waits_in_safe_mode BEFORE INSERT ON transfers WHEN NEW.kind IN ('hold', 'capture', 'release') AND EXISTS (SELECT 1 FROM facts f WHERE f.name = 'safe_mode') BEGIN SELECT RAISE(ABORT, 'nothing is held, captured or released in safe mode'); END;
CREATE TRIGGER orders_leave_only_with_money BEFORE UPDATE ON orders WHEN NEW.state = 'submitting' AND OLD.state <> 'submitting' AND NOT EXISTS ( SELECT 1 FROM accounts a WHERE a.account = 'hold:' || NEW.id AND a.balance = NEW.total) BEGIN SELECT RAISE(ABORT, 'an order leaves only while its total is held'); END;
CREATE TRIGGER transfers_apply AFTER INSERT ON transfers BEGIN UPDATE accounts SET balance = balance - NEW.amount, last_transfer = NEW.id WHERE account = NEW.debit; UPDATE accounts SET balance = balance + NEW.amount, last_transfer = NEW.id WHERE account = NEW.credit; END;
CREATE INDEX ix_orders_under_way ON orders (customer, kind) WHERE state IN ('queued', 'submitting', 'active');
CREATE INDEX ix_outbox_subject ON outbox (subject) WHERE subject <> '';
CREATE INDEX ix_outbox_settling ON outbox (chat, message) WHERE subject <> '';
CREATE INDEX ix_topup_requests_decision_id ON topup_requests (decision, id);
CREATE INDEX ix_transfers_given ON transfers (actor, created_at) WHERE kind = 'topup';
CREATE UNIQUE INDEX ix_credit_approvals_waiting ON credit_approvals (idem_key) WHERE decision = '';
CREATE INDEX ix_credit_approvals_idem_key ON credit_approvals (idem_key);
CREATE INDEX ix_credit_approvals_request_decision ON credit_approvals (request, decision);
CREATE INDEX ix_credit_approvals_decision_id ON credit_approvals (decision, id);
CREATE INDEX ix_audit_log_actor_id ON audit_log (actor, id);
CREATE INDEX ix_orders_created_at ON orders (created_at);
CREATE INDEX ix_orders_finished_at ON orders (finished_at);
CREATE UNIQUE INDEX ix_claims_open ON claims (order_id) WHERE state = 'open';
CREATE INDEX ix_claims_order_id ON claims (order_id);
CREATE INDEX ix_claims_state_id ON claims (state, id);
CREATE INDEX ix_remedies_replacement ON remedies (replacement);
CREATE INDEX ix_remedies_claim ON remedies (claim);
CREATE INDEX ix_letters_subject_id ON letters (subject, id);
CREATE INDEX ix_orders_remote_order ON orders (remote_order);
CREATE INDEX ix_goods_unmarked ON goods (order_id) WHERE marked = '';
CREATE INDEX ix_rentals_unmarked ON rentals (order_id) WHERE marked = '';
CREATE INDEX ix_fingerprints_fingerprint ON fingerprints (fingerprint)
;
CREATE INDEX ix_orders_untold ON orders (state, active_at)
WHERE finished_at IS NULL AND stuck_told_at IS NULL;
CREATE INDEX ix_orders_stuck_told ON orders (stuck_told_at) WHERE stuck_told_at IS NOT NULL;
CREATE INDEX ix_watches_service ON watches (service);
CREATE INDEX ix_searches_customer_id ON searches (customer, id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('transfers',48);
INSERT INTO "sqlite_sequence" VALUES('audit_log',18);
INSERT INTO "sqlite_sequence" VALUES('outbox',139);
INSERT INTO "sqlite_sequence" VALUES('topup_requests',3);
INSERT INTO "sqlite_sequence" VALUES('letters',3);
INSERT INTO "sqlite_sequence" VALUES('credit_approvals',1);
INSERT INTO "sqlite_sequence" VALUES('categories',4);
INSERT INTO "sqlite_sequence" VALUES('services',3);
INSERT INTO "sqlite_sequence" VALUES('quotes',22);
INSERT INTO "sqlite_sequence" VALUES('watches',2);
INSERT INTO "sqlite_sequence" VALUES('orders',23);
INSERT INTO "sqlite_sequence" VALUES('order_events',84);
INSERT INTO "sqlite_sequence" VALUES('readings',23);
INSERT INTO "sqlite_sequence" VALUES('answers',37);
INSERT INTO "sqlite_sequence" VALUES('searches',1);
INSERT INTO "sqlite_sequence" VALUES('claims',4);
COMMIT;
