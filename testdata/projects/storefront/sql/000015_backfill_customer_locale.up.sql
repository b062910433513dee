-- In batches, each in a transaction of its own: customers is read and written all day.
DO $$
DECLARE
    first_id  bigint := 0;
    last_id   bigint;
BEGIN
    SELECT max(id) INTO last_id FROM customers;
    WHILE first_id <= last_id LOOP
        UPDATE customers
           SET locale = 'sv-SE'
         WHERE id BETWEEN first_id AND first_id + 4999
           AND locale IS NULL
           AND email LIKE '%.se';
        COMMIT;
        first_id := first_id + 5000;
    END LOOP;
END
$$;
