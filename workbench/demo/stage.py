"""The stage of the demonstration: one desk at which fictional people act, each at their own moment."""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from re import Match, compile
from typing import Any

from storage.store import Store
from workbench import words
from workbench.desk import Desk
from workbench.domain.times import stamp
from workbench.setup import people, units

SEED = 7
FOUNDED = 2400.0  # hours ago: before the first case
_NAMED = compile(r"([@#])([a-z-]+)")


def in_language(value: Any) -> Any:
    """Return the half of a pair of Chinese and English that is in the language in use."""
    return value[words.language() == "en"] if isinstance(value, list) else value


class Stage:
    """Who plays, what has been played, and what time it is.

    Attributes:
        fiction: What the files of the demonstration say.
        names: The people and the units by their keys in the fiction, in the language in use.
        numbers: The numbers of the cases by the keys of their scenes.
    """

    def __init__(self, store: Store, now: datetime, fiction: Mapping[str, Any]) -> None:
        self.now = self.moment = now
        self.fiction = fiction
        self.random = random.Random(SEED)  # noqa: S311 (a fictional day, not a secret)
        self.desk = Desk(store, "", lambda: self.moment)
        known = [*fiction["units"].items(), *fiction["staff"].items()]
        self.names = {key: in_language(each["name"]) for key, each in known}
        self.numbers: dict[str, str] = {}

    @property
    def sites(self) -> list[str]:
        """The places at which cases arise."""
        return [self.names[key] for key, unit in self.fiction["units"].items() if unit["tier"] == "project"]

    def pick(self, listed: list[Any]) -> str:
        """Return one of what is listed, in the language in use."""
        return self.said(self.random.choice(listed))

    def said(self, value: Any) -> str:
        """Return a value of the fiction as somebody would type it.

        A pair is Chinese and English, a number with a point is hours from now, ``@key`` is a person or a
        unit, ``#key`` the case of another scene.
        """
        value = in_language(value)
        if isinstance(value, float):
            return stamp(self.now + timedelta(hours=value))
        return _NAMED.sub(self._named, str(value))

    def _named(self, found: Match[str]) -> str:
        mark, key = found.groups()
        return (self.names if mark == "@" else self.numbers)[key]

    def phone(self) -> str:
        """Return a telephone number that nobody has been given."""
        return f"1{self.random.choice('3578')}{self.random.randrange(10**8):09d}"

    def home(self) -> str:
        """Return a flat in some building."""
        dice = self.random.randrange
        return f"{dice(1, 18)}-{dice(1, 30)}{dice(1, 5):02d}"

    def at(self, hours_ago: float, key: str) -> Desk:
        """Return the desk so many hours ago, with the person of ``key`` at it."""
        self.moment = min(self.now - timedelta(hours=hours_ago), self.now)
        self.desk.person = self.names[key]
        return self.desk

    def found(self) -> None:
        """Write down where everybody works, by the head, who begins the list; from then on the roles bind."""
        keeper = next(iter(self.fiction["staff"]))
        for key, unit in self.fiction["units"].items():
            place = {"tier": unit["tier"]} | ({"under": self.names[unit["under"]]} if "under" in unit else {})
            units.add_unit(self.at(FOUNDED, keeper), self.names[key], place)
        for key, member in self.fiction["staff"].items():
            people.add_person(self.at(FOUNDED, keeper), self.names[key], self._post(member))
        for key, member in self.fiction["staff"].items():
            if absence := member.get("away"):
                given = {name: self.said(value) for name, value in absence.items()}
                people.set_away(self.at(-absence["from"], keeper), self.names[key], given)

    def _post(self, member: Mapping[str, Any]) -> dict[str, str]:
        told = {name: self.said(member[name]) for name in ("role", "post", "step") if name in member}
        return told | {"unit": self.names[member["unit"]]}
