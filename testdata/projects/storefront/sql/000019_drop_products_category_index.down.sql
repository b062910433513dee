CREATE INDEX CONCURRENTLY products_category_id_idx ON products (category_id);
