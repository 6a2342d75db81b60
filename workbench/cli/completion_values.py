"""Values that may be typed: ids of the code and of the policy, names of the house, one's own open cases.

Of customers nothing is said. The store is opened for reading only, and nothing is read in it that grows.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from workbench.cli import options
from workbench.cli.session import Session
from workbench.configuration.sources import Sources as Settings
from workbench.domain.errors import StoreError
from workbench.words import LANGUAGES, _

if TYPE_CHECKING:
    from storage.engine import Db
    from workbench.desk import Desk
    from workbench.domain.policies import Policy
    from workbench.rules.action import Field

MOST_NUMBERS = 50
FILES = ("<files>", "")
_BOUNDS = re.compile(r"(\d)-(\d+)")
MOST_IN_BOUNDS = 10
SHELLS = ("bash", "zsh", "fish")
Candidate = tuple[str, str]  # a word that may be typed, and what it is


def fitting(found: Iterable[Candidate], typed: str) -> list[Candidate]:
    """Return those that begin with what was typed, each once; the mark for files stays."""
    begun = typed.casefold()
    return [*dict.fromkeys(each for each in found if each == FILES or each[0].casefold().startswith(begun))]


class Sources:
    """Where values come from; ``before_verb`` are the options that chose store and person."""

    def __init__(self, before_verb: Mapping[str, str]) -> None:
        self.before_verb = before_verb
        self._by_word: dict[str, Callable[[], list[Candidate]]] = {
            "STAFF": self.staff, "STAFF,...": self.staff, "NUMBER": self.numbers, "SITE": self.sites,
            "UNIT": self.units, "QUEUE": queues, "TOPIC": topics, "KEYMAP": keymaps, "POLICY": policies,
            "LANGUAGE": languages,
            "CAMPAIGN": self.campaigns, "VIEW": views, "ANALYSIS": analyses,
            "SHELL": shells, "ROLE": self.roles, "TIER": self.tiers,
        }  # fmt: skip

    def of(self, word: str, typed: str, field: "Field | None" = None) -> list[Candidate]:
        """Return the values for what the help calls ``word``, those that begin with ``typed``.

        Raises:
            WorkbenchError: the store cannot be read.
        """
        *kept, last = typed.split(",") if word.endswith(",...") else [typed]
        found = fitting(self._values(word, field), last)
        before = "".join(f"{each}," for each in kept)
        return [(before + value, said) for value, said in found]

    def _values(self, word: str, field: "Field | None") -> list[Candidate]:
        if field is not None and (chosen := self._chosen(field)):
            return chosen
        if word.startswith(("FILE", "PATH", "DIR", "STORE")):
            return [FILES]
        if word in self._by_word:
            return self._by_word[word]()
        if bounds := _BOUNDS.fullmatch(word):
            low, high = int(bounds[1]), int(bounds[2])
            return [(str(n), "") for n in range(low, min(high, low + MOST_IN_BOUNDS) + 1)]
        return [(each.lower(), "") for each in word.split("|")] if "|" in word else []

    def _chosen(self, field: "Field") -> list[Candidate]:
        """Return what a field chooses from; nothing where it does not."""
        from workbench.domain import facts, vocabularies

        if field.kind in ("person", "people"):
            return self.staff()
        if field.name == facts.SITE.name:
            return self.sites()
        if field.kind not in ("choice", "flags"):
            return []
        if isinstance(field.choices, tuple) and field.choices:
            return [(value, _(label)) for value, label in field.choices]
        if field.name in facts.BY_NAME and (ids := vocabularies.ids(field.name, self.policy)):
            terms = vocabularies.terms(field.name, self.policy)
            return [(each, str(terms[each].name) if each in terms else "") for each in ids]
        return self._vocabulary(str(field.choices or ""))

    def _vocabulary(self, name: str) -> list[Candidate]:
        policy = self.policy
        terms = getattr(policy.regime, name, None) or getattr(policy, name, None)
        return [(each, str(term.name)) for each, term in terms.items()] if isinstance(terms, Mapping) else []

    # ------------------------------------------------------------ the store

    @cached_property
    def desk(self) -> "Desk":
        """Whoever types at their store, reading only.

        Raises:
            WorkbenchError: there is none, or it cannot be read.
        """
        settings = Settings(self.before_verb, os.environ)
        asked = options.with_defaults(self.before_verb, settings)._replace(read_only=True)
        return Session(asked, lambda _session: 0).desk

    @property
    def policy(self) -> "Policy":
        """The policy in force; the default one where there is no store that can be read."""
        from workbench.policy import loading

        try:
            return self.desk.rules().policy
        except StoreError:
            return loading.load("default")[0]

    def _read(self, read: "Callable[[Db, int], list[Candidate]]") -> list[Candidate]:
        store = self.desk.store
        with store.reading() as db:
            return read(db, store.site_id)

    def staff(self) -> list[Candidate]:
        """Return who is on the staff list, with the role."""
        from storage import organisation

        return self._read(
            lambda db, site: [(m.name, m.role) for m in organisation.staff(db, site) if m.active]
        )

    def sites(self) -> list[Candidate]:
        """Return the registered sites."""
        from storage import organisation

        return self._read(lambda db, site: [(unit.name, "") for unit in organisation.sites(db, site)])

    def units(self) -> list[Candidate]:
        """Return the units of the house, sites too."""
        from storage import organisation

        return [
            *self._read(lambda db, site: [(unit.name, unit.tier) for unit in organisation.units(db, site)]),
            *self.sites(),
        ]

    def numbers(self) -> list[Candidate]:
        """Return the numbers of this person's open cases, the most urgent first, with their level."""
        from storage import queues as stored
        from workbench.wording import names

        desk = self.desk
        view = stored.View("mine", desk.person, desk.now())

        def read(db: "Db", site: int) -> list[Candidate]:
            rows = stored.rows(db, stored.ids(db, site, view, MOST_NUMBERS))
            return [(row.number, names.level(row.severity)) for row in rows.values()]

        return self._read(read)

    def campaigns(self) -> list[Candidate]:
        """Return the campaigns with their kind."""
        from storage import campaigns

        return self._read(lambda db, site: [(each.name, each.kind) for each in campaigns.every(db, site)])

    def roles(self) -> list[Candidate]:
        """Return the roles of the policy."""
        return self._vocabulary("roles")

    def tiers(self) -> list[Candidate]:
        """Return the tiers of the policy."""
        return self._vocabulary("tiers")


