CREATE VIEW order_summaries AS
SELECT o.id AS order_id,
       c.public_id AS customer_public_id,
       o.status,
       o.placed_at,
       o.total_cents,
       coalesce(p.captured_cents, 0) AS captured_cents,
       o.total_cents - coalesce(p.captured_cents, 0) AS open_cents
  FROM orders AS o
  JOIN customers AS c ON c.id = o.customer_id
  LEFT JOIN LATERAL (
           SELECT sum(amount_cents) AS captured_cents
             FROM payments
            WHERE order_id = o.id AND status = 'captured'
       ) AS p ON true
 WHERE o.status <> 'cart';

COMMENT ON VIEW order_summaries IS 'What support and the accountants see — carts excluded';
