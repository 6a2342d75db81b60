"""Stores of any size, made of real rows: every case has its timeline, clocks and search tokens."""

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from storage import cases, clocks, events, ids, search, warnings
from storage.create import create
from storage.engine import Db
from storage.schema import INDEXES
from storage.store import Store
from tests.processes import NOW
from workbench.desk import rules_of
from workbench.domain import upcoming
from workbench.domain.cases import Case, Event
from workbench.domain.clock_verdicts import stopped_by
from workbench.domain.history import apply, fold
from workbench.domain.policies import Rules
from workbench.domain.times import stamp
from workbench.policy import kept, loading
from workbench.rules.levels import judged

BATCH = 5_000
SEED = 7
OPEN_DAYS, DONE_DAYS = 30, 730
WORDS = (
    "漏水 电梯 停运 保安 态度 停车费 装修 押金 噪音 扰民 门窗 开裂 墙面 空鼓 暖气 不热 维修 师傅 迟到 爽约 承诺 未兑现"
    " 物业费 乱收费 绿化 垃圾 异味 车位 被占 门禁 失灵 水管 爆裂 断电 宽带 销售 合同 违约 交房 延期 规划 变更 消防 通道"
).split()
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
CATEGORIES = (
    "construction-quality",
    "property-management",
    "repair-service",
    "staff-conduct",
    "sales-management",
)
SITES = [
    f"{name}{number}期" for name in ("云栖花园", "临江一号", "梧桐里", "南山雅苑") for number in range(1, 51)
]


def build(path: Path, size: int, now: datetime, *, open_share: float = 1.0, seed: int = SEED) -> None:
    """Make a store of ``size`` cases received within a month (open) or two years (done) before ``now``."""
    _, text = loading.load("default")
    create(path, code="A", policy="default", text=text, at=now, by="bench")
    store = Store(path)
    try:
        store.write(lambda db: _drop_indexes(db))
        with store.reading() as db:
            rules = rules_of(db, store.site_id, 1)
        stream = _stories(store.site_id, size, now, open_share, rules, random.Random(seed))
        while batch := [story for _, story in zip(range(BATCH), stream, strict=False)]:
            store.write(lambda db, batch=batch: _insert(db, batch, rules))  # type: ignore[misc]
        store.write(lambda db: _finish(db, store.site_id))
        store.write(
            lambda db: kept.keep(db, store.site_id, {1: rules.policy})
        )  # as whoever writes first does
    finally:
        store.close()


def _drop_indexes(db: Db) -> None:
    for statement in INDEXES:
        db.run(f"DROP INDEX {statement.split(' ON ')[0].split()[-1]}")


def _finish(db: Db, site_id: int) -> None:
    for statement in INDEXES:
        db.run(statement)
    db.run(
        "INSERT INTO counter (site_id, day, last)"
        " SELECT site_id, substr(number, 2, 2) || '-' || substr(number, 4, 2) || '-' || substr(number, 6, 2),"
        " count(*) FROM cases GROUP BY 1, 2"
    )
    db.run("ANALYZE")


def _stories(
    site_id: int, size: int, now: datetime, open_share: float, rules: Rules, dice: random.Random
) -> Iterator[tuple[Case, list[Event]]]:
    days: dict[str, int] = {}
    for index, (ago, is_open) in enumerate(sorted(_receipts(size, open_share, dice), reverse=True)):
        received_at = now - timedelta(seconds=ago)
        day = stamp(received_at)[:10]
        days[day] = days.get(day, 0) + 1
        number = ids.number("A", day, days[day])
        yield _story(site_id, (index + 1) << 12, number, received_at, is_open, now, rules, dice)


def _receipts(size: int, open_share: float, dice: random.Random) -> Iterator[tuple[int, bool]]:
    """Yield how many seconds ago each case was received, and whether it is open; keys follow time."""
    for _ in range(size):
        is_open = dice.random() < open_share
        yield dice.randrange(60, (OPEN_DAYS if is_open else DONE_DAYS) * 86_400), is_open


