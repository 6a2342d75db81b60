"""What is personal is masked wherever it comes out, and an id nowhere: each fact has a number of its own."""

import csv
import hashlib
import re
from itertools import count

import pytest

from workbench.domain import facts
from workbench.domain.fact import Kind, Privacy
from workbench.domain.text import mask_numbers, mask_phone

TYPED = ("text", "remedy_sought", "site", "unit", "customer")
PERSONAL = {name: f"138001380{place:02}" for place, name in enumerate((*TYPED, "outcome", "phone"))}
IDS = {
    name: f"159001590{place:02}"
    for place, name in enumerate(("external_id", "about", "first_asked", "handler"))
}
CLAIM = "13900139000.55"
LOOKS_LIKE_A_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def evidence():
    """A file whose digest has eleven digits in it that a phone might have."""
    for place in count():
        content = b"photograph %d" % place
        if LOOKS_LIKE_A_PHONE.search(digest := hashlib.sha256(content).hexdigest()):
            return content, digest
    raise AssertionError


@pytest.fixture
def case(wb, home):
    """A case with a phone in everything that somebody typed, ids like phones, and a digest like one."""
    words = [word for name in TYPED for word in (f"--{name.replace('_', '-')}", f"请打{PERSONAL[name]}")]
    words += ["--phone", PERSONAL["phone"], "--external-id", IDS["external_id"], "--about", IDS["about"]]
    number = wb("--json", "--as", IDS["first_asked"], "record", *words, "--claim", CLAIM).json["number"]
    content, digest = evidence()
    (home / "photo.txt").write_bytes(content)
    assert wb("attach", number, home / "photo.txt", "--kind", "photo").code == 0
    assert wb("--as", IDS["handler"], "take", number).code == 0
    assert wb("close", number, "--outcome", f"已告知{PERSONAL['outcome']}").code == 0
    return number, digest


def roads(wb, home, number, *more):
    """Every way on which a case leaves the store, as one text each."""
    for ending in ("csv", "jsonl"):
        assert wb("export", home / f"out.{ending}", *more).code == 0
        yield ending, (home / f"out.{ending}").read_text("utf-8-sig")
    columns = ",".join(facts.NAMES)
    for words in (
        ("show", number),
        ("list", "all", "--columns", columns),
        ("search", "请打", "--columns", columns),
    ):
        yield words[0], wb(*words).out
        yield f"{words[0]} --json", wb(*words, "--json").out


def test_the_facts_here_are_all_that_are_personal_and_all_that_are_ids():
    def named(privacy):
        return {
            name for name in facts.NAMES if facts.BY_NAME[name].privacy is privacy
            and facts.BY_NAME[name].kind not in (Kind.PARTS, Kind.CASE_NUMBER)
        }  # fmt: skip

    assert named(Privacy.PERSONAL) | named(Privacy.PHONE) == {*PERSONAL, "incident"}  # its site's building
    assert named(Privacy.ID) == {*IDS, "source"}  # a mapping gives it


def test_what_is_personal_is_masked_on_every_road(wb, home, case):
    for road, said in roads(wb, home, case[0]):
        assert [name for name, typed in PERSONAL.items() if typed in said] == [], road


def test_the_search_finds_what_is_not_masked(wb, home, case):
    """The control: the same question of files that were asked for in full."""
    for ending in ("csv", "jsonl"):
        wb("export", home / f"all.{ending}", "--unmask")
        said = (home / f"all.{ending}").read_text("utf-8-sig")
        assert [name for name, typed in PERSONAL.items() if typed not in said] == []


def test_no_id_and_no_sum_is_masked_on_any_road(wb, home, case):
    masked = {
        name: {mask_phone(typed), mask_numbers(typed)} for name, typed in {**IDS, "claim": CLAIM}.items()
    }
    assert all(typed not in masked[name] for name, typed in IDS.items())  # the masks would be seen
    for road, said in roads(wb, home, case[0]):
        found = [name for name, forms in masked.items() if any(form in said for form in forms - {CLAIM})]
        assert found == [], road


def test_ids_digests_and_sums_come_out_as_they_went_in(wb, home, case):
    number, digest = case
    shown = wb("show", number, "--json").json
    assert {name: shown[name] for name in (*IDS, "claim")} == {**IDS, "claim": CLAIM}
    assert shown["evidence"][0]["sha256"] == digest
    entries = {entry["act"]: entry for entry in shown["timeline"]}
    assert entries["attach"]["data"]["sha256"] == digest
    assert entries["take"]["by"] == entries["take"]["data"]["to"] == IDS["handler"]
    wb("export", home / "out.csv", "--raw")
    [row] = csv.DictReader((home / "out.csv").read_text("utf-8-sig").splitlines())
    in_table = {name: row[name] for name in ("external_id", "first_asked", "handler", "claim")}
    assert in_table == {name: {**IDS, "claim": CLAIM}[name] for name in in_table}


def analyses(wb, home):
    """Every further way: the pages, the analyses by themselves, the indicators, a sheet of audits."""
    yield "summary", wb("summary", "--date", "2026-11-21").out
    for what in ("clusters", "customers", "sites", "people", "trends", "flow", "value", "causes"):
        yield what, wb("analyze", what, "--csv", home / "rows.csv").out
        yield f"{what} --json", wb("analyze", what, "--json").out
        yield f"{what} --csv", (home / "rows.csv").read_text("utf-8-sig")
    site = f"请打{PERSONAL['site']}"
    yield "kpi", wb("kpi", "--site", site, "--html", home / "kpi.html").out
    yield "kpi --html", (home / "kpi.html").read_text("utf-8")
    assert wb("--as", "zhi", "audit", "sheet", home / "sheet.csv").code == 0
    yield "audit sheet", (home / "sheet.csv").read_text("utf-8-sig")


def test_what_is_personal_is_masked_in_every_analysis(wb, home, case):
    masked = mask_numbers(f"请打{PERSONAL['site']}")
    found = dict(analyses(wb, home))
    for road, said in found.items():
        assert [name for name, typed in PERSONAL.items() if typed in said] == [], road
    for road in ("sites", "sites --json", "sites --csv", "kpi", "kpi --html", "audit sheet"):
        assert masked in found[road], road
