"""``import`` on the command line: what arrives by itself, and what is said of it."""

import gzip
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.exchange.letter_support import eml, letter, mbox

FIELDS = '[times]\nformats = "iso"\n[fields]\nexternal_id = "id"\nreceived_at = "at"\ntext = "text"\n'
CLOSING = '[closing]\nat = "closed"\n'
KEYS = ["read", "added", "updated", "unchanged", "rejected"]


def written(home: Path, name: str, text: str) -> Path:
    path = home / name
    path.write_text(text, "utf-8")
    return path


def test_a_row_out_of_order_ends_with_6_and_with_the_option_with_0(wb: Run, home: Path) -> None:
    file = written(home, "f.csv", "id,at,text,closed\n1,2026-06-02 09:00,leak,2026-06-01 09:00\n")
    mapping = written(home, "m.toml", f'source = "s"\n{FIELDS}{CLOSING}')
    refused = wb("import", file, "--mapping", mapping)
    assert (refused.code, refused.out) == (6, "1 rows: 0 added, 0 updated, 0 unchanged, 1 rejected.\n")
    assert "line 2: closed: 2026-06-01 09:00 lies before the receipt; --accept-order takes" in refused.err
    taken = wb("--json", "import", file, "--mapping", mapping, "--accept-order")
    assert (taken.code, list(taken.json), taken.json["added"]) == (0, KEYS, 1)
    assert "taken as they stand: 1 rows (line 2)." in taken.err


def test_a_mapping_says_where_the_table_begins(wb: Run, home: Path) -> None:
    file = written(home, "f.csv", "x,y,z\nid,at,text\n1,2026-06-02 09:00,leak\n")
    mapping = written(home, "m.toml", f'source = "s"\nheader_row = 2\n{FIELDS}')
    assert wb("import", file, "--mapping", mapping).code == 0


def test_what_is_suggested_below_a_title_imports(wb: Run, home: Path) -> None:
    file = written(
        home, "f.csv", "六月报修登记表,,\n工单编号,报修时间,报修内容\nW1,2026-06-02 09:00,漏水\n合计,1,\n"
    )
    mapping = written(home, "m.toml", wb("import", file, "--suggest").out)
    done = wb("import", file, "--mapping", mapping)
    assert (done.code, done.out) == (0, "1 rows: 1 added, 0 updated, 0 unchanged, 0 rejected.\n")
    assert "the headline is row 2" in done.err
    assert "Rows of totals, left out: 1 (line 4)." in done.err


def test_a_history_is_told_by_rows_and_cases(wb: Run, home: Path) -> None:
    file = written(home, "log.csv", "case,time,state,who\na,2026-06-02 09:00,Opened,Li\n"
                   "a,2026-06-02 10:00,Assigned,Li\nb,2026-06-02 09:30,Opened,He\nb,2026-06-03 10:00,Closed,He\n")  # fmt: skip
    first = wb("--json", "import", file)
    assert (first.code, first.json) == (0, dict(zip(KEYS, (4, 4, 0, 0, 0), strict=True)))
    assert "The rows tell of 2 cases." in first.err
    assert wb("--json", "import", file).json == dict(zip(KEYS, (4, 0, 0, 4, 0), strict=True))
    assert [case["status"] for case in wb("--json", "list", "all").json] == ["open", "done"]


def test_mail_comes_in_once_and_a_bad_message_ends_with_6(wb: Run, home: Path) -> None:
    box = mbox(home, letter(ident="1@x"), b"\nnothing", letter("gone", ident="2@x", In_Reply_To="<1@x>"))
    done = wb("--json", "import", box)
    assert (done.code, done.json) == (6, dict(zip(KEYS, (3, 1, 1, 0, 1), strict=True)))
    assert "message 2: is no message: it has no headers" in done.err
    again = wb("import", box)
    assert (again.code, again.out) == (6, "3 messages: 0 cases, 0 words, 2 unchanged, 1 rejected.\n")


@pytest.mark.parametrize("option", [("--suggest",), ("--mapping", "m.toml"), ("--rejects", "r.csv"),
                                    ("--encoding", "gbk"), ("--accept-order",)])  # fmt: skip
def test_options_of_tables_do_not_go_with_mail(wb: Run, home: Path, option: tuple[str, ...]) -> None:
    done = wb("import", eml(home, letter()), *option)
    assert (done.code, done.out) == (2, "")
    assert done.err.strip().startswith(option[0])


def hostile(home: Path, kind: str) -> Path:
    path = home / f"bad.{kind.split('-')[0]}"
    match kind:
        case "csv-long":
            path.write_bytes(b"id,at,text\n" + b"x" * 50_000_000)
        case "csv-nul":
            path.write_bytes(b"\0" * 1000)
        case "csv-one-line":
            path.write_bytes(b"," * 50_000_000)
        case "gz":
            path.write_bytes(gzip.compress(b"id,at,text\n")[:-6])
        case "xlsx":
            path.write_bytes(b"PK\x03\x04 nothing")
        case "jsonl":
            path.write_bytes(b"\xff\xfe{" * 100)
        case "eml":
            path.mkdir()
        case _:
            return home / "nothing.mbox"
    return path


@pytest.mark.parametrize(
    "kind", ["csv-long", "csv-nul", "csv-one-line", "gz", "xlsx", "jsonl", "eml", "missing"]
)
def test_what_cannot_be_read_ends_with_a_sentence_and_writes_nothing(wb: Run, home: Path, kind: str) -> None:
    done = wb("import", hostile(home, kind))
    assert done.code == 2, done.err
    assert done.out == ""
    assert "Traceback" not in done.err
    assert wb("--json", "list", "all").json == []
