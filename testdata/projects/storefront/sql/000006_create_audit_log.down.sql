DROP TRIGGER customers_audit ON customers;
DROP TRIGGER orders_audit ON orders;
DROP TRIGGER payments_audit ON payments;
DROP TABLE audit.row_changes;
DROP FUNCTION audit.record_change();
DROP SCHEMA audit;
