"""Every road on which a digest or an id goes out shows it sign by sign."""

import json
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from workbench.actions import doing
from workbench.crash import described
from workbench.domain.errors import RefusedError
from workbench.domain.text import mask_numbers

PHONE = "13800138000"
MANY = 400  # one digest in thirty is altered by the mask: so many entries have one for certain


def is_altered(digest):
    return mask_numbers(digest) != digest


@pytest.fixture
def altered_file(tmp_path):
    """A file whose digest the mask would alter, and that digest."""
    for n in range(MANY):
        data = b"photo %d" % n
        if is_altered(sha256(data).hexdigest()):
            path = tmp_path / "photo.jpg"
            path.write_bytes(data)
            return path, sha256(data).hexdigest()
    raise AssertionError("the mask alters no digest any more")


def test_the_digest_of_evidence_is_whole_on_every_road(wb, recorded, altered_file, tmp_path):
    path, digest = altered_file
    attached = wb("--json", "attach", recorded, str(path), "--kind", "photo", "--text", f"回电 {PHONE}")
    out = tmp_path / "cases.jsonl"
    assert wb("export", str(out), "--columns", "all").code == 0
    roads = {
        "attach": attached.json,
        "show": wb("--json", "show", recorded).json,
        "list": wb("--json", "list", "all").json[0],
        "search": wb("--json", "search", "漏水").json[0],
        "export": json.loads(out.read_text(encoding="utf-8")),
    }
    for road, case in roads.items():
        assert [each["sha256"] for each in case["evidence"]] == [digest], road
        assert PHONE not in json.dumps(case, ensure_ascii=False), road
    [entry] = [each for each in roads["show"]["timeline"] if each["act"] == "attach"]
    assert entry["data"]["sha256"] == digest


@pytest.fixture
def altered_seal(wb, recorded, home):
    """The seal of a store, one that the mask would alter."""
    from storage import events
    from storage.store import Store
    from workbench.desk import Desk

    store = Store(home / "store.db")
    desk = Desk(store, "mei", lambda: datetime(2026, 11, 21, 4, tzinfo=UTC))
    for _ in range(MANY):
        doing.do(desk, "note", desk.find(recorded), {"text": "x"})
        with store.reading() as db:
            seal = events.seal_text(events.tail(db))
        if is_altered(seal):
            store.close()
            return seal
    raise AssertionError("the mask alters no seal any more")


def test_the_seal_is_whole_on_every_road(wb, altered_seal, tmp_path):
    pages = [tmp_path / "day.md", tmp_path / "day.html"]
    printed = wb("summary", "--markdown", str(pages[0]), "--html", str(pages[1])).out
    assert wb("--json", "summary").json["seal"] == altered_seal
    assert altered_seal in printed + wb("summary").out
    for page in pages:
        assert altered_seal in page.read_text(encoding="utf-8").replace("\\", "")
    assert altered_seal in wb("check").out
    assert wb("check", "--seal", altered_seal).code == 0
    backup = wb("--json", "backup", str(tmp_path / "copy.db"))  # it stands in the house log, and so is sealed
    assert backup.json["seal"] == wb("--json", "check").json["seal"] != altered_seal
    wrong = altered_seal.replace(":", ";")
    assert wrong[:40] in wb("check", "--seal", wrong).err


def test_an_external_id_is_whole_where_it_is_refused_and_text_beside_it_is_not(wb, altered_file):
    _, digest = altered_file
    given = ("record", "--text", f"请回电 {PHONE}", "--external-id", digest)
    assert wb(*given).code == 0
    twice = wb(*given)
    assert (twice.code, digest in twice.err) == (3, True)
    [case] = wb("--json", "list", "all").json
    assert case["external_id"] == digest
    assert PHONE not in case["text"]
    assert PHONE not in wb("list", "--where", f"people={PHONE}x").err


def test_ids_of_a_file_are_whole_in_what_an_import_says(wb, altered_file, tmp_path):
    _, digest = altered_file
    long = "2025091100012345"
    others = (f"2025091100012{n}" for n in range(100, 110))
    rows = [f"{row_id},2026-11-02 09:10,请回 {PHONE}" for row_id in (long, digest, digest, *others)]
    (tmp_path / "in.csv").write_text("\n".join(["编号,时间,内容", *rows, ""]), encoding="utf-8")
    told = wb("import", str(tmp_path / "in.csv")).err
    assert f"{digest} stands in 2 rows" in told
    assert f"  {long} | " in told
    assert PHONE not in told
    assert long in wb("import", str(tmp_path / "in.csv"), "--suggest").err


def test_a_report_of_a_crash_names_ids_whole_and_masks_the_rest():
    said = described(RefusedError("{id} {value}", id="2025091100012345", value=PHONE))
    assert "2025091100012345 138****8000" in said
    assert PHONE not in described(ValueError(PHONE))
