CREATE TABLE "a" ("id" int)
--> statement-breakpoint
CREATE TABLE "b" ("id" int);--> statement-breakpoint
ALTER TABLE "b" ADD COLUMN "c" int;
