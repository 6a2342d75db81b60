"""What belongs to a day whose page was kept: taking it back is a correction that people will read about."""

from datetime import date

from storage import nights
from workbench.domain.cases import Event
from workbench.domain.history import when
from workbench.rules.request import Asked


def behind(asked: Asked, event: Event) -> date | None:
    """Return the day of ``event`` (in the policy's zone) if it is over and its summary was kept, or None."""
    zone = asked.desk.rules_in(asked.db).zone
    day = when(event).astimezone(zone).date()
    if day >= asked.at.astimezone(zone).date():
        return None
    return day if nights.of_day(asked.db, asked.desk.store.site_id, day.isoformat()) else None
