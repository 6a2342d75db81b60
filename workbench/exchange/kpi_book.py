"""The indicators of a part of the house as a workbook: a row a month, real dates and numbers."""

from collections.abc import Mapping
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.desk import Desk
from workbench.domain.errors import UsageError
from workbench.exchange import files
from workbench.exchange.workbook_out import SETTINGS
from workbench.reports import kpi_page
from workbench.words import N_, _

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

OPTION = "--xlsx"
FORMATS = {"number": "0", "share": "0.0%", "mean": "0.00", "seconds": "0.0"}
WIDEST, MONTH_WIDE = 34, 12
HOUR = 3600
TOP = 3  # the row of the headings


def write(desk: Desk, path: Path, found: Mapping[str, Any]) -> None:
    """Write the indicators to ``path``: rates as shares in per cent, times as hours, months as dates.

    Raises:
        UsageError: the name does not end in .xlsx, it cannot be written, or the writer is not installed.
    """
    if path.suffix.lower() != ".xlsx":
        raise UsageError(N_("{file} must end in {endings}."), option=OPTION, file=path.name, endings=".xlsx")
    if find_spec("xlsxwriter") is None:
        raise UsageError(N_("writing workbooks needs one more package: pip install XlsxWriter"))
    from xlsxwriter import Workbook

    rules = desk.rules()
    with (
        files.whole(path, OPTION, keep_off=desk.store.path) as file,
        Workbook(file, SETTINGS | IN_MEMORY) as book,
    ):
        sheet = book.add_worksheet(_("Indicators"))
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        formats = {kind: book.add_format({"num_format": code}) for kind, code in FORMATS.items()}
        month = book.add_format({"num_format": "yyyy-mm"})
        sheet.write_string(0, 0, kpi_page.as_page(found, rules).title, bold)
        sheet.set_column(0, 0, MONTH_WIDE)
        sheet.write_string(TOP, 0, _("Month"), bold)
        for at, day in enumerate(found["months"], TOP + 1):
            sheet.write_datetime(at, 0, date.fromisoformat(day), month)
        sheet.write_string(TOP + 1 + len(found["months"]), 0, _("Goal"), bold)
        place = 1
        for each in found["indicators"]:
            place = _indicator(sheet, place, each, kpi_page.label(each["key"], rules), bold, formats)
        sheet.freeze_panes(TOP + 1, 1)


IN_MEMORY = {"constant_memory": False}  # columns are written one after another


def _indicator(
    sheet: "Worksheet", place: int, found: Mapping[str, Any], label: str, bold: "Format",
    formats: Mapping[str, "Format"],
) -> int:  # fmt: skip
    """Write an indicator, and beside it of how many it is; return the next free column."""
    kind = found["kind"]
    counted = any(value["n"] is not None for value in found["values"])
    sheet.write_string(
        TOP, place, _("{label}, hours").format(label=label) if kind == "seconds" else label, bold
    )
    if counted:
        sheet.write_string(TOP, place + 1, _("of"), bold)
    for at, value in enumerate(found["values"], TOP + 1):
        if value["value"] is not None:
            number = value["value"] / HOUR if kind == "seconds" else value["value"]
            sheet.write_number(at, place, number, formats[kind])
        if counted:
            sheet.write_number(at, place + 1, value["n"], formats["number"])
    if found["goal"] is not None:
        sheet.write_number(TOP + 1 + len(found["values"]), place, found["goal"], formats[kind])
    sheet.set_column(place, place, min(WIDEST, max(MONTH_WIDE, len(label))))
    return place + (2 if counted else 1)
