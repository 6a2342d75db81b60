"""The message catalogue: what the code says, what is written in Chinese; run it to compile the latter."""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "workbench/locale/zh/LC_MESSAGES/workbench.po"
COMPILED = CATALOGUE.with_suffix(".mo")
PACKAGES = ("workbench", "screens", "keymaps", "storage")
KEYWORDS = {"_": None, "N_": None}


def messages_in_code(*folders: Path) -> set[str]:
    """Return every text that is marked for translation."""
    found = set()
    for folder in folders or [ROOT / package for package in PACKAGES]:
        for _, _, message, _, _ in extract_from_dir(folder, [("**.py", "python")], keywords=KEYWORDS):
            found.add(message if isinstance(message, str) else message[0])
    return found


def written() -> list[Message]:
    """Return the messages of the Chinese catalogue."""
    with CATALOGUE.open("rb") as file:
        return list(read_po(file))


def compiled() -> bytes:
    """Return the catalogue as gettext reads it."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def merge(fragments: list[Path]) -> None:
    """Write the catalogue anew: its own messages and those of ``fragments``, without what nobody says."""
    known = {message.id: message.string for message in written()} if CATALOGUE.exists() else {}
    for path in fragments:
        with path.open("rb") as file:
            known |= {message.id: message.string for message in read_po(file) if message.string}
    catalogue = Catalog(locale="zh", project="workbench", charset="utf-8", fuzzy=False)
    for text in sorted(messages_in_code()):
        catalogue.add(text, known.get(text, ""))
        catalogue[text].flags.discard("python-format")
        catalogue[text].flags.discard("python-brace-format")
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, width=0, omit_header=False, no_location=True)


if __name__ == "__main__":
    merge([Path(name) for name in sys.argv[1:]])
    COMPILED.write_bytes(compiled())
    print("\n".join(sorted(message.id for message in written() if message.id and not message.string)))
