"""Search of two characters, a whole phone and one character, whose answers are those of LIKE."""

from collections.abc import Iterator, Sequence
from itertools import islice
from random import Random
from time import thread_time

from storage import search
from storage.engine import Db
from storage.store import Store
from tests.bench.commands import run, workbench
from tests.bench.places import Places, short
from tests.bench.stories import WORDS
from tests.bench.table import Figure, at_most

LARGE = 1_000_000
FIRST_PAGE = 50
COMPARED = 4_000  # documents in which the same words are looked for one by one
DOCS = """
    SELECT e.case_id, e.act, e.data FROM search_doc d JOIN event e ON e.event_no = d.doc_id
     WHERE d.doc_id > ?
"""


def figures(places: Places) -> Iterator[Figure]:
    """Measure the first page of hits in the large store, and the verb."""
    store, size = Store(places.store(), read_only=True), f"{short(places.size)}"
    with store.reading() as db:
        asked = _asked(db)
        took = {name: [_ms(db, store.site_id, word) for word in words] for name, (words, _) in asked.items()}
        wrong = [
            word for words, _ in asked.values() for word in words if not _as_like(db, store.site_id, word)
        ]
    store.close()
    for name, (_, limit) in asked.items():
        row = "search search-two" if name == "two characters" else "search"
        yield at_most(f"first {FIRST_PAGE} cases with {name}, {size}, CPU", took[name], "ms", limit, row=row, share=0.95,
                      needs=LARGE, size=places.size)  # fmt: skip
    yield at_most("words whose answers are not those of LIKE", [len(wrong)], "calls", 0, row="search-two")
    if wrong:
        print(f"  (NOT as LIKE: {wrong})", flush=True)
    some = asked["two characters"][0][: places.few(5, 3)]
    runs = [run(workbench(places.store(), "--read-only", "search", word, "--limit", "20")) for word in some]
    yield at_most(f"search as a verb, {size}", [each.ms for each in runs], "ms", 250, row="verb")
    yield at_most("search as a verb: resident", [each.memory for each in runs], "MB", 120, row="memory", needs=LARGE,
                  size=places.size)  # fmt: skip


def _asked(db: Db) -> dict[str, tuple[Sequence[str], float]]:
    """Return what is looked for, and how long it may take (ms): frequent words, names, pairs that texts hold."""
    dice = Random(3)
    texts = [row[0] for row in db.all("SELECT text FROM cases ORDER BY case_id DESC LIMIT 20")]
    pairs = [text[at : at + 2] for text in texts if (at := dice.randrange(len(text) - 2)) >= 0]
    names = [row[0][:2] for row in db.all("SELECT DISTINCT customer FROM cases LIMIT 20")]
    two = (
        [*(word for word in WORDS if len(word) == 2)][:20]
        + names
        + [pair for pair in pairs if pair.isalpha()]
    )
    phones = [row[0] for row in db.all("SELECT phone FROM cases ORDER BY phone_key LIMIT 25")]
    one = list(dict.fromkeys("".join(texts[:5])))[:25]
    return {
        "two characters": (two, 50),
        "a whole phone": (phones, 10),
        "one character": ([letter for letter in one if letter.isalpha()], 50),
    }


def _ms(db: Db, site_id: int, word: str) -> float:
    began = thread_time()
    list(islice(search.case_ids(db, site_id, word), FIRST_PAGE))
    return (thread_time() - began) * 1000


def _as_like(db: Db, site_id: int, word: str) -> bool:
    """Say whether search and LIKE agree about the newest documents."""
    newest = db.value("SELECT max(doc_id) FROM search_doc")
    docs = db.all(DOCS, (newest - COMPARED,))
    liked = {case_id for case_id, *held in docs if word in search.words_of(*held)}
    return liked == set(islice(search.case_ids(db, site_id, word), len(liked)))
