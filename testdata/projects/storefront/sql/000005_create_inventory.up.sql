BEGIN;
SET LOCAL lock_timeout = '3s';

CREATE TABLE warehouses (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code     text NOT NULL UNIQUE,
    name     text NOT NULL,
    country  char(2) NOT NULL
);

CREATE TABLE inventory_levels (
    warehouse_id  bigint NOT NULL REFERENCES warehouses (id),
    product_id    bigint NOT NULL REFERENCES products (id),
    on_hand       integer NOT NULL DEFAULT 0,
    reserved      integer NOT NULL DEFAULT 0,
    PRIMARY KEY (warehouse_id, product_id),
    CONSTRAINT inventory_levels_reserved_within_stock CHECK (reserved BETWEEN 0 AND on_hand)
);

CREATE INDEX inventory_levels_product_id_idx ON inventory_levels (product_id);

/*
 * Reserves stock for one order line and says from where it ships.
 * Picks the fullest warehouse; null means that nobody has enough.
 */
CREATE FUNCTION reserve_stock(wanted_product bigint, wanted integer) RETURNS bigint
LANGUAGE plpgsql
AS $function$
DECLARE
    chosen bigint;
BEGIN
    SELECT warehouse_id INTO chosen
      FROM inventory_levels
     WHERE product_id = wanted_product AND on_hand - reserved >= wanted
     ORDER BY on_hand - reserved DESC
     LIMIT 1
       FOR UPDATE SKIP LOCKED;

    UPDATE inventory_levels
       SET reserved = reserved + wanted
     WHERE warehouse_id = chosen AND product_id = wanted_product;

    RETURN chosen;
END;
$function$;

INSERT INTO warehouses (code, name, country) VALUES
    ('GBG', 'Göteborg', 'SE'),
    ('GDN', 'Gdańsk', 'PL'),
    ('NTE', 'Nantes; quai de la Fosse', 'FR');

COMMIT;
