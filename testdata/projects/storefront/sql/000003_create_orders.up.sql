BEGIN;

-- The foreign keys below lock customers and products against writes until COMMIT.
SET LOCAL lock_timeout = '3s';

CREATE TYPE order_status AS ENUM ('cart', 'placed', 'paid', 'shipped', 'delivered', 'cancelled');

CREATE TABLE orders (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id   bigint NOT NULL REFERENCES customers (id),
    status        order_status NOT NULL DEFAULT 'cart',
    total_cents   bigint NOT NULL DEFAULT 0,
    shipping_note text,
    placed_at     timestamptz,
    created_at    timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE order_items (
    order_id      bigint NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    line_no       smallint NOT NULL,
    product_id    bigint NOT NULL REFERENCES products (id),
    warehouse_id  bigint,
    quantity      integer NOT NULL CHECK (quantity > 0),
    unit_cents    bigint NOT NULL,
    PRIMARY KEY (order_id, line_no)
);

CREATE INDEX order_items_product_id_idx ON order_items (product_id);

COMMENT ON COLUMN order_items.warehouse_id IS 'Where the line ships from; null until the line is picked';

COMMIT;
