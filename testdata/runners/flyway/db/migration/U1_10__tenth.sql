DROP INDEX a_b_idx;
