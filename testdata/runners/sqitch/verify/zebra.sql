-- Verify shop:zebra on pg

SELECT id FROM zebra;
ROLLBACK;
