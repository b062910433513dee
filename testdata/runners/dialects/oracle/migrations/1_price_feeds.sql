CREATE TABLE price_feeds (id bigint);
