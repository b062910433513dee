"""Runs in a Python that has Alembic: what real Alembic prints for each revision, up and down. Started by fidelity.command.

Reads its settings from the first argument, writes one line of JSON a revision and direction: {"revision", "direction", "file", "sql", "asked", "error"}.
`asked`: the revision put questions to the database, which were answered with nothing at all.
"""
import importlib.util
import inspect
import io
import json
import os
import pathlib
import sys
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from pretend import Maker  # noqa: E402
from revisions import revision_files  # noqa: E402

settings = json.loads(sys.argv[1])
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # what revisions print is not an answer
warnings.simplefilter("ignore")


class Nothing:
    """The result of a query that nobody has run: no rows."""

    rowcount = 0
    lastrowid = inserted_primary_key = None

    def __iter__(self):
        return iter(())

    def fetchall(self):
        return []

    def fetchmany(self, _=None):
        return []

    all = fetchall

    def fetchone(self):
        return None

    first = scalar = scalar_one_or_none = one_or_none = fetchone

    def scalars(self, *_):
        return self

    def mappings(self):
        return self

    def keys(self):
        return []

    unique = partitions = mappings

    def close(self):
        pass


class Recorder:
    """Stands for the connection in offline mode: prints what it is given, as Alembic prints what op.execute is given."""

    def __init__(self, context):
        self.context, self.mock, self.asked = context, context.impl.connection, False
        self.engine = self

    def __getattr__(self, name):  # Enum.create(bind) and the like: SQLAlchemy's own stand-in prints them
        return getattr(self.mock, name)

    def connect(self):
        return self

    @property
    def dialect(self):
        return self.context.dialect

    @property
    def name(self):
        return "postgresql"

    def execute(self, statement, parameters=None, **_):
        from sqlalchemy import text
        if isinstance(statement, str):
            statement = text(statement)
        if parameters is not None and hasattr(statement, "bindparams") and isinstance(parameters, dict):
            try:
                statement = statement.bindparams(**parameters)
            except Exception:
                pass
        self.asked = self.asked or bool(getattr(statement, "is_select", False)) or str(statement).lstrip()[:6].upper() == "SELECT"
        self.context.impl._exec(statement)
        return Nothing()

    def scalar(self, statement, parameters=None, **_):
        self.execute(statement, parameters)

    scalars = execute
    exec_driver_sql = execute

    def execution_options(self, **_):
        return self

    def begin(self):
        return self

    begin_nested = begin

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    def commit(self):
        pass

    rollback = close = flush = commit

    def in_transaction(self):
        return True


def revisions():
    """The files of the folder that are revisions, in the order of their names."""
    found = revision_files(settings["folder"])
    wanted = settings["only"]
    return [path for path in found if not wanted or any(word in path.name for word in wanted)]


def load(path, number):
    spec = importlib.util.spec_from_file_location(f"revision_{number}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def metadata():
    """The project's target_metadata, named as module:name, for its naming convention."""
    if not settings["metadata"]:
        return None
    module, _, name = settings["metadata"].partition(":")
    target = importlib.import_module(module)
    for part in name.split("."):
        target = getattr(target, part)
    return target


def run(function, target):
    from alembic.operations import Operations
    from alembic.runtime.environment import EnvironmentContext
    from alembic.runtime.migration import MigrationContext
    out = io.StringIO()
    context = MigrationContext.configure(dialect_name="postgresql", dialect_opts={"paramstyle": "named"}, opts={
        "as_sql": True, "output_buffer": out, "literal_binds": True, "target_metadata": target, "transactional_ddl": True})
    recorder = Recorder(context)
    context.impl.connection = recorder
    type(context).bind = property(lambda self: recorder)
    error = ""
    environment = EnvironmentContext.__new__(EnvironmentContext)
    environment._migration_context = context
    environment.is_offline_mode = lambda: False
    environment.get_x_argument = lambda as_dictionary=False: {} if as_dictionary else []
    environment.config = None
    try:
        environment._install_proxy()
        with Operations.context(context), context.begin_transaction():
            result = function()
            if inspect.iscoroutine(result):
                raise RuntimeError("upgrade() is a coroutine")
    except BaseException as problem:  # whatever a revision raises is its answer
        error = f"{type(problem).__name__}: {str(problem)[:300]}"
    finally:
        environment._remove_proxy()
    return out.getvalue(), recorder.asked, error


def main():
    sys.path[:0] = settings["path"]
    sys.meta_path.append(Maker(settings["pretend"]))
    target = metadata()
    for number, path in enumerate(revisions()):
        try:
            module = load(path, number)
        except BaseException as problem:
            answers.write(json.dumps({"revision": "", "direction": "up", "file": str(path), "sql": "", "asked": False, "error": f"{type(problem).__name__}: {str(problem)[:300]}"}) + "\n")
            continue
        for direction, name in (("up", "upgrade"), ("down", "downgrade")):
            function = getattr(module, name, None)
            if function is None:
                continue
            sql, asked, error = run(function, target)
            answers.write(json.dumps({"revision": getattr(module, "revision", ""), "direction": direction, "file": str(path), "sql": sql, "asked": asked, "error": error}) + "\n")
    answers.flush()


main()
