"""The benchmark runs, small and once. Only counts are judged, by what they were: no machine is too slow for it."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from storage.store import Store
from tests.actions.test_cost_of_an_act import MOST
from tests.bench import page, table
from tests.bench.__main__ import SUBJECTS, main, measure
from tests.bench.acts import LIMITS
from tests.bench.places import Effort, Places
from tests.bench.table import FEW, NONE, OK, OVER, SMALL, Figure

FOLDER = Path(__file__).parent / "bench"
SIZE = 1_000  # enough for a screen full of everybody's cases
PAGES = {
    "record": 30,
    "take": 9,
    "note": 9,
    "reply": 14,
    "close": 21,
    "callback": 16,
}  # of a store of SIZE cases
# figure: at most so many statements, pages or bytes
KEPT = {
    **{f"{act}, 1k": {"statements": MOST[act][0], "pages": pages} for act, pages in PAGES.items()},
    "the form for a new case, 80x24, 1k": {"B": 32_000},
    "a Tab in it, 80x24, 1k": {"B": 9_500},
    "a case opened, 80x24, 1k": {"B": 27_000},
    "one whole case: recorded, answered, noted, closed, 80x24, 1k": {"B": 190_000},
    "import of 200, mapped: on disk, a case": {"B": 6_000},
    "import of 200, with clocks of the policy: on disk, a case": {"B": 6_900},
    "words whose answers are not those of LIKE": {"calls": 0},
    "boards after a commit that are not as counted anew": {"calls": 0},
}


def once(folder: Path) -> Places:
    return Places(folder, SIZE, Effort.ONCE)


def grown(figures: Iterable[Figure]) -> dict[str, float]:
    """Return the counts that are more than they may be."""
    counts = [(each, KEPT[each.what][each.unit]) for each in figures if each.unit in KEPT.get(each.what, ())]
    return {f"{each.what}: {each.unit}": each.judged for each, most in counts if each.judged > most}


def test_every_row_of_the_page_is_measured_and_no_count_has_grown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = measure(once(tmp_path), SUBJECTS)
    said = capsys.readouterr().out
    for name in SUBJECTS:
        assert f"\n{name}: {SUBJECTS[name]}\n\n{table.title()}" in said
    assert "NOT " not in said, "another answer than that of the other side"
    spoken_for = {row for figure in figures for row in figure.row.split()}
    assert spoken_for == set(page.ROWS)
    assert page.NOT_MEASURED not in said
    measured = {(figure.what, figure.unit) for figure in figures}
    assert {(what, unit) for what, units in KEPT.items() for unit in units} <= measured
    assert not grown(figures)
    assert {figure.verdict for figure in figures if not figure.counted} <= {FEW, NONE}, "a time was judged"


def test_an_act_that_does_more_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    real = Store.write

    def wasteful(self, work):  # type: ignore[no-untyped-def]
        def more(db):  # type: ignore[no-untyped-def]
            db.run("DROP TABLE IF EXISTS waste")
            db.run("CREATE TABLE waste AS SELECT zeroblob(100000) AS held")
            return work(db)

        return real(self, more)

    places = once(tmp_path)
    places.store()
    monkeypatch.setattr(Store, "write", wasteful)
    seen = grown(measure(places, ["acts"]))
    assert {f"{act}, 1k: {unit}" for act in LIMITS for unit in ("statements", "pages")} <= set(seen)


def test_bytes_that_grew_are_seen() -> None:
    """The control."""
    (what, limits), *_ = [(what, limits) for what, limits in KEPT.items() if "B" in limits]
    assert not grown([table.at_most(what, [limits["B"]], "B", None)])
    assert grown([table.at_most(what, [limits["B"] + 1], "B", None)])


@pytest.mark.parametrize(
    ("figure", "verdict"),
    [
        (table.at_most("x", [1, 2, 3], "ms", 2), OK),
        (table.at_most("x", [1, 2, 3], "ms", 1), OVER),
        (table.at_most("x", [1, 2, 3], "ms", None), NONE),
        (table.at_most("x", [1] * 98 + [9] * 2, "ms", 8, share=0.99), OVER),
        (table.at_most("x", [1] * 99, "ms", 8, share=0.99), FEW),
        (table.at_most("x", [1] * 100, "ms", 8, share=0.99), OK),
        (table.at_most("x", [1], "ms", 2, needs=1_000, size=999), SMALL),
        (table.at_most("x", [3], "ms", 2, needs=1_000, size=999), OVER),
        (table.at_most("x", [3], "ms", 2, least=1_000, size=999), SMALL),
        (table.at_most("x", [3], "ms", 2, least=1_000, size=1_000), OVER),
        (table.at_least("x", [3], "%", 3), OK),
        (table.at_least("x", [2], "%", 3), OVER),
        (table.beside("x", [4, 4], "s", [2, 2], "y", 2), OK),
        (table.beside("x", [4, 4], "s", [1, 2], "y", 2), OVER),
        (table.beside("x", [4, 4], "1/s", [8, 8], "y", 0.5, rate=True), OK),
        (table.beside("x", [4, 4], "1/s", [8, 9], "y", 0.5, rate=True), OVER),
        (table.mean_at_most("x", [1, 9], "B", 5), OK),
        (table.mean_at_most("x", [1, 9], "B", 4), OVER),
    ],
)
def test_a_verdict_says_what_the_figure_can_tell(figure: Figure, verdict: str) -> None:
    assert figure.verdict == verdict
    assert table.line(figure).endswith(verdict)


def test_a_row_is_as_good_as_the_worst_of_its_figures_and_what_is_over_is_said_once_more() -> None:
    good, bad = (table.at_most(name, [n], "ms", 2, row="sweep") for name, n in (("good", 1), ("bad", 3)))
    lines = page.lines([good, bad])
    assert len([line for line in lines if line.endswith(page.NOT_MEASURED)]) == len(page.ROWS) - 1
    [row] = [line for line in lines if re.search(r"sweep, 1,000 due\b", line)]
    assert row.endswith(OVER)
    assert lines[-2:] == ["over: 1 figures", f"  {table.line(bad)}"]
    assert page.lines([good])[-1] == "over: nothing"


def test_every_measure_is_on_the_list() -> None:
    measures = {
        file.stem
        for file in FOLDER.glob("*.py")
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name == "figures"
    }
    assert measures == set(SUBJECTS)


def test_no_store_of_the_bench_is_analysed() -> None:
    for file in FOLDER.glob("*.py"):
        statements = re.findall(r"[\"'(]\s*ANALYZE", file.read_text(encoding="utf-8"))
        assert not statements, file


def test_a_subject_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["speed", "--once", "--stores", str(tmp_path)]) == 2
    assert "No such subject: speed" in capsys.readouterr().err
