ALTER TABLE payments DROP COLUMN refunds_payment_id;
