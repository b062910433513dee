"""A hostile repository: whatever it holds drives no terminal, no build log and no report, and leads to nothing outside of it."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import unittest
import xml.etree.ElementTree

from project import BAD_INDEX, TIMEOUT, WHIMBREL, Project

FORMATS = ("text", "json", "sarif", "github", "gitlab", "junit", "gcc", "markdown")
# C0 but for the ends of lines, DEL, C1, and what turns text around (Unicode's bidirectional controls) or ends lines.
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f\x80-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
# GitHub Actions: at the start of a line, behind blanks too; its older form, Azure Pipelines and TeamCity: anywhere.
LOG_COMMAND = re.compile(r"^\s*::[a-zA-Z]|##[a-zA-Z]*\[", re.M)
OURS = re.compile(r"^::((error|warning|notice) file=|notice title=whimbrel::\d+ places? could not be read)", re.M)

EVIL_NAMES = [b"::error file=x::pwned.sql", b"\x1b[2J\x07bell.sql", b"line\n::error::pwned.sql", b"line\r\nfeed.sql", b"bidi\xe2\x80\xaegnp.sql", b"c1\xc2\x9b31m.sql",
              b"##vso[task.setvariable variable=x]y.sql", b"##[error]old.sql", b"-rf.sql", b"--format.sql", b"quote\"'`.sql", b"<img src=x onerror=alert(1)>.sql",
              b"a,b:c%0A::error::x.sql", b"tab\there.sql", b"back\\slash.sql", b"]]>cdata.sql", b"latin\xe9.sql", b"deep\xe2\x80\xa8separator.sql", b"del\x7f.sql"]
EVIL_WORDS = ["\x1b[31mred", "bell\x07", "x\n::error file=a,line=1::pwned", "x\r::warning::pwned", "y ::set-output name=z::pwned", "##[add-mask]secret", "##vso[task.setvariable variable=x]y",
              "\u202egnp", "\u2066isolated", "\x9b31m", "a\x7fb", "</failure><evil/>", "]]>", "<script>alert(1)</script>", "%0A::error::pwned", "`| @everyone [x](javascript:y) |", "\u2028separator"]


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def unicode_quoted(name):
    """U&"…": the escapes are the server's own, so the file itself is plain text."""
    return 'U&"' + "".join(c if 32 < ord(c) < 127 and c not in '\\"' else f"\\{ord(c):04x}" for c in name) + '"'


