"""Random histories over some months, by the same acts as people use; and what timelines alone tell of them."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.text import phone_key
from workbench.domain.times import unstamp
from workbench.watch.sweep import sweep

PHONES = ("13800000001", "13800000002", "13800000003", "", "")
UNITS = ("3-1-502", "3-2-101", "12栋1201", "12栋904", "8", "")
FACTS = ("kind", "category", "channel", "site", "unit", "customer", "phone", "claim", "mood")


def history(bench, chance, many=260, sweeps=0.02):
    """Things that happen to cases at random, days apart; what a rule refuses is left out."""
    cases = []
    for _ in range(many):
        bench.clock.pass_(minutes=chance.choice((1, 7, 40, 40, 300, 2000)))
        if len(cases) < 4 or chance.random() < 0.25:
            cases.append(recorded(bench, chance))
            continue
        act, given = something(chance)
        try:
            bench.act(chance.choice(cases), act, chance.choice(("mei", "li", "wu")), **given)
        except (RefusedError, UsageError):
            continue
        if chance.random() < sweeps:
            sweep(bench.desk())
    return cases


def recorded(bench, chance):
    given = {
        "site": chance.choice(("A", "A", "B", "")), "unit": chance.choice(UNITS),
        "customer": chance.choice(("张三", "李四", "")), "phone": chance.choice(PHONES),
        "category": chance.choice(("construction-quality", "repair-service", "other")),
        "kind": chance.choice(("complaint", "complaint", "repair", "inquiry")),
        "mood": chance.choice(("", "1", "3")), "claim": chance.choice(("", "", "0", "50", "20000", "99.99")),
    }  # fmt: skip
    if chance.random() < 0.3:
        given |= {"close": True, "outcome": "x", "next": "y"}
        given |= {"resolution": chance.choice(("full", "full", "limited", "none")),
                  "accepted": chance.choice(("yes", "no", "unknown"))}  # fmt: skip
    return bench.record(**given)


def something(chance):
    return chance.choice((
        ("take", {}), ("take", {}), ("propose", {"text": "x"}), ("undo", {}), ("note", {"text": "x"}),
        ("close", {"outcome": "x", "resolution": chance.choice(("full", "limited", "none")), "next": "y",
                   "accepted": chance.choice(("yes", "no", "unknown"))}),
        ("close", {"outcome": "x"}), ("close", {"outcome": "x"}), ("reopen", {"reason": "x"}),
        ("callback", {"reached": "yes", "csi": str(chance.randint(1, 5)), "mood": str(chance.randint(1, 5)),
                      "nps": str(chance.randint(0, 10)), "still_a_problem": chance.random() < 0.3}),
        ("callback", {"reached": "no"}), ("regrade", {"level": chance.choice("1234"), "reason": "x"}),
        ("pause", {"reason": "x", "for": chance.choice(("customer", "parts")), "until": "+50h"}), ("resume", {}),
        ("assign", {"to": chance.choice(("li", "wu")), "reason": "x"}), ("inspect", {"text": "x"}),
        ("cause", {"cause": chance.choice(("design", "construction")), "text": "x"}),
        ("verify", {"verdict": chance.choice(("founded", "partly", "unfounded")), "text": "x"}),
        ("compensate", {"amount": chance.choice(("30", "99.99", "200")), "text": "x"}), ("pay", {}),
        ("compensate", {"amount": "120", "text": "x"}), ("compensate", {"amount": "50", "text": "x"}),
        ("dispatch", {"to": chance.choice(("li", "wu"))}), ("accept", {}), ("refuse", {"reason": "x"}),
        ("ask", {"of": "li", "text": "x"}), ("answer", {"text": "x"}), ("escalate", {"reason": "x"}),
    ))  # fmt: skip


@dataclass
class Told:
    """One case, as nothing but its entries tell it; ``clocks`` are (stopped at, verdict, who held it)."""

    number: str
    received_at: datetime
    facts: dict[str, Any]
    handler: str | None = None
    held: list[tuple[datetime, str]] = field(default_factory=list)
    closed_at: datetime | None = None
    resolution: str | None = None
    accepted: str | None = None
    repeat: bool = False
    verdict: str | None = None
    verified_at: datetime | None = None
    cause: str | None = None
    given: Decimal = Decimal(0)
    unpaid: dict[int, Decimal] = field(default_factory=dict)
    csi: int | None = None
    nps: int | None = None
    mood_after: int | None = None
    clocks: list[tuple[datetime, str, str | None]] = field(default_factory=list)
    sums: int = 0
    person: int | None = None

    @property
    def customer(self):
        """Who complains: the phone, else the name in a home."""
        if key := phone_key(self.facts["phone"]):
            return key
        if self.facts["customer"] and self.facts["unit"]:
            return (self.facts["site"], self.facts["unit"], self.facts["customer"])
        return None

    @property
    def refused(self):
        return self.closed_at is not None and (self.resolution == "none" or self.accepted == "no")


def told(timeline):
    """Return the case that the entries of ``timeline`` tell of; those taken back tell nothing."""
    gone = {event.data["seq"] for event in timeline if event.act == "undo"}
    first = timeline[0]
    facts = {name: first.data.get(name, "" if name not in ("claim", "mood") else None) for name in FACTS}
    case = Told(first.data["number"], unstamp(first.data["received_at"]), facts)
    case.repeat = "repeat_of" in first.data
    for event in timeline[1:]:
        if event.seq in gone:
            continue
        _happened(case, event)
    return case


def _happened(case, event):
    at, data, act = when(event), event.data, event.act
    if act == "approve":
        act, data = data["act"], data["asked"]
    holder = case.handler
    if act in ("take", "accept", "assign"):
        case.handler = data["to"] if act == "assign" else event.by
    _on_solution(case, act, data, at)
    _on_facts(case, act, data, at)
    _on_money(case, act, data)
    held = [*case.held, (at, case.handler)] if case.handler != holder else case.held
    for due, word in (event.data.get("stopped", {}) | event.data.get("left", {})).values():
        before = [who for since, who in held if since <= min(at, unstamp(due))]
        case.clocks.append((at, word, before[-1] if before else None))
    case.held = held


def when(event):
    return unstamp(event.data["happened_at"]) if "happened_at" in event.data else event.at


def _on_facts(case, act, data, at):
    if act == "verify":
        case.verdict, case.verified_at = data["verdict"], at
    if act in ("cause", "verify"):
        case.cause = data.get("cause", case.cause)


def _on_money(case, act, data):
    if act == "compensate":
        case.sums += 1
        case.given += Decimal(data["amount"])
        case.unpaid[case.sums] = Decimal(data["amount"])
    if act == "pay":
        case.unpaid.pop(data["id"], None)


def _on_solution(case, act, data, at):
    if act == "close":
        case.closed_at, case.resolution, case.accepted = at, data.get("resolution"), data.get("accepted")
    if act == "callback" and data["reached"]:
        case.csi, case.nps = data.get("csi", case.csi), data.get("nps", case.nps)
        case.mood_after, case.accepted = (
            data.get("mood", case.mood_after),
            data.get("accepted", case.accepted),
        )
    if act == "reopen" or data.get("reopened"):
        case.closed_at = case.resolution = case.accepted = None
        case.repeat = True


def of_case(case):
    """Return the same of a case that its timeline was folded to."""
    facts = {name: getattr(case, name) for name in FACTS}
    facts["claim"] = None if case.claim is None else str(case.claim)
    found = Told(case.number, case.received_at, facts, case.handler)
    for name in (
        "closed_at",
        "resolution",
        "accepted",
        "repeat",
        "verdict",
        "csi",
        "nps",
        "mood_after",
        "person",
    ):
        setattr(found, name, getattr(case, name))
    found.verified_at, found.cause = case.check.verified_at, case.check.cause
    found.given = sum((each.amount for each in case.money), Decimal(0))
    if case.owed("payment"):
        found.unpaid = {each.id: each.amount for each in case.money if each.state != "paid"}
    found.clocks = [(each.stopped_at, each.verdict, each.held_by) for each in case.clocks if each.stopped_at]
    return found
