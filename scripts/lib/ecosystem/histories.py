"""Where the public histories are on this machine: told by --path, in the cache folder, or cloned into it."""
import os
import pathlib
import subprocess

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]
LIST = pathlib.Path(__file__).with_name("histories.txt")
CACHE = REPOSITORY / ".deps" / "ecosystem"


class NotThere(Exception):
    """A sentence: why a history cannot be had."""


def known():
    """By its short name: the repository, and the folder of its migrations."""
    lines = [line.split() for line in LIST.read_text().splitlines() if line and not line.startswith("#")]
    return {repository.partition("/")[2]: (repository, folder) for repository, folder in lines}


def url_pattern(option):
    """What stands for {name} (owner/name) in it is cloned: the option, WHIMBREL_ECOSYSTEM_URL, or git's whimbrel.ecosystemUrl."""
    if option or os.environ.get("WHIMBREL_ECOSYSTEM_URL"):
        return option or os.environ["WHIMBREL_ECOSYSTEM_URL"]
    asked = subprocess.run(["git", "config", "--get", "whimbrel.ecosystemUrl"], capture_output=True, text=True)
    return asked.stdout.strip()


def folder_of(name, paths, pattern):
    """The folder of the history's migrations."""
    repository, inside = known()[name]
    root = pathlib.Path(paths[name]) if name in paths else CACHE / name
    if name not in paths and not root.is_dir():
        clone(repository, root, pattern)
    if not root.is_dir():
        raise NotThere(f"{name}: there is no folder {root}")
    return root / inside if (root / inside).is_dir() else root


def clone(repository, root, pattern):
    if not pattern:
        raise NotThere(f"{repository}: not in {CACHE}, and nothing says from where to clone it: --url, WHIMBREL_ECOSYSTEM_URL or "
                       "git config whimbrel.ecosystemUrl, with {name} for the repository; or --path NAME=FOLDER")
    root.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(["git", "clone", "--quiet", "--depth", "1", pattern.replace("{name}", repository), str(root)],
                          capture_output=True, text=True, env={**os.environ, "GIT_TERMINAL_PROMPT": "0"})
    if done.returncode != 0:
        raise NotThere(f"{repository}: git clone failed: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}")
