"""What was sent along with a message, unpacked line by line and kept as evidence beside the store."""

from binascii import Error as CodingError
from binascii import a2b_base64
from pathlib import Path
from quopri import decodestring
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from storage import evidence
from workbench.domain.erasing import ERASED
from workbench.exchange.mime import Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.exchange.letters import Letter

KINDS = {"image": "photo", "audio": "recording", "video": "recording"}  # anything else: a note


class Unpacking:
    """One file on its way: into one without a name, which goes with the process that is killed."""

    def __init__(self, keeping: "Keeping", part: Part) -> None:
        self.keeping, self.part = keeping, part
        self.folder = evidence.made(keeping.store)
        try:
            self.file = TemporaryFile(dir=self.folder)  # noqa: SIM115 (closed by ``kept``)
        except OSError as why:
            raise evidence.unkept(self.folder, why) from why
        self.packed = self.ending = b""
        self.size = 0
        self.spoilt = False

    def feed(self, line: bytes) -> None:
        """Take a line, as it came; of a file that is too large nothing more is written.

        Raises:
            StoreFullError, StoreReadOnlyError: it cannot be written.
        """
        if self.spoilt:
            return
        if self.part.encoded == "base64":
            self.packed += line.translate(None, b" \t\r\n")
            whole = len(self.packed) // 4 * 4
            ready, self.packed = self.packed[:whole], self.packed[whole:]
            try:
                self._write(a2b_base64(ready))
            except CodingError:
                self.spoilt = True
            return
        plain = line.rstrip(b"\r\n")  # the last line's end belongs to what stands between parts
        content, ending = self.ending + plain, line[len(plain) :]
        if self.part.encoded == "quoted-printable":
            soft = plain.endswith(b"=")
            content, ending = (
                self.ending + decodestring(plain[:-1] if soft else plain),
                b"" if soft else ending,
            )
        self.ending = ending
        self._write(content)

    def _write(self, content: bytes) -> None:
        self.size += len(content)
        self.spoilt = self.spoilt or self.size > self.keeping.most
        if self.spoilt:
            return
        try:
            self.file.write(content)
        except OSError as why:
            raise evidence.unkept(self.folder, why) from why

    def kept(self) -> evidence.Kept | None:
        """Keep the file; None where it is none, is too large, or is coded wrongly."""
        with self.file:
            if self.spoilt or not self.size:
                return None
            try:
                self.file.seek(0)  # writes what is left
            except OSError as why:
                raise evidence.unkept(self.folder, why) from why
            return evidence.keep(self.keeping.store, self.file, self.keeping.most)


class Keeping:
    """Keeps the files of messages beside ``store``, each of ``most`` bytes at most.

    ``wanted`` sees what the headers of a message say: of one that is not taken nothing is kept, for it may
    be here already and have been erased.
    """

    def __init__(self, store: Path, most: int, wanted: "Callable[[Letter], bool]" = lambda _: True) -> None:
        self.store, self.most, self.wanted = store, most, wanted

    def begun(self, part: Part) -> Unpacking:
        """Return what takes the lines of ``part``."""
        return Unpacking(self, part)


def entry_of(part: Part, name: str) -> dict[str, Any] | None:
    """Return the data of the entry by which a file is evidence; None where it was not kept."""
    kept = part.sink.kept() if isinstance(part.sink, Unpacking) else None
    if kept is None:
        return None
    kind = KINDS.get(part.kind.partition("/")[0], "note")
    return {
        "kind": kind,
        "name": part.kind if name == ERASED else name,
        "sha256": kept.sha256,
        "size": kept.size,
        "kept": True,
    }
