"""Customers of a campaign from a file: which columns, which rows, and the same file twice."""

import csv
import io
from datetime import date

import pytest
from campaign_support import HEADER, NAME, ROWS, called, next_no, took
from desks import Bench

from storage import campaigns as stored
from workbench.domain.errors import UsageError
from workbench.exchange import answers, contacts
from workbench.exchange.rejects import Rejects
from workbench.exchange.sniff import Sniffed, sniff
from workbench.setup import units


def kept(bench: Bench, campaign: int = 1):
    with bench.store.reading() as db:
        found = stored.contacts(db, bench.store.site_id, campaign, 1000)
    return sorted((c.no, c.customer, c.phone, c.site, c.unit, c.consent) for c in found)


def counts(found):
    return (found.read, found.added, found.updated, found.unchanged, found.rejected)


def test_every_row_becomes_a_contact_that_nobody_has_called(bench):
    assert counts(took(bench)) == (4, 4, 0, 0, 0)
    assert kept(bench) == [
        (1, "王芳", "13800138001", "金色家园", "3-501", True),
        (2, "李雷", "13800138002", "金色家园", "3-502", True),
        (3, "韩梅", "13800138003", "金色家园", "3-503", False),
        (4, "张三", "", "金色家园", "3-504", True),
    ]


def test_the_same_file_twice_adds_nothing_and_keeps_what_was_answered(bench):
    took(bench)
    called(bench, 1, reached="yes", csi="5")
    assert counts(took(bench)) == (4, 0, 0, 4, 0)
    assert next_no(bench) == 2


def test_a_longer_file_adds_only_who_is_new(bench):
    took(bench)
    assert counts(took(bench, *ROWS, "赵六,13800138009,金色家园,3-509,")) == (5, 1, 0, 4, 0)
    assert kept(bench)[-1][:2] == (5, "赵六")


def test_two_campaigns_have_contacts_of_their_own(bench):
    took(bench)
    assert counts(took(bench, name="满意度", kind="daily-living")) == (4, 4, 0, 0, 0)
    assert len(kept(bench, 2)) == 4


@pytest.mark.parametrize(
    ("first", "second", "people"),
    [
        ("王芳,13800138001,A,1-1,", "王小姐,+86 138-0013-8001,B,2-2,", 1),  # one phone is one person
        ("王芳,13800138001,A,1-1,", "王芳,13800138002,A,1-1,", 2),
        ("王芳,,A,1-1,", "王芳,,A,1-1,", 1),
        ("Wang Fang,,A,１-1,", "WANG  fang,,A,1-1,", 1),
        ("王芳,,A,1-1,", "王芳,,A,1-2,", 2),
        ("王芳,,A,1-1,", "王芳,,B,1-1,", 2),  # the same flat of two estates
        ("王芳,,A,1-1,", "李雷,,A,1-1,", 2),
    ],
)
def test_a_customer_is_known_again_by_the_phone_else_by_name_and_unit(bench, first, second, people):
    assert took(bench, first, second).added == people


@pytest.mark.parametrize(
    "header",
    [
        "姓名,手机号,项目,房间,同意回访",
        "客户,客户电话,楼盘,业主房号,是否同意",
        "customer,phone,site,unit,consent",
        "Name,Mobile,Project,Room,Consent",
        "Customer name,Telephone,Community,Unit,opt_in",
    ],
)
def test_headlines_are_known_in_chinese_and_english(bench, header):
    assert took(bench, "王芳,13800138001,金色家园,3-501,否", header=header).added == 1
    assert kept(bench) == [(1, "王芳", "13800138001", "金色家园", "3-501", False)]


def test_columns_may_stand_in_any_order_among_others(bench):
    took(bench, "x,3-501,否,13800138001,9,王芳", header="备注,房号,consent,电话,楼层,业主姓名")
    assert kept(bench) == [(1, "王芳", "13800138001", "", "3-501", False)]


def test_a_file_without_any_way_to_know_a_customer_is_refused(bench):
    with pytest.raises(UsageError, match=r"no column for the phone.*小区, 备注"):
        took(bench, "a,b", header="小区,备注")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_is_read_in_the_encoding_it_has(bench, encoding):
    took(bench, encoding=encoding)
    assert kept(bench)[0][1] == "王芳"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("王芳,1.38E+10,,,", "spoilt by a spreadsheet"),
        ("王芳,138****8001,A,1-1,", "masked"),
        ("王芳,无,A,1-1,", "is no phone"),
        ("王芳,110,A,1-1,", "is no phone"),
        ("王芳,,A,,", "neither a phone nor a name"),
        (",,A,1-1,是", "neither a phone nor a name"),
        ("王芳,13800138001,A,1-1,也许", "neither yes nor no"),
        ("王芳,13800138001,A,1-1", "4 cells instead of 5"),
        (f"{'王' * 2001},13800138001,A,1-1,", "longer than 2000"),
    ],
)
def test_a_row_that_cannot_be_taken_keeps_all_out_and_is_told_with_its_line(bench, row, said):
    found = took(bench, ROWS[0], row)
    assert counts(found) == (2, 0, 0, 0, 1)
    [(line, reason)] = found.faults
    assert line == 3
    assert said in str(reason)
    with bench.store.reading() as db:
        assert stored.every(db, bench.store.site_id) == []


