"""An office in which duties are owed: the organisation of other tests, with colleagues in a department."""

from typing import Any

from desks import Bench
from organisation_support import furnished

from workbench.domain.case_parts import Duty
from workbench.domain.cases import Case
from workbench.setup import people

COLLEAGUES = (
    ("tie", "handler", "工程部"),
    ("lu", "reader", "工程部"),
    ("kong", "quality", "集团"),
)


def office(bench: Bench) -> Bench:
    """Fill a store with the tree, its people, and colleagues of the engineering department."""
    furnished(bench)
    for name, role, unit in COLLEAGUES:
        people.add_person(bench.desk("zong"), name, {"role": role, "unit": unit})
    return bench


def away(bench: Bench, name: str, substitute: str, **more: str) -> None:
    """Let somebody be away from now on."""
    people.set_away(bench.desk("zong"), name, {"substitute": substitute} | more)


def held(bench: Bench, handler: str = "mei", **given: Any) -> Case:
    """Record a case at a registered place and let ``handler`` take it."""
    case = bench.record(handler, site="金色家园", **given)
    return bench.act(case, "take", handler)


def newest(case: Case, kind: str) -> Duty:
    """Return the newest duty of a kind on a case."""
    return [duty for duty in case.duties if duty.kind == kind][-1]


def told(case: Case, what: str) -> list[str]:
    """Return who was told of the acts ``what``, in order."""
    return [notice.person for notice in case.notices if notice.what == what]
