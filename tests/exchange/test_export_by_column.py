"""A column done at once is what its cells give one by one, and nothing that is masked alone passes in a crowd."""

import csv
import io
import json
from dataclasses import replace
from random import Random

import pytest

from workbench.domain import facts, masks
from workbench.domain.fact import Kind
from workbench.domain.personal import mask_numbers, nothing_to_mask
from workbench.exchange import case_pages, csv_plan
from workbench.exchange.cells import guarded, nothing_to_guard
from workbench.exchange.columns import DERIVED, KEYS, MOST_KNOWN, STORED, TYPED
from workbench.exchange.csv_lines import lines
from workbench.exchange.export import Wish, export
from workbench.exchange.shields import nothing_to_shield, shielded
from workbench.reports.case_json import as_json

PAGES, CELLS = 150, 40
HARMLESS = ("12-1203", "3栋", "漏水", "修好了", "a", "7", "x", "x1", "2026-11-21", "云栖花园1期", "Smith")
HOSTILE = (
    "13800138000", "1380013", "8000", "138 0013 8000", "一三八零零一三八零零零", "１３８００１３８０００", "a@b.example",
    "＠", "=1+1", " =1", "-", "\t=x", "漏\n=1", "漏\u2028+1", "110101199001011234", "123456789012", "123456", "789012",
    'say "no"', "a,b", "\r", "\x1b[2J", "\u202e", "\u200b=1", "|", "%", "'", "x138", "00138000", "E12345678",
)  # fmt: skip


def plain(name, cell, *, unmask, raw):
    """Return what the rule says of one cell, without any column; as it stands in a line of CSV."""
    mask = None if unmask else masks.mask_of(name)
    text = mask(cell) if mask and cell else cell
    if not raw:
        kind = facts.BY_NAME[name].kind
        text = guarded(text) if kind is Kind.MONEY else shielded(text)
    line = io.StringIO(newline="")
    csv.writer(line).writerow([text, "x"])
    return line.getvalue()[: -len(",x\r\n")]


def pages(seed):
    dice = Random(seed)
    for _ in range(PAGES):
        hostile = dice.choice((0, 0, 0.03, 0.5))
        kinds = [
            "".join(dice.choices(HOSTILE if dice.random() < hostile else HARMLESS, k=dice.randrange(1, 3)))
            for _ in range(dice.choice((2, 10, CELLS)))
        ]
        yield [dice.choice((*kinds, "")) for _ in range(CELLS)]


TEXTS = [name for name in STORED if facts.BY_NAME[name].kind in TYPED]


@pytest.mark.parametrize("unmask", [False, True])
@pytest.mark.parametrize("raw", [False, True])
def test_a_column_is_what_its_cells_are_one_by_one(bench, unmask, raw):
    changed, rules = 0, None if raw else bench.desk().rules()
    for name in TEXTS:
        if raw and facts.BY_NAME[name].kind is Kind.MONEY:
            continue  # read with others, and never looked at
        [segment] = csv_plan.for_csv((name,), unmask=unmask, people=rules)
        work = segment.steps
        for cells in pages(name):
            column = cells
            for clean in work:
                column = clean(column)
            assert list(column) == [plain(name, cell, unmask=unmask, raw=raw) for cell in cells]
            changed += list(column) != cells
    assert changed  # else there was nothing to be found


@pytest.mark.parametrize(
    ("at_once", "one"),
    [(nothing_to_mask, mask_numbers), (nothing_to_guard, guarded), (nothing_to_shield, shielded)],
)
def test_nothing_is_said_to_be_harmless_that_is_changed_alone(at_once, one):
    said = {True: 0, False: 0}
    for cells in pages("both"):
        filled = [cell for cell in cells if cell]
        harmless = at_once(filled)
        said[harmless] += 1
        assert not harmless or [one(cell) for cell in filled] == filled
    assert min(said.values()) >= 10


def test_numbers_of_two_cells_are_not_taken_for_one():
    assert nothing_to_mask(["1380", "0138000"[:3], "8000"] * 20)
    assert not nothing_to_mask(["1380", "13800138000"])


def test_more_values_than_are_remembered_are_right_as_well(bench):
    [segment] = csv_plan.for_csv(("site",), unmask=True, people=bench.desk().rules())
    for start in range(0, 3 * MOST_KNOWN, 100):
        cells = [f"={start + at // 3}" for at in range(300)]
        assert segment.steps[0](cells) == [f"'{cell}" for cell in cells]


