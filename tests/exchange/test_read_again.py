"""Files that the product writes for itself to read again say the same when they are read."""

import io
from pathlib import Path

import pytest
from campaign_support import HEADER as CONTACTS
from campaign_support import NAME
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import campaigns as stored
from tests.exchange.conftest import Importer
from workbench.exchange import contacts, importing
from workbench.exchange.counts import Counts
from workbench.exchange.rejects import Rejects
from workbench.exchange.sniff import sniff
from workbench.exchange.suggest import suggest
from workbench.exchange.table import Record
from workbench.words import Said

MAPPING = """
source = "u"
[times]
zone = "Asia/Shanghai"
[fields]
external_id = "id"
received_at = "at"
text = "text"
"""
BY_PLACE = MAPPING.replace('"id"', '"#1"').replace('"at"', '"#2"').replace('"text"\n', '"#3"\n')


def put_aside(importer: Importer, path: Path, mapping: str) -> Path:
    """Import ``path``; return its rejects."""
    job = importer.job(path, mapping)
    file = io.BytesIO()
    job.rejects = Rejects(file, job.file.headers)
    importing.run(job)
    job.rejects.done()
    rejects = path.with_name(f"{path.stem}-rejects.csv")
    rejects.write_bytes(file.getvalue())
    return rejects


def mended(path: Path) -> Path:
    path.write_bytes(path.read_bytes().replace(b"2026-13-02", b"2026-11-02"))
    return path


@pytest.mark.parametrize("mapping", [MAPPING, BY_PLACE])
@pytest.mark.parametrize("header", ["id,at,text", "id,at,text,reason,line"])
def test_rejects_that_were_mended_are_the_rows_that_the_source_has(
    importer: Importer, mapping: str, header: str
) -> None:
    more = ",why,7" if "reason" in header else ""
    rows = ("2025091100012345,2026-11-02 09:10,漏水", "2025091100012346,2026-13-02 09:10,=电梯坏")
    source = importer.write("in.csv", header, *(f"{row}{more}" for row in rows))
    rejects = mended(put_aside(importer, source, mapping))
    assert importer.run(rejects, mapping).added == 1
    assert importer.run(mended(source), mapping).json() == {
        "read": 2, "added": 0, "updated": 0, "unchanged": 2, "rejected": 0
    }  # fmt: skip
    assert importer.all("SELECT external_id, text FROM cases ORDER BY 1") == [
        ("2025091100012345", "漏水"), ("2025091100012346", "=电梯坏")
    ]  # fmt: skip


def test_rejects_of_rejects_do_not_grow(importer: Importer) -> None:
    source = importer.write("in.csv", "id,at,text", "1,2026-13-02 09:10,x")
    first = put_aside(importer, source, MAPPING)
    again = put_aside(importer, first, MAPPING)
    assert sniff(again).headers == sniff(first).headers == ("id", "at", "text")
    assert again.read_bytes() == first.read_bytes()


def test_the_guess_never_takes_the_reason_for_the_words_of_the_customer(importer: Importer) -> None:
    source = importer.write("in.csv", "编号,受理时间,说法", "1,2026-13-02 09:10,漏水")
    rejects = put_aside(importer, source, 'source = "u"\n[fields]\nexternal_id = "编号"\n'
                                          'received_at = "受理时间"\ntext = "说法"\n')  # fmt: skip
    assert 'text = "说法"' in suggest(sniff(mended(rejects)), "u", "Asia/Shanghai", {})


CELLS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=3, max_size=3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(CELLS, min_size=1, max_size=4))
def test_every_cell_of_a_reject_comes_back_sign_by_sign(tmp_path: Path, rows: list[list[str]]) -> None:
    file = io.BytesIO()
    rejects = Rejects(file, ["a", "b", "c"])
    for number, cells in enumerate(rows, 2):
        rejects.add(Record(number, cells), Said("=odd"))
    rejects.done()
    path = tmp_path / "rejects.csv"
    path.write_bytes(file.getvalue())
    assert [record.cells for record in sniff(path).records()] == rows


def test_a_short_row_is_as_short_when_it_is_read_again(importer: Importer) -> None:
    rejects = put_aside(importer, importer.write("in.csv", "id,at,text", "1,2"), MAPPING)
    [record] = sniff(rejects).records()
    assert record.cells == ["1", "2"]
    assert importer.run(rejects, MAPPING).rejected == 1


def taken_contacts(importer: Importer, path: Path, rejects: Rejects | None = None) -> Counts:
    desk = importer.bench.desk("sun")
    return contacts.take(contacts.Job(desk, sniff(path), NAME, "daily-living", rejects=rejects))


def test_rejects_of_a_campaign_that_were_mended_are_its_customers(importer: Importer) -> None:
    source = importer.write("c.csv", CONTACTS, "+王芳,abc,金色家园,'3-501,yes")
    file = io.BytesIO()
    aside = Rejects(file, sniff(source).headers)
    assert taken_contacts(importer, source, aside).rejected == 1
    aside.done()
    rejects = importer.folder / "rejects.csv"
    for path, data in ((rejects, file.getvalue()), (source, source.read_bytes())):
        path.write_bytes(data.replace(b"abc", b"+86 13800138000"))
    assert taken_contacts(importer, rejects).added == 1
    assert taken_contacts(importer, source).unchanged == 1
    with importer.bench.store.reading() as db:
        [kept] = stored.contacts(db, importer.bench.store.site_id, 1, 10)
    assert (kept.customer, kept.phone, kept.unit) == ("+王芳", "+86 13800138000", "'3-501")


@pytest.mark.parametrize("cell", ["'2025091100012345", "'+86 13800138000", "'=1"])
def test_an_id_with_the_apostrophe_of_an_export_is_refused_and_not_taken_for_another(
    importer: Importer, cell: str
) -> None:
    counts = importer.run(importer.write("e.csv", "id,at,text", f"{cell},2026-11-02 09:10,x"), MAPPING)
    assert counts.rejected == 1
    assert "apostrophe" in str(counts.faults[0][1])
    assert importer.run(
        importer.write("e.csv", "id,at,text", f"{cell[1:]},2026-11-02 09:10,x"), MAPPING
    ).added


def test_an_export_as_it_is_comes_back_as_the_same_cases(importer: Importer) -> None:
    from workbench.exchange.export import Wish, export

    source = importer.write("in.csv", "id,at,text", "2025091100012345,2026-11-02 09:10,=电梯坏")
    importer.run(source, MAPPING)
    keys = [key for (key,) in importer.all("SELECT case_id FROM cases")]
    out = importer.folder / "out.csv"
    export(importer.bench.desk(), out, Wish(keys, ("external_id", "received_at", "text"), raw=True))
    back = MAPPING.replace('"id"', '"external_id"').replace('"at"', '"received_at"')
    assert importer.run(out, back).json() == {
        "read": 1, "added": 0, "updated": 0, "unchanged": 1, "rejected": 0
    }  # fmt: skip


def test_two_spellings_of_a_value_with_two_meanings_are_a_fault_of_the_mapping(importer: Importer) -> None:
    from workbench.exchange.mapping_file import MappingFaultsError

    path = importer.write("in.csv", "id,at,text,way", "1,2026-11-02 09:10,x,call")
    table = '[values.channel]\n"Call" = "phone"\n" call" = "visit"\n'
    with pytest.raises(MappingFaultsError, match="twice"):
        importer.run(path, MAPPING + 'channel = "way"\n' + table)
    assert importer.run(path, MAPPING + 'channel = "way"\n' + table.replace("visit", "phone")).added == 1
