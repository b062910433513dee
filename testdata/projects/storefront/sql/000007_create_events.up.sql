CREATE TABLE events (
    id           bigint GENERATED ALWAYS AS IDENTITY,
    occurred_at  timestamptz NOT NULL,
    kind         text NOT NULL,
    session_id   uuid,
    payload      jsonb NOT NULL DEFAULT '{}'::jsonb,
    PRIMARY KEY (id, occurred_at)
) PARTITION BY RANGE (occurred_at);

CREATE TABLE events_2025h1 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2025-07-01');
CREATE TABLE events_2025h2 PARTITION OF events FOR VALUES FROM ('2025-07-01') TO ('2026-01-01');

CREATE INDEX events_kind_occurred_at_idx ON events (kind, occurred_at);
