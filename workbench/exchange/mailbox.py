"""The messages of a file, a mailbox (mbox) or a folder (Maildir), one after the other, line by line."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from workbench.domain.errors import UsageError
from workbench.exchange import encodings, limits
from workbench.exchange.limits import MB
from workbench.exchange.mime import LINE_BYTES, LetterError
from workbench.words import N_, Said

EML, MBOX = (".eml",), (".mbox", ".mbx")
FOLDERS = ("new", "cur")  # of a Maildir
MOST_BYTES = 100 * MB  # of one message
BEGIN = b"From "


class Message(NamedTuple):
    """One message: where it stands, and its lines."""

    place: int
    lines: Iterator[bytes]


def is_mail(path: Path) -> bool:
    """Tell whether ``path`` holds messages, by its name or its folders."""
    return path.suffix.lower() in (*EML, *MBOX) or any((path / name).is_dir() for name in FOLDERS)


def messages(path: Path) -> Iterator[Message]:
    """Yield the messages at ``path``; each is read to its end before the next one comes.

    Raises:
        UsageError: it cannot be opened.
    """
    if path.suffix.lower() in MBOX:
        with encodings.open_file(path) as file:
            yield from _Mbox(file).messages()
        return
    for place, each in enumerate(_files(path), 1):
        with encodings.open_file(each) as file:
            yield Message(place, _bounded(_lines(file)))


def _files(path: Path) -> list[Path]:
    """Return the files of messages: one, or those of a Maildir in the order of their delivery."""
    if path.suffix.lower() in EML:
        return [path]
    try:
        found = [each for name in FOLDERS if (path / name).is_dir() for each in (path / name).iterdir()]
    except OSError as why:
        raise encodings.unreadable(path, why) from why
    found = sorted((each for each in found if not each.name.startswith(".")), key=lambda each: each.name)
    if not found:
        raise UsageError(N_("{file} holds no messages."), option=limits.FILE, file=str(path))
    return found


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file; a very long one in pieces."""
    return iter(lambda: file.readline(LINE_BYTES), b"")


class _Mbox:
    """Cuts a mailbox at the lines that begin a message, after a blank one."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.begins = False

    def messages(self) -> Iterator[Message]:
        """Yield the messages; what nobody has read of one is passed over."""
        place = 0
        self.begins = self.file.readline(LINE_BYTES).startswith(BEGIN)
        if not self.begins:
            self.file.seek(0)
            self.begins = bool(self.file.read(1))
            self.file.seek(0)
        while self.begins:
            self.begins, place = False, place + 1
            lines = self.lines()
            yield Message(place, _bounded(lines))
            for _rest in lines:
                pass

    def lines(self) -> Iterator[bytes]:
        """Yield the lines up to the next message."""
        blank = whole = True
        for line in _lines(self.file):
            if blank and line.startswith(BEGIN):
                self.begins = True
                return
            yield line[1:] if whole and line.lstrip(b">").startswith(BEGIN) and line[:1] == b">" else line
            blank, whole = whole and not line.strip(b"\r\n"), line.endswith(b"\n")


def _bounded(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the lines of a message.

    Raises:
        LetterError: they are too many.
    """
    size = 0
    for line in lines:
        size += len(line)
        if size > MOST_BYTES:
            raise LetterError(Said(N_("is larger than {limit} MB"), limit=MOST_BYTES // MB))
        yield line