def _story(
    site_id: int,
    case_id: int,
    number: str,
    received_at: datetime,
    is_open: bool,
    now: datetime,
    rules: Rules,
    dice: random.Random,
) -> tuple[Case, list[Event]]:
    pick = dice.choice
    data: dict[str, Any] = {
        "text": "，".join(pick(WORDS) + pick(WORDS) for _ in range(dice.randrange(3, 12))) + "。",
        "kind": "complaint", "channel": "phone", "category": pick(CATEGORIES), "fault": "ours", "flags": [],
        "impact": pick((None, None, "looks", "partly")), "people": None, "mood": None, "claim": None,
        "customer": pick(SURNAMES) + pick(GIVEN) + pick(GIVEN), "phone": f"13{dice.randrange(10**9):09d}",
        "site": pick(SITES), "unit": f"{dice.randrange(1, 40)}-{dice.randrange(101, 3204)}",
        "received_at": stamp(received_at), "callback_owed": True, "number": number, "policy": 1,
    }  # fmt: skip
    first = Event(1, received_at, f"h{dice.randrange(60):02d}", "record", data)
    case = fold(site_id, case_id, [first], rules)
    first = Event(1, received_at, first.by, "record", data | judged(case, rules.policy))
    case, told = fold(site_id, case_id, [first], rules), [first]
    acts: list[tuple[str, dict[str, Any]]] = [("take", {"to": first.by})] if dice.random() < 0.8 else []
    if not is_open:
        acts += [("close", {"outcome": "已处理", "resolution": "full", "accepted": "yes"})]
        acts += [("callback", {"reached": True, "csi": dice.randrange(1, 6), "nps": dice.randrange(0, 11)})]
    for hours, (act, given) in enumerate(acts, start=1):
        at = min(received_at + timedelta(hours=hours * dice.random() * 20), now)
        case = _passed(case, told, at, rules)
        stopped = stopped_by(case, act, given, at, rules)
        event = Event(
            case.version + 1,
            max(at, told[-1].at),
            first.by,
            act,
            given | ({"stopped": stopped} if stopped else {}),
        )
        case = apply(case, event, rules)
        told.append(event)
    return _passed(case, told, now, rules), told


def _passed(case: Case, told: list[Event], until: datetime, rules: Rules) -> Case:
    """Return the case with what the sweeps have written on it by ``until``, each at its time."""
    while (coming := upcoming.next_moment(case, rules)) and coming.at <= until:
        data = coming.data | {"happened_at": stamp(coming.at)}
        event = Event(case.version + 1, max(coming.at, told[-1].at), upcoming.SYSTEM, coming.act, data)
        case = apply(case, event, rules)
        told.append(event)
    return case


def _insert(db: Db, batch: list[tuple[Case, list[Event]]], rules: Rules) -> None:
    end = events.tail(db)
    event_rows, case_rows, clock_rows, docs = [], [], [], []
    for case, told in batch:
        head = events.NO_HASH
        for event in told:
            row, head = events.entry(end, case.site_id, case.case_id, event, head)
            event_rows.append(row)
            if folded := search.document(event.act, event.data):
                docs.append((row[0], folded))
        case_rows.append(cases.row(case, rules, head))
        clock_rows += [clocks.row(case, clock, rules) for clock in case.clocks]
    db.run_many(events.INSERT, event_rows)
    db.run_many(cases.INSERT, case_rows)
    db.run_many(clocks.UPSERT, clock_rows)
    search.add_many(db, batch[0][0].site_id, docs)
    for case, told in batch:
        warnings.follow(db, None, case, told)


if __name__ == "__main__":
    at = datetime.fromisoformat(NOW).astimezone(UTC)  # the same store on any day
    build(Path(sys.argv[1]), int(sys.argv[2]), at, open_share=float(sys.argv[3]))
