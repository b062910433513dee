-- Deploy shop:zebra to pg

BEGIN;
CREATE TABLE zebra (id int);
COMMIT;
