"""One handler who tries everything: a house with cases of others, and moves at random by ``ME`` alone."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

from desks import Bench
from duty_support import office
from matrix.givens import choices

from storage.backup import backup
from storage.store import Store
from workbench import actions
from workbench.actions import doing
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.errors import ConflictError, NotFoundError, RefusedError, UsageError
from workbench.exchange import contacts, importing, mapping_file, vocabulary
from workbench.exchange.sniff import sniff
from workbench.rules.action import Field
from workbench.setup import campaign_calls, people, units
from workbench.setup.adopt import adopt
from workbench.watch.sweep import sweep

ME, PLACE, ELSEWHERE = "mei", "金色家园", "云栖花园"
CAMPAIGN, SOURCE = "交付回访", "表"
NAMES = (ME, "bo", "yun", "jin", "shen", "zong", "tie", "kong")
NO = (UsageError, RefusedError, NotFoundError, ConflictError)
SUMS = ("1", "100", "200", "300", "400", "500", "600", "5000")
SPANS = ("+1h", "+2d", "+10d", "+40d")
MAPPED = f"""
source = "{SOURCE}"
clocks = "policy"
[times]
formats = "%Y-%m-%d %H:%M"
zone = "Asia/Shanghai"
[fields]
external_id = "id"
received_at = "received"
text = "text"
site = "site"
phone = "phone"
impact = "impact"
[closing]
at = "closed"
outcome = "words"
"""
# what somebody who wants to get round a limit does more often than anything else
LIKELY = ("compensate", "close", "amend", "regrade", "undo", "verify", "take", "merge", "unmerge", "link", "unlink",
          "identify", "reopen", "pay", "approve", "heard")  # fmt: skip


def furnished(bench: Bench, folder: Path) -> Bench:
    """Fill a store: grave and mild cases here and elsewhere, one about ``ME``, sums given, requests granted."""
    office(bench)

    def case(by: str, site: str = PLACE, **given: Any) -> Any:
        return bench.record(by, site=site, **given)

    phone, other = "13800138000", "13900139000"
    imported(
        bench.desk("zong"),
        folder,
        [row(1, phone), row(2, other, impact="severe"), row(3, "", site=ELSEWHERE)],
    )
    grave = case("bo", impact="severe", phone="13600136000")
    for each in (
        grave,
        case("bo", impact="partly", phone=phone),
        case("bo", phone=phone),
        case("bo", about="bo"),
    ):
        bench.act(each, "assign", "jin", to=ME)
    mild = case("bo", phone=phone)
    bench.act(mild, "assign", "jin", to=ME)
    bench.act(mild, "compensate", ME, amount="300")
    bench.act(mild, "pay", "jin")
    asked = bench.act(case("bo", impact="partly"), "assign", "jin", to=ME)
    bench.act(asked, "close", ME, outcome="修好了")
    bench.act(asked, "approve", "jin")
    case("bo", about=ME)
    case("bo", impact="severe")
    bench.act(case("yun", ELSEWHERE, phone=other), "take", "yun")
    case("yun", ELSEWHERE, impact="partly")
    path = folder / "campaign.csv"
    path.write_text(f"客户姓名,客户电话\n甲,{phone}\n乙,{other}\n丙,13600136000\n", "utf-8")
    contacts.take(contacts.Job(bench.desk("zong"), sniff(path), CAMPAIGN, "after-handover"))
    return bench


def row(no: int, phone: str, *, site: str = PLACE, impact: str = "", closed: str = "") -> str:
    """Return a row of the file."""
    return f"{no},2026-11-20 10:00,漏水,{site},{phone},{impact},{closed},好了"


def imported(desk: Desk, folder: Path, rows: list[str]) -> None:
    """Import ``rows``, as whoever sits at ``desk``."""
    path = folder / "rows.csv"
    path.write_text("\n".join(["id,received,text,site,phone,impact,closed,words", *rows]) + "\n", "utf-8")
    file = sniff(path)
    mapping = mapping_file.parse(MAPPED, "m.toml", file.headers, vocabulary.of_policy(desk.rules().policy))
    importing.run(importing.Job(desk, file, mapping))


class Walk:
    """A copy of a furnished store, and what ``ME`` does there."""

    def __init__(self, house: Bench, folder: Path, name: str) -> None:
        path = folder / f"{name}.db"
        path.unlink(missing_ok=True)
        backup(house.store, path)
        self.store, self.folder, self.clock = Store(path), folder, type(house.clock)(house.clock())
        self.me = Desk(self.store, ME, self.clock)
        self.reader = Desk(self.store, "zong", self.clock)
        self.done: list[str] = []

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def cases(self) -> list[int]:
        """Return the key of every case."""
        with self.store.reading() as db:
            return [row[0] for row in db.all("SELECT case_id FROM cases ORDER BY case_id", ())]

    def numbers(self) -> list[str]:
        """Return the number of every case."""
        with self.store.reading() as db:
            return [row[0] for row in db.all("SELECT number FROM cases ORDER BY case_id", ())]

    def move(self, seed: int) -> None:
        """Do one thing, drawn by ``seed``; what a rule refuses changes nothing."""
        random = Random(seed)
        what = random.choices(list(MOVES), [weight for weight, _ in MOVES.values()])[0]
        with suppress(*NO):
            self.done.append(f"{what}: {MOVES[what][1](self, random)}")


def _act(walk: Walk, random: Random) -> str:
    act = random.choice((*LIKELY, *LIKELY, *acts.PERSONS))
    if act == acts.RECORD.id:
        return _record(walk, random)
    action = actions.of(act)
    key, given = random.choice(walk.cases()), _given(action.fields, walk, random)
    case = doing.do(walk.me, act, key, given)
    return f"{act} {case.number} {given}"


def _bulk(walk: Walk, random: Random) -> str:
    act = random.choice(("close", "regrade", "take", "merge", "link", "undo"))
    keys, given = random.sample(walk.cases(), 2), _given(actions.of(act).fields, walk, random)
    doing.do_on_each(walk.me, act, lambda db: keys, given)
    return f"{act} {keys} {given}"


def _record(walk: Walk, random: Random) -> str:
    given = _given(actions.of("record").fields, walk, random) | {"text": "漏水"}
    given["site"] = random.choice((PLACE, ELSEWHERE, ""))
    given["phone"] = random.choice(("13800138000", "13900139000", ""))
    if random.random() < 0.5:
        given |= {"close": True, "outcome": "当场解决"}
    for name in ("received", "external_id"):
        given.pop(name, None)
    return f"{doing.record(walk.me, given).number} {given}"


def _import(walk: Walk, random: Random) -> str:
    closed = random.choice(("", "2026-11-21 11:00"))
    no, phone = random.randint(1, 6), random.choice(("13800138000", "13900139000"))
    text = row(no, phone, site=random.choice((PLACE, ELSEWHERE)), impact=random.choice(("", "looks", "severe")),
               closed=closed)  # fmt: skip
    imported(walk.me, walk.folder, [text])
    return text


def _call(walk: Walk, random: Random) -> str:
    no, reached = random.randint(1, 3), random.choice(("yes", "no"))
    campaign_calls.call(walk.me, CAMPAIGN, no, {"reached": reached})
    return f"{no} {reached}"


def _staff(walk: Walk, random: Random) -> str:
    name, other = random.choice(NAMES), random.choice(NAMES)
    ways: Mapping[str, Callable[[], object]] = {
        "role": lambda: people.add_person(
            walk.me, name, {"role": random.choice(("supervisor", "head-office"))}
        ),
        "unit": lambda: people.add_person(walk.me, name, {"unit": random.choice(("集团", ELSEWHERE))}),
        "away": lambda: people.set_away(walk.me, name, {"substitute": other}),
        "back": lambda: people.set_back(walk.me, name),
        "leave": lambda: people.remove_person(walk.me, name, ME),
        "tree": lambda: units.add_site(walk.me, ELSEWHERE, {"under": "集团"}),
        "policy": lambda: adopt(walk.me, "iso10002"),
    }
    way = random.choice(list(ways))
    ways[way]()
    return f"{way} {name} {other}"


def _time(walk: Walk, random: Random) -> str:
    hours = random.choice((1, 5, 26, 70))
    walk.clock.pass_(hours=hours)
    if random.random() < 0.5:
        sweep(walk.me)
    return f"{hours} h"


MOVES: Mapping[str, tuple[int, Callable[[Walk, Random], str]]] = {
    "act": (70, _act), "record": (6, _record), "bulk": (4, _bulk), "import": (5, _import), "call": (2, _call),
    "staff": (5, _staff), "time": (8, _time),
}  # fmt: skip


def _given(fields: tuple[Field, ...], walk: Walk, random: Random) -> dict[str, Any]:
    found = {
        each.name: _value(each, walk, random) for each in fields if each.required or random.random() < 0.35
    }
    return {name: value for name, value in found.items() if value is not None}


def _value(field: Field, walk: Walk, random: Random) -> Any:
    """Return something for ``field``; None leaves it out."""
    if field.choices and field.kind in ("choice", "flags"):
        drawn = random.choice(choices(field, walk.me.rules().policy))
        return [drawn] if field.kind == "flags" else drawn
    numbers = (field.low, min(field.low + 1, field.high), min(60, field.high))
    drawn_by: Mapping[str, Callable[[], Any]] = {
        "number": lambda: str(random.choice(numbers)),
        "level": lambda: str(random.randint(1, 4)),
        "money": lambda: random.choice(SUMS),
        "time": lambda: random.choice(SPANS),
        "yesno": lambda: random.choice((True, None)),
        "person": lambda: random.choice(NAMES),
        "people": lambda: ",".join(random.sample(NAMES, 2)),
        "case": lambda: random.choice(walk.numbers()),
        "cases": lambda: random.choice(walk.numbers()),
        "promise": lambda: random.choice((None, "1", "2")),
        "duty": lambda: random.choice((None, "1", "2")),
    }
    return drawn_by.get(field.kind.partition(":")[0], lambda: "已经看过")()
