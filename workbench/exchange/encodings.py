"""Which encoding a file is in: told, marked, or worked out; never guessed silently where two would fit.

Order: ``--encoding``, byte order mark, NUL pattern (UTF-16), strict UTF-8, GB18030 (of which GBK is a
part that lacks rare names, so GBK itself is never used).
"""

import codecs
import gzip
import re
import unicodedata
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from workbench.domain import system
from workbench.domain.errors import UsageError
from workbench.domain.text import gist
from workbench.exchange.limits import FILE, MB, MOST_UNPACKED, too_large
from workbench.words import N_

CHUNK = 1 << 20
SAMPLE = 1 << 16
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
TOLD = {  # what --encoding takes, and the codec that reads it
    "utf-8": "utf-8-sig", "utf-8-sig": "utf-8-sig", "utf8": "utf-8-sig",
    "utf-16": "utf-16", "utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be",
    "gb18030": "gb18030", "gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030",
    "big5": "big5hkscs", "latin-1": "latin-1", "cp1252": "cp1252",
}  # fmt: skip
OPTION = "--encoding"
ACCENTED = re.compile("(?<=[A-Za-z])[À-ÖØ-öø-ɏ]|[À-ÖØ-öø-ɏ](?=[A-Za-z])")


def open_file(path: Path) -> BinaryIO:
    """Open the file at ``path``.

    Raises:
        UsageError: it cannot be opened.
    """
    try:
        return system.open_file(path)
    except (OSError, ValueError) as why:  # ValueError: a NUL in the name
        raise unreadable(path, why) from why


def unpack(file: BinaryIO) -> BinaryIO:
    """Return the bytes inside ``file``: those of the file itself, or those that gzip packed."""
    packed = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    return cast(BinaryIO, gzip.GzipFile(fileobj=file)) if packed else file


def unreadable(path: Path, why: Exception) -> UsageError:
    """Say that ``path`` cannot be read, and why."""
    return UsageError(
        N_("{file} cannot be read: {reason}."), option=FILE, file=str(path), reason=system.reason(why)
    )


