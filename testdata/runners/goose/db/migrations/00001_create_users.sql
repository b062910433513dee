-- Users of the shop.
-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
-- +goose StatementBegin
CREATE FUNCTION touch() RETURNS trigger AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END;
$$ LANGUAGE plpgsql
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER touch_users BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch()
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER touch_users ON users;
DROP FUNCTION touch();
DROP TABLE users;
