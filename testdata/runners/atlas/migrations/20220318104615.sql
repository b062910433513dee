-- atlas:txmode none

CREATE INDEX CONCURRENTLY "team_id_idx" ON "team" ("id");
