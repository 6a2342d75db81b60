"""The shipped patterns on sentences of our own that none was made for, and on marked ones from elsewhere."""

import csv
from pathlib import Path

from tests.domain.phrase_table import HARMLESS, UNSEEN, rows
from workbench.domain import phrases, sums
from workbench.policy import loading

SHIPPED = loading.load("default")[0].regime.phrases
MISSED = {
    "If you wanted better doors you should have paid more.",
    "I'm sure you misread the meter, you must have.",
}
RECALL, PRECISION = 0.85, 0.95


def marked(text: str) -> bool:
    return bool(phrases.check(text, SHIPPED) or sums.find(text))


def test_what_is_missed_and_what_is_marked_for_nothing_is_known_by_name() -> None:
    assert {text for text, _ in rows(UNSEEN) if not marked(text)} == MISSED
    assert {text for text, _ in rows(HARMLESS) if marked(text)} == set()


def test_on_marked_sentences_from_elsewhere_recall_and_precision_are_as_aimed_at(trial_data: Path) -> None:
    file = trial_data.parent / "cases" / "phrases.csv"
    table = list(csv.DictReader(file.open(encoding="utf-8")))
    wrong = [row for row in table if row["mark"] != "none"]
    found = [row for row in table if marked(row["text"])]
    right = [row for row in found if row["mark"] != "none"]
    assert len(table) >= 90
    assert len(right) / len(wrong) >= RECALL
    assert len(right) / len(found) >= PRECISION
