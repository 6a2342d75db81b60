"""Several rows a case: each an entry at its own time, known rows known, later files appended."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.check import check
from tests.exchange.conftest import Importer
from workbench.actions.doing import do
from workbench.domain.erasing import ERASED
from workbench.exchange import history_import, sniff, suggest, vocabulary
from workbench.exchange.counts import Counts
from workbench.exchange.history_import import MOST_ROWS
from workbench.exchange.mapping_file import MappingFaultsError, parse
from workbench.exchange.rejects import Rejects
from workbench.policy import loading
from workbench.setup import persons, restricting

KNOWN = vocabulary.of_policy(loading.load("default")[0])
HEAD = "case,at,state,who,words,customer"
TOP = """
source = "steps"
rows = "history"
[times]
formats = "iso"
zone = "UTC"
"""
LOG = (
    TOP
    + """
[fields]
customer = "customer"
[history]
id = "case"
time = "at"
state = "state"
who = "who"
words = "words"
closed = ["Closed"]
[history.acts]
"Customer wrote" = "heard"
"Answered" = "reply"
"""
)
A = ["a,2026-11-01 08:00,Opened,Li,leak,Wu", "a,2026-11-01 09:00,Assigned,Li,,Wu",
     "a,2026-11-02 10:00,Answered,He,we come tomorrow,Wu", "a,2026-11-03 11:00,Closed,He,mended,Wu"]  # fmt: skip
B = ["b,2026-11-01 08:30,Opened,Li,door,Xu", "b,2026-11-01 09:30,Customer wrote,,where are you,Xu"]
ENTRIES = """
    SELECT at, act, coalesce(json_extract(data, '$.text'), json_extract(data, '$.outcome'),
                             json_extract(data, '$.reason')),
           json_extract(data, '$.happened_at')
      FROM event JOIN cases USING (site_id, case_id) WHERE external_id = '{id}' ORDER BY event.seq
