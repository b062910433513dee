BEGIN;
SET LOCAL lock_timeout = '3s';

-- products_category_id_name_idx starts with the same column.
DROP INDEX products_category_id_idx;

COMMIT;
