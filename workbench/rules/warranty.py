"""Whether the home is inside its warranty, and until when: a fact of a repair (S3)."""

from datetime import date
from typing import Any

from workbench.domain import times
from workbench.domain.errors import UsageError
from workbench.rules.request import Asked, option
from workbench.words import N_

YES_NO = (("yes", N_("Yes")), ("no", N_("No")))


def given(asked: Asked) -> dict[str, Any]:
    """Return what was typed about the warranty; the last day alone says whether the home was inside it.

    It counts on the day of receipt, in the policy's zone.

    Raises:
        UsageError: no date, or a word that contradicts the date.
    """
    inside = asked.choice("within_warranty", [value for value, _ in YES_NO])
    until = _last_day(asked)
    if until is None:
        return {"within_warranty": inside == "yes"} if inside else {}
    by_date = until >= asked.case.received_at.astimezone(asked.rules.zone).date()
    if inside and (inside == "yes") != by_date:
        raise UsageError(
            N_("That contradicts the date {until}."),
            option=option("within_warranty"),
            until=until.isoformat(),
        )
    return {"warranty_until": until.isoformat(), "within_warranty": by_date}


def _last_day(asked: Asked) -> date | None:
    typed = asked.text("warranty_until").strip()
    if not typed:
        return None
    zone = asked.rules.zone
    return times.parse_date(typed, now=asked.at, zone=zone, option=option("warranty_until"))
