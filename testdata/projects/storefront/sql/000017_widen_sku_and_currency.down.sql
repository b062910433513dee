ALTER TABLE payments ALTER COLUMN currency TYPE varchar(3);
ALTER TABLE products ALTER COLUMN sku TYPE varchar(40);
