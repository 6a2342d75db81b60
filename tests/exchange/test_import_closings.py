"""A closing that a file brings to a case that stands here: a request above authority, and behind a gate none."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from desks import Bench
from exchange.conftest import HEADER, SMALL, Importer, small_row
from organisation_support import furnished

from storage.check import check
from workbench.domain.errors import RefusedError
from workbench.exchange.rejects import Rejects
from workbench.policy import loading

CLOSED = small_row(1, "2026-11-03 10:00:00", "修好了")
GRAVE = SMALL + '[constants]\nflags = "media"\n'
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
    """Import an open case of level 1 as mei: handlers close 3 and 4. Nobody here has touched it."""
    assert imported(importer, small_row(1)).added == 1
    return the_case(importer)


def imported(importer, *rows, **more):
    """Import rows of a source whose cases are grave."""
    return importer.small(*rows, mapping=GRAVE, **more)


def acts_of(importer):
    return [event.act for event in importer.bench.desk().timeline(the_case(importer).case_id)]


def test_above_authority_the_closing_of_a_file_becomes_a_request(importer):
    grave(importer)
    counts = imported(importer, CLOSED)
    assert (counts.updated, counts.rejected) == (1, 0)
    case = the_case(importer)
    (duty,) = case.owed("approval")
    assert (case.status, duty.by, duty.owner, duty.text) == ("open", "mei", "hang", "修好了")
    assert acts_of(importer) == ["record", "request-approval"]
    assert {notice.person for notice in case.notices} >= {"hang", "shen"}


def test_the_same_file_again_asks_nothing_again(importer):
    grave(importer)
    imported(importer, CLOSED)
    again = imported(importer, CLOSED)
    assert (again.unchanged, again.updated, again.rejected) == (1, 0, 0)
    assert acts_of(importer).count("request-approval") == 1


def test_who_may_close_it_closes_it_by_file(importer):
    grave(importer)
    assert imported(importer, CLOSED, person="shen").updated == 1
    assert not the_case(importer).unsolved


def test_a_dry_run_counts_the_request_and_writes_nothing(importer):
    grave(importer)
    counts = imported(importer, CLOSED, dry_run=True)
    assert (counts.updated, counts.rejected) == (1, 0)
    assert acts_of(importer) == ["record"]


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


def test_history_is_taken_under_a_policy_with_gates_too(gated):
    assert gated.small(CLOSED).added == 1
    assert not the_case(gated).unsolved
    with pytest.raises(RefusedError):
        gated.bench.act(the_case(gated), "close", outcome="x")
