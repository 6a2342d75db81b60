"""Accounts of the people complained about on a merged case: they count on the case that goes on.

The verdict is given there, and waits for everybody of whom either complains (S4).
"""

from collections.abc import Iterable

from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.case_parts import Account
from workbench.domain.cases import Case
from workbench.rules import other_cases


def pass_on(desk: Desk, db: Db, part: Case, head: int, given: Iterable[Account]) -> None:
    """Write what was said on ``part`` on the case with the key ``head`` as well."""
    about = {"case_id": part.case_id, "from": part.number}
    for each in given:
        said = {"of": each.person, "text": each.text}
        other_cases.write(desk, db, head, acts.ACCOUNT.id, said | about)
