DROP FUNCTION reserve_stock(bigint, integer);
DROP TABLE inventory_levels;
DROP TABLE warehouses;
