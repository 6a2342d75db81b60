"""The customer of a case: earlier cases, mood over time, manner with the way to serve it, consent."""

from collections.abc import Iterator, Mapping
from typing import Any

from textual.content import Content

from screens.present.facts import fact
from workbench.domain.case_parts import Profile
from workbench.domain.regime import Regime
from workbench.domain.text import gist, mask_numbers, safe_text
from workbench.domain.times import unstamp
from workbench.wording import names
from workbench.wording.names import Names
from workbench.words import N_, _

MOST_CASES = 5
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
