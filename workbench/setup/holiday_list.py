"""Reading a list of public days in the form of holiday-cn: one JSON file a year.

Source: the schema of github.com/NateScarlet/holiday-cn; ``isOffDay`` false is a weekend day that is worked.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from workbench.domain import system
from workbench.domain.errors import InputFaultsError, UsageError
from workbench.domain.text import door
from workbench.words import N_

LARGEST = 1_000_000  # bytes; a year has about 4,000
MOST_DAYS = 366
LONGEST_NAME = 100


def read(file: Path) -> list[tuple[date, bool, str]]:
    """Return (day, is it worked, name) of a list.

    Raises:
        UsageError: it cannot be read, or is not such a list; the entry at fault is named.
        InputFaultsError: a day stands in it several times.
    """
    try:
        with system.open_file(file) as opened:
            content = opened.read(LARGEST + 1)
    except OSError as why:
        raise UsageError(N_("{file} cannot be read: {why}."), file=file, why=system.reason(why)) from None
    if len(content) > LARGEST:
        raise _not_a_list(file)
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _not_a_list(file) from None
    days = document.get("days") if isinstance(document, dict) else None
    if not isinstance(days, list) or not 0 < len(days) <= MOST_DAYS:
        raise _not_a_list(file)
    found = [_day(file, place, entry) for place, entry in enumerate(days, 1)]
    _ensure_once(file, [day for day, *_ in found])
    return found


def _ensure_once(file: Path, days: list[date]) -> None:
    """Refuse a day that has several entries: nobody can tell which one holds."""
    for day in days:
        places = [str(place) for place, each in enumerate(days, 1) if each == day]
        if len(places) > 1:
            raise InputFaultsError(
                N_("{file}: {day} stands in it {n} times, entries {places}; nothing was written."),
                file=file, day=day.isoformat(), n=len(places), places=", ".join(places),
            )  # fmt: skip


def _day(file: Path, place: int, entry: Any) -> tuple[date, bool, str]:
    match entry:
        case {"name": str(name), "date": str(text), "isOffDay": bool(off)} if len(name) <= LONGEST_NAME:
            try:
                day = date.fromisoformat(text)
            except ValueError:
                day = None
            if day and day.isoformat() == text:
                return day, not off, door(name).strip()
    raise UsageError(
        N_("{file}: entry {place} of its days is not like this:"
           " {{\"name\": \"…\", \"date\": \"2026-10-01\", \"isOffDay\": true}}."),
        file=file, place=place,
    )  # fmt: skip


def _not_a_list(file: Path) -> UsageError:
    template = N_("{file} is not a list of holidays like those of holiday-cn (JSON with days).")
    return UsageError(template, file=file)
