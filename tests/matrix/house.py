"""A house in which every state stands as a case: built while nobody is listed, so that no rule is asked."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from desks import NOON, Clock
from matrix.axes import AWAY, STATES, SUBSTITUTE, Cell, person_of
from matrix.files import HEADER, MAPPED, row
from matrix.givens import COLLEAGUE, DECIDER, WORDS
from matrix.scene import BUILDER, Scene

from storage import organisation, settings
from storage.create import create
from storage.engine import Db
from storage.organisation import Change
from storage.store import Store
from workbench.actions import doing
from workbench.desk import Desk
from workbench.domain.organisation import Member, Unit
from workbench.exchange import contacts, importing, mapping_file, vocabulary
from workbench.exchange.sniff import sniff
from workbench.policy import loading
from workbench.setup import campaign_calls, restricting

Found = TypeVar("Found")

CAMPAIGN = "交付回访"
PLACE, ELSEWHERE = "金色家园", "湖畔"
UNITS = (
    ("集团", "group", ""), ("华南", "company", "集团"), (PLACE, "project", "华南"), (ELSEWHERE, "project", "华南"),
)  # fmt: skip
REGIMES: Mapping[str, str] = {"gated": "mingyuan"}  # the states that stand under another policy
# A role that may do little besides recording: what a road forgets to ask is seen by it.
INTAKE = (
    'intake = { zh = "登记员", en = "Intake", may = ["record", "note", "heard", "confirm"], closes = 4 }\n'
)
BESIDE = ("other", "head", "spare")  # cases that no state is about

Build = Callable[["House", int], object]
STATE: Mapping[str, Build] = {
    "open": lambda house, key: None,
    "waiting": lambda house, key: house.act(key, "pause", reason=WORDS, until="+2d", **{"for": "customer"}),
    "closed": lambda house, key: house.act(key, "close", outcome=WORDS),
    "done": lambda house, key: (
        house.act(key, "close", outcome=WORDS),
        house.act(key, "callback", reached="yes"),
    ),
    "merged": lambda house, key: house.act(key, "merge", into=house.numbers["head"]),
    "group": lambda house, key: house.act(key, "link", to=house.numbers["head"], kind="group"),
    "force": lambda house, key: house.act(key, "taskforce", head=AWAY, members=COLLEAGUE),
    "accused": lambda house, key: None,  # of whoever acts: see Scene
    "accusing": lambda house, key: house.act(key, "amend", about=COLLEAGUE, reason=WORDS),
    "grave": lambda house, key: None,  # by its flag: see files.row
    "corrected": lambda house, key: None,  # of a grave case, by a colleague: see Scene
    "gated": lambda house, key: None,  # by the policy
    "others": lambda house, key: house.act(key, "assign", to=COLLEAGUE),
    "unit": lambda house, key: None,  # by its place: see files.row
    "kept": lambda house, key: None,  # once its customer is in the campaign: see House._restricted
}


@dataclass
class House:
    """A store under one policy with a case for each state, its people, and a campaign."""

    policy: str
    folder: Path
    clock: Clock = field(default_factory=Clock)
    keys: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        path = self.folder / f"{self.policy}.db"
        text = loading.load(self.policy)[1]
        if self.policy == "default":
            text = text.replace("quality     =", INTAKE + "quality     =", 1)
        create(path, code="A", policy=self.policy, text=text, at=NOON, by=BUILDER)
        self.store = Store(path)
        self.builder = Desk(self.store, BUILDER, self.clock)
        self._fill()
        self.rules = self.builder.rules()

    # ------------------------------------------------------------ building

    def _fill(self) -> None:
        states = [state for state in STATES if REGIMES.get(state, "default") == self.policy]
        if missing := [state for state in states if state not in STATE]:
            raise KeyError(f"states without a builder: {missing}: house.STATE")
        self.store.write(self._tree)
        self.take_in([row(name) for name in (*BESIDE, *states)])
        for name in (*BESIDE, *states):
            with self.store.reading() as db:
                self.keys[name] = db.value("SELECT case_id FROM cases WHERE external_id = ?", (name,))
            self.numbers[name] = self.builder.case(self.keys[name]).number
        for state in states:
            STATE[state](self, self.keys[state])
        self._campaign(states)
        self._restricted(states)
        self.store.write(self._listed)

    def _tree(self, db: Db) -> None:
        for name, tier, parent in UNITS:
            unit = Unit(name, tier, parent)
            organisation.set_unit(db, self.store.site_id, unit, site=tier == "project")
            self._log(db, "units add", unit)
        settings.rules_changed(db, self.store.site_id)

    def take_in(self, rows: list[str]) -> None:
        """Import rows, with the clocks of the policy."""
        desk, path = self.builder, self.folder / "first.csv"
        path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
        file = sniff(path)
        mapping = mapping_file.parse(
            MAPPED, "m.toml", file.headers, vocabulary.of_policy(desk.rules().policy)
        )
        counts = importing.run(importing.Job(desk, file, mapping))
        assert counts.added == len(rows), counts

    def act(self, key: int, act: str, **given: str) -> None:
        doing.do(self.builder, act, key, given)

    def _campaign(self, states: list[str]) -> None:
        """Put the customer of every state, and one who has been called, into a campaign."""
        names = [*states, "spare"]
        phones = [self.builder.case(self.keys[name]).phone for name in names]
        path = self.folder / "campaign.csv"
        path.write_text(
            "\n".join(["客户姓名,客户电话", *(f"客户,{phone}" for phone in phones)]) + "\n", "utf-8"
        )
        contacts.take(contacts.Job(self.builder, sniff(path), CAMPAIGN, "after-handover"))
        self.contacts = {name: no for no, name in enumerate(names, 1)}
        campaign_calls.call(self.builder, CAMPAIGN, self.contacts["spare"], {"reached": "yes"})

    def _restricted(self, states: list[str]) -> None:
        """Let the customer of the state that is about it have the use of their data restricted."""
        for name in {"kept"}.intersection(states):
            restricting.restrict(self.builder, self.builder.case(self.keys[name]).phone, WORDS)

    def _listed(self, db: Db) -> None:
        roles = self.builder.rules_in(db).policy.regime.roles.values()
        people = [Member(person_of(role.id), role.id, unit=_unit_of(role.tier)) for role in roles]
        people += [
            Member(COLLEAGUE, "handler", unit=PLACE), Member(DECIDER, "head-office", unit="集团"),
            Member(SUBSTITUTE, "handler", unit=PLACE),
            Member(AWAY, "supervisor", unit=PLACE, away_from=NOON - timedelta(days=1), substitute=SUBSTITUTE),
        ]  # fmt: skip
        for member in people:
            organisation.set_member(db, self.store.site_id, member)
            self._log(db, "staff add", member)
        settings.rules_changed(db, self.store.site_id)

    def _log(self, db: Db, what: str, entry: Unit | Member) -> None:
        """Write down what the lists hold, as whoever kept them would have: a check compares both."""
        change = Change(self.clock(), BUILDER, what, None, entry.as_json())
        organisation.log(db, self.store.site_id, change)

    # ------------------------------------------------------------ using

    def desk(self, person: str, store: Store) -> Desk:
        """Return a desk at ``store`` that knows the rules already."""
        known = {"_rules": self.builder._rules, "_rules_mark": self.builder._rules_mark}
        return Desk(store, person, self.clock, **known)

    @contextmanager
    def later(self, **span: float) -> Iterator[None]:
        """Let the clock stand so much later."""
        before = self.clock.at
        self.clock.pass_(**span)
        try:
            yield
        finally:
            self.clock.at = before

    def within(self, cell: Cell, work: Callable[[Scene], Found]) -> Found:
        """Return what ``work`` finds on the case of ``cell``; nothing of it stays in the store."""
        found: list[Found] = []

        def inside(store: Store) -> None:
            found.append(work(Scene(self, store, cell)))
            raise _BackError

        with suppress(_BackError):
            self.store.write_together(inside)
        return found[0]


class _BackError(Exception):
    """Nothing of what was done is kept."""


def _unit_of(tier: str) -> str:
    return {"group": "集团", "company": "华南"}.get(tier, PLACE)


def of_state(houses: Mapping[str, House], state: str) -> House:
    """Return the house in which ``state`` stands."""
    return houses[REGIMES.get(state, "default")]


def houses(folder: Path) -> dict[str, House]:
    """Return every house of the matrix, by its policy."""
    return {policy: House(policy, folder) for policy in ("default", *REGIMES.values())}


def people(built: Mapping[str, House]) -> tuple[str, ...]:
    """Return whom the matrix lets act: each role of any policy, and those whom the list makes special."""
    from matrix.axes import STRANGER

    roles = (role for house in built.values() for role in house.rules.policy.regime.roles)
    return (*(person_of(role) for role in dict.fromkeys(roles)), SUBSTITUTE, AWAY, STRANGER)
