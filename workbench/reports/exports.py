"""What was taken out of the house with phones in full: by whom, when, of what, how many."""

from typing import Any

from storage import house
from storage.engine import Db
from storage.figures import Span
from workbench.domain.cases import Event
from workbench.domain.house import EXPORT, PERSON_EXPORT
from workbench.domain.times import stamp

TAKING = (EXPORT, PERSON_EXPORT)


def taken(db: Db, site_id: int) -> list[Event]:
    """Return the entries of the house log that tell of an export, oldest first."""
    return house.entries(db, site_id, TAKING)


def as_json(entry: Event) -> dict[str, Any]:
    """Return an entry as machines read it; what an older entry does not tell is empty.

    ``by`` is who did it, ``as`` in whose name, if in another; ``rows`` counts cases or contacts.
    """
    data = entry.data
    found = {"seq": entry.seq, "at": stamp(entry.at), "by": entry.typed_by or entry.by}
    return found | ({"as": entry.by} if entry.typed_by else {}) | {
        "what": data.get("what", "person" if entry.act == PERSON_EXPORT.id else ""),
        "filter": data.get("filter", ""),
        "rows": data.get("rows", data.get("cases", 0)),
        "people": data.get("people", 1 if entry.act == PERSON_EXPORT.id else 0),
        "unmasked": bool(data.get("unmasked", True)),
        "file": data.get("file", ""),
        "reason": data.get("reason", ""),
    }  # fmt: skip


def figures_of(db: Db, site_id: int, span: Span) -> dict[str, dict[str, int]]:
    """Return how many exports of ``span`` the house log tells of, and how many had phones in full."""
    found = [as_json(each) for each in taken(db, site_id) if span.since <= stamp(each.at) < span.until]
    return {"exports": {"n": len(found), "with_phones": sum(each["unmasked"] for each in found)}}
