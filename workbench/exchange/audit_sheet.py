"""The score sheet of an audit as CSV: out with a row a case and a column a question, and in again.

A column is known by what stands in brackets at the end of its headline, in whatever language it was written.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from storage.engine import Db
from workbench import actions
from workbench.actions import doing
from workbench.desk import Desk
from workbench.domain import acts, masks, values
from workbench.domain.cases import Case
from workbench.domain.errors import NotFoundError, RefusedError, UsageError, WorkbenchError
from workbench.domain.policies import name_of
from workbench.exchange import files, limits
from workbench.exchange.counts import Counts
from workbench.exchange.export import OPTION
from workbench.exchange.forms import plain_csv
from workbench.exchange.shields import shielded, unshielded
from workbench.exchange.sniff import Sniffed
from workbench.rules import auditors, permissions
from workbench.rules.request import Asked
from workbench.words import N_, Said, _

NUMBER, SAID = "number", ("text", "owner", "due")
LABELS = {"text": N_("What was found"), "owner": N_("Who sees to it"), "due": N_("By when")}
TAKEN = N_("{file} is there already: take its answers in with --import, or name another file.")
_KEY = re.compile(r"\(([\w-]+)\)\s*$")


def write(desk: Desk, path: Path, cases: Sequence[Case]) -> int:
    """Write a sheet for ``cases`` and return how many; yes, no or nothing goes under each question.

    Raises:
        UsageError: the name does not end in .csv, or the file is there or cannot be written.
    """
    if path.suffix.lower() != ".csv":
        raise UsageError(N_("{file} must end in {endings}."), option=OPTION, file=path.name, endings=".csv")
    if path.exists():  # somebody may have filled it, and --import is soon forgotten
        raise UsageError(TAKEN, option=OPTION, file=path.name)
    questions = auditors.questions(desk)
    heads = [_("Number (number)"), _("Site"), _("Category"), _("Outcome")]
    heads += [f"{each.asks} ({each.id})" for each in questions.values()]
    heads += [f"{_(label)} ({key})" for key, label in LABELS.items()]
    blank = [""] * (len(questions) + len(LABELS))
    rows = [[*_cells(desk, case), *blank] for case in cases]
    with files.whole(path, OPTION, keep_off=desk.store.path) as file:
        return plain_csv(file, heads, [list(zip(*rows, strict=True))] if rows else [])


def _cells(desk: Desk, case: Case) -> list[str]:
    category = name_of(desk.rules(case.policy).policy.categories, case.category)
    site, outcome = masks.of(case, "site"), masks.of(case, "outcome")
    return [shielded(text) for text in (case.number, site, category, outcome)]


def take(desk: Desk, file: Sniffed) -> Counts:
    """Take the answers of a sheet, all rows or none; rows without an answer are left out.

    What stands on the case already, answer by answer and by the same person, counts as unchanged.

    Raises:
        UsageError: the file has no column for the number, or none for a question.
        StoreError: the store cannot serve; nothing was changed.
    """
    questions = auditors.questions(desk)
    places = _places(file, (NUMBER, *questions, *SAID))
    if NUMBER not in places or not any(each in places for each in questions):
        raise UsageError(
            N_("{file} is no score sheet: it needs a column (number) and one for a question."),
            option=limits.FILE, file=file.path.name,
        )  # fmt: skip
    counts, taken = Counts(), dict[int, dict[str, Any]]()
    with desk.store.reading() as db:
        for record in file.records():
            counts.read += 1
            row = {name: unshielded(record.cells[at].strip()) for name, at in places.items()}
            try:
                key, given = desk.find_in(db, row[NUMBER]), _answers(row, questions)
                if not given or _stands(desk, db, key, given):
                    counts.unchanged += 1
                    continue
                _ensure_can(desk, db, key, given)
                taken[key] = given
            except (UsageError, RefusedError, NotFoundError) as why:
                counts.fault(record.line, _in_column(why))
    if not counts.rejected and taken:
        doing.do_on_each(desk, acts.AUDIT.id, lambda _db: list(taken), {}, taken)
        counts.added = len(taken)
    return counts


def _in_column(why: WorkbenchError) -> Said:
    """Return what is wrong, and under which headline, where that is known."""
    if not isinstance(why, UsageError) or not why.option:
        return why.said
    return Said(N_("({column}) {reason}"), column=why.option.removeprefix("--"), reason=why.said)


def _places(file: Sniffed, known: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, head in enumerate(file.headers):
        key = _KEY.search(head)
        name = key[1] if key else head.strip()
        if name in known:
            found.setdefault(name, at)
    return found


def _answers(row: Mapping[str, str], questions: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row says, as somebody types it; nothing where no question is answered."""
    said = {each: values.yes_no(row[each], option=each) for each in questions if row.get(each)}
    if not said:
        return {}
    answers = {"met": [each for each, yes in said.items() if yes],
               "failed": [each for each, yes in said.items() if not yes]}  # fmt: skip
    return answers | {name: row[name] for name in SAID if row.get(name)}


def _stands(desk: Desk, db: Db, key: int, given: Mapping[str, Any]) -> bool:
    """Say whether the person has answered just so already."""
    _case, timeline = desk.stored_in(db, key)
    return any(
        event.act == acts.AUDIT.id and event.by == desk.person
        and [event.data["met"], event.data["failed"]] == [given["met"], given["failed"]]
        for event in timeline
    )  # fmt: skip


def _ensure_can(desk: Desk, db: Db, key: int, given: Mapping[str, Any]) -> None:
    """Raise what doing it would, without writing."""
    action, (case, timeline) = actions.of(acts.AUDIT.id), desk.stored_in(db, key)
    rules = desk.rules_in(db, case.policy)
    permissions.ensure_may_act(desk, db)
    if reason := permissions.refusal(desk, case, action, rules):
        raise RefusedError.because(reason)
    action.ensure_applies(case, given)
    action.plan(Asked(desk, db, case, given, desk.now(), rules, timeline))
