-- A Go template inside a quoted name, whose own text has quotes.
CREATE INDEX i ON "{{ index .Options "Namespace" }}".identities (user_id);
ALTER TABLE "{{ index .Options "Namespace" }}".users ADD COLUMN a int, DROP COLUMN "plain";
SELECT "not {{ closed", "b" FROM t;
