"""The figures of an evening with every part that the page knows, and pages read back as a reader would."""

from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

from workbench.domain.policies import Rules
from workbench.policy import loading

VOID = {"meta", "br", "hr", "img", "link", "input"}
SVG = "{http://www.w3.org/2000/svg}"


def rules(name: str = "default") -> Rules:
    """Return the rules of a shipped policy without a store."""
    return Rules(1, loading.load(name)[0], {})


class Read(HTMLParser):
    """A page taken apart: which tags and attributes it has, its text, its charts; faults of its nesting."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: set[str] = set()
        self.stack: list[str] = []
        self.faults: list[str] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()
        self.faults += [f"<{tag}> is not closed" for tag in self.stack]
        pieces = page.split("<svg")[1:]
        self.charts = [ElementTree.fromstring("<svg" + each.split("</svg>")[0] + "</svg>") for each in pieces]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {tag, *(f"{tag}.{name}" for name, _value in attrs)}
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {tag, *(f"{tag}.{name}" for name, _value in attrs)}

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if "style" not in self.stack:
            self.text.append(data)


def line(n: int, **other: Any) -> dict[str, Any]:
    """Return one line of a list."""
    return {
        "number": f"A261121-{n:04}-7", "site": "金色家园", "gist": "厨房漏水三天没人来修, 楼下天花板也湿了", "level": 1,
        "owner": "王强", "owes": "proposal", "due_at": f"2026-11-21T{n % 10:02}:30:00.000000Z", "why": "level 1",
    } | other  # fmt: skip


def measures(n: int) -> dict[str, Any]:
    """Return how long ``n`` cases took."""
    return {
        "n": n,
        "median_seconds": 3000 if n else None,
        "p90_seconds": 9000 if n else None,
        "max_seconds": 90_000,
    }


def said(n: int) -> dict[str, Any]:
    """Return what ``n`` customers said."""
    return {"n": n, "csi_mean": 3.5, "csi_n": n, "nps": -20.0, "nps_n": n, "mood_change": None, "mood_n": 0}


def evening(**other: Any) -> dict[str, Any]:
    """Return a document as ``summary --json`` prints it, every part of it filled."""
    flow = {
        "received": 14, "closed": 9, "done": 7, "reopened": 1, "resolution_rate": 0.6667, "resolution_met": 6,
        "resolution_of": 9, "resolution_low": 0.3542, "resolution_high": 0.8794, "limited_resolutions": 2,
        "not_accepted": 1, "repeat_rate": 0.1429, "repeat_met": 2, "repeat_of": 14, "founded_rate": None,
        "breach_rate": None, "defect_rate": None, "not_impartial": 0, "csi_mean": 4.25, "nps": 33.3,
        "mood_change": 1.5, "compensation_total": "1200.00",
        "on_time": {
            "response": {"met": 40, "missed": 5, "of": 45, "rate": 0.8889},
            "proposal": {"met": 8, "missed": 2, "of": 10, "rate": 0.8, "low": 0.49, "high": 0.9433},
            "callback": {"met": 3, "missed": 3, "of": 6, "rate": 0.5, "low": 0.1876, "high": 0.8124},
            "opinion": {"met": 2, "missed": 0, "of": 2, "rate": 1.0, "low": 0.3424, "high": 1.0},
        },
        "promises": {"kept": 3, "kept_in_time": 2, "broken": 1, "open": 4, "overdue": 1},
    }  # fmt: skip
    before = flow | {
        "first": "2026-11-20",
        "last": "2026-11-20",
        "received": 11,
        "closed": 12,
        "resolution_rate": 0.5,
    }
    return flow | {
        "date": "2026-11-21", "first": "2026-11-21", "last": "2026-11-21", "as_of": "2026-11-21T12:00:00.000000Z",
        "part": {"unit": None, "site": None, "handler": None},
        "before": before,
        "year_ago": before | {"first": "2025-11-21", "last": "2025-11-21", "received": 5, "csi_mean": None},
        "open": 31, "waiting": 4, "overdue": 12, "due_next_24h": 9, "hot": 1,
        "by_kind": {"complaint": 11, "repair": 3}, "by_severity": {"1": 2, "2": 4, "3": 5, "4": 3},
        "by_category": {"construction-quality": 6, "property-management": 4, "repair-service": 3, "other": 1},
        "by_site": {"金色家园": 6, "滨江一号": 4, "翠湖花园": 3, "": 1}, "by_channel": {"phone": 12, "wechat": 2},
        "by_handler": {"王强": 8, "": 6}, "open_by_handler": {"王强": 20, "李梅": 15}, "missed_by": {"王强": 6, "金色家园": 4},
        "callbacks": {"done": 6, "reached": 5, "owed": 7, "overdue": 2},
        "duties": {"payment": {"ended": 2, "in_time": 1, "open": 3, "overdue": 1, "paid": 2}},
        "unpaid": [{"number": "A261119-0003-1", "sum": 1, "amount": "500.00", "owner": "赵会计",
                    "due_at": "2026-11-20T10:00:00.000000Z", "overdue": True}],
        "goals": [
            {"name": "response", "goal": 0.95, "at_most": False, "figure": 0.8889, "met": False},
            {"name": "repeat_rate", "goal": 0.1, "at_most": True, "figure": 0.1429, "met": None, "too_few": True},
        ],
        "straight_to_top": [line(n)["number"] for n in range(1, 4)],
        "straight_to_top_lines": [line(n) for n in range(1, 4)],
        "overdue_lines": [line(n, owner="李梅" if n % 2 else "", level=3) for n in range(10, 22)],
        "overdue_by_handler": {"": 6, "李梅": 9, "王强": 1},
        "tomorrow": [line(n, owner="陈工", due_at="2026-11-22T02:00:00.000000Z") for n in range(30, 39)],
        "warnings": ["金色家园: 3 cases of construction quality in 2 days"], "early_warnings": {"surge": 1},
        "escalations": {"response": {"75": 3}}, "house": [],
        "times": {"first_answer": measures(12) | {"by_site": {"金色家园": measures(9)}, "by_category": {}},
                  "proposal": measures(0), "closing": measures(5) | {"by_site": {"金色家园": measures(5)}},
                  "waiting": measures(2)},
        "waiting_by_reason": {"customer": measures(2)},
        "passed_around": {"handoffs": 3, "refused": 1, "returned": 1, "not_theirs": 0, "cases": 2, "lines": []},
        "opinions": {"by_site": {"金色家园": said(5)}, "by_handler": {"王强": said(2)}},
        "satisfaction_review": {"by_month": {"2026-11": said(7)}},
        "overturned_rate": 0.25, "overturned_met": 1, "overturned_of": 4,
        "late_lines": [{"owes": "confirm", "number": "A261121-0084-1", "owner": "李梅", "due_at": "2026-11-21T10:36:00.000000Z"}],
        "after_the_page": {"date": "2026-11-20", "received": 2}, "printed": None,
        "open_by_age": {"0-1": 9, "2-7": 14, "8-30": 10, "31+": 2},
        "backlog": [{"date": f"2026-11-{day:02}", "open": 20 + day % 7 + day} for day in range(8, 22)],
        "by_day": [{"date": f"2026-11-{day:02}", "received": day % 5 + 6, "closed": day % 7 + 4} for day in range(8, 22)],
        "by_cause": {"workmanship": 9, "material": 5, "design": 2},
        "sums": {"claimed": "30000.00", "promised": "1200.00", "paid": "700.00", "unpaid": "500.00"},
        "people": [{"handler": name, "held": 20, "closed": 5, "missed": 2, "of": 12, "rate": 0.8333, "low": 0.552,
                    "high": 0.9530} for name in ("王强", "李梅", "陈工")],
        "late": {"press": 1, "confirm": 0, "prevention": 2},
        "corrections": [{"figure": "closed", "from": 8, "to": 9, "why": "recorded late", "numbers": ["A261117-0002-4"]}],
        "seal": "412:0b5f0b5f0b5f0b5f",
    } | other  # fmt: skip
