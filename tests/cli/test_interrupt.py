"""How a run ends before its time: Ctrl-C, a reader that goes away, a full disk; and what is left of output files then."""
import json
import os
import signal
import subprocess
import time
import unittest

from project import BAD_INDEX, TIMEOUT, WHIMBREL, Project

MANY = TIMEOUT + "CREATE INDEX users_email_idx ON users (email);\n" * 2000


class Interrupt(Project):
    def leftovers(self):
        return sorted(path.name for path in self.folder.iterdir())

    def interrupted(self, *arguments, wait_for, **how):
        """Sends Ctrl-C as soon as the run has begun; its exit code and how long it still took."""
        process = subprocess.Popen([WHIMBREL, *arguments], cwd=self.folder, stderr=subprocess.PIPE, **how)
        wait_for(process)
        sent = time.monotonic()
        process.send_signal(signal.SIGINT)
        code = process.wait(timeout=30)
        took = time.monotonic() - sent
        self.assertEqual(process.stderr.read(), b"")
        for stream in (process.stderr, process.stdin):
            if stream:
                stream.close()
        return code, took

    def test_ctrl_c_while_reading(self):
        for number in range(40):
            self.write(f"m/{number:03d}.sql", "".join(f"CREATE TABLE t{number}_{i} (id bigint PRIMARY KEY, name text);\n" for i in range(3000)))
        self.write("report.json", "as it was")
        code, took = self.interrupted("check", "--format", "json", "--output", "report.json", "m", wait_for=lambda process: time.sleep(0.3))
        self.assertEqual(code, 130)
        self.assertLess(took, 2)
        self.assertEqual((self.folder / "report.json").read_text(), "as it was")
        self.assertEqual(self.leftovers(), ["m", "report.json"])

    def test_ctrl_c_while_writing(self):
        self.write("a.sql", MANY)
        reading, writing = os.pipe()

        def first_bytes(process):
            os.close(writing)
            self.assertNotEqual(os.read(reading, 1), b"")

        code, took = self.interrupted("check", "a.sql", wait_for=first_bytes, stdout=writing)
        os.close(reading)
        self.assertEqual(code, 130)
        self.assertLess(took, 2)

    def test_ctrl_c_while_waiting_for_standard_input(self):
        code, took = self.interrupted("check", "-", wait_for=lambda process: time.sleep(0.2), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        self.assertEqual(code, 130)
        self.assertLess(took, 2)

    def test_a_run_that_is_killed_leaves_no_temporary_file(self):
        self.write("a.sql", MANY)
        self.write("report.json", "as it was")
        for delay in (0.0, 0.05, 0.1, 0.2, 0.4, 0.8):
            process = subprocess.Popen([WHIMBREL, "check", "--format", "json", "--output", "report.json", "a.sql"], cwd=self.folder)
            time.sleep(delay)
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)
            text = (self.folder / "report.json").read_text()
            if text != "as it was":
                self.assertEqual(len(json.loads(text)["findings"]), 2000)
            self.assertEqual(self.leftovers(), ["a.sql", "report.json"])

    def test_a_closed_pipe_is_quiet_and_the_exit_code_is_the_finding_s(self):
        self.write("a.sql", MANY)
        self.write("clean.sql", "SELECT 1;\n")
        for number, form in enumerate(("text", "json", "sarif", "github", "gitlab", "junit", "gcc")):
            for ignored in (number % 2 == 0,):   # a parent that ignores SIGPIPE hands that on
                reading, writing = os.pipe()
                process = subprocess.Popen([WHIMBREL, "check", "--format", form, "a.sql"], cwd=self.folder, stdout=writing, stderr=subprocess.PIPE, restore_signals=not ignored)
                os.close(writing)
                os.read(reading, 10)
                os.close(reading)
                self.assertEqual(process.stderr.read(), b"", form)
                process.stderr.close()
                self.assertEqual(process.wait(timeout=60), 1, form)
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run([WHIMBREL, "check", "clean.sql"], cwd=self.folder, stdout=writing, stderr=subprocess.PIPE, timeout=60)
        os.close(writing)
        self.assertEqual((done.returncode, done.stderr), (0, b""))

    def test_every_command_into_a_closed_pipe(self):
        self.write("a.sql", BAD_INDEX)
        for command in (("rules",), ("rules", "--format", "json"), ("explain", "drop-table"), ("locks", "a.sql"), ("schema", "a.sql"), ("debug", "files", "a.sql"),
                        ("debug", "operations", "a.sql"), ("debug", "history", "a.sql"), ("debug", "schema", "a.sql"), ("--help",), ("--version",)):
            reading, writing = os.pipe()
            os.close(reading)
            done = subprocess.run([WHIMBREL, *command], cwd=self.folder, stdout=writing, stderr=subprocess.PIPE, timeout=60)
            os.close(writing)
            self.assertEqual((done.returncode, done.stderr), (0, b""), command)

    @unittest.skipUnless(os.path.exists("/dev/full"), "there is no /dev/full here")
    def test_a_full_disk_is_told(self):
        self.write("a.sql", BAD_INDEX)
        with open("/dev/full", "wb") as full:
            done = subprocess.run([WHIMBREL, "check", "a.sql"], cwd=self.folder, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
        self.assertEqual(done.returncode, 2)
        self.assertIn("No space left", done.stderr)
        done = self.run_it("check", "--output", "/dev/full", "a.sql", code=2)
        self.assertIn("/dev/full", done.stderr)


class OutputFile(Project):
    def report(self, name, code=1, **how):
        self.write("a.sql", BAD_INDEX)
        return self.run_it("check", "--format", "json", "--output", name, "a.sql", code=code, **how)

    def whole(self, path):
        self.assertEqual(len(json.loads(path.read_text())["findings"]), 1)

    def test_permissions_of_a_new_and_of_an_old_file(self):
        before = os.umask(0o027)
        self.addCleanup(os.umask, before)
        self.report("new.json")
        self.assertEqual((self.folder / "new.json").stat().st_mode & 0o7777, 0o640)
        (self.folder / "new.json").chmod(0o604)
        self.report("new.json")
        self.assertEqual((self.folder / "new.json").stat().st_mode & 0o7777, 0o604)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["a.sql", "new.json"])

    def test_through_links_the_file_that_they_lead_to_is_replaced(self):
        self.write("deep/real.json", "old")
        (self.folder / "deep/second").symlink_to("real.json")
        (self.folder / "first").symlink_to("deep/second")
        self.report("first")
        self.whole(self.folder / "deep/real.json")
        self.assertTrue((self.folder / "first").is_symlink() and (self.folder / "deep/second").is_symlink())
        (self.folder / "ahead").symlink_to("deep/not-yet.json")
        self.report("ahead")
        self.whole(self.folder / "deep/not-yet.json")
        self.assertTrue((self.folder / "ahead").is_symlink())
        (self.folder / "loop").symlink_to("loop")
        self.assertIn("loop", self.report("loop", code=2).stderr)
        self.assertTrue((self.folder / "loop").is_symlink())

    def test_what_holds_the_old_file_keeps_the_old_text(self):
        path = self.write("report.json", "old")
        with open(path) as held:
            self.report("report.json")
            self.assertEqual(held.read(), "old")
        self.whole(path)

    def test_a_pipe_or_device_is_written_to_as_it_is(self):
        os.mkfifo(self.folder / "pipe")
        reader = subprocess.Popen(["cat", self.folder / "pipe"], stdout=subprocess.PIPE, text=True)
        self.report("pipe")
        self.assertEqual(len(json.loads(reader.communicate(timeout=30)[0])["findings"]), 1)
        self.assertTrue((self.folder / "pipe").is_fifo())
        self.assertEqual(len(json.loads(self.report("/dev/stdout").stdout)["findings"]), 1)

    def test_where_nothing_can_be_written(self):
        (self.folder / "folder").mkdir()
        self.assertIn("folder", self.report("folder", code=2).stderr)
        self.assertIn("missing/report.json", self.report("missing/report.json", code=2).stderr)
        if os.geteuid() != 0:
            self.write("fixed.json", "old").chmod(0o444)
            self.assertIn("fixed.json", self.report("fixed.json", code=2).stderr)
            self.assertEqual((self.folder / "fixed.json").read_text(), "old")
        elif os.path.exists("/usr/bin/setpriv"):
            self.write("a.sql", BAD_INDEX)
            self.folder.chmod(0o777)
            self.write("fixed.json", "old").chmod(0o444)
            done = subprocess.run(["setpriv", "--reuid", "65534", "--clear-groups", WHIMBREL, "check", "--output", "fixed.json", "a.sql"], cwd=self.folder, capture_output=True, text=True, timeout=60)
            self.assertEqual(done.returncode, 2)
            self.assertIn("fixed.json", done.stderr)
            self.assertEqual((self.folder / "fixed.json").read_text(), "old")


if __name__ == "__main__":
    unittest.main()
