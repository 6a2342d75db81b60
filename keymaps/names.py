"""Names of keys: what a keymap file may say, what Textual calls it, what a footer shows.

Own tables, so that the command line can check a keymap without loading the screens. A test compares
them with Textual's.
"""

import string
import unicodedata

_TEXTUAL_SHORT = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}


def _textual_name(character: str) -> str:
    name = unicodedata.name(character).lower().replace("-", "_").replace(" ", "_")
    return character if character.isalnum() else _TEXTUAL_SHORT.get(name, name)


SIGNS = {_textual_name(sign): sign for sign in string.punctuation}
_NAME_OF = {sign: name for name, sign in SIGNS.items()} | {" ": "space"}
PRINTABLE = frozenset(string.ascii_letters + string.digits) | frozenset(SIGNS) | {"space"}

_MOVING = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete")
_ALONE = (*_MOVING, "escape", "enter", "tab", "space", "backspace")
_CONTROL_SIGNS = (
    "underscore",
    "backslash",
    "right_square_bracket",
    "circumflex_accent",
    "left_square_bracket",
)
_SENT = frozenset(
    [*_ALONE, "shift+tab"]
    + [f"{held}+{key}" for held in ("ctrl", "shift", "ctrl+shift", "alt") for key in _MOVING]
    + [f"ctrl+{letter}" for letter in (*string.ascii_lowercase, *_CONTROL_SIGNS)]
    + [f"alt+{key}" for key in (*string.ascii_lowercase, *string.digits, *SIGNS, "enter", "backspace")]
    + [f"f{number}" for number in range(1, 25)]
    + [f"{held}+f{number}" for held in ("ctrl", "shift", "alt") for number in range(1, 13)]
)
NAMES = tuple(sorted(_SENT))

_LABELS = {"pageup": "PgUp", "pagedown": "PgDn", "escape": "Esc"}


def canonical(key: str) -> tuple[str, ...]:
    """Return the names under which Textual can report ``key``, none if no terminal sends it.

    ``?`` is ``question_mark``. Shift with a function key has two names, since most terminals send F14
    for Shift+F2.
    """
    if len(key) == 1:
        character = fold_key(key)
        return (_NAME_OF.get(character, character),) if character in _TYPED else ()
    *held, last = key.lower().split("+")
    if held == ["shift"] and len(last) == 1 and last.isascii() and last.isalpha():
        return (last.upper(),)
    name = "+".join([*sorted(held), "left_square_bracket" if last == "[" else _NAME_OF.get(last, last)])
    if name in SIGNS:
        return (name,)
    if name not in _SENT:
        return ()
    if name.startswith("shift+f"):
        return name, f"f{int(name[7:]) + 12}"
    return (name,)


def fold_key(character: str) -> str:
    """Return the ASCII key that a full-width ``character`` stands for: ``ｊ`` is ``j``, ``？`` is ``?``.

    A Chinese input method writes these. ``。`` and ``、`` stand on the keys of ``.`` and ``/``.
    """
    if character in _CHINESE_SIGNS:
        return _CHINESE_SIGNS[character]
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 and folded in _TYPED else character


def passes_input_method(name: str) -> bool:
    """Tell whether the key arrives while a Chinese input method is on.

    Letters and signs are composed or become full-width; digits pass as long as nothing is composed.
    Alt is taken by menus and window managers too often to count.
    """
    return name in string.digits or (name not in PRINTABLE and not name.startswith("alt+"))


def label(name: str) -> str:
    """Return a key as a footer shows it, in ASCII: ``?``, ``Ctrl+O``, ``F2``, ``Shift+F2``, ``PgDn``."""
    *held, last = name.split("+")
    shown = SIGNS.get(last) or _LABELS.get(last) or (last if len(last) == 1 else last.capitalize())
    return "+".join([*(modifier.capitalize() for modifier in held), shown.upper() if held else shown])


_TYPED = frozenset(string.ascii_letters + string.digits + string.punctuation + " ")
_CHINESE_SIGNS = {"。": ".", "、": "/", "【": "[", "】": "]"}
