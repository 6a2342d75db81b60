"""Search tokens: Chinese of any length is found by a word index that knows no Chinese.

FTS5 cuts text into words, and Chinese has no blanks between them. So each run of letters and digits
goes in as its overlapping pairs and its last character: ``漏水了`` is ``漏水 水了 了``. A phrase of pairs
finds every longer text, and a prefix finds every single character.

The index answers with at least all the rows in which the folded text contains the folded query; the
caller looks at each for the exact answer.
"""

from workbench.domain.regexes import later
from workbench.domain.text import fold

# Pairs must come out of FTS5 as they went in, accents included.
TOKENIZER = "unicode61 remove_diacritics 0"
# More conditions find nothing more: a query longer than this is narrowed by the exact look.
MOST_RUNS = 16
LONGEST_RUN = 40

# Written out, because what is a letter changes with the version of Python and a stored index must not:
# ASCII, Latin, Greek and Cyrillic as folded, kana, bopomofo, Han with all extensions, Hangul.
_LETTERS = (
    "[0-9a-z\u00df-\u00f6\u00f8-\u00ff\u0101-\u024f\u03ac-\u03ce\u0430-\u045f"
    "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe\u3105-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0002fa1f\U00030000-\U000323af]"
)
_RUN = later(f"{_LETTERS}+")
_PAIRS = later(f"(?=({_LETTERS}{{1,2}}))")


def tokens(folded: str) -> str:
    """Return what FTS5 has to index for a text, which is given as ``fold`` leaves it."""
    return " ".join(terms(folded))


def terms(folded: str) -> list[str]:
    """Return the words that FTS5 finds in ``tokens``, in their order."""
    return _PAIRS.findall(folded)


def query(text: str) -> str | None:
    """Return the MATCH expression for ``text``, None if it has no letter, digit or Chinese character.

    The hits are a superset of ``folded LIKE '%' || fold(text) || '%'``. Where a run has ended and another has
    begun in ``text`` it is so in what holds it: then both are one phrase.
    """
    phrase: list[str] = []
    for run in _RUN.findall(fold(text))[:MOST_RUNS]:
        phrase += _PAIRS.findall(run[:LONGEST_RUN])
        if len(run) > LONGEST_RUN:
            break
    if len(phrase) == 1:
        return f'"{phrase[0]}"*'
    # the last run may go on, so that its last character begins another pair
    return f'"{" ".join(phrase[:-1])}"' if phrase else None
