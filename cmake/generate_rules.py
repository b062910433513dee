"""Turns rules/*.toml into the tables of the program: the enum of rules, all that is said about them, their checks."""

import argparse
import pathlib
import re
import sys
import tomllib

CATEGORIES = (
    "lock", "rewrite", "constraint", "index", "destructive", "compatibility", "transaction", "reversibility",
    "data", "schema", "naming", "robustness", "history",
)
SEVERITIES = ("error", "warning", "info")
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
CODE = re.compile(r"WB\d{3}")
LITERAL_BYTES = 16_000  # a compiler may refuse longer ones

# Key: its type, and whether it must be there.
RULE_KEYS = {
    "code": (str, True), "category": (str, True), "severity": (str, True), "default": (bool, True),
    "summary": (str, True), "why": (str, True), "instead": (str, True), "silent": (list, True), "references": (list, False),
    "yields_to": (list, False), "once": (bool, False), "aliases": (dict, False), "example": (list, False),
}
EXAMPLE_KEYS = {
    "frontend": (str, False), "given": (str, False), "was": (str, False), "bad": (str, True), "good": (str, True),
    "options": (list, False), "note": (str, False),
}
TYPE_NAMES = {str: "a string", bool: "true or false", list: "a list", dict: "a table"}


class Mistake(Exception):
    """A mistake in a rule's file: what the person who wrote it has to change, and the line if one is to blame."""

    def __init__(self, sentence: str, line: int = 1):
        super().__init__(sentence)
        self.line = line


def line_of(text: str, key: str, header: int = 0) -> int:
    """The line that sets the key; below the header-th [[example]] line if header is not 0."""
    seen = 0
    for number, line in enumerate(text.split("\n"), 1):
        seen += line.strip() == "[[example]]"
        if seen >= header and re.match(rf"\s*(\[+\s*)?{re.escape(key)}\b", line):
            return number
    return 1


def check_keys(table: dict, keys: dict, text: str, header: int = 0) -> None:
    where = f"example {header}: " if header else ""
    fallback = line_of(text, "example", header) if header else 1
    for key, value in table.items():
        if key not in keys:
            raise Mistake(f"{where}unknown key '{key}', known are {', '.join(keys)}", line_of(text, key, header))
        wanted = keys[key][0]
        if not isinstance(value, wanted):
            raise Mistake(f"{where}'{key}' must be {TYPE_NAMES[wanted]}", line_of(text, key, header))
        if wanted is str and not value.strip():
            raise Mistake(f"{where}'{key}' is empty", line_of(text, key, header))
    for key, (_, required) in keys.items():
        if required and key not in table:
            raise Mistake(f"{where}'{key}' is missing", fallback)


def check_strings(values: list, key: str, text: str, header: int = 0) -> None:
    if not all(isinstance(value, str) and value.strip() for value in values):
        raise Mistake(f"'{key}' must be a list of strings", line_of(text, key, header))


