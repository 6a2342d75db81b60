"""What saving the form for a new case would do: by the plan of recording itself, and nothing is stored."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from msgspec.structs import replace

from storage.engine import Db
from workbench.actions import record
from workbench.desk import Desk
from workbench.domain import upcoming
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError, UsageError
from workbench.rules import cluster, second_complaints, writing
from workbench.words import N_, _

NO_KEY = 0  # of a case that is not stored
NO_NUMBER = N_("the new case")  # in a refusal


class Preview(NamedTuple):
    """What saving would do now, by the same plan; for the form.

    Attributes:
        case: As it would be stored, but for key and number; open where its closing would be refused.
        first: The case of which it would be the second complaint.
        still_open: An open case of the same customer and category, which it could join.
        found: What its cluster would bring to it, and to others.
        refused: Why it would not be stored as it stands, in the words of the refusal.
    """

    case: Case
    first: Case | None
    still_open: Case | None
    found: cluster.Found
    refused: RefusedError | UsageError | None


def preview(desk: Desk, given: Mapping[str, Any]) -> Preview:
    """Return what ``record`` would store now; words that are still missing are taken for given.

    Raises:
        UsageError: a value is malformed, or the person is not on the staff list.
        RefusedError: it was received in the future, or the person records nothing.
        StoreError: the store cannot be read.
    """
    filled: dict[str, Any] = {"text": "…"} | {name: value for name, value in given.items() if value}
    return writing.rehearse(desk, lambda db: _previewed(desk, db, filled))


def _previewed(desk: Desk, db: Db, given: Mapping[str, Any]) -> Preview:
    rules, now = desk.rules_in(db), desk.now()
    record.ensure_may(desk, db, rules)
    data = record.data_of(desk, record.facts(given, rules), given, rules, db.timing.latest)
    refused = _why(lambda: record.ensure_new(db, desk.store.site_id, data, rules))
    data |= {"number": _(NO_NUMBER), "policy": rules.version}
    begun = record.opened(desk, db, given, data, NO_KEY, now, rules)
    case, alone = begun.case, replace(begun.case, repeat_of=None)
    if given.get("close"):
        try:
            case, _events = record.closed(desk, db, begun, given, rules)
        except (UsageError, RefusedError) as why:
            refused = refused or why
    still_open = second_complaints.still_open(desk, db, alone, rules)
    case = upcoming.effective(case, now, rules)
    return Preview(case, begun.first, still_open, begun.found, refused)


def _why(check: Callable[[], object]) -> RefusedError | UsageError | None:
    """Return what ``check`` refuses, or None."""
    try:
        check()
    except (UsageError, RefusedError) as why:
        return why
    return None