@pytest.mark.parametrize("width", [1, 2, 7])
def test_lines_are_those_of_the_library(width):
    dice = Random(width)
    for _ in range(300):
        values = (*HOSTILE, *HARMLESS, "", None, 7, -1.5, "\n", '"', ",", "\r\n")
        rows = [[dice.choice(values) for _ in range(width)] for _ in range(dice.randrange(1, 6))]
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerows(rows)
        assert lines(list(zip(*rows, strict=True))) == text.getvalue()


def test_no_rows_are_no_lines():
    assert lines([]) == lines([[], []]) == lines([[]]) == ""


WHOLE = tuple(name for name in KEYS if name in facts.BY_NAME and name not in DERIVED)  # of the line of a list


def shape_of(desk, *, unmask=False):
    return lambda db, case: as_json(case, None, desk.now(), desk.rules_in(db, case.policy), unmask=unmask)


def varied(bench):
    """Cases of which each has something that the others lack; the last has grown old since."""
    typed = {"phone": "13800138000", "text": "打 13912345678\n=1", "customer": "王先生 13912345678"}
    old = bench.record(people="10", flag="media march", claim="9999.99", **typed)
    bench.act(old, "take")
    bench.clock.pass_(days=40)
    closed = bench.act(
        bench.record(kind="praise", site="云栖花园1期", unit="3-1203"), "close", outcome="谢谢"
    )
    promised = bench.act(bench.record(), "promise", text="请打 13912345678", due="+2h")
    return [case.case_id for case in (promised, closed, old)]


@pytest.mark.parametrize("unmask", [False, True])
@pytest.mark.parametrize("columns", [STORED, WHOLE, ("clocks", "number"), ("flags",)])
def test_chosen_keys_of_json_lines_are_those_of_the_whole_line(bench, tmp_path, columns, unmask):
    desk, path = bench.desk(), tmp_path / "o.jsonl"
    shape = shape_of(desk, unmask=unmask)
    wish = Wish(varied(bench), unmask=unmask, shape=shape, reason="an audit")
    with desk.store.reading() as db:
        whole = [shape(db, each.case) for each in case_pages.told(desk, db, wish.keys)]
    assert export(desk, path, replace(wish, columns=columns)) == 3
    some = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert some == [{name: case[name] for name in columns} for case in whole]
    assert [list(case) for case in some] == [list(columns)] * 3
    assert ("13912345678" in path.read_text("utf-8")) == (
        unmask and not {"text", "promises"}.isdisjoint(columns)
    )


@pytest.mark.parametrize("wanted", [(), STORED, ("all",)])
@pytest.mark.parametrize("name", ["o.csv", "o.jsonl"])
def test_an_export_takes_as_many_statements_however_many_cases(bench, tmp_path, name, wanted):
    desk = bench.desk()

    def statements(count):
        keys = [bench.record(text=f"case {n}").case_id for n in range(count)]
        said = []
        with desk.store.reading() as db:
            db.connection.set_trace_callback(said.append)
        try:
            export(desk, tmp_path / name, Wish(keys, wanted, shape=shape_of(desk)))
        finally:
            with desk.store.reading() as db:
                db.connection.set_trace_callback(None)
        text = (tmp_path / name).read_text("utf-8-sig")
        assert len(text.splitlines()) - name.endswith("csv") == count
        return len(said)

    statements(1)
    assert statements(3) == statements(12)


@pytest.mark.parametrize("raw", [False, True])
def test_marks_that_the_store_joins_texts_by_are_texts_as_well(bench, tmp_path, raw):
    """A page is read as one text a column; what stands in a case must not cut it elsewhere, nor move a row."""
    texts = ["a\x1eb", "x", "\x1e", "\x1f", "last\x1e\x1e"]
    cases = [bench.record(text=f"t{text}", customer=text, received="2026-11-20 12:00") for text in texts]
    keys = [case.case_id for case in reversed(cases)]  # and not in the order of the store
    export(
        bench.desk(), tmp_path / "o.csv", Wish([*keys, 7], ("number", "text", "customer", "kind"), raw=raw)
    )
    _head, *rows = csv.reader(io.StringIO((tmp_path / "o.csv").read_bytes().decode("utf-8-sig"), newline=""))
    assert [row[:3] for row in rows] == [
        [case.number, f"t{text}", text.strip()]
        for case, text in zip(reversed(cases), reversed(texts), strict=True)
    ]