"""


@pytest.fixture(autouse=True)
def _the_store_is_sound(importer: Importer) -> Iterator[None]:
    """Replay every timeline after each test: rows, clocks, chain and seal are what it gives."""
    yield
    assert check(importer.bench.store, importer.bench.desk().rules_in).as_dict()["problems"] == []
    assert importer.all(
        "SELECT 1 FROM event a JOIN event b ON a.case_id = b.case_id AND b.seq = a.seq + 1 AND b.at < a.at"
    ) == []  # fmt: skip


def taken(importer: Importer, *rows: str, mapping: str = LOG, **more: object) -> Counts:
    return importer.run(importer.write("log.csv", HEAD, *rows), mapping, **more)


def entries(importer: Importer, name: str = "a") -> list[tuple[str, str, str]]:
    """Return the time (to the minute), the act and the words of each entry of a case."""
    return [(row[0][5:16], row[1], row[2]) for row in importer.all(ENTRIES.format(id=name))]


def state(importer: Importer, name: str = "a") -> str:
    [(status,)] = importer.all(f"SELECT status FROM cases WHERE external_id = '{name}'")
    return str(status)


def test_each_row_is_an_entry_at_its_own_time(importer: Importer) -> None:
    counts = taken(importer, *A, *B)
    assert counts.json() == {"read": 6, "added": 6, "updated": 0, "unchanged": 0, "rejected": 0}
    assert counts.told() == ["The rows tell of 2 cases."]
    assert entries(importer) == [
        ("11-01T08:00", "record", "Opened / Li\nleak"), ("11-01T09:00", "note", "Assigned / Li"),
        ("11-02T10:00", "reply", "Answered / He\nwe come tomorrow"),
        ("11-03T11:00", "close", "Closed / He\nmended"),
    ]  # fmt: skip
    assert entries(importer, "b")[1] == ("11-01T09:30", "heard", "Customer wrote\nwhere are you")
    assert importer.all("SELECT external_id, customer, status FROM cases ORDER BY 1") == [
        ("a", "Wu", "done"), ("b", "Xu", "open"),
    ]  # fmt: skip


def test_the_same_file_again_adds_nothing_however_its_rows_stand(importer: Importer) -> None:
    taken(importer, *A, *B)
    before = importer.all("SELECT count(*) FROM event")
    for rows in ([*A, *B], [*reversed(A), *B], [A[0], B[0], A[1], B[1], A[2], A[3]]):
        counts = taken(importer, *rows)
        assert counts.json() == {"read": 6, "added": 0, "updated": 0, "unchanged": 6, "rejected": 0}
    assert importer.all("SELECT count(*) FROM event") == before


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]])
def test_rows_in_any_order_give_the_same_case(importer: Importer, order: list[int]) -> None:
    taken(importer, *[A[at] for at in order])
    assert [act for _, act, _ in entries(importer)] == ["record", "note", "reply", "close"]


def test_two_rows_that_are_the_same_are_two_entries(importer: Importer) -> None:
    taken(importer, A[0], A[1], A[1])
    assert len(entries(importer)) == 3
    assert taken(importer, A[0], A[1], A[1]).unchanged == 3
    assert taken(importer, A[0], A[1]).unchanged == 2
    assert taken(importer, A[0], A[1], A[1], A[1]).updated == 1


@pytest.mark.parametrize("first", [1, 2, 3])
@pytest.mark.parametrize("known", [True, False])
def test_a_later_file_appends_whether_or_not_it_begins_with_known_rows(
    importer: Importer, first: int, known: bool
) -> None:
    taken(importer, *A[:first])
    counts = taken(importer, *(A if known else A[first:]))
    assert (counts.added, counts.updated, counts.unchanged) == (0, 4 - first, first if known else 0)
    assert [act for _, act, _ in entries(importer)] == ["record", "note", "reply", "close"]
    assert state(importer) == "done"


def test_a_row_older_than_the_last_entry_keeps_its_own_time(importer: Importer) -> None:
    taken(importer, A[0], A[2])
    assert taken(importer, A[1]).updated == 1
    assert entries(importer)[-1] == ("11-02T10:00", "note", "Assigned / Li")
    assert importer.all(ENTRIES.format(id="a"))[-1][3] == "2026-11-01T09:00:00.000000Z"
    assert taken(importer, *A[:3]).unchanged == 3


def test_only_the_last_row_closes(importer: Importer) -> None:
    more = "a,2026-11-04 08:00,Assigned,Li,again,Wu"
    taken(importer, *A, more)
    assert state(importer) == "open"
    assert [act for _, act, _ in entries(importer)] == ["record", "note", "reply", "note", "note"]
    assert taken(importer, *A, more).unchanged == 5


def test_a_source_that_goes_on_after_closing_opens_the_case_again(importer: Importer) -> None:
    taken(importer, *A)
    counts = taken(importer, "a,2026-11-04 08:00,Assigned,Li,again,Wu")
    assert (counts.updated, state(importer)) == (1, "open")
    assert [act for _, act, _ in entries(importer)][-2:] == ["note", "reopen"]
    counts = taken(importer, "a,2026-11-05 08:00,Closed,Li,now,Wu")
    assert (counts.updated, state(importer)) == (1, "done")


def test_an_old_closing_row_that_comes_late_closes_nothing(importer: Importer) -> None:
    taken(importer, A[0], "a,2026-11-04 08:00,Assigned,Li,again,Wu")
    assert taken(importer, A[3]).updated == 1
    assert (state(importer), entries(importer)[-1][1]) == ("open", "note")


def test_on_a_case_that_people_have_acted_on_a_file_closes_nothing_and_somebody_looks(
    importer: Importer,
) -> None:
    taken(importer, *A[:2])
    [(number,)] = importer.all("SELECT number FROM cases")
    desk = importer.bench.desk("mei")
    do(desk, "note", desk.find(number), {"text": "called the plumber"})
    counts = taken(importer, *A)
    assert (counts.updated, counts.unchanged, state(importer)) == (2, 2, "open")
    assert [act for _, act, _ in entries(importer)][-3:] == ["reply", "note", "correct"]
    assert importer.all("SELECT kind FROM duty WHERE ended_at IS NULL") == [("look",)]
    assert taken(importer, *A).unchanged == 4


WITH_PHONE = LOG.replace('customer = "customer"', 'phone = "customer"')
PHONED = [row.replace(",Wu", ",13800138000") for row in A]


def test_what_was_erased_by_law_does_not_come_back(importer: Importer) -> None:
    taken(importer, *PHONED, mapping=WITH_PHONE)
    persons.erase(importer.bench.desk(), "13800138000", "本人要求")
    more = PHONED[1].replace("09:00", "09:30")
    assert taken(importer, *PHONED, more, mapping=WITH_PHONE).unchanged == 5
    assert importer.all("SELECT text, phone FROM cases") == [(ERASED, "")]


def test_the_rows_of_a_case_that_is_only_kept_are_refused(importer: Importer) -> None:
    taken(importer, *PHONED[:2], mapping=WITH_PHONE)
    restricting.restrict(importer.bench.desk(), "13800138000", "本人要求")
    assert taken(importer, *PHONED[:2], mapping=WITH_PHONE).unchanged == 2
    out = io.BytesIO()
    aside = Rejects(out, HEAD.split(","))
    counts = taken(importer, *PHONED, *B, mapping=WITH_PHONE, rejects=aside)
    aside.done()
    assert (counts.added, counts.updated, counts.rejected) == (2, 0, 4)
    assert out.getvalue().decode().count("is only kept") == 4


def test_without_a_mapping_of_closing_words_nothing_is_closed(importer: Importer) -> None:
    taken(importer, *A, mapping=LOG.replace('closed = ["Closed"]\n', ""))
    assert state(importer) == "open"


def test_a_case_of_one_row_that_closes_is_recorded_and_closed(importer: Importer) -> None:
    assert taken(importer, A[3]).added == 1
    assert (state(importer), [act for _, act, _ in entries(importer)]) == ("done", ["record", "close"])
    assert taken(importer, A[3]).unchanged == 1


def test_a_column_says_what_the_case_is_about(importer: Importer) -> None:
    mapping = LOG.replace('customer = "customer"', 'customer = "customer"\ntext = "words"').replace(
        'words = "words"\n', ""
    )
    assert taken(importer, *A, mapping=mapping).added == 4
    assert [(act, text) for _, act, text in entries(importer)][:2] == [
        ("record", "leak"), ("note", "Opened / Li"),
    ]  # fmt: skip
    assert taken(importer, *A, mapping=mapping).unchanged == 4


def test_rows_that_cannot_be_taken_are_named_and_nothing_is_written(importer: Importer) -> None:
    bad = ["a,never,Opened,Li,x,Wu", "a,2027-01-01 08:00,Opened,Li,x,Wu", ",2026-11-01 08:00,Opened,Li,x,Wu",
           "c,2026-11-01 08:00,,,,Wu"]  # fmt: skip
    counts = taken(importer, *A, *bad)
    assert (counts.read, counts.added, counts.rejected) == (8, 0, 4)
    assert [line for line, _ in counts.faults] == [6, 7, 8, 9]
    assert importer.all("SELECT count(*) FROM cases") == [(0,)]
    out = io.BytesIO()
    aside = Rejects(out, HEAD.split(","))
    counts = taken(importer, *A, *bad, rejects=aside)
    aside.done()
    assert (counts.added, counts.rejected, out.getvalue().count(b"\r\n")) == (4, 4, 5)
    assert "tells nothing" in out.getvalue().decode()


def test_a_case_of_too_many_rows_is_refused_whole(importer: Importer) -> None:
    rows = [f"a,2026-11-01 08:00:{n % 60:02},Opened,Li,{n},Wu" for n in range(MOST_ROWS + 1)]
    out = io.BytesIO()
    aside = Rejects(out, HEAD.split(","))
    counts = taken(importer, *rows, *B, rejects=aside)
    assert (counts.added, counts.rejected) == (2, MOST_ROWS + 1)
    assert f"a case has {MOST_ROWS} at most" in str(counts.faults[0][1])
    assert importer.all("SELECT external_id FROM cases") == [("b",)]


def test_an_import_that_was_broken_off_goes_on_where_it_was(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_import, "AT_ONCE", 2)
    counts = taken(importer, *A, *B, stop=lambda: True)
    assert (counts.stopped, counts.added) == (True, 4)  # a case is written whole
    counts = taken(importer, *A, *B)
    assert (counts.added, counts.unchanged) == (2, 4)


def test_a_dry_run_counts_and_writes_nothing(importer: Importer) -> None:
    assert taken(importer, *A, *B, dry_run=True).added == 6
    assert importer.all("SELECT count(*) FROM cases") == [(0,)]
    taken(importer, *A[:2])
    assert taken(importer, *A, *B, dry_run=True).json() == {
        "read": 6, "added": 2, "updated": 2, "unchanged": 2, "rejected": 0,
    }  # fmt: skip


def test_with_the_clocks_of_the_policy_the_case_is_judged_like_any_other(importer: Importer) -> None:
    taken(importer, *B, mapping=LOG.replace('rows = "history"', 'rows = "history"\nclocks = "policy"'))
    clocks = dict(importer.all("SELECT clock, state FROM clock"))
    assert {"response", "proposal"} <= clocks.keys()
    assert clocks["answer"] == "running"  # since the customer wrote again


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('rows = "stories"', "stories is not known"),
        ('rows = "history"\n[history]\nid = "case"\ntime = "at"', "needs state or words"),
        ('rows = "history"\n[history]\nid = "case"\ntime = "at"\nwords = "words"\nclosed = ["x"]', "of state"),
        ('rows = "history"\n[history]\nid = "no"\ntime = "at"\nstate = "state"', "no column"),
        ('rows = "history"\n[history]\nstate = "state"', "external_id is missing"),
        ('rows = "history"\n[history]\nid = "case"\ntime = "at"\nstate = "state"\nacts = {x = "close"}', "close"),
        ('rows = "history"\n[history]\nid = "case"\ntime = "at"\nstate = "state"\n[closing]\nat = "at"', "does not go"),
        ('[history]\nid = "case"\n[fields]\nexternal_id = "case"\nreceived_at = "at"\ntext = "words"', "only with"),
        ('rows = "history"\n[fields]\nexternal_id = "case"\n[history]\nid = "case"\ntime = "at"\nstate = "state"',
         "too"),
    ],
)  # fmt: skip
def test_a_mapping_that_cannot_be_meant_is_refused(text: str, why: str) -> None:
    with pytest.raises(MappingFaultsError, match=why):
        parse(f'source = "x"\n{text}\n', "m.toml", tuple(HEAD.split(",")), KNOWN)


def guess(path: Path) -> str:
    return suggest.suggest(sniff.sniff(path), "steps", "UTC", KNOWN)


CHINESE = """\
工单编号,操作时间,环节,操作人,处理意见,业主姓名
W-1,2026-11-01 08:00,受理,李,厨房漏水,吴一
W-1,2026-11-01 09:00,派单,李,,吴一
W-2,2026-11-01 08:30,受理,李,门锁坏,徐二
W-1,2026-11-02 10:00,已完结,何,已修好,吴一
W-2,2026-11-02 10:00,派单,何,,徐二
W-2,2026-11-02 11:00,已完结,何,换锁,徐二
"""


def test_a_history_is_guessed_and_what_is_guessed_imports(importer: Importer, tmp_path: Path) -> None:
    path = tmp_path / "steps.csv"
    path.write_text(CHINESE, "utf-8")
    mapping = guess(path)
    for line in ('rows = "history"', 'id = "工单编号"', 'time = "操作时间"', 'state = "环节"', 'who = "操作人"',
                 'words = "处理意见"', 'closed = ["已完结"]', 'customer = "业主姓名"'):  # fmt: skip
        assert f"\n{line}\n" in mapping
    assert importer.run(path, mapping).added == 6
    assert importer.run(path, mapping).unchanged == 6
    assert importer.all("SELECT external_id, customer, status, outcome FROM cases ORDER BY 1") == [
        ("W-1", "吴一", "done", "已完结 / 何\n已修好"), ("W-2", "徐二", "done", "已完结 / 何\n换锁"),
    ]  # fmt: skip


def test_a_file_with_a_few_rows_twice_is_no_history(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(
        "id,created,text\n" + "".join(f"{n % 8},2026-11-0{n % 9 + 1} 08:00,x{n}\n" for n in range(9))
    )
    assert 'rows = "history"' not in guess(path)


def test_without_history_an_id_twice_names_the_lines(importer: Importer, tmp_path: Path) -> None:
    path = importer.write("cases.csv", HEAD, *A)
    mapping = 'source = "x"\n[times]\nformats = "iso"\n[fields]\nexternal_id = "case"\nreceived_at = "at"\ntext = "state"\n'
    counts = importer.run(path, mapping)
    assert "a stands in 4 rows of the file, lines 2, 3, 4, 5" in str(counts.faults[0][1])


def test_a_real_event_log_comes_in_whole_and_once(importer: Importer, trial_data: Path) -> None:
    path = trial_data / "helpdesk_event_log.csv.gz"
    mapping = guess(path)
    assert importer.run(path, mapping).json() == {
        "read": 21348, "added": 21348, "updated": 0, "unchanged": 0, "rejected": 0,
    }  # fmt: skip
    assert importer.run(path, mapping).unchanged == 21348
    assert importer.all("SELECT status, count(*) FROM cases GROUP BY 1 ORDER BY 1") == [
        ("done", 4557),
        ("open", 23),
    ]
    assert importer.all("SELECT count(*) FROM event WHERE case_id > 0") == [(21348,)]
