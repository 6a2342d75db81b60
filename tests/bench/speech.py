"""How often the marks in a reply are right: recall and precision, on sentences of our own and on given ones."""

import csv
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.bench.places import Places
from tests.bench.table import Figure, at_least
from tests.domain.phrase_table import HARMLESS, UNSEEN, rows
from workbench.domain import phrases, sums
from workbench.policy import loading

RECALL, PRECISION = 85, 95  # per cent
Sentences = list[tuple[str, bool]]


def figures(places: Places) -> Iterator[Figure]:
    """Measure the marks of the default policy, sums among them."""
    own = [(text, True) for text, _ in rows(UNSEEN)] + [(text, False) for text, _ in rows(HARMLESS)]
    yield from _measured("own sentences", own)
    if file := _given():
        table = list(csv.DictReader(file.open(encoding="utf-8")))
        for name, half in (("the half tuned on", 0), ("the other half", 1)):
            part = [(row["text"], row["mark"] != "none") for row in table if _half(row["text"]) == half]
            yield from _measured(f"given sentences, {name}", part)


def _measured(name: str, sentences: Sentences) -> Iterable[Figure]:
    known = loading.load("default")[0].regime.phrases
    found = [(bool(phrases.check(text, known) or sums.find(text)), wrong) for text, wrong in sentences]
    right = sum(marked and wrong for marked, wrong in found)
    recall = 100 * right / sum(wrong for _marked, wrong in found)
    precision = 100 * right / sum(marked for marked, _wrong in found)
    yield at_least(f"recall: {name} ({len(found)})", [recall], "%", RECALL)
    yield at_least(f"precision: {name} ({len(found)})", [precision], "%", PRECISION)


def _given() -> Path | None:
    """Return the marked sentences beside the trial data, where there are any."""
    folder = os.environ.get("WORKBENCH_TRIAL_DATA", "")
    file = Path(folder).parent / "cases" / "phrases.csv"
    return file if folder and file.is_file() else None


def _half(text: str) -> int:
    return hashlib.sha256(text.encode()).digest()[0] % 2
