"""A mistake in a rule's file stops the build and names the file and the line: cmake/generate_rules.py, run on small sets of rules."""

import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]

RULE = """code = "{code}"
category = "lock"
severity = "warning"
default = true
summary = "s"
why = "w"
instead = "i"
{more}
"""


def generate(rules: dict[str, tuple[str, str]]) -> subprocess.CompletedProcess:
    """Rules by name: code and further lines."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "rules").mkdir()
        files = []
        for name, (code, more) in rules.items():
            more = more if "silent" in more else 'silent = ["where"]\n' + more
            for suffix, text in ((".toml", RULE.format(code=code, more=more)), (".cpp", "")):
                file = root / "rules" / (name + suffix)
                file.write_text(text, encoding="utf-8")
                files.append(str(file))
        (root / "files").write_text("\n".join(files), encoding="utf-8")
        command = [sys.executable, str(ROOT / "cmake/generate_rules.py"), "--root", folder, "--files", str(root / "files"),
                   "--output", str(root / "out")]
        run = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}, check=False)
        info = root / "out/rule_info.cpp"
        run.table = info.read_text(encoding="utf-8") if info.is_file() else ""
        return run


def refuses(rules: dict[str, tuple[str, str]], sentence: str) -> None:
    run = generate(rules)
    assert run.returncode == 1, run
    assert sentence in run.stderr, run.stderr


good = generate({"a": ("WB001", 'yields_to = ["b"]\nonce = true'), "b": ("WB002", "")})
assert good.returncode == 0, good.stderr
assert "RuleId k_a_yields_to[] = {\n    RuleId::b,\n}" in good.table, good.table
assert good.table.count(".once = true") == 1 and good.table.count(".yields_to = {}") == 1, good.table

refuses({"a": ("WB001", 'yields_to = ["c"]'), "b": ("WB002", "")}, "rules/a.toml:9: error: yields_to 'c': there is no such rule")
refuses({"a": ("WB001", 'yields_to = ["b", "b"]'), "b": ("WB002", "")}, "yields_to 'b' twice")
refuses({"a": ("WB001", 'yields_to = ["b"]'), "b": ("WB002", 'yields_to = ["a"]')}, "'b' yields to 'a' itself")
refuses({"a": ("WB001", 'yields_to = ["b"]'), "b": ("WB002", 'yields_to = ["c"]'), "c": ("WB003", 'yields_to = ["a"]')},
        "rules/a.toml:9: error: 'b' yields to 'a' itself")
refuses({"a": ("WB001", 'yields_to = ["a"]')}, "'a' yields to 'a' itself")
refuses({"a": ("WB001", 'yields_to = "b"'), "b": ("WB002", "")}, "'yields_to' must be a list")
refuses({"a": ("WB001", "silent = []")}, "rules/a.toml:8: error: 'silent' is empty")
refuses({"a": ("WB001", "# silent")}, "rules/a.toml:1: error: 'silent' is missing")
refuses({"a": ("WB001", 'once = "yes"')}, "'once' must be true or false")
print("ok")
