SELECT 'goose refuses this';
-- +goose Up
ALTER TABLE users ADD COLUMN name text;
