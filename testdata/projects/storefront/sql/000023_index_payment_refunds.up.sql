CREATE INDEX CONCURRENTLY payments_refunds_payment_id_idx ON payments (refunds_payment_id)
    WHERE refunds_payment_id IS NOT NULL;
