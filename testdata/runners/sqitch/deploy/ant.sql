-- Deploy shop:ant to pg

BEGIN;
CREATE TABLE ant (id int);
COMMIT;
