CREATE INDEX CONCURRENTLY products_category_id_name_idx ON products (category_id, name);
