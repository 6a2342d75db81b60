"""The times of a file: by the formats that its mapping names, in its zone, or refused with the reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from workbench.exchange.readers import RowFaultError
from workbench.exchange.time_formats import Format
from workbench.words import N_, Said

FIRST_YEAR = 1900
EXCEL_FIRST_YEAR = 2000
EXCEL_EPOCH = datetime(1899, 12, 30)
FALSE_LEAP_DAY = 60
DAY_END = timedelta(days=1)

_SERIAL = re.compile(r"[0-9]{1,6}(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Times:
    """How the times of one file are read.

    Attributes:
        formats: Tried in order.
        zones: What a time without an offset is local to. Usually one; a second one takes the offset
            off again, for sources that took it off twice when they wrote the file.
        excel_dates: Whether a bare number is a day count of a spreadsheet.
    """

    formats: Sequence[Format]
    zones: Sequence[tzinfo]
    excel_dates: bool
    now: datetime

    def read(self, text: str, *, end: bool = False, fold: int = 0) -> datetime:
        """Return ``text`` in UTC; with ``end``, a date without a time means the end of its day.

        An hour that a clock strikes twice is the first one; with ``fold`` 1 the second.

        Raises:
            RowFaultError: no format fits, or the moment is not to be believed.
        """
        text = text.strip()
        for form in self.formats:
            moment = form.parse(text)
            if moment is not None:
                return self.placed(moment + DAY_END if end and form.bare else moment, fold)
        if _SERIAL.fullmatch(text):
            return self.placed(self.from_serial(text))
        raise RowFaultError(
            Said(
                N_("{value} is no time; expected {formats}"),
                value=text[:40],
                formats=" / ".join(form.written for form in self.formats),
            )
        )

    def placed(self, moment: datetime, fold: int = 0) -> datetime:
        """Return ``moment`` in UTC.

        Raises:
            RowFaultError: it lies before 1900.
        """
        if moment.year < FIRST_YEAR or moment.year > 9990:
            raise RowFaultError(Said(N_("the year {year} is not to be believed"), year=moment.year))
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
        for zone in self.zones:
            moment = moment.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        return moment

    def from_serial(self, text: str) -> datetime:
        """Return the local time of a spreadsheet's day count (1900 calendar).

        Raises:
            RowFaultError: day counts are not allowed, or this one cannot be meant.
        """
        if not self.excel_dates:
            raise RowFaultError(
                Said(
                    N_("{value} may be a spreadsheet's day count; if so, set excel_dates = true"), value=text
                )
            )
        serial = float(text)
        if int(serial) == FALSE_LEAP_DAY:
            raise RowFaultError(Said(N_("day count 60 is 29 February 1900, which never was")))
        seconds = round((serial % 1) * 86400)
        moment = EXCEL_EPOCH + timedelta(days=int(serial), seconds=seconds)
        if moment.year < EXCEL_FIRST_YEAR or moment > self.now.replace(tzinfo=None) + timedelta(days=1):
            raise RowFaultError(
                Said(N_("day count {value} would be {date}"), value=text, date=f"{moment:%Y-%m-%d}")
            )
        return moment
