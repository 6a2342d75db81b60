"""A closing that a file brings to a case that stands here: a request above authority, and behind a gate none."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import Bench
from exchange.conftest import HEADER, Importer, small_row
from organisation_support import furnished

from storage.check import check
from workbench.domain.errors import RefusedError
from workbench.exchange.rejects import Rejects
from workbench.policy import loading

CLOSED = small_row(1, "2026-11-03 10:00:00", "修好了")
LATER = small_row(1, "2026-11-04 10:00:00", "又修好了")


def consistent(bench):
    """Say whether a replay gives what is stored, whatever was imported."""
    return check(bench.store, bench.desk().rules_in).problems == []


@pytest.fixture
def importer(bench, tmp_path: Path) -> Iterator[Importer]:
    yield Importer(furnished(bench), tmp_path)
    assert consistent(bench)


def the_case(importer):
    return importer.bench.desk().case(importer.all("SELECT case_id FROM cases ORDER BY case_id")[0][0])


def grave(importer):
    """Import an open case as mei, and let head office grade it 1: handlers close 3 and 4."""
    assert importer.small(small_row(1)).added == 1
    return importer.bench.act(the_case(importer), "regrade", "zong", level="1", reason="媒体")


def acts_of(importer):
    return [event.act for event in importer.bench.desk().timeline(the_case(importer).case_id)]


def test_above_authority_the_closing_of_a_file_becomes_a_request(importer):
    grave(importer)
    counts = importer.small(CLOSED)
    assert (counts.updated, counts.rejected) == (1, 0)
    case = the_case(importer)
    (duty,) = case.owed("approval")
    assert (case.status, duty.by, duty.owner, duty.text) == ("open", "mei", "hang", "修好了")
    assert acts_of(importer) == ["record", "regrade", "request-approval"]
    assert {notice.person for notice in case.notices} >= {"hang", "shen"}


def test_the_same_file_again_asks_nothing_again(importer):
    grave(importer)
    importer.small(CLOSED)
    again = importer.small(CLOSED)
    assert (again.unchanged, again.updated, again.rejected) == (1, 0, 0)
    assert acts_of(importer).count("request-approval") == 1


def test_what_is_granted_closes_the_case_as_its_source_said(importer):
    case = grave(importer)
    importer.small(CLOSED)
    case = importer.bench.act(case, "approve", "shen")
    assert (case.unsolved, case.outcome) == (False, "修好了")
    assert importer.small(CLOSED).unchanged == 1
    assert not the_case(importer).unsolved


def test_what_is_refused_is_asked_for_again_only_if_the_source_closes_it_anew(importer):
    case = grave(importer)
    importer.small(CLOSED)
    importer.bench.act(case, "refuse", "shen", reason="没有修好")
    assert importer.small(CLOSED).unchanged == 1
    assert importer.small(LATER).updated == 1
    (duty,) = the_case(importer).owed("approval")
    assert duty.text == "又修好了"


def test_while_a_request_waits_another_closing_is_refused_with_its_line(importer):
    case = grave(importer)
    importer.bench.act(case, "close", "bo", outcome="好了")
    counts = importer.small(CLOSED)
    assert [(line, "has been asked already" in str(said)) for line, said in counts.faults] == [(2, True)]
    assert the_case(importer).unsolved


def test_who_may_close_it_closes_it_by_file(importer):
    grave(importer)
    assert importer.small(CLOSED, person="shen").updated == 1
    assert not the_case(importer).unsolved


def test_a_level_made_milder_is_no_way_around_the_limit_by_file_either(importer):
    case = grave(importer)
    importer.bench.act(case, "regrade", "mei", level="4", reason="没有那么严重")
    importer.small(CLOSED)
    assert the_case(importer).unsolved
    assert acts_of(importer)[-1] == "request-approval"


def test_a_dry_run_counts_the_request_and_writes_nothing(importer):
    grave(importer)
    counts = importer.small(CLOSED, dry_run=True)
    assert (counts.updated, counts.rejected) == (1, 0)
    assert acts_of(importer) == ["record", "regrade"]


def test_a_closing_before_the_case_came_here_is_history(importer):
    assert importer.small(CLOSED).added == 1
    assert not the_case(importer).unsolved


# ---------------------------------------------------------------- gates


@pytest.fixture
def gated(tmp_path: Path, clock) -> Iterator[Importer]:
    """A store under a policy whose inspection is a gate; anybody may do anything."""
    _policy, text = loading.load("mingyuan")
    bench = Bench(tmp_path / "gated.db", clock, text)
    yield Importer(bench, tmp_path)
    assert consistent(bench)


REPLIED = CLOSED.replace(",2026-11-03 10:00:00,修好了,,", ",,,2026-11-03 10:00:00,已回电")


def test_a_closing_of_now_waits_for_the_gate_and_an_entry_of_the_past_does_not(gated):
    gated.small(small_row(1))
    assert gated.small(REPLIED).updated == 1
    counts = gated.small(CLOSED, small_row(2))
    assert (counts.rejected, counts.added) == (1, 0)
    ((line, said),) = counts.faults
    assert (line, "First:" in str(said)) == (2, True)
    file = io.BytesIO()
    rejects = Rejects(file, HEADER.split(","))
    counts = gated.small(CLOSED, small_row(2), rejects=rejects)
    rejects.done()
    assert (counts.rejected, counts.added) == (1, 1)
    assert "First:" in file.getvalue().decode()
    assert the_case(gated).unsolved


def test_once_the_gates_are_passed_the_file_closes_it(gated):
    gated.small(small_row(1))
    case = the_case(gated)
    for _ in range(12):  # each refusal names the next step
        if (counts := gated.small(CLOSED)).updated:
            break
        _step(gated.bench, case, str(counts.faults[0][1].values["act"]))
    assert not the_case(gated).unsolved


def _step(bench, case, act):
    typed = {
        "take": {}, "inspect": {"text": "看过", "warranty": "inside"}, "dispatch": {"to": "mei", "text": "去"},
        "assign": {"to": "mei"}, "propose": {"text": "更换"}, "cause": {"cause": "construction"},
        "prevent": {"text": "培训", "owner": "mei"}, "accept": {},
    }[act]  # fmt: skip
    bench.act(case, act, **typed)


def test_history_is_taken_under_a_policy_with_gates_too(gated):
    assert gated.small(CLOSED).added == 1
    assert not the_case(gated).unsolved
    with pytest.raises(RefusedError):
        gated.bench.act(the_case(gated), "close", outcome="x")
