"""Every word that a user sees, in the user's language.

The msgid is the English text; ``locale/zh`` holds the Chinese. The language is chosen once, at the
door (``use``), because one process serves one person.
"""

from bisect import bisect_left
from collections.abc import Callable
from pathlib import Path
from struct import unpack_from

LANGUAGES = ("zh", "en")
FOLDER = Path(__file__).parent / "locale"

CATALOGUE = FOLDER / "zh" / "LC_MESSAGES" / "workbench.mo"


class Catalogue:
    """The sentences of a compiled catalogue of gettext, each looked up when it is said.

    The library reads all two thousand at once, which takes a verb longer than all that it says. The file
    has them in the order of their bytes; it is little-endian, as ``tests/catalogue.py`` writes it.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._count, self._originals, self._translations = unpack_from("<3I", data, 8)
        self._known: dict[str, str] = {}

    def gettext(self, text: str) -> str:
        """Return ``text`` in the language of the catalogue, or as it is where that has no such sentence."""
        if text not in self._known:
            self._known[text] = self._find(text)
        return self._known[text]

    def _find(self, text: str) -> str:
        wanted = text.encode()
        at = bisect_left(range(self._count), wanted, key=lambda at: self._at(self._originals, at))
        if at == self._count or self._at(self._originals, at) != wanted:
            return text
        return self._at(self._translations, at).decode()

    def _at(self, table: int, at: int) -> bytes:
        length, start = unpack_from("<2I", self._data, table + 8 * at)
        return self._data[start : start + length]


_catalogue: Catalogue | None = None
_language = "en"


def use(language: str) -> None:
    """Speak ``language`` (``zh`` or ``en``) from now on."""
    global _catalogue, _language
    _language = language
    _catalogue = Catalogue(CATALOGUE.read_bytes()) if language == "zh" else None


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
    return _catalogue.gettext(text) if _catalogue else text


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
