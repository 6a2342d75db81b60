"""The pages of help that ship with the program: read in the terminal, by ``workbench help``, and by tests."""

from pathlib import Path

from workbench.domain.text import fold
from workbench.words import LANGUAGES, language

FOLDER = Path(__file__).parent / "help"


def topics() -> list[str]:
    """Return the topics in the order in which they are best read."""
    return [path.stem.partition("-")[2] for path in sorted((FOLDER / language()).glob("*.md"))]


def page(topic: str, spoken: str = "") -> str:
    """Return the page on ``topic`` in the language ``spoken``, else in the one in use.

    Raises:
        KeyError: there is no such topic.
    """
    for path in (FOLDER / (spoken or language())).glob("*.md"):
        if path.stem.partition("-")[2] == topic:
            return path.read_text(encoding="utf-8")
    raise KeyError(topic)


def found(text: str) -> dict[str, str]:
    """Return the topics whose page, in any language, has every word of ``text``, each with a line.

    The line is the first of the page in use that has one of the words, else its heading.
    """
    wanted = fold(text).split()
    hits: dict[str, str] = {}
    for topic in topics() if wanted else ():
        pages = [page(topic, each) for each in LANGUAGES]
        if any(all(word in fold(each) for word in wanted) for each in (*pages, topic)):
            lines = page(topic).splitlines()
            near = [line for line in lines if any(word in fold(line) for word in wanted)]
            hits[topic] = (near or lines)[0].lstrip("# ")
    return hits


def title(topic: str) -> str:
    """Return the heading of a page."""
    return page(topic).splitlines()[0].lstrip("# ")
