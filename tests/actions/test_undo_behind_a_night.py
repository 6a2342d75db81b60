"""An undo behind a kept night says why: in lines of a script, for many, and on the screen, which asks."""

from datetime import date

import pytest

from tests.screens.support import last_event, opened, picture, press
from workbench.actions import doing
from workbench.domain.errors import UsageError
from workbench.reports.past_nights import past
from workbench.reports.scope import Scope, one_day
from workbench.reports.summary import summary
from workbench.watch.nights import keep

FIRST = date(2026, 11, 21)


def printed(bench, day=FIRST):
    keep(bench.desk(), day, summary(bench.desk(), one_day(day)) | past(bench.desk(), Scope(day, day)))


def closed(bench):
    case = bench.record()
    bench.clock.pass_(hours=8)
    return bench.act(case, "close", outcome="x")


def test_behind_a_kept_night_the_reason_is_needed_and_stays_on_record(bench):
    case = closed(bench)
    printed(bench)
    bench.clock.pass_(hours=6)
    with pytest.raises(UsageError, match="The summary of 2026-11-21 is out") as refused:
        bench.act(case, "undo")
    assert refused.value.option == "--reason"
    bench.act(case, "undo", reason="was not repaired")
    assert last_event(bench.desk(), case).data["reason"] == "was not repaired"


@pytest.mark.parametrize("hours", [0, 1])
def test_while_the_day_runs_or_without_a_page_nothing_asks_for_a_reason(bench, hours):
    case = closed(bench)
    if hours:
        bench.clock.pass_(hours=6)  # the day is over, and nobody has made its page
    else:
        printed(bench)
    bench.act(case, "undo")


def test_what_was_done_since_that_night_is_taken_back_without_a_reason(bench):
    case = bench.record()
    printed(bench)
    bench.clock.pass_(hours=20)
    bench.act(case, "note", text="x")
    bench.act(case, "undo")


def test_of_many_none_is_taken_back_without_it(bench):
    cases = [closed(bench)]
    printed(bench)
    bench.clock.pass_(hours=6)
    cases.append(bench.act(bench.record(), "close", outcome="x"))
    keys = [case.case_id for case in cases]
    with pytest.raises(UsageError):
        doing.do_on_each(bench.desk(), "undo", lambda db: keys, {})
    assert {bench.now(case).status for case in cases} == {"closed"}
    doing.do_on_each(bench.desk(), "undo", lambda db: keys, {"reason": "x"})
    assert {bench.now(case).status for case in cases} == {"open"}


async def test_on_the_screen_the_key_asks_for_the_reason_then(bench, tmp_path):
    case = closed(bench)
    printed(bench)
    async with opened(bench.desk(), tmp_path) as (app, pilot):
        bench.clock.pass_(hours=6)
        await press(pilot, "u")
        assert "The summary of 2026-11-21 is out" in picture(app)
        await press(pilot, "text:doch nicht", "ctrl+o")
    event = last_event(bench.desk(), case)
    assert (event.act, event.data["reason"]) == ("undo", "doch nicht")


def test_in_the_line_mode_it_is_asked_for_then(bench, tmp_path):
    from talk import Talk

    case = closed(bench)
    printed(bench)
    bench.clock.pass_(hours=6)
    said = Talk(bench.desk(), tmp_path)("5", f"u {case.number[-5:]}", "was not repaired", "q", "q")
    assert "The summary of 2026-11-21 is out" in said
    assert last_event(bench.desk(), case).data.get("reason") == "was not repaired"