def _chunks(path: Path) -> Iterator[bytes]:
    """Yield the unpacked bytes of ``path``.

    Raises:
        UsageError: the file cannot be read, or is damaged gzip.
    """
    with open_file(path) as file:
        try:
            inside, size = unpack(file), 0
            while chunk := inside.read(CHUNK):
                size += len(chunk)
                if size > MOST_UNPACKED and inside is not file:
                    raise too_large(path, N_("it unpacks to more than {limit} MB"), limit=MOST_UNPACKED // MB)
                yield chunk
        except (OSError, EOFError, zlib.error) as why:  # a folder, or gzip cut short
            raise unreadable(path, why) from why


def find(path: Path, told: str = "") -> str:
    """Return the codec that reads the whole of ``path``.

    Raises:
        UsageError: ``told`` is unknown or does not fit, nothing fits, or two fit equally well.
    """
    if told:
        codec = TOLD.get(told.lower().replace("_", "-"))
        if codec is None:
            raise UsageError(
                N_("{value} is not an encoding we read; one of: {known}."),
                option=OPTION,
                value=gist(told, 40),
                known=", ".join(TOLD),
            )
    else:
        codec = _by_mark(next(_chunks(path), b"")[:SAMPLE])
    if codec:
        return _ensure_fits(path, codec)
    return _by_content(path)


def _by_mark(sample: bytes) -> str:
    """Return the codec that a byte order mark or the pattern of NULs shows; empty if none does."""
    for mark, codec in MARKS:
        if sample.startswith(mark):
            return codec
    nuls = sample.count(0)
    if not nuls or (4 * nuls < len(sample) and _decode(sample, "utf-8") is not None):
        return ""  # a stray NUL in text; UTF-16 is half NULs where it is ASCII, and else no UTF-8
    return next((codec for codec in ("utf-16-le", "utf-16-be") if _header_in(sample, codec)), "")


def _decode(sample: bytes, codec: str) -> str | None:
    """Return ``sample`` as ``codec`` reads it, None if it does not; a sign cut off at the end is left out."""
    try:
        return codecs.getincrementaldecoder(codec)().decode(sample)
    except UnicodeError:
        return None


def _header_in(sample: bytes, codec: str) -> bool:
    """Tell whether ``sample`` read as ``codec`` begins with a headline of several columns."""
    head = (_decode(sample, codec) or "").split("\n")[0]
    return any(mark in head for mark in ",;\t|") and "\0" not in head


def _ensure_fits(path: Path, codec: str) -> str:
    """Return ``codec`` after reading the whole file with it."""
    if wrong := _first_fault(path, codec):
        raise UsageError(
            N_("{file} is not {encoding}: byte {place} does not fit; name the right one with --encoding."),
            option=OPTION,
            file=str(path),
            encoding=codec.removesuffix("-sig"),
            place=wrong,
        )
    return codec


def _first_fault(path: Path, codec: str) -> int:
    """Return the number (from 1) of the first byte that ``codec`` cannot read; 0 if it reads all."""
    decoder = codecs.getincrementaldecoder(codec)()
    before = 0
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
            before += len(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as why:
        return max(1, before + why.start + 1)
    except UnicodeError:  # UTF-16 without its mark
        return before + 1
    return 0


def _by_content(path: Path) -> str:
    """Choose between UTF-8 and GB18030 for a file without a mark.

    Raises:
        UsageError: neither reads the file, or both do and nothing speaks for one of them.
    """
    seen = _two_byte_letters(path)
    if seen is None:
        if not _plausible_chinese(path):
            raise UsageError(
                N_("{file} is neither UTF-8 nor GB18030; name its encoding with --encoding."),
                option=OPTION,
                file=str(path),
            )
        return "gb18030"
    if seen and _in_doubt(path, seen) and not _first_fault(path, "gb18030"):
        raise UsageError(
            N_("{file} could be UTF-8 ({one}) or GB18030 ({other}); say which with --encoding."),
            option=OPTION,
            file=str(path),
            one="".join(sorted(seen))[:8],
            other="".join(sorted(seen)).encode().decode("gb18030", "replace")[:8],
        )
    return "utf-8"


def _two_byte_letters(path: Path) -> set[str] | None:
    """Return the letters of ``path`` read as UTF-8, None if it is not UTF-8.

    Empty when nothing else can be meant: all ASCII, or a letter of three bytes was seen.
    1,920 pairs of bytes are a Chinese character in GB18030 and another script's letter in UTF-8.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    seen: set[str] = set()
    certain = False
    try:
        for chunk in _chunks(path):
            text = decoder.decode(chunk)
            if certain or text.isascii():
                continue
            seen.update(letter for letter in set(text) if letter > "\x7f")
            certain = any(letter >= "\u0800" for letter in seen)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return set() if certain else seen


def _in_doubt(path: Path, seen: set[str]) -> bool:
    """Tell whether a few letters, all of two bytes, may as well be Chinese in GB18030.

    Accents inside Latin words and many different letters speak for UTF-8, and so do pairs that are
    rare in Chinese: most of the common characters lie outside the pairs in question.
    """
    if len(seen) >= 12 or not _mostly_common("".join(seen).encode().decode("gb18030", "ignore")):
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    return any(not ACCENTED.sub("", decoder.decode(chunk)).isascii() for chunk in _chunks(path))


def _plausible_chinese(path: Path) -> bool:
    """Tell whether ``path`` reads as GB18030 and most of its first part is common Chinese.

    Bytes of other encodings often decode too, but then to characters that nobody writes.
    """
    if _first_fault(path, "gb18030"):
        return False
    decoder = codecs.getincrementaldecoder("gb18030")()
    texts = (decoder.decode(chunk) for chunk in _chunks(path))
    text = next((text for text in texts if not text.isascii()), "")
    return _mostly_common(text)


def _mostly_common(text: str) -> bool:
    """Tell whether at least half of the different characters beyond ASCII are common in Chinese."""
    letters = {letter for letter in set(text) if letter > "\x7f"}
    return 2 * sum(map(_is_common, letters)) >= len(letters)


def _is_common(letter: str) -> bool:
    """Tell whether ``letter`` is in GB 2312, or is one that only GB18030 writes, with four bytes."""
    if unicodedata.category(letter) == "Co":
        return False
    coded = letter.encode("gb18030")
    if len(coded) == 4:
        return True
    return 0xA1 <= coded[0] <= 0xF7 and coded[1] >= 0xA1
