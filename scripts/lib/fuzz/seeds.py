"""What the targets begin with: texts out of testdata and rules, cut as each target reads them, and the words that are frequent in them."""
import collections
import hashlib
import json
import re
import tomllib

# The targets of tests/fuzz/fuzz.h, in the order in which they run.
TARGETS = ("sql", "alembic", "plpgsql", "config", "suppressions", "history")
LONGEST = 64 * 1024
MOST_WORDS = 600


def texts_below(folder, *endings):
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in endings and path.stat().st_size <= LONGEST:
            yield path, path.read_bytes().decode(errors="replace")


def examples(repo):
    """Pairs of front end and text out of rules/*.toml."""
    for path in sorted((repo / "rules").glob("*.toml")):
        for example in tomllib.loads(path.read_text()).get("example", []):
            for key in ("given", "bad", "good", "was"):
                if isinstance(example.get(key), str):
                    yield example.get("frontend", "sql"), example[key]


def sql_texts(repo):
    yield from (text for path, text in texts_below(repo / "testdata", ".sql"))
    yield from (text for front_end, text in examples(repo) if front_end == "sql")
    for line in (repo / "testdata/facts/statements.txt").read_text().splitlines():
        yield ";\n".join(part.strip() for part in line.split(";;")[1:])
    for line in (repo / "testdata/hard/inputs.jsonl").read_text().splitlines():
        yield "\n".join(str(json.loads(line).get(key, "")) for key in ("given", "sql"))


def revision_of(text):
    if "def upgrade" in text:
        return text
    body = "".join("    " + line + "\n" for line in text.splitlines())
    return ("from alembic import op\nimport sqlalchemy as sa\nfrom sqlalchemy.dialects import postgresql\n"
            f"revision = 'a'\ndown_revision = None\n\ndef upgrade():\n{body}\ndef downgrade():\n    pass\n")


def python_texts(repo):
    # Those that ask for endless work have a test of their own; here each would take the time of a hundred others.
    yield from (text for path, text in texts_below(repo / "testdata", ".py") if "hostile" not in path.parts)
    yield from (revision_of(text) for front_end, text in examples(repo) if front_end == "alembic")


def bodies(repo):
    for text in sql_texts(repo):
        for match in re.finditer(r"\$(\w*)\$(.*?)\$\1\$", text, re.DOTALL):
            yield match.group(2)
            inside = re.search(r"\bBEGIN\b(.*)\bEND\b", match.group(2), re.DOTALL | re.IGNORECASE)
            if inside:
                yield inside.group(1)
    # What a block may hold as well: every statement alone.
    yield from (text for front_end, text in examples(repo) if front_end == "sql")


def configurations(repo):
    for path, text in texts_below(repo, ".md"):
        if "node_modules" not in path.parts and ".deps" not in path.parts:
            yield from re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    yield from (text for path, text in texts_below(repo / "testdata", ".toml", ".ini"))
    for path, text in texts_below(repo / "testdata/fixtures", ".sql", ".py"):
        options = re.findall(r"^(?:--|#) option: (.*)$", text, re.MULTILINE)
        if options:
            yield "\n".join(options) + "\n"
            yield "[tool.whimbrel]\n" + "\n".join(options) + "\n"
    # The literals of the tests of other linters' configurations and of our own.
    for name in ("tests/cli/test_migrate_config.py", "tests/engine/test_config.cpp"):
        text = (repo / name).read_text()
        yield from (match.encode().decode("unicode_escape", errors="replace") for match in re.findall(r'"((?:[^"\\\n]|\\.)*=(?:[^"\\\n]|\\.)*)"', text))
        yield from re.findall(r'"""\\?\n?(.*?)"""', text, re.DOTALL)
        yield from re.findall(r'R"\w*\((.*?)\)\w*"', text, re.DOTALL)


def comments(repo):
    for path, text in texts_below(repo / "testdata", ".sql", ".py"):
        for match in re.finditer(r"whimbrel: ?(.*(?:\n.*){0,3})", text):
            yield match.group(1)
    yield from ("\n-- squawk-ignore ban-drop-column\nDROP TABLE a;", "\n-- squawk-ignore-file\n", "\n-- pgm-lint:suppress PGM009\nDROP TABLE a;",
                "\n-- pgm-lint:suppress-file PGM009,PGM001\n", "\n-- pgfence-ignore: drop-column\nALTER TABLE a DROP COLUMN b;",
                "ignore drop-table, WB402 (a reason)\nDROP TABLE a;", "ignore-file drop-database\n")


def page_of(folder):
    """The files of a folder as one page."""
    page = ""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.stat().st_size <= LONGEST:
            page += f"-- file: {path.relative_to(folder)}\n" + path.read_bytes().decode(errors="replace").rstrip("\n") + "\n"
    return page


def pages(repo):
    for path, text in texts_below(repo / "testdata/fixtures", ".sql", ".py"):
        if ": " in text and re.search(r"^(?:--|#) (file|was): ", text, re.MULTILINE):
            yield re.sub(r"^((?:--|#) (?:file|was): )(\S+).*$", r"\1migrations/\2", text, flags=re.MULTILINE)
    for parent in ("runners", "histories/hostile"):
        yield from (page_of(folder) for folder in sorted((repo / "testdata" / parent).iterdir()) if folder.is_dir())


SOURCES = {"sql": sql_texts, "alembic": python_texts, "plpgsql": bodies, "config": configurations, "suppressions": comments, "history": pages}


def words_of(texts):
    counts = collections.Counter()
    for text in texts:
        counts.update(set(re.findall(r"[A-Za-z_][A-Za-z_.]+\(?|[^\sA-Za-z0-9]{1,3}", text)))
    return [word for word, count in counts.most_common(MOST_WORDS) if count > 1]


def quoted(word):
    return '"' + "".join(chr(byte) if 32 < byte < 127 and chr(byte) not in '"\\' else f"\\x{byte:02x}" for byte in word.encode()) + '"'


def write(repo, target, folder, words, sample, chance):
    """Writes each text (or as many as `sample` says, by chance) once, named by what it holds, and the words of all as libFuzzer's dictionary."""
    texts = sorted(set(SOURCES[target](repo)))
    words.write_text("".join(f"{quoted(word)}\n" for word in words_of(texts)))
    if sample is not None and sample < len(texts):
        texts = chance.sample(texts, sample)
    wanted = {hashlib.sha1(text.encode()).hexdigest(): text for text in texts}
    for path in folder.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (folder / name).write_bytes(text.encode())
