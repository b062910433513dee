"""A folder of migrations that ends with its test, and the program run in it."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

WHIMBREL = os.environ["WHIMBREL"]
TIMEOUT = "SET lock_timeout = '1s';\n"
BAD_INDEX = TIMEOUT + "CREATE INDEX users_email_idx ON users (email);\n"


class Project(unittest.TestCase):
    command = ()          # what each run begins with
    environment = None    # that of the runs; None: the test's own

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp()).resolve()
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def write(self, name, text, folder=None):
        path = (folder or self.folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def run_it(self, *arguments, code=None, cwd=None, stdin=None, env=None):
        done = subprocess.run([WHIMBREL, *self.command, *arguments], cwd=cwd or self.folder, env=env or self.environment, input=stdin,
                              capture_output=True, text=True, timeout=60)
        if code is not None:
            self.assertEqual(done.returncode, code, done.stderr + done.stdout)
        return done
