"""Files as evidence, and proposals of a penalty."""

import hashlib
import os

import pytest
from organisation_support import furnished

from workbench.domain.errors import RefusedError, UsageError


def attached(bench, path, **given):
    case = bench.act(bench.record(), "attach", file=str(path), **{"kind": "photo"} | given)
    return case.evidence[0]


@pytest.mark.parametrize("kind", ["signature", "note", "photo", "recording"])
def test_a_file_is_put_on_record_and_stays_where_it_is(bench, tmp_path, kind):
    path = tmp_path / "现场照片.jpg"
    path.write_bytes(b"\xff\xd8water")
    found = attached(bench, path, kind=kind, text="厨房天花")
    assert (found.id, found.name, found.kind, found.size, found.text) == (
        1,
        "现场照片.jpg",
        kind,
        7,
        "厨房天花",
    )
    assert found.sha256 == hashlib.sha256(b"\xff\xd8water").hexdigest()
    assert path.read_bytes() == b"\xff\xd8water"


def test_an_empty_file_is_a_file(bench, tmp_path):
    (tmp_path / "x").touch()
    assert attached(bench, tmp_path / "x").size == 0


def test_a_file_is_read_piece_by_piece(bench, tmp_path):
    import tracemalloc

    size = 64 << 20
    with (tmp_path / "big").open("wb") as file:
        file.truncate(size)
    case = bench.record()
    tracemalloc.start()
    bench.act(case, "attach", file=str(tmp_path / "big"), kind="recording")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < size / 8


def test_others_write_while_a_file_is_read(bench, tmp_path, monkeypatch):
    from workbench.actions import attach

    case = bench.record()
    (tmp_path / "x").write_bytes(b"x")
    opened = attach._unblocked

    def slow(path, flags):
        bench.act(case, "note", "bo", text="我也在写")
        return opened(path, flags)

    monkeypatch.setattr(attach, "_unblocked", slow)
    after = bench.act(case, "attach", file=str(tmp_path / "x"), kind="photo")
    assert [e.act for e in bench.desk().timeline(after.case_id)] == ["record", "note", "attach"]


NAMES = ["a\x1b[31mred.jpg", "a\u202egpj.exe", "a\nb.jpg", "x" * 200, "--help", "[bold]a.jpg", " .jpg"]


@pytest.mark.parametrize("name", NAMES, ids=[repr(name)[:12] for name in NAMES])
def test_hostile_names_are_kept_as_they_are_and_shown_harmless(bench, tmp_path, name):
    from workbench.wording import entries, names

    (tmp_path / name).write_bytes(b"x")
    case = bench.act(bench.record(), "attach", file=str(tmp_path / name), kind="photo")
    assert case.evidence[0].name == name
    event = bench.desk().timeline(case.case_id)[-1]
    shown = entries.beyond_words(event, names.Names(bench.desk().rules().policy))
    assert not set(shown) & {"\x1b", "\u202e", "\n"}


def test_a_name_that_is_no_text_is_mended(bench, tmp_path):
    raw = os.fsencode(tmp_path) + b"/\xff.jpg"
    with open(raw, "wb"):
        pass
    assert attached(bench, os.fsdecode(raw)).name == "\ufffd.jpg"


def test_what_cannot_be_read_is_wrong_usage(bench, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    case = bench.record()
    for path in ("", tmp_path, tmp_path / "missing", tmp_path / "pipe", "/dev/zero", tmp_path / "loop", "a\0b",
                 "x" * 5000, tmp_path / "missing/x"):  # fmt: skip
        with pytest.raises(UsageError) as why:
            bench.act(case, "attach", file=str(path), kind="photo")
        assert why.value.option == "--file", path
    assert bench.now(case).version == 1


@pytest.mark.parametrize("kind", ["", "film"])
def test_evidence_is_of_a_known_kind(bench, tmp_path, kind):
    (tmp_path / "x").touch()
    with pytest.raises(UsageError, match="--kind"):
        attached(bench, tmp_path / "x", kind=kind)


# ---------------------------------------------------------------- penalty


def test_a_penalty_is_proposed_and_the_manager_is_told(bench):
    house = furnished(bench)
    case = house.record(site="金色家园")
    case = house.act(case, "penalty", "jin", on="mei", text="未回访，建议扣分")
    assert [(notice.person, notice.what) for notice in case.notices] == [("shen", "penalty")]
    assert house.desk().timeline(case.case_id)[-1].data["on"] == "mei"


def test_only_those_whose_role_allows_it_propose_a_penalty(bench):
    house = furnished(bench)
    with pytest.raises(RefusedError, match="it is for"):
        house.act(house.record(site="金色家园"), "penalty", "mei", on="bo", text="x")


@pytest.mark.parametrize(("given", "option"), [({"text": "x"}, "--on"), ({"on": "wang"}, "--text")])
def test_a_penalty_says_on_whom_and_why(bench, given, option):
    case = bench.record()
    with pytest.raises(UsageError) as why:
        bench.act(case, "penalty", **given)
    assert why.value.option == option
