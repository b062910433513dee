"""Runs in a Python that has Alembic: reads one request a line, upgrades or downgrades, answers one line. Started by alembic_history."""
import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from pretend import Maker  # noqa: E402
from revisions import revision_files  # noqa: E402

settings = json.loads(sys.argv[1])
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # what env.py prints is not an answer


def down_from(request):
    """One step down in the branch of the revision alone."""
    return f"{request['from']}@-1" if request["to"] else f"{request['from']}@base"


def through_env(command, config, request):
    """As a person would: the project's env.py runs."""
    if request["do"] == "upgrade":
        command.upgrade(config, request["to"])
    elif len(request["to"]) > 1:
        command.stamp(config, request["to"], purge=True)
    else:
        command.downgrade(config, down_from(request))


def plain_config():
    """The folders that hold revisions, and no env.py."""
    from alembic.config import Config
    folders = sorted({str(path.parent) for path in revision_files(settings["folder"])})
    config = Config()
    config.set_main_option("script_location", folders[0])
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", os.pathsep.join(folders))
    return config


class Plain:
    """Runs revisions without an env.py, each in a transaction of its own; reads them once."""

    def __init__(self, config, url):
        from alembic.script import ScriptDirectory
        from sqlalchemy import create_engine, pool
        self.config, self.script = config, ScriptDirectory.from_config(config)
        self.engine = create_engine(url, poolclass=pool.NullPool)

    def run(self, request):
        from alembic.runtime.environment import EnvironmentContext
        if request["do"] == "upgrade":
            def steps(revision, _):
                return self.script._upgrade_revs(request["to"], revision)
        else:
            def steps(revision, _):
                return self.script._downgrade_revs(down_from(request), revision)
        with EnvironmentContext(self.config, self.script, fn=steps) as environment, self.engine.connect() as connection:
            environment.configure(connection=connection, transaction_per_migration=True)
            with environment.begin_transaction():
                environment.run_migrations()
            connection.commit()  # a revision may have ended Alembic's own transaction


def main():
    sys.path[:0] = settings["path"]
    sys.meta_path.append(Maker(settings["pretend"]))
    from alembic import command
    from alembic.config import Config
    try:
        import psycopg2  # noqa: F401
        driver = "psycopg2"
    except ImportError:
        driver = "psycopg"
    url = f"postgresql+{driver}://postgres@/{settings['database']}?host={settings['socket']}"
    for name in list(os.environ):
        if name.endswith("DATABASE_URL"):
            del os.environ[name]
    config = plain_config() if settings["own_env"] else Config(settings["ini"] or None)
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    run = Plain(config, url).run if settings["own_env"] else lambda request: through_env(command, config, request)
    for line in sys.stdin:
        request = json.loads(line)
        error = ""
        try:
            run(request)
        except BaseException as problem:  # whatever a revision raises is its answer
            error = f"{type(problem).__name__}: {str(problem)[:400]}"
        answers.write(json.dumps({"error": error}) + "\n")
        answers.flush()


main()
