"""What a simulation counts: both sides of every case, and where they differ."""

from collections import Counter
from typing import Any

from workbench.reports.replay import Outcome

MOST_EXAMPLES = 20


class Tally:
    """Counts on both sides, and the first cases that differ."""

    def __init__(self) -> None:
        self.cases = self.unlike = 0
        self.levels: Counter[str] = Counter()
        self.hot: Counter[str] = Counter()
        self.breaches: dict[str, Counter[str]] = {}
        self.steps: Counter[str] = Counter()
        self.examples: list[dict[str, Any]] = []
        self.unknown: Counter[str] = Counter()  # words that the other policy does not have

    def add(self, was: Outcome, would: Outcome) -> None:
        """Count one case."""
        self.cases += 1
        changed: list[str] = []
        if was.level != would.level:
            self.levels[f"{was.level}>{would.level}"] += 1
            changed.append(f"level {was.level}>{would.level}")
        if was.hot != would.hot:
            self.hot["becomes" if would.hot else "ceases"] += 1
            changed.append("hot" if would.hot else "not hot")
        for clock in sorted(was.breaches.keys() | would.breaches.keys()):
            counts = self.breaches.setdefault(clock, Counter())
            counts["now"] += was.breaches[clock]
            counts["then"] += would.breaches[clock]
            if was.breaches[clock] != would.breaches[clock]:
                changed.append(f"{clock} {was.breaches[clock]}>{would.breaches[clock]}")
        self.steps["now"] += was.steps
        self.steps["then"] += would.steps
        if was.steps != would.steps:
            changed.append(f"escalations {was.steps}>{would.steps}")
        if changed:
            self.unlike += 1
            if len(self.examples) < MOST_EXAMPLES:
                self.examples.append({"number": was.case.number, "changed": changed})

    def join(self, later: "Tally") -> None:
        """Add what was counted of the cases that follow."""
        self.cases += later.cases
        self.unlike += later.unlike
        for name in ("levels", "hot", "steps", "unknown"):
            getattr(self, name).update(getattr(later, name))
        for clock, counts in later.breaches.items():
            self.breaches.setdefault(clock, Counter()).update(counts)
        self.examples += later.examples[: MOST_EXAMPLES - len(self.examples)]

    def as_json(self) -> dict[str, Any]:
        """Return the counts, ready for JSON."""
        return {
            "cases": self.cases,
            "changed": self.unlike,
            "levels": dict(sorted(self.levels.items())),
            "hot": {"becomes": self.hot["becomes"], "ceases": self.hot["ceases"]},
            "breaches": {
                clock: {"now": counts["now"], "then": counts["then"]}
                for clock, counts in sorted(self.breaches.items())
            },
            "escalations": {"now": self.steps["now"], "then": self.steps["then"]},
            "examples": self.examples,
        }
