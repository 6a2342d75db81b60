"""What the page is made from: the document of ``summary --json``, of which any part may be missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.domain import masks
from workbench.domain.policies import Rules, Term, name_of
from workbench.domain.times import local, unstamp
from workbench.reports.figure_text import NONE_GIVEN
from workbench.words import N_, _

NOBODY = N_("nobody")


@dataclass(frozen=True, slots=True)
class Given:
    """The figures, and the rules that give names and the zone."""

    figures: Mapping[str, Any]
    rules: Rules

    def has(self, name: str) -> bool:
        """Say whether the document has the figure at all."""
        return self.figures.get(name) is not None

    def table(self, name: str) -> Mapping[str, Any]:
        """Return a part of the document that has names of its own; empty where it is missing."""
        found = self.figures.get(name)
        return found if isinstance(found, Mapping) else {}

    def lines(self, name: str) -> Sequence[Any]:
        """Return a part that is a list; empty where it is missing."""
        found = self.figures.get(name)
        return found if isinstance(found, list | tuple) else ()

    @property
    def first(self) -> str:
        """The first day, as it is written."""
        return str(self.figures.get("first") or self.figures.get("date") or "")

    @property
    def last(self) -> str:
        """The last day, as it is written."""
        return str(self.figures.get("last") or self.figures.get("date") or "")

    @property
    def days(self) -> str:
        """The day, or the first and the last of the span."""
        if self.first == self.last:
            return self.last
        return _("{first} to {last}").format(first=self.first, last=self.last)

    def moment(self, at: str | None) -> str:
        """Return an instant of the document as people in the policy's zone read it."""
        return local(unstamp(at), self.rules.zone) if at else ""

    def clock(self, name: str) -> str:
        """Return what a clock or a kind of duty is called."""
        rule = self.rules.policy.clocks.get(name) or self.rules.policy.regime.duties.get(name)
        return str(rule.name) if rule else name


def seen(name: str, value: Any) -> str:
    """Return a text that stands under ``name``, personal numbers masked."""
    return masks.shown(name, str(value if value is not None else ""))


def group(terms: Mapping[str, Term], name: str, key: str) -> str:
    """Return what a group of cases is called: by the policy, else as it was typed, masked."""
    return name_of(terms, seen(name, key)) if key else _(NONE_GIVEN)