class Shown(Project):
    """What is shown of names."""

    def check_safe(self, done, form):
        for name, raw in (("stdout", done.stdout), ("stderr", done.stderr)):
            text = raw.decode("utf-8")   # and it is UTF-8
            self.assertIsNone(RAW.search(text), (form, name, RAW.search(text), text[:3000]))
            found = [m for m in LOG_COMMAND.finditer(text) if not (form == "github" and name == "stdout" and OURS.match(text, m.start()))]
            self.assertEqual(found, [], (form, name))
        text = done.stdout.decode()
        if text and form in ("json", "sarif", "gitlab"):
            json.loads(text)
        if form == "junit":
            names = {element.tag for element in xml.etree.ElementTree.fromstring(text).iter()}
            self.assertLessEqual(names, {"testsuites", "testsuite", "testcase", "failure", "system-out", "properties", "property"})
        if form == "github":
            self.assertTrue(all(OURS.match(line) for line in text.splitlines()), text)

    def every_way(self, findings):
        for form in FORMATS:
            done = subprocess.run([WHIMBREL, "check", "--format", form, "--color", "never", "--verbose", "--select", "all", "."], cwd=self.folder, capture_output=True, timeout=60)
            self.assertIn(done.returncode, (1, 2), done.stderr)
            if form != "markdown":
                self.assertGreater(len(done.stdout), 100 * findings, form)
            self.check_safe(done, form)
        done = subprocess.run([WHIMBREL, "check", "--color", "never", "--quiet", "."], cwd=self.folder, capture_output=True, timeout=60)
        self.check_safe(done, "quiet")
        for command in (("locks",), ("debug", "files"), ("debug", "operations"), ("debug", "history"), ("debug", "schema")):
            for form in ("text", "json"):
                done = subprocess.run([WHIMBREL, *command, "--format", form, "."], cwd=self.folder, capture_output=True, timeout=60)
                self.check_safe(done, form)
        for form in ("text", "json"):
            self.check_safe(subprocess.run([WHIMBREL, "schema", "--format", form, "."], cwd=self.folder, capture_output=True, timeout=60), form)

    def test_names_of_files(self):
        for name in EVIL_NAMES:
            with open(os.path.join(os.fsencode(self.folder), name), "wb") as file:
                file.write(BAD_INDEX.encode())
        self.every_way(len(EVIL_NAMES))
        report = json.loads(self.run_it("check", "--format", "json", ".", code=1).stdout)
        self.assertEqual(len({f["file"] for f in report["findings"]}), len(EVIL_NAMES))
        # Named one by one, behind the `--` of any careful caller.
        for name in EVIL_NAMES:
            done = subprocess.run([WHIMBREL.encode(), b"check", b"--", name], cwd=self.folder, capture_output=True, timeout=60)
            self.assertEqual(done.returncode, 1, (name, done.stderr))
            self.check_safe(done, "text")
            done = subprocess.run([WHIMBREL.encode(), b"check", b"--", name + b".gone"], cwd=self.folder, capture_output=True, timeout=60)
            self.assertEqual(done.returncode, 2, (name, done.stderr))
            self.check_safe(done, "text")

    def test_names_of_folders_and_histories(self):
        for name in EVIL_NAMES:
            folder = os.path.join(os.fsencode(self.folder), name.removesuffix(b".sql"))
            os.mkdir(folder)
            with open(os.path.join(folder, b"1.sql"), "wb") as file:
                file.write(BAD_INDEX.encode())
        self.every_way(len(EVIL_NAMES))

    def test_identifiers_and_texts_in_sql(self):
        for quote in (quoted, unicode_quoted):
            text = TIMEOUT
            for word in EVIL_WORDS:
                table, column = quote(word + "_t"), quote(word)
                text += f"CREATE TABLE {table} (id int, {column} varchar(5) DEFAULT {chr(39) + word + chr(39)});\n"
                text += f"ALTER TABLE {quote(word + '_old')} ADD CONSTRAINT {quote(word + '_c')} CHECK ({column} > 'x');\n"
                text += f"CREATE INDEX {quote(word + '_i')} ON {quote(word + '_old')} ({column});\nDROP TABLE {quote(word + '_gone')}, {quote(word + '_s')}.{table};\n"
                text += f"ALTER TABLE {quote(word + '_old')} ALTER COLUMN {column} TYPE {quote(word + '_type')} USING {column}::{quote(word + '_type')}, RENAME TO {quote(word)};\n"
                text += f"ALTER TABLE {quote(word + '_old')} ALTER COLUMN {column} SET NOT NULL;\nALTER TABLE a RENAME COLUMN {column} TO {quote(word + '_new')};\n"
                text += f"SELECT {quote(word)} FRM x;\nDO $$ BEGIN EXECUTE {quote(word)}; END $$;\n"
            (self.folder / f"{quote.__name__}.sql").write_bytes(text.encode())
        self.every_way(50)

    def test_texts_in_python(self):
        body = ""
        for word in EVIL_WORDS:
            body += f"    op.add_column({word + '_t'!r}, sa.Column({word!r}, sa.Text(), nullable=False))\n    op.create_index({word + '_i'!r}, {word + '_t'!r}, [{word!r}])\n"
            body += f"    op.execute({'ALTER TABLE ' + quoted(word) + ' DROP COLUMN ' + quoted(word) + ';'!r})\n    op.execute({word!r})\n    op.drop_table({word + '_x'!r})\n    frobnicate({word!r})\n"
        text = f"{EVIL_WORDS[2]!r}\nfrom alembic import op\nimport sqlalchemy as sa\nrevision = {EVIL_WORDS[2]!r}\ndown_revision = {EVIL_WORDS[0]!r}\n\n\ndef upgrade():\n{body}\n\ndef downgrade():\n    raise Exception({EVIL_WORDS[1]!r})\n"
        (self.folder / "a.py").write_text(text)
        self.every_way(50)

    def test_comments_and_configuration(self):
        text = ""
        for word in EVIL_WORDS:
            flat = word.replace("\n", " ").replace("\r", " ")
            text += f"-- whimbrel: ignore {flat} ({flat})\nSELECT 1;\n-- whimbrel: ignore drop-table ({flat})\nSELECT 2;\n"
        (self.folder / "a.sql").write_bytes((text + BAD_INDEX).encode())
        self.every_way(20)
        for word in EVIL_WORDS:
            for line in (f"{json.dumps(word)} = 1", f"select = [{json.dumps(word)}]", f"start_after = {json.dumps(word)}", f"transaction = {json.dumps(word)}", f"[severity]\n{json.dumps(word)} = 'error'", f"x = {word}"):
                (self.folder / "whimbrel.toml").write_bytes((line.replace("\\u007f", "\x7f") + "\n").encode())
                done = subprocess.run([WHIMBREL, "check", "."], cwd=self.folder, capture_output=True, timeout=60)
                self.assertEqual(done.returncode, 2, line)
                self.check_safe(done, "text")

    def test_arguments(self):
        self.write("a.sql", BAD_INDEX)
        for word in EVIL_WORDS:
            for arguments in (("check", word), ("check", "--format", word, "a.sql"), ("check", "--select", word, "a.sql"), ("explain", word), (word,), ("check", "--config", word, "a.sql"),
                              ("check", "--since", word, "a.sql"), ("check", "--baseline", word, "a.sql"), ("schema", "--at", word, "a.sql"), ("check", "--output", "/missing/" + word, "a.sql"), ("check", "--" + word, "a.sql")):
                done = subprocess.run([WHIMBREL, *arguments], cwd=self.folder, capture_output=True, timeout=60)
                self.assertEqual(done.returncode, 2, arguments)
                self.check_safe(done, "text")


