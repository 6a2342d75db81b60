"""What the help says, part by part, each with the words by which it is found in either language."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from textual.content import Content

from screens.present.ink import TITLE, line
from workbench import manual
from workbench.domain.text import fold, safe_text
from workbench.words import LANGUAGES, language, said_in


class Part(NamedTuple):
    """A part of the help: how it looks, and what gives all words by which it is found."""

    shown: Content
    words: Callable[[], str]


def plain(shown: Content) -> Part:
    """Return a part that is found by what it says."""
    return Part(shown, lambda: shown.plain)


def of_command(shown: Content, id: str, *msgids: str) -> Part:
    """Return a part on a command: it is found by its key, its id, and its words in both languages."""
    return Part(shown, lambda: " ".join((shown.plain, id, *in_both(msgids))))


def in_both(msgids: Iterable[str]) -> Iterator[str]:
    """Yield every text in every language."""
    for msgid in filter(None, msgids):
        yield from (said_in(each, msgid) for each in LANGUAGES)


def pages() -> Iterator[Part]:
    """Yield the help pages of the language in use; a heading is found by the page in the other one, too."""
    for path in sorted((manual.FOLDER / language()).glob("*.md")):
        others = [manual.FOLDER / each / path.name for each in LANGUAGES if each != language()]
        for at, text in enumerate(path.read_text("utf-8").splitlines()):
            shown = _styled(text)
            yield plain(shown) if at else Part(shown, _heading(shown.plain, path, others))
        yield plain(Content())


def _heading(shown: str, path: Path, others: list[Path]) -> Callable[[], str]:
    def words() -> str:
        return " ".join((shown, path.stem, *(each.read_text("utf-8") for each in others if each.is_file())))

    return words


def _styled(text: str) -> Content:
    shown = safe_text(text)
    if text.startswith("#"):
        return line((shown.lstrip("# "), TITLE))
    return Content(shown.replace("**", "").replace("`", ""))


def hits(parts: Iterable[str], sought: str) -> list[int]:
    """Return which of ``parts``, folded, have every word of ``sought``."""
    wanted = fold(sought).split()
    return [at for at, words in enumerate(parts) if wanted and all(word in words for word in wanted)]
