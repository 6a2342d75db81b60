"""Who has to do with a case, and which money and which facts belong to it, on the screen."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from textual.content import Content

from screens.present.facts import fact
from screens.present.ink import LATE
from workbench.domain.cases import Case
from workbench.wording import belongings
from workbench.wording.belongings import Fact, asked_for, yuan
from workbench.wording.names import Names

__all__ = ("asked_for", "money", "people", "related", "verification", "yuan")


def people(case: Case, width: int) -> Iterator[Content]:
    """Yield who was first asked, the three tiers, the engineer, whom it is about, and the task force."""
    return _drawn(belongings.people(case), width)


def money(case: Case, words: Names, width: int) -> Iterator[Content]:
    """Yield what was promised and paid, what waits for a decision, and all of it together."""
    return _drawn(belongings.money(case, words), width)


def verification(case: Case, words: Names, now: datetime, width: int) -> Iterator[Content]:
    """Yield inspection, accounts, verdict, standard, cause, and what shall keep it from happening again."""
    return _drawn(belongings.verification(case, words, now), width)


def related(case: Case, width: int) -> Iterator[Content]:
    """Yield the other complainants with who was called back, the links, the incident, the evidence."""
    return _drawn(belongings.related(case), width)


def _drawn(facts: Iterable[Fact], width: int) -> Iterator[Content]:
    for label, text, waits in facts:
        yield from fact(label, text, LATE if waits else "", width)
