"""How customers and staff are treated, from a policy file: standards, fairness, speech, manners, warnings."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from workbench.domain.acts import VERIFY
from workbench.domain.patterns import parsed
from workbench.domain.phrases import ids
from workbench.domain.regime import (
    Goal,
    Insists,
    Manner,
    Pattern,
    Phrase,
    Role,
    Standard,
    Surge,
    Template,
    Verification,
    WarningRules,
)
from workbench.domain.terms import Name
from workbench.policy.terms import NAME, NAMELESS, name_in, read_name, source_in
from workbench.toml.checks import LONGEST_TEXT, Checker, Path
from workbench.toml.faults import shorten
from workbench.words import N_

NEEDS = ("account", "standard", "cause")  # what a verdict can be made to need
FIELDS = ("customer", "number", "unit", "site", "handler", "due", "text", "outcome")  # of a template
LONGEST_LINE = 200  # characters of a sentence that stands in a list of its own
LOOKED_FOR = ("patterns", "between", "unless", "but_for")  # of a phrase
BETWEEN = (0, 30)  # signs that may stand between the words of a pattern
COUNT = (1, 1000)
TIMES = (2, 1000)  # coming once is not coming again and again
SURGE_DAYS, SURGE_PAST, SURGE_LEAST = (1, 366), (1, 520), (1, 100_000)
LONGEST_PAST = 3660  # days that a surge may look back
FALSE_ALARMS = (0.000001, 0.5)
SHARE = (0.0, 1.0)
GOALS = {  # figures of the summary, beside the shares of clocks met
    "resolution_rate": SHARE, "repeat_rate": SHARE, "csi_mean": (1.0, 5.0), "nps": (-100.0, 100.0),
}  # fmt: skip
LESS_IS_BETTER = ("repeat_rate",)

_FIELD = re.compile(r"\{([a-z]{1,20})\}")
_SURGE = ("days", "past", "least", "false_alarms")
_COUNTS = ("repeats", "handoffs", "passed-around", "broken")


def read_verification(check: Checker, value: object, roles: Mapping[str, Role]) -> Verification:
    """Return what a verdict needs (an empty list asks nothing), and which of ``roles`` give it."""
    path: Path = ("verification",)
    table = check.table(path, value, ("needs", "roles"))
    asked = Verification()
    if "needs" in table:
        asked = replace(asked, needs=check.some_of((*path, "needs"), table["needs"], NEEDS, empty=True))
    if "roles" not in table:
        return asked
    found = check.some_of((*path, "roles"), table["roles"], roles)
    for key in (key for key in found if key in roles and not roles[key].allows(VERIFY.id)):
        check.fault((*path, "roles"), N_("{key} may not verify; say so in may."), key=key)
    return replace(asked, roles=found)


def read_standards(check: Checker, given: Mapping[str, Any]) -> dict[str, Standard]:
    """Return the catalogue of service standards."""
    found = {}
    for key, value in given.items():
        path: Path = ("standards", key)
        table = check.table(path, value, (*NAME, "breach", "source"), NAME)
        breach = check.yes((*path, "breach"), table.get("breach", False))
        found[key] = Standard(
            key, name_in(check, path, table, LONGEST_LINE), breach, source_in(check, path, table)
        )
    return found


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


def read_manners(check: Checker, what: str, given: Mapping[str, Any]) -> dict[str, Manner]:
    """Return temperaments, styles or motives, each with the way to serve it."""
    found = {}
    for key, value in given.items():
        path: Path = (what, key)
        table = check.table(path, value, (*NAME, "strategy", "source"), (*NAME, "strategy"))
        strategy = read_name(check, (*path, "strategy"), table.get("strategy", NAMELESS), LONGEST_TEXT)
        found[key] = Manner(key, name_in(check, path, table), strategy, source_in(check, path, table))
    return found


def read_goals(check: Checker, value: object, clocks: Collection[str]) -> dict[str, Goal]:
    """Return what figures of the summary should reach: shares of clocks met in time, and some others."""
    table = check.table(("goals",), value, (*clocks, *GOALS))
    found = {}
    for key in (key for key in table if key in clocks or key in GOALS):
        low, high = GOALS.get(key, SHARE)
        found[key] = Goal(key, check.share(("goals", key), table[key], low, high), key in LESS_IS_BETTER)
    return found


def read_warnings(check: Checker, value: object) -> WarningRules:
    """Return from when on a case, or a place, is a warning."""
    path: Path = ("warnings",)
    table = check.table(path, value, (*_COUNTS, "silence", "surge", "insists"))
    counts = {key: check.whole((*path, key), table[key], *COUNT) for key in _COUNTS if key in table}
    silence = check.span((*path, "silence"), table["silence"]) if "silence" in table else None
    surge = _surge(check, (*path, "surge"), table["surge"]) if "surge" in table else None
    counts = {key.replace("-", "_"): count for key, count in counts.items()}
    # a policy that warns of anything warns of this; one without the table of nothing
    insists = _insists(check, (*path, "insists"), table.get("insists", {})) if table else None
    return WarningRules(**counts, silence_seconds=silence, surge=surge, insists=insists)


def _insists(check: Checker, path: Path, value: object) -> Insists:
    usual = Insists()
    table = check.table(path, value, ("times", "within"))
    within = check.span((*path, "within"), table["within"]) if "within" in table else usual.within_seconds
    return Insists(check.whole((*path, "times"), table.get("times", usual.times), *TIMES), within)


def _surge(check: Checker, path: Path, value: object) -> Surge:
    usual = Surge()
    table = check.table(path, value, _SURGE)
    before = len(check.found)
    found = Surge(
        days=check.whole((*path, "days"), table.get("days", usual.days), *SURGE_DAYS),
        past=check.whole((*path, "past"), table.get("past", usual.past), *SURGE_PAST),
        least=check.whole((*path, "least"), table.get("least", usual.least), *SURGE_LEAST),
        false_alarms=check.share(
            (*path, "false_alarms"), table.get("false_alarms", usual.false_alarms), *FALSE_ALARMS
        ),
    )
    if len(check.found) == before and found.days * found.past > LONGEST_PAST:
        check.fault(path, N_("looks back more than {n} days."), n=LONGEST_PAST)
    return found
