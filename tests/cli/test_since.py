"""--since: only what changed against a git ref is linted, in real repositories."""
import json
import os
import subprocess
import unittest

from project import BAD_INDEX, TIMEOUT, Project

USERS = "CREATE TABLE users (id bigint PRIMARY KEY, email text);\n"
NEW_INDEX = BAD_INDEX.replace("users_email_idx", "users_again_idx")
QUIET = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | {
    "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org"}


class Since(Project):
    command = ("check",)
    environment = QUIET

    def setUp(self):
        super().setUp()
        self.top = self.folder
        self.folder = self.top / "repo"
        self.folder.mkdir()
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments, cwd=None):
        return subprocess.run(["git", *arguments], cwd=cwd or self.folder, env=QUIET, check=True, capture_output=True, text=True).stdout

    def commit(self, message="more"):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def found(self, *arguments, **how):
        report = json.loads(self.run_it("--format", "json", *arguments, **how).stdout)
        return [(f["file"], f["rule"]) for f in report["findings"]]

    def refused(self, *arguments, says, **how):
        done = self.run_it(*arguments, code=2, **how)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertIn(says, done.stderr)
        self.assertEqual(done.stdout, "")

    def old_project(self):
        self.write("db/0001_users.sql", USERS + "DROP TABLE older;\n")
        self.write("db/0002_index.sql", BAD_INDEX)
        self.commit()

    def test_committed_staged_changed_and_untracked_files(self):
        self.old_project()
        self.assertEqual(self.found("--since", "main", "db", code=0), [])
        self.git("checkout", "-q", "-b", "work")
        self.write("db/0003_committed.sql", NEW_INDEX)
        self.commit()
        self.write("db/0004_staged.sql", TIMEOUT + "DROP TABLE users;\n")
        self.git("add", "-A")
        self.write("db/0005_untracked.sql", TIMEOUT + "TRUNCATE users;\n")
        self.assertEqual(self.found("--since", "main", "db", code=1),
                         [("db/0003_committed.sql", "create-index-non-concurrent"), ("db/0004_staged.sql", "drop-table"), ("db/0005_untracked.sql", "truncate")])
        self.assertEqual(self.found("--since", "HEAD", "db", code=1), [("db/0004_staged.sql", "drop-table"), ("db/0005_untracked.sql", "truncate")])
        self.assertEqual(self.found("--since", "main", "db/0005_untracked.sql", code=1), [("db/0005_untracked.sql", "truncate")])
        self.assertEqual(self.found("--since", "main", "db/0001_users.sql", code=0), [])

    def test_what_was_merged_into_the_ref_since_does_not_count(self):
        self.old_project()
        self.git("checkout", "-q", "-b", "work")
        self.write("db/0003_mine.sql", NEW_INDEX)
        self.commit()
        self.git("checkout", "-q", "main")
        self.write("db/0002_index.sql", BAD_INDEX + "SELECT 1;\n")
        self.commit()
        self.git("checkout", "-q", "work")
        self.assertEqual(self.found("--since", "main", "db", code=1), [("db/0003_mine.sql", "create-index-non-concurrent")])

    def test_new_migrations_are_new_to_each_other(self):
        self.old_project()
        self.write("db/0003_teams.sql", "CREATE TABLE teams (id bigint PRIMARY KEY, name text);\n")
        self.write("db/0004_indexes.sql", TIMEOUT + "CREATE INDEX teams_name_idx ON teams (name);\nCREATE INDEX e ON users (email);\n")
        report = json.loads(self.run_it("--format", "json", "--since", "main", "db", code=1).stdout)
        self.assertEqual([(f["rule"], f["line"]) for f in report["findings"]], [("create-index-non-concurrent", 3)])

    def test_an_edited_migration(self):
        self.old_project()
        self.write("db/0001_users.sql", "-- the users\n" + USERS.replace(", email", ",\n  email") + "DROP TABLE older;\n")
        self.assertEqual(self.found("--since", "main", "db", code=0), [])
        self.write("db/0001_users.sql", USERS.replace("text", "varchar(40)") + "DROP TABLE older;\n")
        self.assertEqual(self.found("--since", "main", "db", code=1), [("db/0001_users.sql", rule) for rule in ("edited-after-merge", "missing-lock-timeout", "drop-table")])

    def test_a_moved_folder_and_a_renamed_file(self):
        self.old_project()
        self.git("mv", "db", "migrations")
        self.assertEqual(self.found("--since", "main", "migrations", code=0), [])
        self.git("mv", "migrations/0002_index.sql", "migrations/0003_index.sql")
        self.assertEqual(self.found("--since", "main", "migrations", code=1), [("migrations/0003_index.sql", "create-index-non-concurrent")])

    def test_line_ends_are_no_change(self):
        self.old_project()
        path = self.folder / "db/0002_index.sql"
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        self.assertEqual(self.found("--since", "main", "db", code=0), [])

    def test_in_a_subfolder_and_by_a_link(self):
        self.old_project()
        self.write("db/0003_new.sql", NEW_INDEX)
        self.assertEqual(self.found("--since", "main", ".", cwd=self.folder / "db"), [("0003_new.sql", "create-index-non-concurrent")])
        (self.top / "link").symlink_to(self.folder)
        self.assertEqual([rule for _, rule in self.found("--since", "main", "link/db", cwd=self.top)], ["create-index-non-concurrent"])

    def test_names_that_need_quotes(self):
        self.write("db/0001 \"a\"\t'ü'\n.sql", BAD_INDEX)
        self.commit()
        self.assertEqual(self.found("--since", "main", "db", code=0), [])
        self.write("db/0002 \"b\"\t'ü'\n.sql", NEW_INDEX)
        self.assertEqual(len(self.found("--since", "main", "db", code=1)), 1)

    def test_in_a_worktree_and_in_a_hook(self):
        self.old_project()
        self.git("worktree", "add", "-q", "-b", "other", str(self.top / "tree"))
        self.write("db/0003_new.sql", NEW_INDEX, self.top / "tree")
        self.assertEqual(self.found("--since", "main", "db", cwd=self.top / "tree"), [("db/0003_new.sql", "create-index-non-concurrent")])
        self.write("db/0003_new.sql", NEW_INDEX)
        hook = QUIET | {"GIT_DIR": ".git", "GIT_INDEX_FILE": ".git/index", "GIT_PREFIX": ""}
        self.assertEqual(self.found("--since", "main", "db", env=hook), [("db/0003_new.sql", "create-index-non-concurrent")])

    def test_standard_input(self):
        self.old_project()
        arguments = ("--since", "main", "--stdin-filename", "db/0002_index.sql", "-")
        self.assertEqual(self.found(*arguments, stdin=BAD_INDEX, code=0), [])
        self.assertIn(("db/0002_index.sql", "drop-table"), self.found(*arguments, stdin=TIMEOUT + "DROP TABLE users;\n", code=1))

    def test_alembic(self):
        revision = 'from alembic import op\nimport sqlalchemy as sa\nrevision = "{0}"\ndown_revision = {1}\n\n\ndef upgrade():\n    {2}\n\n\ndef downgrade():\n    {3}\n'
        timeout = 'op.execute("SET lock_timeout = \'1s\'")\n    '
        self.write("alembic/versions/a.py", revision.format("a", None, 'op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("email", sa.Text()))', 'op.drop_table("users")'))
        self.write("alembic/versions/b.py", revision.format("b", '"a"', timeout + 'op.drop_table("older")', 'op.execute("SELECT 1")'))
        self.commit()
        self.write("alembic/versions/c.py", revision.format("c", '"b"', 'op.create_table("teams", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.Text()))', 'op.drop_table("teams")'))
        self.write("alembic/versions/d.py", revision.format("d", '"c"', timeout + 'op.create_index("t", "teams", ["name"])\n    op.create_index("u", "users", ["email"])', 'op.drop_index("u", table_name="users")\n    op.drop_index("t", table_name="teams")'))
        self.git("mv", "alembic/versions/b.py", "alembic/versions/b_renamed.py")
        report = json.loads(self.run_it("--format", "json", "--since", "main", "alembic", code=1).stdout)
        self.assertEqual([(f["rule"], f["line"]) for f in report["findings"]], [("create-index-non-concurrent", 10)])

    def test_nothing_of_the_users_is_run(self):
        self.old_project()
        trap = self.top / "ran"
        script = self.top / "trap.sh"
        script.write_text(f"#!/bin/sh\ntouch {trap}\ncat\n")
        script.chmod(0o755)
        for key in ("core.fsmonitor", "diff.external", "diff.x.textconv", "diff.x.command", "filter.x.clean", "filter.x.smudge", "filter.x.process", "core.pager", "core.sshCommand", "core.editor"):
            self.git("config", key, str(script))
        self.write(".gitattributes", "*.sql diff=x filter=x\n")
        self.write("db/0003_new.sql", NEW_INDEX)
        (self.folder / "db/0002_index.sql").touch()
        self.assertEqual(self.found("--since", "main", "db"), [("db/0003_new.sql", "create-index-non-concurrent")])
        self.assertFalse(trap.exists())

    def trap(self):
        """A program that leaves a trace when it is run; the trace's path and the program's."""
        script = self.top / "trap.sh"
        script.write_text(f"#!/bin/sh\ntouch {self.top}/ran\ncat\n")
        script.chmod(0o755)
        return self.top / "ran", script

    def test_no_hook_runs(self):
        self.old_project()
        ran, script = self.trap()
        for folder in (self.folder / ".git/hooks", self.top / "hooks"):
            folder.mkdir(exist_ok=True)
            for hook in ("post-checkout", "post-index-change", "pre-commit", "reference-transaction", "post-rewrite", "fsmonitor-watchman", "pre-auto-gc", "proc-receive", "query-watchman"):
                (folder / hook).unlink(missing_ok=True)
                (folder / hook).symlink_to(script)
        self.write("db/0003_new.sql", NEW_INDEX)
        for place in (None, str(self.top / "hooks")):
            if place:
                self.git("config", "core.hooksPath", place)
            self.git("config", "core.fsmonitor", ".git/hooks/fsmonitor-watchman")
            self.assertEqual(self.found("--since", "main", "db"), [("db/0003_new.sql", "create-index-non-concurrent")])
        self.assertFalse(ran.exists())

    def test_a_configuration_that_includes_another_one(self):
        self.old_project()
        ran, script = self.trap()
        self.write("evil.config", f"[core]\n\tfsmonitor = {script}\n\tpager = {script}\n\talternateRefsCommand = {script}\n[alias]\n\trev-parse = !{script}\n\tls-tree = !{script}\n\tcat-file = !{script}\n"
                   f"[diff]\n\texternal = {script}\n[credential]\n\thelper = !{script}\n[gpg]\n\tprogram = {script}\n[log]\n\tshowSignature = true\n[uploadpack]\n\tpackObjectsHook = {script}\n", self.top)
        self.git("config", "include.path", str(self.top / "evil.config"))
        self.git("config", "includeIf.gitdir:**.path", str(self.top / "evil.config"))
        self.write("db/0003_new.sql", NEW_INDEX)
        self.assertEqual(self.found("--since", "main", "db"), [("db/0003_new.sql", "create-index-non-concurrent")])
        self.assertFalse(ran.exists())

    def test_nothing_is_fetched_for_a_missing_object(self):
        self.old_project()
        ran, script = self.trap()
        blob = self.git("rev-parse", "main:db/0001_users.sql").strip()
        (self.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
        for key, value in (("core.repositoryformatversion", "1"), ("extensions.partialClone", "origin"), ("remote.origin.promisor", "true"), ("remote.origin.partialclonefilter", "blob:none"),
                           ("remote.origin.url", f"ext::{script} %S"), ("protocol.ext.allow", "always"), ("protocol.allow", "always"), ("remote.origin.uploadpack", str(script))):
            self.git("config", key, value)
        self.write("db/0001_users.sql", USERS + "DROP TABLE older;\nSELECT 1;\n")
        self.refused("--since", "main", "db", says="git has no content")
        self.git("config", "remote.origin.url", str(self.top))
        self.refused("--since", "main", "db", says="git has no content")
        self.assertFalse(ran.exists())

    def test_a_ref_that_begins_with_a_dash(self):
        self.old_project()
        commit = self.git("rev-parse", "main").strip()
        for name in ("-evil", "--output=pwned", "--help"):
            (self.folder / ".git/refs/heads" / name).write_text(commit + "\n")
            self.refused(f"--since={name}", "db", says="not the name of a commit")
            self.assertEqual(self.found(f"--since=refs/heads/{name}", "db", code=0), [])
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), [".git", "db"])

    def test_folders_that_read_like_pathspecs(self):
        for name in (":(top)db", ":(exclude)db", ":!x", "*", "-r", "[a]"):
            self.write(f"{name}/0001_index.sql", BAD_INDEX)
        self.commit()
        for name in (":(top)db", ":(exclude)db", ":!x", "*", "-r", "[a]"):
            self.assertEqual(self.found("--since", "main", "--", name, code=0), [], name)
            self.write(f"{name}/0002_new.sql", NEW_INDEX)
            self.assertEqual(self.found("--since", "main", "--", name, code=1), [(f"{name}/0002_new.sql", "create-index-non-concurrent")])

    def test_a_git_folder_that_points_elsewhere(self):
        self.old_project()
        other = self.top / "other"
        self.write("0001.sql", "DROP TABLE canary;\n", other)
        (other / ".git").write_text(f"gitdir: {self.folder}/.git\n")
        # Objects of another repository are no files of this project: what is compared is what the commit names.
        self.assertNotIn("canary_of_git", self.run_it("--since", "main", ".", cwd=other).stdout)
        self.git("config", "core.worktree", str(self.top))
        self.assertIn(self.run_it("--since", "main", "db").returncode, (0, 2))
        self.git("config", "core.worktree", "/usr")
        self.refused("--since", "main", "db", says="not in the git repository")

    def test_alternates_and_links_at_the_ref_bring_nothing_in(self):
        secret = self.top / "secret"
        secret.mkdir()
        self.git("init", "-q", cwd=secret)
        self.write("0001_users.sql", "DROP TABLE canary;\n", secret)
        self.git("add", "-A", cwd=secret)
        self.git("commit", "-q", "-m", "x", cwd=secret)
        self.write("db/0001_users.sql", USERS)
        (self.folder / "db/0002_link.sql").symlink_to(secret / "0001_users.sql")
        (self.folder / "db/more").symlink_to(secret)
        self.commit()
        (self.folder / ".git/objects/info/alternates").write_text(str(secret / ".git/objects") + "\n")
        self.write("db/0003_new.sql", NEW_INDEX)
        done = self.run_it("--format", "json", "--since", "main", "db", code=1)
        self.assertEqual([f["file"] for f in json.loads(done.stdout)["findings"]], ["db/0003_new.sql"])
        self.assertNotIn("canary", done.stdout + done.stderr)

    def test_what_cannot_be_used(self):
        self.old_project()
        self.refused("--since", "nowhere", "db", says="there is no commit 'nowhere'")
        self.refused("--since", "--output=x", "db", says="--since")
        self.refused("--since=--help", "db", says="not the name of a commit")
        self.refused("--since", "", "db", says="--since wants a value")
        self.refused("--since", "main^{tree}", "db", says="there is no commit")
        outside = self.top / "outside"
        self.write("0001.sql", BAD_INDEX, outside)
        self.refused("--since", "main", str(outside), cwd=outside, says="not in a git repository")
        self.refused("--since", "main", "db", str(outside), says="git repository")
        self.git("checkout", "-q", "--orphan", "lonely")
        self.commit("another beginning")
        self.refused("--since", "main", "db", says="no commit in common")
        self.refused("--since", "main", "db", says="cannot run git", env=QUIET | {"PATH": "/nonexistent"})

    def test_a_shallow_clone(self):
        self.old_project()
        for number in range(3):
            self.write(f"db/000{number + 3}_more.sql", f"SELECT {number};\n")
            self.commit()
        self.git("branch", "base", "main~2")
        clone = self.top / "clone"
        self.git("clone", "-q", "--depth", "1", "--no-single-branch", f"file://{self.folder}", str(clone))
        self.refused("--since", "origin/base", "db", cwd=clone, says="fetch-depth: 0")
        self.refused("--since", "main~2", "db", cwd=clone, says="shallow clone")
        self.git("fetch", "-q", "--unshallow", cwd=clone)
        self.assertEqual(self.found("--since", "origin/base", "db", cwd=clone), [])


if __name__ == "__main__":
    unittest.main()
