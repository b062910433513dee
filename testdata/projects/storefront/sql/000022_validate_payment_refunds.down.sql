BEGIN;
ALTER TABLE payments DROP CONSTRAINT payments_refunds_payment_id_fkey;
ALTER TABLE payments
    ADD CONSTRAINT payments_refunds_payment_id_fkey
    FOREIGN KEY (refunds_payment_id) REFERENCES payments (id) NOT VALID;
COMMIT;
