"""A campaign made from a file, as a person makes it."""

from datetime import date
from pathlib import Path

from desks import Bench

from workbench.exchange import contacts
from workbench.exchange.counts import Counts
from workbench.exchange.sniff import sniff
from workbench.setup import campaign_calls
from workbench.setup.campaign_calls import Called

NAME = "交付回访"
HEADER = "客户姓名,客户电话,小区,房号,同意"
ROWS = (
    "王芳,13800138001,金色家园,3-501,是",
    "李雷,13800138002,金色家园,3-502,",
    "韩梅,13800138003,金色家园,3-503,否",
    "张三,,金色家园,3-504,是",
)


def took(
    bench: Bench,
    *rows: str,
    header: str = HEADER,
    name: str = NAME,
    kind: str = "after-handover",
    by: date | None = None,
    dry_run: bool = False,
    encoding: str = "utf-8",
    person: str = "mei",
) -> Counts:
    """Take a file with ``rows`` into a campaign."""
    path = Path(bench.path.parent) / "customers.csv"
    path.write_text("\n".join([header, *(rows or ROWS)]) + "\n", encoding=encoding)
    return contacts.take(contacts.Job(bench.desk(person), sniff(path), name, kind, by, dry_run=dry_run))


def called(bench: Bench, no: int, *, person: str = "mei", name: str = NAME, **given: object) -> Called:
    """Write a call down."""
    return campaign_calls.call(bench.desk(person), name, no, given)


def next_no(bench: Bench, name: str = NAME) -> int | None:
    """Return whom the campaign offers now."""
    contact = campaign_calls.upcoming(bench.desk(), name)[1]
    return contact.no if contact else None
