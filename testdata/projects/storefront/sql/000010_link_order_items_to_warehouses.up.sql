BEGIN;
SET LOCAL lock_timeout = '3s';

ALTER TABLE order_items
    ADD CONSTRAINT order_items_warehouse_id_fkey
    FOREIGN KEY (warehouse_id) REFERENCES warehouses (id);

COMMIT;
