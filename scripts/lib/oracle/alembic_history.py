"""Runs an Alembic history on the server with Alembic itself, one revision at a time, in a process of its own."""
import json
import os
import pathlib
import subprocess

DRIVER = pathlib.Path(__file__).resolve().parent / "alembic_driver.py"


class AlembicRunner:
    def __init__(self, server, database, folder, options):
        self.server, self.database, self.folder, self.options = server, database, folder, options
        self.drivers = {}

    def run(self, migration, direction, database=None):
        database = database or self.database
        driver = self.driver(database)
        parents = migration["parents"]
        # Down by one from the revision itself: to its parent would undo the parent's other children too. A merge is left by stamping.
        request = {"do": "upgrade", "to": migration["migration"]} if direction == "up" else {"do": "downgrade", "from": migration["migration"], "to": parents}
        driver.stdin.write(json.dumps(request) + "\n")
        driver.stdin.flush()
        answer = json.loads(driver.stdout.readline() or '{"error": "the Alembic process ended"}')
        if database != self.database:
            self.stop(database)
        return [answer["error"]] if answer["error"] else []

    def driver(self, database):
        if database not in self.drivers:
            settings = {"ini": self.ini(), "folder": str(pathlib.Path(self.folder).resolve()), "own_env": self.options.own_env, "pretend": self.options.pretend.split(",") if self.options.pretend else [],
                        "path": [str(pathlib.Path(path).resolve()) for path in self.options.path], "socket": self.server.folder, "database": database}
            self.drivers[database] = subprocess.Popen([self.options.python, str(DRIVER), json.dumps(settings)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                                      text=True, cwd=pathlib.Path(self.ini()).parent if self.ini() else self.folder)
        return self.drivers[database]

    def ini(self):
        if self.options.alembic:
            return str(pathlib.Path(self.options.alembic).resolve())
        for folder in (pathlib.Path(self.folder).resolve(), *pathlib.Path(self.folder).resolve().parents):
            if (folder / "alembic.ini").exists():
                return str(folder / "alembic.ini")
        return ""

    def stop(self, database):
        driver = self.drivers.pop(database)
        driver.stdin.close()
        driver.wait()

    def close(self):
        for database in list(self.drivers):
            self.stop(database)