def queues() -> list[Candidate]:
    """Return the queues with their names."""
    from storage.queues import QUEUES
    from workbench.wording import names

    return [(each, names.queue(each)) for each in QUEUES]


def topics() -> list[Candidate]:
    """Return the topics of the help."""
    from workbench import manual

    return [("keys", ""), *((each, manual.title(each)) for each in manual.topics())]


def keymaps() -> list[Candidate]:
    """Return the keymaps that ship, and any file."""
    from keymaps import SHIPPED

    return [*((each, "") for each in SHIPPED), FILES]


def policies() -> list[Candidate]:
    """Return the policies that ship, and any file."""
    from workbench.policy.loading import shipped

    return [*((each, "") for each in shipped()), FILES]


def languages() -> list[Candidate]:
    """Return the languages of the program."""
    return [(each, "") for each in LANGUAGES]


def shells() -> list[Candidate]:
    """Return the shells whose completion ships."""
    return [(each, "") for each in SHELLS]


def views() -> list[Candidate]:
    """Return the saved views with their queue."""
    from workbench import config
    from workbench.views.reading import read

    return [(view.name, view.queue) for view in read(config.views_file(Settings({}, os.environ).environment))]


def analyses() -> list[Candidate]:
    """Return what an analysis may be about."""
    from workbench.reports.analyses import NAMES

    return [(each, "") for each in NAMES]
