"""One session of a PostgreSQL server, spoken over its unix socket: no driver and no psql is needed, and nothing is hidden.

Simple queries only. Several statements in one text are one implicit transaction, as the server sees them."""
import dataclasses
import socket
import struct


@dataclasses.dataclass
class Reply:
    """What the server answered to one text."""
    rows: list = dataclasses.field(default_factory=list)      # of all its statements: lists of str or None
    notices: list = dataclasses.field(default_factory=list)   # (severity, SQLSTATE, message)
    error: str = ""                                           # SQLSTATE of the error that ended it, "" for none
    message: str = ""                                         # its text
    status: str = "I"                                         # transaction: I none, T inside, E failed


class Broken(Exception):
    """The server ended the session."""


class Failed(Exception):
    """A statement that must succeed did not."""


class Connection:
    def __init__(self, folder, database, user="postgres"):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(f"{folder}/.s.PGSQL.5432")
        self.input = self.socket.makefile("rb")
        settings = f"user\0{user}\0database\0{database}\0client_encoding\0UTF8\0application_name\0oracle\0\0".encode()
        self.socket.sendall(struct.pack("!II", len(settings) + 8, 3 << 16) + settings)
        self.process_id = 0
        reply = self.receive()
        if reply.error:
            self.close()
            raise Failed(reply.message)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Says goodbye and waits until the server has closed, so that its database can be dropped or copied at once."""
        try:
            self.socket.sendall(b"X\0\0\0\4")
            while self.input.read(4096):
                pass
        except OSError:
            pass
        self.input.close()
        self.socket.close()

    def run(self, text):
        """Sends the text, returns the server's Reply; an SQL error is part of it."""
        self.send(text)
        return self.receive()

    def must(self, text):
        """As run; an SQL error raises Failed."""
        reply = self.run(text)
        if reply.error:
            raise Failed(f"{reply.error} {reply.message}\n  in: {text[:300]}")
        return reply

    def rows(self, text):
        return self.must(text).rows

    def value(self, text):
        """The first column of the first row."""
        return self.rows(text)[0][0]

    def send(self, text):
        """Sends without waiting; receive() has the reply."""
        query = text.encode() + b"\0"
        self.socket.sendall(b"Q" + struct.pack("!I", len(query) + 4) + query)

    def receive(self):
        reply = Reply()
        while True:
            kind, body = self.message()
            if kind == b"D":
                reply.rows.append(data_row(body))
            elif kind == b"N":
                fields = fields_of(body)
                reply.notices.append((fields.get("V") or fields.get("S", ""), fields.get("C", ""), fields.get("M", "")))
            elif kind == b"E":
                fields = fields_of(body)
                reply.error, reply.message = fields.get("C", ""), fields.get("M", "")
                if (fields.get("V") or fields.get("S")) == "FATAL":
                    return reply
            elif kind == b"G":  # COPY … FROM STDIN: no data
                self.socket.sendall(b"c\0\0\0\4")
            elif kind == b"K":
                self.process_id = struct.unpack("!II", body)[0]
            elif kind == b"R" and body != b"\0\0\0\0":
                raise Failed("the server asks for a password: it is not one that we started")
            elif kind == b"Z":
                reply.status = body.decode()
                return reply

    def message(self):
        head = self.input.read(5)
        if len(head) < 5:
            raise Broken("the server closed the connection")
        size = struct.unpack("!I", head[1:])[0] - 4
        return head[:1], self.input.read(size)


def data_row(body):
    count, at, values = struct.unpack("!H", body[:2])[0], 2, []
    for _ in range(count):
        size = struct.unpack("!i", body[at:at + 4])[0]
        at += 4
        values.append(None if size < 0 else body[at:at + size].decode("utf-8", "replace"))
        at += max(size, 0)
    return values


def fields_of(body):
    return {part[:1].decode(): part[1:].decode("utf-8", "replace") for part in body.split(b"\0") if part}
