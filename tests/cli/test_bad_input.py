"""Bad input of every kind: a clear sentence that names the thing, the right exit code, the other files still linted."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest

WHIMBREL = os.environ["WHIMBREL"]
BAD_INDEX = "SET lock_timeout = '1s';\nCREATE INDEX users_email_idx ON users (email);\n"


def run(*arguments, cwd=None, stdin=None, user=None):
    """Exit code, standard output, standard error (bytes)."""
    command = [WHIMBREL, *map(str, arguments)]
    if user is not None:
        command = ["setpriv", "--reuid", str(user), "--clear-groups", *command]
    done = subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


class BadInput(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        os.chmod(self.folder, 0o755)
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def findings(self, *arguments, code=1):
        got, out, err = run("check", "--format", "json", *arguments, cwd=self.folder)
        self.assertEqual(got, code, err.decode())
        return json.loads(out)["findings"]

    def rules(self, *arguments, code=1):
        return [(f["file"].rsplit("/", 1)[-1], f["rule"]) for f in self.findings(*arguments, code=code)]

    def assert_clear(self, result, code, *words):
        got, out, err = result
        self.assertEqual(got, code, err.decode())
        lines = err.decode().splitlines()
        self.assertEqual(len(lines), 1, lines)
        for word in words:
            self.assertIn(word, lines[0])

    def test_empty_folder(self):
        code, out, err = run("check", ".", cwd=self.folder)
        self.assertEqual(code, 0)
        self.assertIn("no migrations", err.decode())

    def test_missing_path(self):
        self.write("a.sql", BAD_INDEX)
        code, out, err = run("check", "--format", "json", "a.sql", "gone.sql", cwd=self.folder)
        self.assertEqual(code, 2)
        self.assertIn("gone.sql", err.decode())
        self.assertEqual([f["rule"] for f in json.loads(out)["findings"]], ["create-index-non-concurrent"])

    def test_unreadable_file(self):
        self.write("a.sql", BAD_INDEX)
        secret = self.write("b.sql", "SELECT 1;")
        secret.chmod(0)
        user = 65534 if os.geteuid() == 0 else None
        code, out, err = run("check", "--format", "json", ".", cwd=self.folder, user=user)
        self.assertEqual(code, 2, err.decode())
        self.assertIn("b.sql", err.decode())
        self.assertEqual(len(json.loads(out)["findings"]), 1)

    def test_binary(self):
        self.write("a.sql", BAD_INDEX)
        self.write("b.sql", b"\x7fELF\x00\x01\x02" + bytes(range(256)))
        self.assertEqual(self.rules("."), [("a.sql", "create-index-non-concurrent"), ("b.sql", "syntax-error")])

    def test_zero_bytes(self):
        self.write("a.sql", b"")
        self.assertEqual(self.rules(".", code=0), [])

    def test_latin_1(self):
        self.write("a.sql", BAD_INDEX)
        self.write("b.sql", "-- caf\xe9\nSELECT 1;\n".encode("latin-1"))
        found = self.findings(".")
        self.assertEqual([f["rule"] for f in found], ["create-index-non-concurrent", "syntax-error"])
        self.assertIn("UTF-8", found[1]["message"])
        self.assertEqual((found[1]["line"], found[1]["column"]), (1, 7))

    def test_byte_order_mark_and_crlf(self):
        self.write("a.sql", b"\xef\xbb\xbf" + BAD_INDEX.replace("\n", "\r\n").encode())
        found = self.findings("a.sql")
        self.assertEqual([(f["rule"], f["line"]) for f in found], [("create-index-non-concurrent", 2)])

    def test_utf_16(self):
        self.write("a.sql", BAD_INDEX.encode("utf-16"))
        self.assertEqual(self.rules("."), [("a.sql", "syntax-error")])

    def test_50_megabytes(self):
        statement = "INSERT INTO t (a, b) VALUES (1, 'some text that makes the file large');\n"
        self.write("a.sql", statement * (50 * 1024 * 1024 // len(statement)) + BAD_INDEX)
        begin = time.monotonic()
        self.assertEqual([rule for _, rule in self.rules("a.sql")], ["create-index-non-concurrent"])
        self.assertLess(time.monotonic() - begin, 100)

    def test_too_large(self):
        self.write("a.sql", BAD_INDEX)
        with open(self.folder / "b.sql", "wb") as file:
            file.truncate(1024 * 1024 * 1024)
        found = self.findings(".")
        self.assertEqual([f["rule"] for f in found], ["create-index-non-concurrent", "syntax-error"])
        self.assertIn("larger than", found[1]["message"])

    def test_nesting(self):
        for name, text in {"parens": "SELECT " + "(" * 50000 + "1" + ")" * 50000 + ";\n",
                           "case": "SELECT " + "CASE WHEN true THEN " * 20000 + "1" + " END" * 20000 + ";\n",
                           "brackets": "SELECT " + "ARRAY[" * 50000 + "1" + "]" * 50000 + ";\n"}.items():
            self.write(f"{name}/a.sql", text + BAD_INDEX)
            rules = [rule for _, rule in self.rules(f"{name}/a.sql")]
            self.assertIn("syntax-error", rules, name)
            self.assertIn("create-index-non-concurrent", rules, name)

    def test_long_chains(self):
        for name, text in {"plus": "SELECT " + "+".join(["1"] * 100000) + ";\n",
                           "and": "SELECT 1 WHERE " + " AND ".join(["a = 1"] * 50000) + ";\n",
                           "union": " UNION ALL ".join(["SELECT 1"] * 20000) + ";\n"}.items():
            self.write(f"{name}/a.sql", text + BAD_INDEX)
            self.assertIn("create-index-non-concurrent", [rule for _, rule in self.rules(f"{name}/a.sql")], name)

    def test_nested_python(self):
        self.write("a.py", "revision = 'a'\ndown_revision = None\n\ndef upgrade():\n    x = " + "(" * 50000 + ")" * 50000 + "\n\ndef downgrade():\n    pass\n")
        code, out, err = run("check", "--format", "json", ".", cwd=self.folder)
        self.assertIn(code, (0, 1), err.decode())
        json.loads(out)

    def test_symlink_loop(self):
        self.write("m/a.sql", BAD_INDEX)
        (self.folder / "m" / "loop").symlink_to(self.folder / "m")
        (self.folder / "m" / "self.sql").symlink_to("self.sql")
        code, out, err = run("check", "--format", "json", "m", cwd=self.folder)
        self.assertIn(code, (1, 2))
        self.assertEqual(len(json.loads(out)["findings"]), 1)

    def test_broken_statement_between_good_ones(self):
        self.write("a.sql", "SET lock_timeout = '1s';\nCREATE INDEX a ON t (x);\nCREATE TABEL oops (;\nCREATE INDEX b ON t (x);\n")
        self.assertEqual([rule for _, rule in self.rules("a.sql")],
                         ["create-index-non-concurrent", "syntax-error", "create-index-non-concurrent"])

    def test_unknown_option(self):
        self.assert_clear(run("check", "--formt", "json", cwd=self.folder), 2, "--formt", "--format")

    def test_unknown_format(self):
        self.assert_clear(run("check", "--format", "jsn", cwd=self.folder), 2, "jsn", "json")

    def test_unknown_rule(self):
        self.write("a.sql", BAD_INDEX)
        self.assert_clear(run("check", "--select", "create-index-non-concurent", ".", cwd=self.folder), 2,
                          "create-index-non-concurent", "create-index-non-concurrent")

    def test_bad_numbers(self):
        self.assert_clear(run("check", "--pg-version", "9", ".", cwd=self.folder), 2, "9")
        self.assert_clear(run("check", "--jobs", "many", ".", cwd=self.folder), 2, "many")

    def test_explain_of_unknown_rule(self):
        self.assert_clear(run("explain", "drop-tabel", cwd=self.folder), 2, "drop-tabel", "drop-table")

    def test_unknown_configuration_key(self):
        self.write("whimbrel.toml", "pg_versoin = 14\n")
        self.write("a.sql", BAD_INDEX)
        self.assert_clear(run("check", ".", cwd=self.folder), 2, "whimbrel.toml", "pg_versoin", "pg_version")

    def test_configuration_with_a_syntax_error(self):
        self.write("whimbrel.toml", "select = [\n")
        self.write("a.sql", BAD_INDEX)
        self.assert_clear(run("check", ".", cwd=self.folder), 2, "whimbrel.toml")

    def test_huge_configuration(self):
        self.write("whimbrel.toml", b"# " + b"x" * (100 * 1024 * 1024))
        self.write("a.sql", BAD_INDEX)
        self.assert_clear(run("check", ".", cwd=self.folder), 2, "whimbrel.toml")

    def test_control_characters_stay_out_of_the_terminal(self):
        self.write("a.sql", 'SET lock_timeout = \'1s\';\nCREATE INDEX "\x1b[31m\x07evil" ON t (x);\n')
        for form in ("text", "gcc", "github"):
            code, out, err = run("check", "--format", form, "--color", "never", ".", cwd=self.folder)
            self.assertEqual(code, 1)
            self.assertNotIn(b"\x1b", out + err, form)
            self.assertNotIn(b"\x07", out + err, form)

    def test_hostile_file_name(self):
        self.write("::error file=x\n\x1b[2J.sql", BAD_INDEX)
        code, out, err = run("check", "--format", "github", ".", cwd=self.folder)
        self.assertEqual(code, 1)
        self.assertEqual(out.count(b"\n"), 1)
        self.assertNotIn(b"\x1b", out)

    def test_output_file(self):
        self.write("a.sql", BAD_INDEX)
        code, out, err = run("check", "--format", "json", "--output", "report.json", "a.sql", cwd=self.folder)
        self.assertEqual((code, out), (1, b""))
        self.assertEqual(len(json.loads((self.folder / "report.json").read_text())["findings"]), 1)
        code, out, err = run("check", "--output", "no/such/folder/report.json", "a.sql", cwd=self.folder)
        self.assertEqual(code, 2)
        self.assertIn("no/such/folder/report.json", err.decode())

    def test_closed_pipe_is_quiet(self):
        self.write("a.sql", BAD_INDEX * 2000)
        done = subprocess.run(f"'{WHIMBREL}' check a.sql | head -1", shell=True, cwd=self.folder, capture_output=True, timeout=60)
        self.assertEqual(done.stderr, b"")

    def test_same_bytes_for_any_number_of_threads_and_order(self):
        for number in range(40):
            self.write(f"{number:03d}_step.sql", f"CREATE TABLE t{number} (id bigint);\nDROP TABLE t{number - 7};\n" + BAD_INDEX)
        names = [p.name for p in self.folder.iterdir()]
        outputs = {run("check", "--format", "json", "--jobs", jobs, *order, cwd=self.folder)[1]
                   for jobs in (1, 2, 7) for order in (sorted(names), sorted(names, reverse=True))}
        self.assertEqual(len(outputs), 1)


if __name__ == "__main__":
    unittest.main()
