"""Early warnings as people and as programs read them."""

from collections.abc import Iterable
from typing import Any

from storage import surges, warning_rows
from storage.engine import Db
from storage.part import WHOLE, Part
from storage.queues import NO_LIMIT
from storage.surges import Wave
from storage.warning_rows import KINDS, SURGE, Warned
from workbench.desk import Desk
from workbench.domain import surge
from workbench.domain.policies import Rules, name_of
from workbench.domain.text import mask_numbers
from workbench.policy.page.words import duration
from workbench.words import N_, Said

RAREST = 1_000_000_000
PLANNED = "planned"
NAMED = 5  # cases that a sentence names
MOST = 20  # surges that are told one by one
SENTENCES = {
    "repeats": N_("{number} came back again; times in all: {n}."),
    "handoffs": N_("{number} was handed on; times in all: {n}."),
    "passed-around": N_("{number}: the customer is passed around; times in all: {n}."),
    "broken": N_("{number}: promises to the customer are broken; in all: {n}."),
    "silence": N_("{number}: the customer has heard nothing from us for {time}."),
    "insists": N_("{number}: the customer comes again and again while it is open; times in all: {n}."),
}
TOGETHER = {
    "repeats": N_("Early warning: {n} cases came back again: {numbers}"),
    "handoffs": N_("Early warning: {n} cases were handed on too often: {numbers}"),
    "passed-around": N_("Early warning: {n} cases are passed around: {numbers}"),
    "broken": N_("Early warning: {n} cases with broken promises: {numbers}"),
    "silence": N_("Early warning: {n} cases on which the customer has heard nothing for long: {numbers}"),
    "insists": N_("Early warning: {n} open cases on which the customer comes again and again: {numbers}"),
}
RISING = N_(
    "{site}, {category}: {count} cases in {days} days; {before} in the {spans} spans of {days} days before."
    " By chance that is one time in {rarely}."
)


def sentence(warned: Warned, rules: Rules) -> Said:
    """Return a warning in words; the site is as somebody typed it, numbers in it are masked."""
    if warned.kind == SURGE:
        return _rising(warned, rules)
    n = int(warned.fact)
    return Said(SENTENCES[warned.kind], number=warned.case_number, n=n, time=duration(n))


def _rising(warned: Warned, rules: Rules) -> Said:
    found = surge.unpacked(warned.fact)
    rarely = RAREST if found.chance * RAREST <= 1 else int(float(f"{1 / found.chance:.2g}"))
    return Said(
        RISING, site=mask_numbers(warned.site), category=name_of(rules.policy.categories, warned.category),
        count=found.count, days=found.days, before=found.before, spans=found.spans, rarely=f"{rarely:,}",
    )  # fmt: skip


def as_json(warned: Warned) -> dict[str, Any]:
    """Return a warning in the shape of ``--json``."""
    return {
        "warning": warned.number, "kind": warned.kind, "number": warned.case_number,
        "site": mask_numbers(warned.site),
        "category": warned.category, "fact": _fact(warned), "at": warned.at, "over": bool(warned.over),
        "state": warned.state, "decided_at": warned.decided_at, "decided_by": warned.decided_by,
        "reason": None if warned.reason is None else mask_numbers(warned.reason), "planned": warned.wave,
        "owner": warned.owner, "due_at": warned.due_at, "answered_at": warned.answered_at,
        "answer": None if warned.answer is None else mask_numbers(warned.answer),
    }  # fmt: skip


def _fact(warned: Warned) -> dict[str, Any]:
    if warned.kind == SURGE:
        found = surge.unpacked(warned.fact)
        return {name: getattr(found, name) for name in found.__struct_fields__}
    return {"seconds" if warned.kind == "silence" else "count": int(warned.fact)}


def wave_as_json(wave: Wave, within: Iterable[Warned]) -> dict[str, Any]:
    """Return a planned wave in the shape of ``--json``, with the surges that lie in it."""
    return {
        "wave": wave.number, "site": mask_numbers(wave.site), "category": wave.category or None,
        "from": wave.since, "until": wave.until, "reason": mask_numbers(wave.reason),
        "at": wave.at, "by": wave.by, "warnings": [as_json(each) for each in within],
    }  # fmt: skip


def planned(db: Db, site_id: int) -> list[tuple[Wave, list[Warned]]]:
    """Return the planned waves, each with the surges that lie in it, decided ones too."""
    found = warning_rows.in_waves(db, site_id)
    return [
        (wave, [each for each in found if each.wave == wave.number]) for wave in surges.waves(db, site_id)
    ]


def waiting(db: Db, site_id: int, most: int = NO_LIMIT) -> list[Warned]:
    """Return the warnings that wait for a decision, the newest first.

    Planned surges do not, nor what has outlived its cause. No more than ``most`` of each kind are read.
    """
    found = [each for kind in KINDS for each in warning_rows.waiting(db, site_id, kind, most)]
    return sorted((each for each in found if each.wave is None), key=lambda each: each.at, reverse=True)


def figures_of(desk: Desk, db: Db, part: Part = WHOLE) -> tuple[dict[str, int], list[Said]]:
    """Return the counts of the warnings of ``part`` that wait, and what the summary says about them.

    Surges in a planned wave are counted apart and not told.
    """
    site_id, rules = desk.store.site_id, desk.rules_in(db)
    surging = warning_rows.waiting(db, site_id, SURGE, part=part)
    rising = [each for each in surging if each.wave is None]
    by_kind = warning_rows.counts(db, site_id, part) | {
        SURGE: len(rising),
        PLANNED: len(surging) - len(rising),
    }
    said = [sentence(each, rules) for each in rising[:MOST]]
    if len(rising) > MOST:
        said.append(Said(N_("{n} more surges; see: workbench warning list"), n=len(rising) - MOST))
    for kind, template in TOGETHER.items():
        cases = [each.case_number or "" for each in warning_rows.waiting(db, site_id, kind, NAMED, part)]
        if cases:
            more = ", …" if by_kind[kind] > NAMED else ""
            said.append(Said(template, n=by_kind[kind], numbers=", ".join(cases) + more))
    return {kind: by_kind.get(kind, 0) for kind in (*KINDS, PLANNED)}, said