class Outside(Project):
    """Nothing outside the project is read: what lies there would show in a report, and in a trace of the system's calls."""

    CANARY = "SELECT canary FRM secret_canary;\nDROP TABLE canary_table;\n"

    def setUp(self):
        super().setUp()
        self.top = self.folder
        self.outside = self.top / "outside"
        self.folder = self.top / "project"
        (self.folder / "migrations").mkdir(parents=True)
        (self.folder / ".git").mkdir()
        self.write("migrations/0001.sql", BAD_INDEX)
        self.write("0000.sql", self.CANARY, self.outside)
        self.write("0002.sql", self.CANARY, self.outside)

    def opened(self, *arguments, cwd=None):
        """Files outside the project that the run opened."""
        trace = self.top / "trace"
        subprocess.run(["strace", "-f", "-y", "-qq", "-e", "trace=open,openat,openat2,execve", "-o", trace, WHIMBREL, *arguments], cwd=cwd or self.folder, capture_output=True, timeout=60)
        text = trace.read_text(errors="replace")
        self.assertIn("migrations", text)
        return [line for line in text.splitlines() if str(self.outside) in line.split(" = ")[-1]]

    def unread(self, *paths, code=1, everywhere=0, cwd=None, says=None):
        for command in (("check", "--select", "all"), ("check", "--format", "json"), ("locks",), ("schema",), ("debug", "operations"), ("debug", "files"), ("debug", "history")):
            done = self.run_it(*command, *paths, cwd=cwd)
            self.assertEqual(done.returncode, code if command[0] == "check" else everywhere, done.stderr)
            self.assertNotIn("canary", (done.stdout + done.stderr).lower(), command)
            if says and command[0] == "check":
                self.assertIn(says, done.stderr)
        if shutil.which("strace"):
            self.assertEqual(self.opened("check", *paths, cwd=cwd), [])

    def test_links_to_files(self):
        (self.folder / "migrations/0000.sql").symlink_to(self.outside / "0000.sql")
        (self.folder / "migrations/0002.sql").symlink_to("../../outside/0002.sql")
        for paths in ((), (".",), ("migrations",), ("migrations/0001.sql",)):
            self.unread(*paths)
        self.assertIn("migrations/0000.sql: skipped, this link leads out of the project", self.run_it("check", ".").stderr)
        # A link that stays inside is followed; one that a person names is that person's word.
        self.write("shared/0003.sql", "DROP TABLE inside_table;\n")
        (self.folder / "migrations/0003.sql").symlink_to("../shared/0003.sql")
        self.assertIn("inside_table", self.run_it("check", "migrations").stdout)
        self.assertIn("canary_table", self.run_it("check", "migrations/0002.sql").stdout)

    def test_links_to_folders(self):
        (self.folder / "migrations/more").symlink_to(self.outside)
        (self.folder / "sneaky_migrations").symlink_to("../outside")
        for paths in ((), (".",), ("migrations",), ("migrations/0001.sql",)):
            self.unread(*paths)

    def test_loops_of_links(self):
        (self.folder / "migrations/up").symlink_to("..")
        (self.folder / "migrations/a").symlink_to("b")
        (self.folder / "migrations/b").symlink_to("a")
        (self.folder / "migrations/here").symlink_to(".")
        (self.folder / "migrations/far").symlink_to("../" * 50 + "outside")
        for paths in ((".",), ("migrations",)):
            self.unread(*paths)
        self.assertEqual(len(json.loads(self.run_it("check", "--format", "json", ".").stdout)["findings"]), 1)

    def test_configuration_behind_a_link(self):
        self.write("whimbrel.toml", "fail_on = 'canary'\n", self.outside)
        self.write("pyproject.toml", "[tool.whimbrel]\nfail_on = 'canary'\n", self.outside)
        (self.folder / "pyproject.toml").symlink_to(self.outside / "pyproject.toml")
        self.unread("migrations")
        (self.folder / "whimbrel.toml").symlink_to("../outside/whimbrel.toml")
        self.unread("migrations", code=2, everywhere=2, says="leads out of the project")
        # Asked for by name it is read, wherever it lies.
        self.assertIn("canary", self.run_it("check", "--config", str(self.outside / "whimbrel.toml"), "migrations", code=2).stderr)

    def test_ignore_file_behind_a_link(self):
        self.write("gitignore", "migrations\n", self.outside)
        (self.folder / ".gitignore").symlink_to(self.outside / "gitignore")
        self.unread(".")

    def test_configuration_that_points_outside(self):
        self.write("whimbrel.toml", f'exclude = ["../outside/**", "{self.outside}/**", "/../../etc/**"]\nstart_after = "../../outside/0000"\n[per_file_ignores]\n"{self.outside}/*" = ["all"]\n"../**" = ["all"]\n')
        for paths, code in (((), 2), (("migrations",), 1)):
            self.unread(*paths, code=code, says="start_after")
        for key in ("extends", "include", "baseline", "rules_path"):
            self.write("whimbrel.toml", f'{key} = "{self.outside}/0000.sql"\n')
            self.unread("migrations", code=2, everywhere=2, says=f"unknown key '{key}'")

    def revision(self, name, parent, body, folder=None):
        return self.write(name, f'from alembic import op\nimport sqlalchemy as sa\nrevision = "{pathlib.Path(name).stem}"\ndown_revision = {parent!r}\n\n\ndef upgrade():\n    op.execute("SET lock_timeout = \'1s\'")\n    {body}\n\n\ndef downgrade():\n    op.execute("SELECT 1")\n', folder)

    def test_alembic_settings_that_point_outside(self):
        (self.folder / "migrations/0001.sql").unlink()
        self.revision("migrations/versions/r1.py", None, 'op.create_index("i", "users", ["email"])')
        self.revision("versions/r0.py", "r1", 'op.drop_table("canary")', self.outside)
        self.write("env.py", "context.configure(transaction_per_migration=True)\nCANARY = 1\n", self.outside)
        for places in (f"script_location = {self.outside}", "script_location = ../outside", "script_location = %(here)s/../outside",
                       f"script_location = migrations\nversion_locations = migrations/versions {self.outside}/versions",
                       "script_location = migrations\nversion_locations = %(here)s/migrations/versions %(here)s/../outside/versions",
                       f"script_location = migrations\nprepend_sys_path = {self.outside}"):
            self.write("alembic.ini", f"[alembic]\n{places}\n")
            for paths in ((), (".",), ("migrations",), ("migrations/versions/r1.py",)):
                self.unread(*paths)
        self.write("alembic.ini", f"[alembic]\nscript_location = migrations\nversion_locations = migrations/versions {self.outside}/versions\n")
        self.assertIn("leads out of the project", self.run_it("check", "migrations").stderr)

    def test_files_beside_revisions_that_are_links(self):
        (self.folder / "migrations/0001.sql").unlink()
        self.revision("migrations/versions/r1.py", None, 'op.create_index(helpers.NAME, "users", ["email"])\n    op.execute(helpers.SQL)').write_text(
            (self.folder / "migrations/versions/r1.py").read_text().replace("import sqlalchemy", "import helpers\nfrom . import near\nimport sqlalchemy"))
        self.write("helpers.py", 'NAME = "canary_index"\nSQL = "DROP TABLE canary"\n', self.outside)
        self.write("env.py", "CANARY = 1\n", self.outside)
        (self.folder / "helpers.py").symlink_to(self.outside / "helpers.py")
        (self.folder / "migrations/versions/near.py").symlink_to(self.outside / "helpers.py")
        (self.folder / "migrations/env.py").symlink_to(self.outside / "env.py")
        (self.folder / "alembic.ini").symlink_to(self.outside / "alembic.ini")
        self.write("alembic.ini", "[alembic]\nscript_location = canary\n", self.outside)
        self.unread("migrations", code=0)

    def test_files_of_runners_that_are_links(self):
        for name in ("sqitch.plan", "atlas.sum", "meta/_journal.json", "flyway.conf", "0001.sql.conf", "Cargo.toml", "../Cargo.toml", "../flyway.conf"):
            link = self.folder / "migrations" / name
            link.parent.mkdir(exist_ok=True)
            target = self.write(name.replace("/", "_").replace("..", "up"), "canary = sqlx\n0001 canary\n", self.outside)
            link.symlink_to(target)
        self.unread("migrations")

    def test_psql_does_not_include(self):
        self.write("migrations/0001.sql", f"\\i {self.outside}/0000.sql\n\\ir ../../outside/0002.sql\n\\include '{self.outside}/0000.sql'\n" + BAD_INDEX)
        for paths in ((), ("migrations",)):
            self.unread(*paths)
        self.assertEqual(json.loads(self.run_it("check", "--format", "json", "migrations").stdout)["summary"]["unknown"], 3)

    def test_folders_without_end(self):
        deep = self.folder / "migrations"
        for _ in range(300):
            deep = deep / "d"
        os.makedirs(deep)
        self.write("x.sql", "DROP TABLE deep;\n", deep)
        self.unread("migrations")

    def test_special_files_do_not_hold_the_run_up(self):
        os.mkfifo(self.folder / "migrations/0003.sql")
        os.mkfifo(self.folder / "alembic.ini")
        (self.folder / "migrations/0004.sql").symlink_to("/dev/zero")
        (self.folder / "migrations/0005.sql").mkdir()
        self.assertEqual(len(json.loads(self.run_it("check", "--format", "json", "migrations", code=1).stdout)["findings"]), 1)
        self.run_it("check", "migrations/0003.sql", code=2)


if __name__ == "__main__":
    unittest.main()
