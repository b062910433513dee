BEGIN;
SET LOCAL lock_timeout = '3s';

CREATE TYPE payment_status AS ENUM ('authorised', 'captured', 'failed', 'refunded');

CREATE TABLE payments (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id      bigint NOT NULL REFERENCES orders (id),
    status        payment_status NOT NULL,
    amount_cents  bigint NOT NULL,
    currency      varchar(3) NOT NULL,
    provider      text NOT NULL,
    provider_ref  text NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    UNIQUE (provider, provider_ref)
);

CREATE INDEX payments_order_id_idx ON payments (order_id);

COMMIT;
