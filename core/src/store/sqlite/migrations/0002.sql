-- Old idempotency records are found by their age.
CREATE INDEX idempotency_age ON idempotency (tenant, at);
