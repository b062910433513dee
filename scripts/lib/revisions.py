"""Which files below a folder are Alembic revisions."""
import pathlib
import re


def revision_files(folder):
    """In the order of their paths."""
    return sorted(path for path in pathlib.Path(folder).rglob("*.py") if re.search(r"^(down_)?revision\b", path.read_text(errors="replace"), re.M))
