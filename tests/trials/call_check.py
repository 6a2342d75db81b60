"""What must be stored of the calls of a script, and what is: compared field by field."""

from collections import Counter
from pathlib import Path

import msgspec

from storage.engine import connect
from trials.call_script import AGAIN, MATTER, SPOT, Call
from trials.frame import Counts

FIELDS = {
    "record": ("text", "customer", "phone", "site", "unit", "kind", "category"),
    "close": ("outcome", "resolution", "next"), "callback": ("reached", "csi"), "reopen": ("reason",),
}  # fmt: skip
Cell = tuple[str, int, str, str]  # phone, which case of this phone, act, field
Cells = Counter[tuple[Cell, str]]


def meant(calls: list[Call]) -> Cells:
    """Return what must be stored, field by field."""
    cells: Cells = Counter()
    which = {id(call): 0 if call.story != MATTER else 1 for call in calls}
    for call in calls:
        case = call.case
        said = call.said if call.story == AGAIN else call.said | {"phone": call.phone}
        acts = [("heard" if call.story == AGAIN else "record", said)]
        if call.story == SPOT:
            acts = [
                ("record", {name: value for name, value in said.items() if name in FIELDS["record"]}),
                ("close", {name: said[name] for name in FIELDS["close"] if name in said}),
            ]
        for act, given in [*acts, *call.acts]:
            for name, value in given.items():
                cells[((case.phone, which[id(case)], act, name), value)] += 1
    return cells


def stored(path: Path) -> Cells:
    """Return what is stored, field by field, of every act of the clerk."""
    db = connect(path, read_only=True)
    try:
        rows = db.all("SELECT case_id, act, data FROM event WHERE case_id > 0 ORDER BY event_no")
    finally:
        db.connection.close()
    cells: Cells = Counter()
    phones: dict[int, str] = {}
    for key, act, raw in rows:
        data = msgspec.json.decode(raw)
        if act == "record":
            phones[key] = data.get("phone", "")
        phone = phones[key]
        which = [each for each in sorted(phones) if phones[each] == phone].index(key)
        for name in FIELDS.get(act, ("text",)):
            if name in data:
                cells[((phone, which, act, name), str(data[name]))] += 1
    return cells


def compared(wanted: Cells, found: Cells, counts: Counts) -> None:
    """Count what is lost, what stands in another case or field, and what is there twice."""
    missing, more = wanted - found, found - wanted
    elsewhere = Counter(value for _cell, value in more.elements())
    misplaced = doubled = 0
    for cell, value in missing.elements():
        if elsewhere[value]:
            misplaced += 1
            counts.fault(f"misplaced: {value} of {cell}")
        else:
            counts.lose(f"{value} of {cell}")
    for cell, value in more.elements():
        if (cell, value) in wanted:
            doubled += 1
            counts.fault(f"doubled: {value} of {cell}")
        elif not any(value == each for (_cell, each) in missing):
            misplaced += 1
            counts.fault(f"nobody said {value} of {cell}")
    counts.figures |= {"cells": wanted.total(), "misplaced": misplaced, "doubled": doubled}