def test_with_a_place_for_rejected_rows_the_others_are_taken(bench, tmp_path):
    path = tmp_path / "c.csv"
    path.write_text("\n".join([HEADER, ROWS[0], "王芳,无,A,1-1,", ROWS[1]]), "utf-8")
    file, out = sniff(path), io.BytesIO()
    job = contacts.Job(bench.desk(), file, NAME, "after-sale", None, Rejects(out, file.headers))
    assert counts(contacts.take(job)) == (3, 2, 0, 0, 1)
    assert "无 is no phone" in out.getvalue().decode("utf-8-sig")


def test_a_dry_run_counts_and_writes_nothing(bench):
    assert counts(took(bench, dry_run=True)) == (4, 4, 0, 0, 0)
    with bench.store.reading() as db:
        assert stored.every(db, bench.store.site_id) == []
    took(bench)
    assert counts(took(bench, "王芳,13800138001,,,否", dry_run=True)) == (1, 0, 1, 0, 0)
    assert kept(bench)[0][-1] is True


def test_a_later_file_takes_the_consent_back_and_gives_it_again(bench):
    took(bench, "王芳,13800138001,,,是")
    assert counts(took(bench, "王芳,13800138001,,,否")) == (1, 0, 1, 0, 0)
    assert next_no(bench) is None
    took(bench, "王芳,13800138001,,,是")
    assert next_no(bench) == 1


@pytest.mark.parametrize("rows", [("是", "否"), ("否", "是"), ("否", "")])
def test_who_refuses_in_one_row_of_a_file_has_refused(bench, rows):
    took(bench, *(f"王芳,13800138001,,,{consent}" for consent in rows))
    assert kept(bench)[0][-1] is False


def test_a_place_that_is_not_registered_is_refused_once_any_is(bench):
    units.add_site(bench.desk(), "金色家园")
    found = took(bench, ROWS[0], "王芳,13900139000,银色家园,1-1,")
    assert [(line, "registered site" in str(said)) for line, said in found.faults] == [(3, True)]


def test_a_file_longer_than_anybody_calls_is_refused(bench, monkeypatch):
    monkeypatch.setattr(contacts, "MOST_CONTACTS", 3)
    with pytest.raises(UsageError, match="more than 3 customers"):
        took(bench)


def test_answers_go_out_masked_and_harmless(bench, tmp_path):
    took(bench, "=1+1,13800138001,金色家园,3-501,", "李雷,13800138002,,,否", by=date(2026, 12, 1))
    called(bench, 1, reached="yes", csi="1", nps="0", text="@SUM(A1) 请回 13900139000", record_case=True)
    path = tmp_path / "answers.csv"
    assert answers.export(bench.desk(), NAME, path) == 2
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    first, second = csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))
    assert (first["customer"], first["phone"], first["csi"], first["nps"]) == (
        "'=1+1",
        "138****8001",
        "1",
        "0",
    )
    assert first["text"] == "'@SUM(A1) 请回 139****9000"
    assert (first["unhappy"], first["case"][:7], first["state"]) == ("true", "A261121", "reached")
    assert (second["consent"], second["reached"], second["called_at"]) == ("false", "", "")


def test_numbers_go_out_in_full_only_when_asked(bench, tmp_path):
    took(bench)
    answers.export(bench.desk(), NAME, tmp_path / "a.csv", unmask=True)
    assert "13800138001" in (tmp_path / "a.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("name", ["a.xlsx", "a", "a.jsonl"])
def test_answers_go_to_csv_only(bench, tmp_path, name):
    took(bench)
    with pytest.raises(UsageError, match=r"\.csv"):
        answers.export(bench.desk(), NAME, tmp_path / name)


def test_a_workbook_serves_as_well(bench, tmp_path):
    xlsxwriter = pytest.importorskip("xlsxwriter")
    book = xlsxwriter.Workbook(tmp_path / "c.xlsx")
    sheet = book.add_worksheet()
    for at, row in enumerate([HEADER, *ROWS]):
        sheet.write_row(at, 0, row.split(","))
    book.close()
    file: Sniffed = sniff(tmp_path / "c.xlsx")
    assert contacts.take(contacts.Job(bench.desk(), file, NAME, "after-sale")).added == 4


def test_a_list_below_a_title_with_a_row_of_totals_is_taken(bench, tmp_path):
    path = tmp_path / "titled.csv"
    path.write_text("\n".join(["金色家园业主名单,,,,", HEADER, *ROWS, "合计,4,,,"]), "utf-8")
    job = contacts.Job(bench.desk(), sniff(path), NAME, "after-sale")
    assert contacts.take(job).json()["added"] == 4
    assert job.counts.told() == ["Rows of totals, left out: 1 (line 7)."]
