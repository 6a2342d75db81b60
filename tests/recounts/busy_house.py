"""A house in which much happens: any act at random under any regime, files that come in, sweeps that come late."""

from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

from desks import Bench, Clock
from matrix.givens import choices

from workbench import actions
from workbench.domain import acts
from workbench.domain.errors import NotFoundError, RefusedError, WorkbenchError
from workbench.exchange import importing, mapping_file, vocabulary
from workbench.exchange.sniff import sniff
from workbench.policy import loading
from workbench.rules.action import Field
from workbench.setup import persons
from workbench.watch.sweep import sweep

REGIMES = ("default", "leyoujia", "mingyuan", "vanke", "hopson", "iso10002")
MANY = 14  # cases to which most happens
NAMES, SITES = ("mei", "li", "wu", "qin"), ("金色家园", "云栖花园", "")
PHONES = tuple(f"138001380{n:02d}" for n in range(16))
SUMS = ("1", "99.5", "300", "12000.05")
SPANS = ("+1h", "+6h", "+2d", "+9d")
# what the figures count, and what leads to it, more often than anything else
OFTEN = ("take", "assign", "assign", "assign", "acknowledge", "reply", "propose", "promise", "keep", "pause", "resume", "close",
         "close", "close", "callback", "callback", "reopen", "undo", "undo", "escalate", "press", "prevent", "verify",
         "verify", "verify", "compensate", "compensate", "approve", "pay", "dispatch", "accept", "refuse", "ask", "answer",
         "inspect", "account", "cause", "heard", "regrade", "confirm", "taskforce", "handover", "merge")  # fmt: skip
MAPPED = """
source = "表"
clocks = "policy"
[times]
formats = "%Y-%m-%d %H:%M"
zone = "Asia/Shanghai"
[fields]
external_id = "id"
received_at = "received"
text = "text"
site = "site"
[closing]
at = "closed"
outcome = "words"
"""


class House:
    """A store under one regime, and what was done in it, by ``seed``."""

    def __init__(self, folder: Path, regime: str, seed: int) -> None:
        self.folder, self.random = folder, Random(seed)
        self.bench = Bench(folder / f"{regime}-{seed}.db", Clock(), loading.load(regime)[1])
        self.done: list[str] = []

    def live(self, moves: int) -> None:
        """Let so many things happen; what a rule refuses leaves nothing."""
        for _ in range(4):
            self._record()
        while moves := moves - 1:
            self.bench.clock.pass_(minutes=self.random.randint(1, 90))
            self._move()

    def cases(self) -> list[int]:
        """Return the keys of all cases."""
        with self.bench.store.reading() as db:
            return [key for (key,) in db.all("SELECT case_id FROM cases ORDER BY case_id")]

    def _move(self) -> None:
        what = self.random.random()
        try:
            if what < 0.05:
                self._record()
            elif what < 0.07:
                self._import()
            elif what < 0.08:
                self._erase()
            elif what < 0.11:
                self.bench.clock.pass_(hours=self.random.choice((7, 26, 60)))
            elif what < 0.14:
                self.done.append("sweep")
                sweep(self.bench.desk(self.random.choice(NAMES)))
            else:
                self._act()
        except WorkbenchError:
            return

    def _record(self) -> None:
        found = _given(actions.of("record").fields, self) | {"text": "厨房漏水 13800138000"}
        found |= {"site": self.random.choice(SITES), "mood": self.random.choice(("", "1", "4"))}
        found["phone"] = self.random.choice(PHONES)
        found["claim"] = self.random.choice(("", "50.5", "20000"))
        for name in ("received", "external_id", "incident", "close", "outcome"):
            found.pop(name, None)
        self.bench.record(self.random.choice(NAMES), **found)
        self.done.append("record")

    def _erase(self) -> None:
        """Take out every word about somebody; refused while one of their cases is not solved."""
        for phone in PHONES:
            with suppress(RefusedError, NotFoundError):
                persons.erase(self.bench.desk("qin"), phone, "本人要求")
                self.done.append("erase")
                return

    def _act(self) -> None:
        act = self.random.choice((*OFTEN, *OFTEN, *acts.PERSONS))
        if act in (acts.RECORD.id, acts.ATTACH.id):
            return
        case = self.bench.desk().case(self.random.choice(self.cases()[-MANY:]))
        given = _given(actions.of(act).fields, self) | self._besides(act)
        who = case.last_by if act == acts.UNDO.id else self.random.choice((*NAMES, case.handler or "mei"))
        self.bench.act(case, act, who, **given)
        self.done.append(act)

    def _besides(self, act: str) -> dict[str, Any]:
        """Return what an act needs and what would seldom be drawn together."""
        of = self.random.choice
        return {
            "callback": {"reached": "yes", "csi": of(("1", "3", "5")), "nps": of(("0", "8", "10")),
                         "mood": of(("1", "5")), "still_a_problem": of((True, None, None))},
            "pause": {"for": of(("customer", "third-party", "parts")), "until": of(SPANS), "reason": "等"},
            "close": {"outcome": "好了", "resolution": of(("full", "limited")), "next": "", "accepted": ""},
            "assign": {"reason": "忙"},
            "verify": {"verdict": of(("founded", "unfounded"))},
        }.get(act, {}) if self.random.random() < 0.8 else {}  # fmt: skip

    def _import(self) -> None:
        """Bring rows in; some were closed at their source, some before they were received there."""
        path = self.folder / "rows.csv"
        came = self.bench.clock().strftime("%Y-%m-%d")
        lines = ["id,received,text,site,closed,words"]
        for number in self.random.sample(range(1, 40), 2):
            closed = self.random.choice(("", f"{came} 00:40", "2026-11-20 09:00"))
            received = self.random.choice((f"{came} 00:20", "2026-11-20 10:00"))
            lines.append(f"{number},{received},漏水,{self.random.choice(SITES)},{closed},好了")
        path.write_text("\n".join(lines) + "\n", "utf-8")
        desk, file = self.bench.desk("qin"), sniff(path)
        mapping = mapping_file.parse(
            MAPPED, "m.toml", file.headers, vocabulary.of_policy(desk.rules().policy)
        )
        importing.run(importing.Job(desk, file, mapping))
        self.done.append("import")


def _given(fields: tuple[Field, ...], house: House) -> dict[str, Any]:
    drawn = {f.name: _value(f, house) for f in fields if f.required or house.random.random() < 0.5}
    return {name: value for name, value in drawn.items() if value is not None}


def _value(field: Field, house: House) -> Any:
    """Return something for ``field``; None leaves it out."""
    random = house.random
    if field.choices and field.kind in ("choice", "flags"):
        drawn = random.choice(choices(field, house.bench.desk().rules().policy))
        return [drawn] if field.kind == "flags" else drawn
    if field.kind == "number":
        return str(
            random.choice((field.low, min(field.low + 1, field.high), field.high if field.high < 20 else 1))
        )
    if field.kind in ("case", "cases"):
        return house.bench.desk().case(random.choice(house.cases())).number
    return {
        "level": lambda: str(random.randint(1, 4)),
        "money": lambda: random.choice(SUMS),
        "time": lambda: random.choice(SPANS),
        "yesno": lambda: random.choice((True, None)),
        "person": lambda: random.choice(NAMES),
        "people": lambda: ",".join(random.sample(NAMES, 2)),
        "promise": lambda: random.choice((None, "1")),
        "duty": lambda: random.choice((None, "1", "2")),
    }.get(field.kind.partition(":")[0], lambda: "已经看过 13900139000")()
