"""What a message says: who wrote, when, about what, in answer to which, and whether a person wrote it."""

import re
from codecs import lookup
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime
from enum import Enum
from hashlib import sha256
from typing import Any

from workbench.domain.text import door
from workbench.exchange.attached import Keeping, entry_of
from workbench.exchange.html_text import plain_of
from workbench.exchange.mime import REPORT, SPOILT, Part, SinkOf, Taken, parameter, take_apart
from workbench.exchange.readers import LONGEST_ID
from workbench.words import _

FIRST_YEAR = 1990
LONGEST_TEXT = 20_000  # characters of what was written
LONGEST_NAME = 200
MOST_FILES = 20  # are named
MOST_IDS = 50  # messages that one answers
MOST_HOPS = 50  # servers on the way: a message that goes in circles
OF_GB18030 = ("gb2312", "gbk")
NO_CHARSETS = (
    "punycode",
    "idna",
    "unicode-escape",
    "raw-unicode-escape",
)  # codings that no mail is written in
MADE = "sha256:"  # begins an id that a message was given here
LONGEST_HEADER = 4_000  # characters of one that are read
MARKS = ("Auto-Submitted", "Precedence", "X-Autoreply", "X-Autorespond", "X-Failed-Recipients")
_IN_BRACKETS = re.compile(r"<\s{0,9}([^<>\s]{1,254})\s{0,9}>")
_ADDRESS = re.compile(r"[^\s<>()\",;:@]{1,100}@[^\s<>()\",;:@]{1,150}")
_ID = re.compile(r"<[^<>\s]{1,400}>")
_ABSENT = re.compile(
    r"^\s*(?:自动(?:回复|答复)|automatic reply|auto[- ]?reply|out of (?:the )?office)",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\n[ \t]*(?:-{2,} ?(?:original message|forwarded message|原始邮件|邮件原件|转发的邮件) ?-{2,}"
    r"|on .{5,120} wrote:|在 ?.{5,120}写道[:：])[ \t]*(?:\n|$)",
    re.IGNORECASE,
)


class Written(Enum):
    """Who wrote it."""

    PERSON = "a person"
    BOUNCE = "a server: something could not be delivered"
    AUTOMATIC = "a program, for somebody who is away"
    LOOP = "ourselves, or it goes in circles"


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that was read.

    Attributes:
        message_id: Its own; made of all of it where it has none.
        at: When it was written, UTC; None where it does not say, or cannot be believed.
        answers: Ids of the messages that it answers, or that a report is about, the nearest first.
        about: Subjects of those that a report brings.
        files: What was sent along and kept: data of an entry each.
    """

    message_id: str
    written: Written
    at: datetime | None
    name: str
    address: str
    subject: str
    text: str
    answers: tuple[str, ...]
    about: tuple[str, ...] = ()
    files: tuple[dict[str, Any], ...] = ()


def read(lines: Iterator[bytes], ours: str = "", keeping: Keeping | None = None) -> Letter:
    """Read a message; ``ours`` is the address that our own mail comes from, ``keeping`` keeps its files.

    Raises:
        LetterError: it is none, or too large.
    """

    def keep(taken: Taken) -> SinkOf | None:
        return keeping.begun if keeping and keeping.wanted(_of_head(taken, ours)) else None

    whole = sha256()
    lines = _counted(lines, whole.update)
    taken = take_apart(lines, keep)
    for _rest in lines:
        pass
    letter = _of_head(taken, ours)
    named = not letter.message_id.startswith(MADE)
    return replace(
        letter,
        message_id=letter.message_id if named else MADE + whole.hexdigest(),
        text=_text(taken),
        about=tuple(_header(inner, "Subject")[:LONGEST_NAME] for inner in taken.inner),
        files=tuple(filter(None, (entry_of(part, _name(part)) for part in taken.files))),
    )


def _counted(lines: Iterator[bytes], count: Callable[[bytes], None]) -> Iterator[bytes]:
    for line in lines:
        count(line)
        yield line


def _of_head(taken: Taken, ours: str) -> Letter:
    """Return what the headers of a message say."""
    head = taken.head
    name, address = _sender(head)
    return Letter(
        message_id=_own_id(taken),
        written=_written(head, address, ours),
        at=_date(head),
        name=name,
        address=address,
        subject=" ".join(_header(head, "Subject").split())[:LONGEST_NAME],
        text="",
        answers=_answers(taken),
    )


def _header(head: Message, name: str) -> str:
    """Return a header in words; what is coded wrongly stays as it came."""
    return _in_words(_raw(head, name))


def _raw(head: Message, name: str) -> str:
    """Return a header as it came; bytes that no header may hold are read as words are."""
    found = next((str(value) for key, value in head.raw_items() if key.lower() == name.lower()), "")
    plain = found[:LONGEST_HEADER].replace("\n", " ").replace("\r", " ")
    return plain if plain.isascii() else decoded(plain.encode("utf-8", "surrogateescape"), "utf-8")


def _in_words(raw: str) -> str:
    try:
        parts = decode_header(raw)
    except SPOILT:
        return door(raw)
    return door("".join(_decoded(part, charset) for part, charset in parts))


def _sender(head: Message) -> tuple[str, str]:
    """Return the name and the address of whoever wrote; a coded name may hold what else parts addresses.

    The parser of the standard library follows brackets inside brackets as deep as they go.
    """
    raw = _raw(head, "From")
    if found := _IN_BRACKETS.search(raw):
        name = _in_words(raw[: found.start()].strip()).strip(" \"'")
        return " ".join(name.split())[:LONGEST_NAME], door(found[1])[:LONGEST_NAME]
    bare = _ADDRESS.search(raw)
    return "", door(bare[0]) if bare else ""


def _decoded(part: bytes | str, charset: str | None) -> str:
    return part if isinstance(part, str) else decoded(part, charset or "utf-8")


def decoded(content: bytes, charset: str) -> str:
    """Return bytes as text; GB 2312 and GBK are read as GB18030, which has all of them.

    A charset that is none, or does not fit, gives way to UTF-8 and GB18030, whichever fits.
    """
    for each in (charset.strip(), "utf-8", "gb18030"):
        try:
            codec = lookup(each).name
            return content.decode(
                "gb18030" if codec in OF_GB18030 else "utf-8" if codec in NO_CHARSETS else codec
            )
        except (LookupError, ValueError):
            continue
    return content.decode("utf-8", "replace")


def _own_id(taken: Taken) -> str:
    """Return the id of a message, short enough for the id of a case."""
    found = _ID.search(str(taken.head.get("Message-ID", "")))
    named = found[0] if found and found[0].isascii() and len(found[0]) <= LONGEST_ID else ""
    return named or MADE + taken.digest


def _answers(taken: Taken) -> tuple[str, ...]:
    """Return the ids that a message names: of what it answers, then its thread from the end to the begin."""
    named = [*_ID.findall(str(taken.head.get("In-Reply-To", "")))]
    named += reversed(_ID.findall(str(taken.head.get("References", "")))[-MOST_IDS:])
    for inner in taken.inner[:MOST_IDS]:
        named += _ID.findall(str(inner.get("Message-ID", "")))[:1]
        named += _ID.findall(str(inner.get("References", "")))[:1]
    return tuple(dict.fromkeys(named))[:MOST_IDS]


def _date(head: Message) -> datetime | None:
    """Return when our server took a message, which its sender cannot choose; else when it was written."""
    stamped = str(head.get("Received", ""))[-LONGEST_HEADER:].rpartition(";")[2]  # the uppermost is ours
    return _parsed(stamped) or _parsed(str(head.get("Date", "")))


def _parsed(typed: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(typed)
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return at.astimezone(UTC) if at.year >= FIRST_YEAR else None
    except (*SPOILT, OverflowError):
        return None


def _written(head: Message, address: str, ours: str) -> Written:
    """Return who wrote a message. Source: RFC 3834, RFC 3462; older programs by their own headers."""
    says = {name: str(head.get(name, "")).strip().lower() for name in MARKS}
    local = address.lower().partition("@")[0]
    if len(head.get_all("Received", [])) > MOST_HOPS or (ours and address.lower() == ours.lower()):
        return Written.LOOP
    report = head.get_content_type() == REPORT and _is_delivery(head)
    if report or says["X-Failed-Recipients"] or local in ("mailer-daemon", "postmaster"):
        return Written.BOUNCE
    absent = (
        says["Auto-Submitted"].startswith("auto-replied")
        or says["X-Autoreply"]
        or says["X-Autorespond"]
        or says["Precedence"] in ("auto_reply", "auto-reply")
        or _ABSENT.match(_header(head, "Subject"))
    )
    return Written.AUTOMATIC if absent else Written.PERSON


def _is_delivery(head: Message) -> bool:
    kind = parameter(head, "report-type") or "delivery-status"
    return kind.lower() in ("delivery-status", "disposition-notification")


def _text(taken: Taken) -> str:
    """Return what was written, without what it quotes at its end, and the names of what was sent along."""
    plain = [part for part in taken.texts if part.kind == "text/plain"]
    words = "\n".join(filter(None, (_words(part) for part in plain)))
    if not words.strip():
        words = "\n".join(plain_of(_words(part)) for part in taken.texts if part.kind == "text/html")
    words = unquoted(words.strip())
    if len(words) > LONGEST_TEXT:
        words = f"{words[:LONGEST_TEXT]} [...]"
    return "\n".join(filter(None, (words, _sent_along(taken))))


def _words(part: Part) -> str:
    charset = parameter(part.head, "charset") or "utf-8"
    return door(decoded(part.content(), charset).replace("\r\n", "\n"))


def unquoted(text: str) -> str:
    """Return a text without the message that stands below it, where a program has put that."""
    found = _CUT.search(f"\n{text}")
    kept = f"\n{text}"[: found.start()] if found else text
    lines = kept.strip().split("\n")
    while lines and (lines[-1].startswith(">") or not lines[-1].strip()):
        lines.pop()
    return "\n".join(lines).strip() or text


def _sent_along(taken: Taken) -> str:
    """Name the files that came with a message."""
    if not taken.files:
        return ""
    names = [_("{name} ({size} KB)").format(name=_name(part), size=-(-part.bytes_sent // 1024))
             for part in taken.files[:MOST_FILES]]  # fmt: skip
    more = taken.more + len(taken.files) - len(names)
    return _("With it: {files}").format(files=", ".join([*names, *([f"+{more}"] if more else [])]))


def _name(part: Part) -> str:
    name = parameter(part.head, "filename", "Content-Disposition") or parameter(part.head, "name")
    return " ".join(_in_words(name[:LONGEST_HEADER]).split())[:LONGEST_NAME] or part.kind
