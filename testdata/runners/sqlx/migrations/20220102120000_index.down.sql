DROP INDEX a_id_idx;
