"""The pages of help that ship with the program: read in the terminal, by ``workbench help``, and by tests."""

from pathlib import Path

from workbench.words import language

FOLDER = Path(__file__).parent / "help"


def topics() -> list[str]:
    """Return the topics in the order in which they are best read."""
    return [path.stem.partition("-")[2] for path in sorted((FOLDER / language()).glob("*.md"))]


def page(topic: str) -> str:
    """Return the page on ``topic`` in the language in use.

    Raises:
        KeyError: there is no such topic.
    """
    for path in (FOLDER / language()).glob("*.md"):
        if path.stem.partition("-")[2] == topic:
            return path.read_text(encoding="utf-8")
    raise KeyError(topic)


def title(topic: str) -> str:
    """Return the heading of a page."""
    return page(topic).splitlines()[0].lstrip("# ")
