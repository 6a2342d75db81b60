"""What a key costs where somebody types a reply, against the bare search for the first words."""

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any

from tests.bench.places import Places
from tests.bench.table import Figure, at_most
from workbench.domain.phrases import check
from workbench.policy import loading

LONG = 10_240  # bytes of a reply
TEXTS = {
    "Chinese": "我们已经收到您的反映，师傅会尽快上门处理“漏水”这件小事。",
    "English": "We're looking into it, and soon. ",
}


def figures(places: Places) -> Iterator[Figure]:
    """Measure the marking of phrases in a reply of 10 KB."""
    known = loading.load("default")[0].regime.phrases
    says = [each for phrase in known.values() for each in phrase.says]
    turns = places.few(60, 30)
    for language, words in TEXTS.items():
        text = (words * 500).encode()[:LONG].decode(errors="ignore")
        ours = _ms(turns, lambda text=text: check(text, known))  # type: ignore[misc]
        bare = _ms(turns, lambda text=text: [text.find(each) for each in says])  # type: ignore[misc]
        yield at_most(f"marks in 10 KB of {language}", ours, "ms", 2, other=bare, name="str.find of each")


def _ms(turns: int, work: Callable[[], Any]) -> list[float]:
    found = []
    for _ in range(turns):
        began = perf_counter()
        work()
        found.append((perf_counter() - began) * 1000)
    return found
