"""A message taken apart line by line: its headers, its words, and what was sent along; never held whole.

The standard library reads headers and codings, but keeps every part of a message in memory several times
over; a message of 50 MB would need ten times that.
"""

from binascii import Error as CodingError
from binascii import a2b_base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import collapse_rfc2231_value
from hashlib import sha256
from quopri import decodestring
from typing import Protocol

from workbench.words import N_, Said

HEAD_BYTES = 256 * 1024
TEXT_BYTES = 200_000  # of one part that is read; the rest is counted
MOST_TEXTS = 20  # parts that are read
MOST_KEPT = 20  # files of one message; more are named
MOST_PARTS = 1_000  # are named; more are counted
DEEPEST = 20  # parts inside parts; deeper ones are taken for one file
LONGEST_PARAMETERS = 4_000  # characters: the library takes the square of their number in steps
LINE_BYTES = 64 * 1024
REPORT = "multipart/report"
SPOILT = (MessageError, ValueError, TypeError, LookupError)  # what the library raises on such headers
READ = ("text/plain", "text/html")

Lines = Iterator[bytes]


class LetterError(Exception):
    """A message cannot be read; ``said`` gives the reason."""

    def __init__(self, said: Said) -> None:
        super().__init__(said)
        self.said = said


class Sink(Protocol):
    """Takes the lines of a file that was sent along."""

    def feed(self, line: bytes) -> None:
        """Take a line, as it came."""


@dataclass(slots=True)
class Part:
    """A part that is not made of others.

    Attributes:
        head: Its own headers.
        size: Bytes, as they came.
        kept: What of them is read.
        sink: Takes its lines as they come, where somebody keeps its file.
    """

    head: Message
    size: int = 0
    kept: bytearray = field(default_factory=bytearray)
    wanted: bool = False
    sink: "Sink | None" = None

    @property
    def kind(self) -> str:
        """The type, such as ``text/plain``."""
        return self.head.get_content_type()

    @property
    def encoded(self) -> str:
        """How its bytes are written down."""
        return str(self.head.get("Content-Transfer-Encoding", "")).strip().lower()

    @property
    def bytes_sent(self) -> int:
        """How long the file is that it holds, as near as that can be said without unpacking it."""
        return self.size * 3 // 4 if self.encoded == "base64" else self.size

    def content(self) -> bytes:
        """Return what is read of it, unpacked; what is no coding stays as it came."""
        kept = bytes(self.kept)
        if self.encoded == "quoted-printable":
            return decodestring(kept)
        if self.encoded != "base64":
            return kept
        packed = kept.translate(None, b" \t\r\n")
        try:
            return a2b_base64(packed[: len(packed) // 4 * 4])
        except CodingError:
            return kept


SinkOf = Callable[[Part], Sink]


@dataclass(slots=True)
class Taken:
    """A message that was taken apart.

    Attributes:
        head: The headers of the message.
        digest: SHA-256 of them, as they came.
        inner: Those of messages inside it: a report brings what it is about.
        texts: Parts that hold words.
        files: What was sent along.
        more: How many further parts there are.
    """

    head: Message
    digest: str = ""
    inner: list[Message] = field(default_factory=list)
    texts: list[Part] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)
    more: int = 0


def take_apart(lines: Lines, keep: Callable[[Taken], SinkOf | None] = lambda _taken: None) -> Taken:
    """Read a message; ``keep`` sees its headers, and gives what takes the lines of each file sent along.

    Raises:
        LetterError: it has no headers, or too many.
    """
    raw = _raw_head(lines)
    head = _parsed(raw)
    if not head.keys():
        raise LetterError(Said(N_("is no message: it has no headers")))
    found = Taken(head, sha256(raw).hexdigest())
    _Walk(found, keep(found)).walk(lines)
    return found


def _head(lines: Lines) -> Message:
    """Return the headers that the next lines are; see ``_raw_head``."""
    return _parsed(_raw_head(lines))


def _raw_head(lines: Lines) -> bytes:
    """Return the next lines up to a blank one.

    Raises:
        LetterError: there are too many.
    """
    read = bytearray()
    for line in lines:
        if not line.strip(b"\r\n"):
            break
        read += line
        if len(read) > HEAD_BYTES:
            raise LetterError(Said(N_("has headers of more than {limit} KB"), limit=HEAD_BYTES // 1024))
    return bytes(read)


def _parsed(read: bytes) -> Message:
    """Return headers as the standard library reads them.

    Raises:
        LetterError: it cannot.
    """
    try:
        return BytesHeaderParser(policy=compat32).parsebytes(read)
    except (MessageError, ValueError) as why:
        raise LetterError(Said(N_("has headers that cannot be read"))) from why


class _Walk:
    """Goes through the body of a message, part by part."""

    def __init__(self, found: Taken, keep: SinkOf | None) -> None:
        self.found, self.keep = found, keep
        self.marks: list[bytes] = []  # what stands between parts, the outermost first

    def walk(self, lines: Lines) -> None:
        """Take the parts of the message."""
        part = self.begun(self.found.head, lines)
        for line in lines:
            if line[:2] == b"--" and (mark := self.mark_of(line)):
                part = self.begun(_head(lines), lines) if mark == "next" else None
            elif part is not None:
                part.size += len(line)
                if part.sink:
                    part.sink.feed(line)
                if part.wanted and len(part.kept) < TEXT_BYTES:
                    part.kept += line

    def mark_of(self, line: bytes) -> str:
        """Say whether a line begins the ``next`` part or is the ``end`` of several; empty for any other."""
        plain = line.rstrip()
        for depth in range(len(self.marks), 0, -1):
            mark = b"--" + self.marks[depth - 1]
            if plain == mark:
                del self.marks[depth:]
                return "next"
            if plain == mark + b"--":
                del self.marks[depth - 1 :]
                return "end"
        return ""

    def begun(self, head: Message, lines: Lines) -> Part | None:
        """Return the part whose headers are ``head``; None where it is made of others."""
        while len(self.marks) < DEEPEST and head.get_content_type() == "message/rfc822":
            head = _head(lines)
            self.found.inner.append(head)
            if head.get_content_maintype() != "multipart":
                return None
        deep = len(self.marks) >= DEEPEST
        mark = b"" if deep else parameter(head, "boundary").rstrip().encode("utf-8", "surrogateescape")
        if head.get_content_maintype() == "multipart" and mark:
            self.marks.append(mark)
            return None
        return self.leaf(head)

    def leaf(self, head: Message) -> Part | None:
        """Return a part that holds something."""
        part, found = Part(head), self.found
        if found.inner and found.head.get_content_type() == REPORT:
            return None  # of the message that it is about
        if part.kind in READ and not _is_file(head) and len(found.texts) < MOST_TEXTS:
            part.wanted = True
            found.texts.append(part)
        elif len(found.files) < MOST_PARTS:
            found.files.append(part)
            if self.keep and len(found.files) <= MOST_KEPT:
                part.sink = self.keep(part)
        else:
            found.more += 1
        return part


def parameter(head: Message, name: str, header: str = "Content-Type") -> str:
    """Return what a header says behind a semicolon; empty where it does not, or nobody can read it."""
    if len(str(head.get(header, ""))) > LONGEST_PARAMETERS:
        return ""
    try:
        return str(collapse_rfc2231_value(head.get_param(name, "", header)))
    except SPOILT:
        return ""


def _is_file(head: Message) -> bool:
    """Tell whether a part was sent as a file."""
    return str(head.get("Content-Disposition", "")).strip().lower().startswith("attachment")
