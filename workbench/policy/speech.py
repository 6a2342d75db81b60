"""What is not said to a customer, and the texts that a short key writes, from a policy file."""

import re
from collections.abc import Mapping
from typing import Any

from workbench.domain.patterns import parsed
from workbench.domain.phrases import ids
from workbench.domain.regime import Pattern, Phrase, Template
from workbench.domain.terms import Name
from workbench.policy.terms import NAME, NAMELESS, read_name, source_in
from workbench.toml.checks import LONGEST_TEXT, Checker, Path
from workbench.toml.faults import shorten
from workbench.words import N_

FIELDS = ("customer", "number", "unit", "site", "handler", "due", "text", "outcome")  # of a template
LOOKED_FOR = ("patterns", "between", "unless", "but_for")  # of a phrase
BETWEEN = (0, 30)  # signs that may stand between the words of a pattern

_FIELD = re.compile(r"\{([a-z]{1,20})\}")


def read_phrases(check: Checker, given: Mapping[str, Any]) -> dict[str, Phrase]:
    """Return what a reply should not say. No words stand in two phrases: which better way would hold?"""
    found = {}
    said: list[tuple[Path, str]] = []
    for key, value in given.items():
        path: Path = ("phrases", key)
        table = check.table(
            path, value, ("says", "instead", "promises", "source", *LOOKED_FOR), ("says", "instead")
        )
        places = check.items((*path, "says"), table.get("says", ["-"]))
        if not places:
            check.fault((*path, "says"), N_("must not be empty."))
        words = [(place, check.text(place, item)) for place, item in places]
        said += [(place, word.casefold()) for place, word in words if word and "says" in table]
        instead = table.get("instead", NAMELESS)
        found[key] = Phrase(
            id=key,
            says=tuple(word for _place, word in words),
            instead=read_name(check, (*path, "instead"), instead, LONGEST_TEXT),
            promises=check.yes((*path, "promises"), table.get("promises", False)),
            source=source_in(check, path, table),
            **_looked_for(check, path, table),
        )
    check.each_once(said)
    return found


def _looked_for(check: Checker, path: Path, table: Mapping[str, Any]) -> dict[str, Any]:
    """Return how the patterns of a phrase are looked for; a key that is not there is left to its default."""
    found: dict[str, Any] = {}
    if "patterns" in table:
        written = _texts(check, (*path, "patterns"), table["patterns"])
        found["patterns"] = tuple(each for place, text in written if (each := _pattern(check, place, text)))
    if "between" in table:
        found["between"] = check.whole((*path, "between"), table["between"], *BETWEEN)
    for key in ("unless", "but_for"):
        if key in table:
            found[key] = tuple(text for _place, text in _texts(check, (*path, key), table[key]))
    return found


def _texts(check: Checker, path: Path, value: object) -> list[tuple[Path, str]]:
    found = [(place, check.text(place, item, LONGEST_TEXT)) for place, item in check.items(path, value)]
    return [(place, text) for place, text in found if text]


def _pattern(check: Checker, path: Path, written: str) -> Pattern | None:
    try:
        return parsed(written)
    except ValueError:
        check.fault(
            path,
            N_("must be words like {order} or {either}, not {value}."),
            order="A|B ~ C|D",
            either="A|B & C|D",
            value=shorten(written),
        )
        return None


def read_templates(check: Checker, given: Mapping[str, Any]) -> dict[str, Template]:
    """Return the texts that a short key writes."""
    found = {}
    for key, value in given.items():
        name = read_name(check, ("templates", key), value, LONGEST_TEXT)
        for tongue in NAME:
            _fields(check, ("templates", key, tongue), getattr(name, tongue))
        found[key] = Template(key, name)
    return found


def _fields(check: Checker, path: Path, text: str) -> None:
    for field in dict.fromkeys(_FIELD.findall(text)):
        if field not in FIELDS:
            check.unknown(
                path,
                field,
                FIELDS,
                N_("there is no field {word}; known are: {known}."),
                N_("there is no field {word}; did you mean {near}?"),
            )
    if set(rest := _FIELD.sub("", text)) & {"{", "}"}:
        check.fault(
            path,
            N_("a field is a name in one pair of brackets, like {field}, not {value}."),
            field="{number}",
            value=shorten(_around(rest)),
        )


def _around(text: str) -> str:
    at = min(text.find(brace) for brace in "{}" if brace in text)
    return text[at : at + 12]


def check_own_words(check: Checker, phrases: Mapping[str, Phrase], templates: Mapping[str, Template]) -> None:
    """Note where the better ways and the templates say themselves what ``phrases`` forbid."""
    named: dict[Path, Name] = {("phrases", key, "instead"): each.instead for key, each in phrases.items()}
    named |= {("templates", key): each.name for key, each in templates.items()}
    texts = {(*path, tongue): getattr(name, tongue) for path, name in named.items() for tongue in NAME}
    if not ids("\n".join(texts.values()), phrases):  # each text by itself takes ten times as long
        return
    for path, text in texts.items():
        for word in ids(text, phrases):
            check.fault(path, N_("says what the phrase {word} forbids."), word=word)
