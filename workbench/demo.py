"""The demonstration: a throw-away store with fictional cases around the present moment."""

import random
import tomllib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from storage.create import create
from storage.store import Store
from workbench import policy, words
from workbench.actions import Desk
from workbench.domain.cases import Case
from workbench.domain.times import stamp

CASES = 60
SEED = 7
CALLBACK_FORGOTTEN_HOURS = 60
# Received so many hours ago, in turn: fresh ones, some near their due time, some old.
HOURS_AGO = (0.1, 0.6, 1.4, 2.2, 2.7, 2.93, 3.4, 7, 15, 21, 23.6, 30, 44, 47.2, 52, 90, 170, 260, 420, 760)


class _Script:
    """One pass over the fictional day: every act at its own moment."""

    def __init__(self, store: Store, now: datetime, person: str, fiction: dict[str, Any]) -> None:
        self.now = now
        self.moment = now
        self.fiction = fiction
        self.person = person
        self.random = random.Random(SEED)  # noqa: S311 (a fictional day, not a secret)
        self.desk = Desk(store, person, lambda: self.moment)

    def pick(self, listed: list[Any]) -> str:
        choice = self.random.choice(listed)
        return str(choice if isinstance(choice, str) else choice[words.language() == "en"])

    def at(self, moment: datetime, person: str, run: Callable[[Desk], Case]) -> Case:
        self.moment = min(moment, self.now)
        self.desk.person = person
        return run(self.desk)

    def record(self, index: int) -> tuple[Case, datetime]:
        story = self.fiction["cases"][index % len(self.fiction["cases"])]
        hours = HOURS_AGO[(index * 7) % len(HOURS_AGO)] * self.random.uniform(0.97, 1.03)
        received_at = self.now - timedelta(hours=hours)
        dice = self.random.randrange
        given = {name: value for name, value in story.items() if name not in words.LANGUAGES}
        given |= {
            "text": story[words.language()],
            "customer": self.pick(self.fiction["customers"]),
            "phone": f"1{self.random.choice('3578')}{dice(10**8):09d}",
            "site": self.pick(self.fiction["sites"]),
            "unit": f"{dice(1, 18)}-{dice(1, 30)}{dice(1, 5):02d}",
            "mood": str(dice(1, 4)),
        }
        clerk = self.pick(self.fiction["staff"])
        return self.at(received_at, clerk, lambda desk: desk.record(given)), received_at

    def work(self, index: int) -> None:
        """Record a case and take it as far as its place in the list says."""
        case, received_at = self.record(index)
        hours = (self.now - received_at) / timedelta(hours=1)
        steps = ("", "take", "take reply", "take reply promise", "take propose", "take reply pause")
        plan = steps[index % len(steps)].split()
        if hours > 20:
            owes_callback = hours < CALLBACK_FORGOTTEN_HOURS and index % 3 == 0
            plan = ["take", "reply", "propose", "close"] + ([] if owes_callback else ["callback"])
        handler = self.person if index % 4 == 0 else self.pick(self.fiction["staff"])
        at = received_at
        for step, act in enumerate(plan, start=1):
            at += timedelta(hours=min(hours, 40) * step / (len(plan) + 4))
            given = self.given(act)
            self.at(at, handler, lambda desk, act=act, given=given: desk.act(act, case.case_id, given))  # type: ignore[misc]

    def given(self, act: str) -> dict[str, str]:
        """Return what an act of the demonstration says."""
        language = words.language()
        tomorrow = stamp(self.now + timedelta(hours=self.random.uniform(0.3, 30)))
        texts = {
            "reply": {"text": self.pick(self.fiction["replies"][language])},
            "propose": {"text": self.pick(self.fiction["outcomes"][language])},
            "promise": {"text": self.pick(self.fiction["promises"][language]), "due": tomorrow},
            "pause": {
                "reason": self.pick(self.fiction["promises"][language]),
                "for": "customer",
                "until": tomorrow,
            },
            "close": {"outcome": self.pick(self.fiction["outcomes"][language]), "accepted": "yes"},
            "callback": {"reached": "yes", "csi": str(self.random.randrange(3, 6)), "nps": "8", "mood": "4"},
        }
        return texts.get(act, {})


def _play(script: _Script, cases: int) -> None:
    for index in range(cases):
        script.work(index)


def build(path: Path, now: datetime, person: str, cases: int = CASES) -> None:
    """Make a store at ``path`` with ``cases`` fictional cases, received up to a month before ``now`` (UTC).

    Raises:
        RefusedError: there is a file already.
    """
    name = "default"
    _, text = policy.load(name)
    create(path, code="A", policy=name, text=text, at=now, by=person)
    fiction = tomllib.loads((Path(__file__).parent / "demo_cases.toml").read_text(encoding="utf-8"))
    store = Store(path)
    try:
        store.write_together(lambda joined: _play(_Script(joined, now, person, fiction), cases))
    finally:
        store.close()
