"""Every word that a user sees, in the user's language.

The msgid is the English text; ``locale/zh`` holds the Chinese. The language is chosen once, at the
door (``use``), because one process serves one person.
"""

import gettext
from pathlib import Path

LANGUAGES = ("zh", "en")
FOLDER = Path(__file__).parent / "locale"

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def use(language: str) -> None:
    """Speak ``language`` (``zh`` or ``en``) from now on."""
    global _catalogue, _language
    _language = language
    _catalogue = (
        gettext.translation("workbench", FOLDER, ["zh"]) if language == "zh" else gettext.NullTranslations()
    )


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
    return _catalogue.gettext(text)


def N_(text: str) -> str:  # noqa: N802 (the name that message extractors know)
    """Mark ``text`` for translation; it is translated when it is shown."""
    return text


class Said:
    """A sentence with its values, translated when it is read.

    ``Said(N_("{number} is held by {holder}."), number=..., holder=...)``
    """

    __slots__ = ("template", "values")

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return _(self.template).format(**self.values)

    def __repr__(self) -> str:
        return f"Said({self.template!r}, {self.values!r})"
