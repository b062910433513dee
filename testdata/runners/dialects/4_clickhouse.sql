CREATE TABLE a ON CLUSTER '{cluster}' (id UInt64, n Nullable(String), d Date DEFAULT '1'::Date) ENGINE = ReplicatedMergeTree ORDER BY id;
