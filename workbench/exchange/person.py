"""Everything that is known of one person, as one JSON document. Source: PIPL article 45 (to see, to copy)."""

import json
import sys
from pathlib import Path
from typing import Any

from storage import events, lookup, persons
from storage.engine import Db
from workbench.desk import Desk
from workbench.domain.house import PERSON_EXPORT
from workbench.domain.rights import PERSON
from workbench.exchange import files
from workbench.reports import case_json
from workbench.rules import rights
from workbench.setup.house_log import write_down
from workbench.setup.persons import key_of, known

STDOUT = "-"


def export(desk: Desk, phone: str, file: str) -> dict[str, Any]:
    """Write all cases of a phone and what campaigns know of it to ``file``; ``-`` prints it.

    It stands in the house log before anything leaves.

    Returns:
        How much it was: ``cases``, ``mentioned`` (cases of others that name the phone), ``contacts``.

    Raises:
        UsageError: no phone, or the file cannot be written.
        RefusedError: the person at the desk has no right to.
    """
    key = key_of(phone)
    with desk.store.reading() as db:
        rights.ensure(desk, db, PERSON)
        found = _document(desk, db, key)
    counts = {name: len(found[name]) for name in ("cases", "mentioned", "contacts")}
    text = json.dumps(found, ensure_ascii=False, indent=2)
    write_down(desk, PERSON_EXPORT, {"file": Path(file).name, **counts})
    if file == STDOUT:
        sys.stdout.write(f"{text}\n")
        return counts
    with files.whole(Path(file), "FILE", keep_off=desk.store.path) as target:
        target.write(text.encode())
    return counts


def _document(desk: Desk, db: Db, key: str) -> dict[str, Any]:
    site_id, own = desk.store.site_id, persons.cases_of(db, desk.store.site_id, key)
    mine = {each.key for each in own}
    told = [case_id for case_id in persons.mentions(db, site_id, key) if case_id not in mine]
    cases = [_case(desk, db, each.key) for each in own]
    mentioned = [lookup.number(db, case_id) for case_id in told]
    return {"phone": key, "cases": cases, "mentioned": mentioned, **known(db, site_id, key)}


def _case(desk: Desk, db: Db, case_id: int) -> dict[str, Any]:
    timeline = events.of_case(db, desk.store.site_id, case_id)
    case = desk.case_in(db, case_id)
    return case_json.as_json(case, timeline, desk.now(), desk.rules_in(db, case.policy), unmask=True)
