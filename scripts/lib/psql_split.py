"""Cuts a script into statements as psql does (psqlscan.l, psqlscanslash.l): written from its rules, apart from whimbrel's own splitter."""
import dataclasses
import re

SENDS = {"g", "gx", "gset", "gexec", "gdesc", "crosstabview", "watch", "parse", "bind_named", "sendpipeline"}
IDENTIFIER = re.compile(r"[A-Za-z_\x80-\U0010ffff][A-Za-z0-9_$\x80-\U0010ffff]*")
DOLLAR = re.compile(r"\$([A-Za-z_\x80-\U0010ffff][A-Za-z0-9_\x80-\U0010ffff]*)?\$")
VARIABLE = re.compile(r":(?:[A-Za-z0-9_\x80-\U0010ffff]+|'[A-Za-z0-9_\x80-\U0010ffff]+'|\"[A-Za-z0-9_\x80-\U0010ffff]+\"|\{\?[A-Za-z0-9_\x80-\U0010ffff]+\})")
NUMBER = re.compile(r"\.?[0-9][0-9A-Za-z_.]*")
COPY_DATA = re.compile(r"\bfrom\s+stdin\b", re.I)


@dataclasses.dataclass
class Statement:
    begin: int          # of its first token, in characters
    end: int            # of its last one, the semicolon not included
    sent: str           # what the server gets, variables as they stand
    variables: bool     # whether psql would put something in


class Splitter:
    def __init__(self, text):
        self.text = text
        self.at = 0
        self.statements = []
        self.reset()

    def reset(self):
        self.begin = self.end = None
        self.variables = False
        self.cuts = []          # pieces of the text that are not sent: backslash commands inside a statement
        self.parens = self.begins = self.identifiers = 0
        self.letters = [""] * 4

    def token(self, size):
        if self.begin is None:
            self.begin = self.at
        self.at += size
        self.end = self.at

    def finish(self):
        """The buffer is sent."""
        if self.begin is None:
            self.reset()
            return
        pieces, last = [], self.begin
        for begin, end, instead in self.cuts:
            if begin < self.end:
                pieces += [self.text[last:begin], instead]
                last = end
        sent = "".join(pieces) + self.text[last:self.end]
        self.statements.append(Statement(self.begin, self.end, sent, self.variables))
        copies = re.match(r"copy\b", sent, re.I) and COPY_DATA.search(sent)
        self.reset()
        if copies:
            self.skip_data()

    def skip_data(self):
        """Rows up to the line `\\.`; none where another COPY comes before it, because the server refused this one before any row."""
        line = self.text.find("\n", self.at)
        ends = re.compile(r"^\\\.\r?$", re.M).search(self.text, line + 1 if line >= 0 else len(self.text))
        if line < 0 or ends is None:
            return
        if re.search(r"^\s*(\\?copy|with)\b.*\bfrom\s+stdin\b", self.text[line:ends.start()], re.I | re.M):
            return
        self.at = ends.end()

    def quoted(self, quote, escapes):
        at = self.at + 1
        while at < len(self.text):
            if escapes and self.text[at] == "\\":
                at += 2
            elif self.text[at] == quote:
                if self.text.startswith(quote, at + 1):
                    at += 2
                else:
                    return at + 1 - self.at
            else:
                at += 1
        return len(self.text) - self.at

    def word(self, name):
        """CREATE [OR REPLACE] {FUNCTION|PROCEDURE} … BEGIN ATOMIC … END."""
        lower = name.lower()
        if lower in ("create", "function", "procedure", "or", "replace") and self.identifiers < 4:
            self.letters[self.identifiers] = lower[0]
        self.identifiers += 1
        letters = self.letters
        if letters[0] == "c" and (letters[1] in ("f", "p") or (letters[1:3] == ["o", "r"] and letters[3] in ("f", "p"))) and self.parens == 0:
            if lower == "begin":
                self.begins += 1
            elif lower == "case" and self.begins:
                self.begins += 1
            elif lower == "end" and self.begins:
                self.begins -= 1

    def backslash(self):
        if self.text[self.at + 1:self.at + 2] in (";", ":"):
            self.cuts.append((self.at, self.at + 1, ""))
            self.at += 1
            self.token(1)
            return
        name = re.compile(r"[^\s\\]*").match(self.text, self.at + 1).group()
        end = self.text.find("\n", self.at)
        end = len(self.text) if end < 0 else end
        line = self.text[self.at:end]
        command = self.at
        # Another command may follow on the line, outside quotes.
        following = re.compile(r"\\[^\s\\]*(?:'(?:''|\\.|[^'\\])*'|\"[^\"]*\"|[^'\"\\])*").match(line)
        self.at += len(following.group()) if following else len(line)
        if self.begin is not None:
            self.cuts.append((command, self.at, " "))
        if name in SENDS:
            self.finish()
        elif name in ("r", "reset"):
            self.reset()
        elif name == "copy" and COPY_DATA.search(line):
            self.skip_data()

    def run(self):
        text = self.text
        while self.at < len(text):
            c = text[self.at]
            if c.isspace():
                self.at += 1
            elif text.startswith("--", self.at):
                end = text.find("\n", self.at)
                self.at = len(text) if end < 0 else end
            elif text.startswith("/*", self.at):
                self.comment()
            elif c == "'":
                self.token(self.quoted("'", False))
            elif c in "eE" and text.startswith("'", self.at + 1):
                self.token(1)
                self.token(self.quoted("'", True))
            elif c == '"':
                self.token(self.quoted('"', False))
            elif c == "$" and (mark := DOLLAR.match(text, self.at)):
                end = text.find(mark.group(), mark.end())
                self.token((len(text) if end < 0 else end + len(mark.group())) - self.at)
            elif c == "\\":
                self.backslash()
            elif c == ":" and text.startswith("::", self.at):
                self.token(2)
            elif c == ":" and (name := VARIABLE.match(text, self.at)):
                self.variables = True
                self.token(len(name.group()))
            elif name := IDENTIFIER.match(text, self.at):
                self.word(name.group())
                self.token(len(name.group()))
            elif number := NUMBER.match(text, self.at):
                self.token(len(number.group()))
            elif c == ";" and self.parens == 0 and self.begins == 0:
                self.at += 1
                self.finish()
            else:
                self.parens = max(0, self.parens + (c == "(") - (c == ")"))
                self.token(1)
        self.finish()
        return self.statements

    def comment(self):
        depth, at = 1, self.at + 2
        for mark in re.compile(r"/\*|\*/").finditer(self.text, at):
            depth += 1 if mark.group() == "/*" else -1
            at = mark.end()
            if depth == 0:
                break
        self.at = at if depth == 0 else len(self.text)


def split(text):
    return Splitter(text).run()
