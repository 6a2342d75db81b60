"""Every word that a user sees, in the user's language.

The msgid is the English text; ``locale/zh`` holds the Chinese. The language is chosen once, at the
door (``use``), because one process serves one person.
"""

import struct
from collections.abc import Callable
from functools import cache
from pathlib import Path

LANGUAGES = ("zh", "en")
FOLDER = Path(__file__).parent / "locale"

_catalogue: dict[bytes, bytes] | None = {}  # as it is compiled; None until a word of it is said
_said: dict[str, str] = {}  # what was looked up and found
_language = "en"


def use(language: str) -> None:
    """Speak ``language`` (``zh`` or ``en``) from now on; its words are read when the first is said."""
    global _catalogue, _language, _said
    _language, _said = language, {}
    _catalogue = None if language == "zh" else {}


def language() -> str:
    """Return the language in use: ``zh`` or ``en``."""
    return _language


def from_locale(environment: dict[str, str]) -> str:
    """Return the language that the environment asks for; zh if it says nothing.

    ``C`` and ``POSIX`` say nothing about a person's language.
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value and value.split(".")[0] not in ("C", "POSIX"):
            return "zh" if value.startswith("zh") else "en"
    return "zh"


def _(text: str) -> str:
    """Return ``text`` in the language in use."""
    return _said.get(text) or _look_up(text)


def _look_up(text: str) -> str:
    global _catalogue
    if _catalogue is None:
        _catalogue = _read(FOLDER / _language / "LC_MESSAGES" / "workbench.mo")
    found = _catalogue.get(text.encode(errors="surrogatepass"))
    if not found:
        return text
    _said[text] = word = found.decode()
    return word


@cache
def _read(path: Path) -> dict[bytes, bytes]:
    """Return a compiled catalogue: two tables of lengths and places.

    ``gettext`` makes text of all of it, which takes five times as long, and a verb says few words.
    Source: GNU gettext manual, "The Format of GNU MO Files".
    """
    held = path.read_bytes()
    many, texts, said = struct.unpack_from("<III", held, 8)

    def column(at: int) -> list[bytes]:
        table = struct.unpack_from(f"<{2 * many}I", held, at)
        return [held[place : place + length] for length, place in zip(table[::2], table[1::2], strict=True)]

    return dict(zip(column(texts), column(said), strict=True))


def said_in(language: str, text: str) -> str:
    """Return ``text`` in ``language``, whatever is in use: a file may have been written in any."""
    before = _language
    use(language)
    try:
        return _(text)
    finally:
        use(before)


def N_(text: str) -> str:  # noqa: N802 (the name that message extractors know)
    """Mark ``text`` for translation; it is translated when it is shown."""
    return text


Show = Callable[[str, object], object]  # the value of a place in a sentence, by the place's name


def as_it_is(name: str, value: object) -> object:
    """Show a value as it is."""
    return value


class Told:
    """What is put into words when it is shown."""

    __slots__ = ()

    def shown(self, show: Show = as_it_is) -> str:
        """Return the words, with every value as ``show`` gives it."""
        raise NotImplementedError


class Said(Told):
    """A sentence with its values, translated when it is read.

    ``Said(N_("{number} is held by {holder}."), number=..., holder=...)``
    """

    __slots__ = ("template", "values")

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return self.shown()

    def shown(self, show: Show = as_it_is) -> str:
        """Return the sentence with every value as ``show`` gives it; a part may be a sentence itself."""
        values = {
            name: value.shown(show) if isinstance(value, Told) else show(name, value)
            for name, value in self.values.items()
        }
        return _(self.template).format(**values)

    def __repr__(self) -> str:
        return f"Said({self.template!r}, {self.values!r})"
