"""How many of some cases a view holds: what reading the whole view says, without reading it."""

import pytest

from storage import queues
from storage.queues import QUEUES, View


@pytest.mark.parametrize("queue", QUEUES)
def test_it_is_what_the_whole_view_says(bench, queue):
    keys = [bench.record(text=f"漏水 {n}", people="12" if n % 2 else None).case_id for n in range(8)]
    for act, given, key in (("take", {}, keys[0]), ("close", {"outcome": "好了"}, keys[1])):
        bench.act(bench.desk().case(key), act, **given)
    view = View(queue, "mei", bench.clock())
    asked = [*keys[::2], keys[1]]
    with bench.store.reading() as db:
        site = bench.store.site_id
        whole = set(queues.ids(db, site, view))
        assert queues.among(db, site, view, asked) == len(whole.intersection(asked))
        words = View(queue, "mei", bench.clock(), text="漏水 2")
        assert queues.among(db, site, words, asked) == len(
            set(queues.ids(db, site, words)).intersection(asked)
        )
