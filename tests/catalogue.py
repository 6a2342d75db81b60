"""The message catalogue: what the code says, what is written in Chinese; run it to compile the latter."""

import ast
import sys
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "workbench/locale/zh/LC_MESSAGES/workbench.po"
COMPILED = CATALOGUE.with_suffix(".mo")
PACKAGES = ("workbench", "screens", "keymaps", "storage")
MARKS = ("_", "N_")
# what gettext needs to read the file: neither a date nor the version of a tool, which change without a word
HEADERS = (
    ("Project-Id-Version", "workbench"),
    ("Language", "zh"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
    ("Plural-Forms", "nplurals=1; plural=0;"),
)


class PlainCatalog(Catalog):
    """A catalogue whose headers are always the same."""

    header_comment = "# Chinese for Workbench."  # type: ignore[assignment]
    mime_headers = HEADERS  # type: ignore[assignment]


def messages_in_code(*folders: Path) -> set[str]:
    """Return every text that is marked for translation, as Python itself reads the code."""
    return {
        call.args[0].value
        for folder in folders or [ROOT / package for package in PACKAGES]
        for file in folder.rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and _marks(call.func) and call.args
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


def _marks(called: ast.expr) -> bool:
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name in MARKS


def written() -> list[Message]:
    """Return the messages of the Chinese catalogue, its headers first."""
    with CATALOGUE.open("rb") as file:
        return list(read_po(file))


def compiled() -> list[Message]:
    """Return the messages of the compiled catalogue, its headers first."""
    with COMPILED.open("rb") as file:
        return list(read_mo(file))


def chinese(messages: Iterable[Message]) -> dict[str, str]:
    """Return the translations by what they translate; the headers and what has none are left out."""
    return {message.id: message.string for message in messages if message.id and message.string}


def merge(fragments: list[Path]) -> Catalog:
    """Return the catalogue anew: its own messages and those of ``fragments``, without what nobody says."""
    known = chinese(written()) if CATALOGUE.exists() else {}
    for path in fragments:
        with path.open("rb") as file:
            known |= chinese(read_po(file))
    catalogue = PlainCatalog(locale="zh", charset="utf-8", fuzzy=False)
    for text in sorted(messages_in_code()):
        catalogue.add(text, known.get(text, ""))
        catalogue[text].flags.clear()  # guesses about the format, which differ with the version of Babel
    return catalogue


if __name__ == "__main__":
    merged = merge([Path(name) for name in sys.argv[1:]])
    with CATALOGUE.open("wb") as file:
        write_po(file, merged, width=0, no_location=True)
    with COMPILED.open("wb") as file:
        write_mo(file, merged)
    print("\n".join(sorted(message.id for message in written() if message.id and not message.string)))
