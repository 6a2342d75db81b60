"""A sum that the customer hears, on every road: what a person tells is asked about, what a file brings is not."""

from collections.abc import Mapping

import pytest
from matrix import files, givens
from matrix.axes import Cell, has_road, person_of
from matrix.walking import walk

from workbench.domain import acts, sums
from workbench.domain.acts import Voice

WORDS = "我们赔您300元"
PERSON = person_of("head-office")
ROADS = ("key", "verb", "bulk", "import")
SPEAKING = {"acknowledge": {"text": WORDS}, "callback": {"reached": "yes", "text": WORDS}}
TELLS = [act for act in acts.PERSONS if acts.BY_ID[act].voice is Voice.TELLS and act != acts.COMPENSATE.id]


@pytest.fixture
def _in_money(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything that is typed, and every row of a file, name a sum."""
    row = files.row
    monkeypatch.setattr(givens, "WORDS", WORDS)
    for act, typed in SPEAKING.items():
        monkeypatch.setitem(givens.BY_CASE, act, lambda scene, typed=typed: typed)
    monkeypatch.setattr(
        files,
        "row",
        lambda name, **more: row(name, **{**more, **({"words": WORDS} if "words" in more else {})}),
    )


def cells(acts_: list[str], roads: tuple[str, ...], state: str = "open") -> list[Cell]:
    return [
        Cell(act, state, PERSON, road) for act in acts_ for road in roads if has_road(acts.BY_ID[act], road)
    ]


@pytest.mark.usefixtures("_in_money")
def test_what_tells_the_customer_a_sum_is_asked_about_and_nothing_else_is(
    houses: Mapping[str, object],
) -> None:
    found = walk(houses, cells(list(acts.PERSONS), ROADS))
    assert not found.differing, "\n".join(found.lines)
    assert found.answers["refused", "offer"] == len(cells(TELLS, ("key", "verb", "bulk"))) > 2 * len(TELLS)


@pytest.mark.usefixtures("_in_money")
def test_what_a_file_says_was_told_elsewhere_is_taken(houses: Mapping[str, object]) -> None:
    found = walk(houses, cells(TELLS, ("import",)))
    assert not found.differing, "\n".join(found.lines)
    assert set(found.answers) == {("done", "")}


@pytest.mark.usefixtures("_in_money")
def test_said_to_be_no_offer_it_is_done(
    houses: Mapping[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = givens.BY_CASE
    for act in TELLS:
        said = given.get(act, lambda scene: {})
        monkeypatch.setitem(given, act, lambda scene, said=said: {**said(scene), "no_offer": "yes"})
    found = walk(houses, cells(TELLS, ("key", "verb", "bulk")))
    assert not found.differing, "\n".join(found.lines)
    assert set(found.answers) == {("done", "")}


@pytest.mark.usefixtures("_in_money")
def test_without_the_rule_the_matrix_fails(
    houses: Mapping[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sums, "find", lambda text: ())
    found = walk(houses, cells(TELLS, ("key", "verb", "bulk")))
    assert len(found.differing) == len(cells(TELLS, ("key", "verb", "bulk"))), (
        "nobody has seen that the rule was lost"
    )
