"""The words of done cases go after the years that the policy names, and before that nobody guesses."""

import pytest

from storage.check import check
from workbench.domain.erasing import ERASED
from workbench.domain.errors import RefusedError
from workbench.policy import loading
from workbench.setup import adopt, people
from workbench.setup.retention import retain, years_before

YEARS = "[retention]\ninquiry = 1\ncomplaint = 3\n"


@pytest.fixture
def kept(bench, tmp_path, clock):
    """A policy with years; two inquiries done on two days, an open one, and a done repair, of which none asks."""
    file = tmp_path / "own.toml"
    file.write_text(f'extends = "default"\n{YEARS}', "utf-8")
    adopt.adopt(bench.desk(), str(file))
    bench.inquiries = [
        bench.record(kind="inquiry", text="停车费怎么算", customer="王芳", close=True, outcome="已答复"),
        bench.record(kind="praise", text="谢谢师傅", close=True, outcome="已转达"),
        bench.record(kind="inquiry", text="何时开门"),
    ]
    clock.pass_(days=2)
    bench.inquiries.append(bench.record(kind="inquiry", text="还收费吗", close=True, outcome="已答复"))
    return bench


def test_a_case_is_over_when_its_years_since_it_was_done_have_passed(kept, clock):
    clock.pass_(days=362)
    assert retain(kept.desk(), dry_run=True).cases == {}
    clock.pass_(days=1, seconds=1)
    assert retain(kept.desk(), dry_run=True).cases == {"inquiry": [kept.inquiries[0].number]}
    clock.pass_(days=2)
    assert retain(kept.desk(), dry_run=True).count == 2


def test_a_dry_run_changes_nothing_and_the_run_erases_what_it_named(kept, clock):
    clock.pass_(days=363, seconds=1)
    seal = check(kept.store, None).seal
    named = retain(kept.desk(), dry_run=True)
    assert check(kept.store, None).seal == seal
    done = retain(kept.desk(), dry_run=False)
    assert done.cases == named.cases
    assert (done.gone.cases, done.gone.scrubbed) == ([kept.inquiries[0].number], True)
    texts = [kept.now(case).text for case in kept.inquiries]
    assert texts == [ERASED, "谢谢师傅", "何时开门", "还收费吗"]
    report = check(kept.store, kept.desk().rules_in, seal)
    assert (report.problems, report.erased) == ([], 2)
    assert retain(kept.desk(), dry_run=False).gone is None  # nothing is erased twice


def test_a_policy_without_years_asks_and_erases_nothing(bench, clock):
    case = bench.record(kind="inquiry", text="停车费", close=True, outcome="已答复")
    clock.pass_(days=9999)
    over = retain(bench.desk(), dry_run=False)
    assert (over.years, over.cases, over.gone) == ({}, {}, None)
    assert "inquiry" in over.asked
    assert bench.now(case).text == "停车费"


def test_whoever_has_no_right_to_erases_nothing_and_sees_nothing(kept, clock):
    people.add_person(kept.desk(), "mei", {})
    people.add_person(kept.desk(), "bo", {"role": "handler"})
    clock.pass_(days=9999)
    for dry_run in (True, False):
        with pytest.raises(RefusedError, match="erase what is kept too long"):
            retain(kept.desk("bo"), dry_run=dry_run)


def test_a_year_before_the_twenty_ninth_of_february_is_the_twenty_eighth(clock):
    leap = clock().replace(year=2028, month=2, day=29)
    assert years_before(leap, 1).date().isoformat() == "2027-02-28"
    assert years_before(leap, 4).date().isoformat() == "2024-02-29"


@pytest.mark.parametrize(
    "line", ["complaint = 0", "complaint = 101", 'complaint = "3"', "complaint = 1.5", "complaints = 3"]
)
def test_years_are_whole_ones_of_a_kind_that_there_is(line):
    with pytest.raises(Exception, match="retention"):
        loading.parse(f'extends = "default"\n[retention]\n{line}\n', "own.toml")


def test_the_years_are_read_aloud():
    from workbench.policy.page.page import describe

    parsed = loading.parse(f'extends = "default"\n{YEARS}', "own.toml")
    (section,) = [each for each in describe(parsed) if each.title == "Kept for"]
    assert section.lines[0].startswith("Inquiry: so many years the words of a done case are kept: 1;")
