"""The customer of a case: earlier cases, mood over time, manner with the way to serve it, consent."""

from collections.abc import Iterator, Mapping
from typing import Any

from textual.content import Content

from screens.list_columns import Column
from screens.present.facts import fact
from workbench.domain.case_parts import Profile
from workbench.domain.regime import Regime
from workbench.domain.text import gist, mask_numbers, safe_text
from workbench.domain.times import unstamp
from workbench.wording import names
from workbench.wording.names import Names
from workbench.words import N_, _

MOST_CASES = 5
LONGEST = 200  # characters of the customer's words in a cell
MANNERS = {"temperament": N_("Temperament"), "style": N_("Social style"), "motive": N_("Motive")}


def customer(known: Mapping[str, Any], number: str, words: Names, width: int) -> Iterator[Content]:
    """Yield what ``workbench.reports.customer`` knows, without the case ``number`` itself."""
    for label, text in _customer(known, number, words, width):
        yield from fact(label, text, "", width)


def manner(profile: Profile, regime: Regime) -> Iterator[str]:
    """Yield how the customer of a case wants to be served, a line each for what is known."""
    terms = {"temperament": regime.temperaments, "style": regime.styles, "motive": regime.motives}
    for name, label in MANNERS.items():
        if found := terms[name].get(getattr(profile, name) or ""):
            said = _("{label}: {name}. {strategy}")
            yield safe_text(said.format(label=_(label), name=found.name, strategy=found.strategy))


def _customer(known: Mapping[str, Any], number: str, words: Names, width: int) -> Iterator[tuple[str, str]]:
    others = [each for each in known["cases"] if each["number"] != number]
    if others:
        yield (
            _("Cases"),
            _("{n} others; open: {open}; came back: {repeats}").format(
                n=len(others), open=known["open"], repeats=known["repeats"]
            ),
        )
    for each in others[:MOST_CASES]:
        yield "", _case(each, words, width)
    yield from _person(known, words)


def _person(known: Mapping[str, Any], words: Names) -> Iterator[tuple[str, str]]:
    """Yield moods, manner and consent, each with its label; what nobody has written down is left out."""
    if known["moods"]:
        moods = (f"{words.local(unstamp(mood['at']))[:10]} {mood['mood']}" for mood in known["moods"])
        yield _("Mood, 1-5"), " > ".join(moods)
    for name, label in MANNERS.items():
        if known[name]:
            strategy = safe_text(known[f"{name}_strategy"] or "")
            yield _(label), f"{words.named(name, known[name])}: {strategy}"
    if known["consent"] is not None:
        yield _("Calls"), _("may be called") if known["consent"] else _("wants no calls")


def _case(each: Mapping[str, Any], words: Names, width: int) -> str:
    head = "  ".join(
        (
            safe_text(each["number"]),
            words.local(unstamp(each["received_at"]))[:10],
            names.status(each["status"]),
            words.named("category", each["category"]),
        )
    )
    return f"{head}  {gist(mask_numbers(each['text']), max(width - 50, 10))}"


# ------------------------------------------------------------ the page of a customer


def columns() -> list[Column]:
    """Return the columns of the customer's cases."""
    return [
        Column(_("Number"), 2, 6, by_its_end=True),
        Column(_("Received at"), 5, 10),
        Column(_("Status"), 4, 6),
        Column(_("Level"), 6, 4),
        Column(_("Category"), 7, 6),
        Column("", 8, 4),
        Column(_("Text"), 9, 16),
    ]


def row(each: Mapping[str, Any], words: Names) -> list[str]:
    """Return the cells of one of the customer's cases."""
    return [
        safe_text(each["number"]),
        words.local(unstamp(each["received_at"])),
        names.status(each["status"]),
        names.level(each["severity"]),
        words.named("category", each["category"]),
        _("repeat") if each["repeat"] else "",
        gist(mask_numbers(each["text"]), LONGEST),
    ]


def person(known: Mapping[str, Any], words: Names, width: int) -> Iterator[Content]:
    """Yield what is known of the customer besides the cases: phones, homes, moods, manner, consent."""
    facts = [(_("Phones"), known["phones"]), (_("Homes"), known["homes"])]
    for label, found in facts:
        if found:
            yield from fact(label, safe_text(_("; ").join(found)), "", width)
    for label, text in _person(known, words):
        yield from fact(label, text, "", width)