def read_rule(file: pathlib.Path) -> dict:
    """The rule's table, checked, with its name."""
    if not NAME.fullmatch(file.stem):
        raise Mistake(f"the rule's name '{file.stem}' is not kebab-case")
    try:
        text = file.read_text(encoding="utf-8")
        rule = tomllib.loads(text)
    except UnicodeDecodeError:
        raise Mistake("not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        raise Mistake(str(error), int(found[1]) if found else text.count("\n") + 1) from None
    check_keys(rule, RULE_KEYS, text)
    if not CODE.fullmatch(rule["code"]):
        raise Mistake(f"code '{rule['code']}' is not WB and three digits", line_of(text, "code"))
    for key, allowed in (("category", CATEGORIES), ("severity", SEVERITIES)):
        if rule[key] not in allowed:
            raise Mistake(f"unknown {key} '{rule[key]}', known are {', '.join(allowed)}", line_of(text, key))
    check_strings(rule.setdefault("references", []), "references", text)
    check_strings(rule.setdefault("yields_to", []), "yields_to", text)
    check_strings(rule["silent"], "silent", text)
    if not rule["silent"]:
        raise Mistake("'silent' is empty: where does it not speak?", line_of(text, "silent"))
    for url in rule["references"]:
        if not re.match(r"https?://\S+$", url):
            raise Mistake(f"reference '{url}' is not a URL", line_of(text, "references"))
    rule["aliases"] = [
        (tool, name) for tool, names in rule.get("aliases", {}).items() for name in as_list(names, tool, text)
    ]
    for number, example in enumerate(rule.setdefault("example", []), 1):
        if not isinstance(example, dict):
            raise Mistake("'example' must be a table: [[example]]", line_of(text, "example"))
        check_keys(example, EXAMPLE_KEYS, text, number)
        check_strings(example.setdefault("options", []), "options", text, number)
        for option in example["options"]:
            if not re.match(r"[\w.\"-]+\s*=\s*\S", option):
                raise Mistake(f"option '{option}' is not key = value", line_of(text, "options", number))
    rule["name"] = file.stem
    rule["line_of_code"] = line_of(text, "code")
    rule["line_of_yields"] = line_of(text, "yields_to")
    return rule


def as_list(names, tool: str, text: str) -> list:
    names = names if isinstance(names, list) else [names]
    check_strings(names, tool, text)
    return names


def check_yields(rule: dict, rules: dict) -> None:
    """Each rule that this one yields to exists, is named once, and does not yield back: else both would fall silent."""
    for other in rule["yields_to"]:
        sentence = ""
        if other not in rules:
            sentence = f"yields_to '{other}': there is no such rule"
        elif rule["yields_to"].count(other) > 1:
            sentence = f"yields_to '{other}' twice"
        elif yields(rules, other, rule["name"]):
            sentence = f"'{other}' yields to '{rule['name']}' itself"
        if sentence:
            raise Mistake(sentence, rule["line_of_yields"])


def yields(rules: dict, start: str, end: str) -> bool:
    """Whether the rule yields to the other, be it by way of more rules."""
    seen, open_rules = set(), [start]
    while open_rules:
        name = open_rules.pop()
        if name == end:
            return True
        if name in rules and name not in seen:
            seen.add(name)
            open_rules += rules[name]["yields_to"]
    return False


def literal(text: str) -> str:
    """A C++ literal of any text: raw where it can be, so that the table is readable, in pieces where it is long."""
    pieces, piece, size = [], [], 0
    for character in text:
        width = len(character.encode())
        if size + width > LITERAL_BYTES:
            pieces.append("".join(piece))
            piece, size = [], 0
        piece.append(character)
        size += width
    pieces.append("".join(piece))
    return " ".join(map(short_literal, pieces))


def short_literal(text: str) -> str:
    if any((ord(c) < 32 and c != "\n") or ord(c) == 127 for c in text):
        escaped = "".join(f"\\{b:03o}" if b < 32 or b > 126 or b in b'"\\?' else chr(b) for b in text.encode())
        return f'"{escaped}"'
    delimiter, number = "", 0
    while f'){delimiter}"' in text:
        number += 1
        delimiter = f"x{number}"
    return f'R"{delimiter}({text}){delimiter}"'


def identifier(name: str) -> str:
    return name.replace("-", "_")


class Lists:
    """The arrays that rules' spans point to, each named after its rule."""

    def __init__(self):
        self.definitions = []

    def span(self, element: str, name: str, values: list[str]) -> str:
        if not values:
            return "{}"
        body = "".join(f"    {value},\n" for value in values)
        self.definitions.append(f"constexpr {element} {name}[] = {{\n{body}}};\n")
        return name


def rule_id_header(rules: list[dict]) -> str:
    body = "".join(f"  {identifier(rule['name'])},  // {rule['code']}\n" for rule in rules)
    return f"""// The rules, ordered by code; generated from rules/*.toml.
#pragma once

#include <cstddef>
#include <cstdint>

namespace whimbrel {{

enum class RuleId : std::uint16_t {{
{body}}};

inline constexpr std::size_t kRuleCount = {len(rules)};

}}  // namespace whimbrel
"""


def rule_info_source(rules: list[dict]) -> str:
    lists = Lists()
    rows = []
    for rule in rules:
        name = identifier(rule["name"])
        examples = []
        for number, example in enumerate(rule["example"], 1):
            options = lists.span("std::string_view", f"k_{name}_options_{number}", [*map(literal, example["options"])])
            examples.append(
                f"{{.frontend = {literal(example.get('frontend', 'sql'))},\n"
                f"     .given = {literal(example.get('given', ''))},\n"
                f"     .was = {literal(example.get('was', ''))},\n"
                f"     .bad = {literal(example['bad'])},\n"
                f"     .good = {literal(example['good'])},\n"
                f"     .options = {options},\n"
                f"     .note = {literal(example.get('note', ''))}}}"
            )
        silent = lists.span("std::string_view", f"k_{name}_silent", [*map(literal, rule["silent"])])
        references = lists.span("std::string_view", f"k_{name}_references", [*map(literal, rule["references"])])
        aliases = lists.span(
            "RuleAlias", f"k_{name}_aliases", [f"{{{literal(tool)}, {literal(alias)}}}" for tool, alias in rule["aliases"]]
        )
        rows.append(
            f"""    RuleInfo{{.id = RuleId::{name},
     .name = {literal(rule["name"])},
     .code = {literal(rule["code"])},
     .category = Category::{rule["category"]},
     .severity = Severity::{rule["severity"]},
     .default_on = {str(rule["default"]).lower()},
     .summary = {literal(rule["summary"])},
     .why = {literal(rule["why"])},
     .instead = {literal(rule["instead"])},
     .silent = {silent},
     .references = {references},
     .aliases = {aliases},
     .examples = {lists.span("RuleExample", f"k_{name}_examples", examples)},
     .once = {str(rule.get("once", False)).lower()},
     .yields_to = {lists.span("RuleId", f"k_{name}_yields_to", [f"RuleId::{identifier(other)}" for other in rule["yields_to"]])}}},
"""
        )
    return f"""// All that is said about rules; generated from rules/*.toml.
#include "whimbrel/finding/rule_info.h"

#include <array>

namespace whimbrel {{
namespace {{

{"".join(lists.definitions)}
constexpr std::array<RuleInfo, kRuleCount> kRules{{
{"".join(rows)}}};

}}  // namespace

std::span<const RuleInfo> all_rules() {{ return kRules; }}

}}  // namespace whimbrel
"""


def rule_checks_source(rules: list[dict]) -> str:
    names = [identifier(rule["name"]) for rule in rules]
    declarations = "".join(f"extern const rule::RuleChecks {name};\n" for name in names)
    addresses = "".join(f"    &{name},\n" for name in names)
    return f"""// The table of all rules' checks, each defined in rules/NAME.cpp; generated from the list of rules.
#include "whimbrel/rules/all.h"

#include <array>

#include "whimbrel/finding/rule_id.h"

namespace whimbrel::rules {{

{declarations}
namespace {{
constexpr std::array<const rule::RuleChecks*, kRuleCount> kAll{{
{addresses}}};
}}  // namespace

std::span<const rule::RuleChecks* const> all_checks() {{ return kAll; }}

}}  // namespace whimbrel::rules
"""


def write(path: pathlib.Path, text: str) -> None:
    """Leaves a file that already says this alone, so that nothing that uses it is compiled again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("--files", type=pathlib.Path, required=True, help="a list of rules/*.toml and rules/*.cpp")
    parser.add_argument("--output", type=pathlib.Path, required=True)
    args = parser.parse_args()

    mistakes = []

    def blame(file: pathlib.Path, sentence: str, line: int = 1) -> None:
        mistakes.append(f"{file.relative_to(args.root)}:{line}: error: {sentence}")

    files = [pathlib.Path(line) for line in args.files.read_text(encoding="utf-8").split("\n") if line]
    rules, by_code = [], {}
    for file in files:
        partner = file.with_suffix(".cpp" if file.suffix == ".toml" else ".toml")
        if partner not in files:
            blame(file, f"a rule is a pair of files, and {partner.name} is missing")
        if file.suffix != ".toml":
            continue
        try:
            rule = read_rule(file)
        except Mistake as mistake:
            blame(file, str(mistake), mistake.line)
            continue
        other = by_code.setdefault(rule["code"], file)
        if other is not file:
            blame(file, f"code {rule['code']} is already used by {other.name}", rule["line_of_code"])
        rule["file"] = file
        rules.append(rule)
    by_name = {rule["name"]: rule for rule in rules}
    for rule in rules:
        try:
            check_yields(rule, by_name)
        except Mistake as mistake:
            blame(rule["file"], str(mistake), mistake.line)
    if mistakes:
        print("\n".join(mistakes), file=sys.stderr)
        return 1

    rules.sort(key=lambda rule: rule["code"])
    write(args.output / "whimbrel/finding/rule_id.h", rule_id_header(rules))
    write(args.output / "rule_info.cpp", rule_info_source(rules))
    write(args.output / "rule_checks.cpp", rule_checks_source(rules))
    return 0


if __name__ == "__main__":
    sys.exit(main())
