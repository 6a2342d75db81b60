"""The tables of docs/matrix.md, made from the records; run it to write them anew: python tests/matrix/page.py

What is listed is where a road asks less than the record of an act says: each row is a row of ``DECISIONS`` or
of ``OPEN``, and the cells that it is about are counted from the records.
"""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from matrix.axes import ROADS, STATES, has_road

from workbench.domain import acts
from workbench.domain.acts import Act, Authority, Merged, Undo, Voice, Weight

PAGE = Path(__file__).parents[2] / "docs" / "matrix.md"
BLOCK = re.compile(r"(<!-- (\w+): made by tests/matrix/page.py -->\n)(.*?)(<!-- end -->)", re.DOTALL)


@dataclass(frozen=True)
class Row:
    """Where what comes is not what the record alone would say, or not what is right."""

    holds: Callable[[Act], bool]
    states: str
    people: str
    road: str
    today: str
    right: str


DECISIONS = (
    Row(
        lambda act: act.imported and act.voice is Voice.TELLS and act.weight is Weight.ADDING,
        "force", "not the head", "import", "the entry is written",
        "so it is right: it was told elsewhere, and nothing that happened is lost (domain, what must hold); "
        "the head alone tells from here on (S0)",
    ),
    Row(
        lambda act: act.imported and act.merged is Merged.THERE and act.weight is Weight.ADDING,
        "merged", "all who may", "import", "the entry stands on the merged case",
        "so it is right: its source knows this case only, and the reader of the case that goes on sees the link",
    ),
    Row(
        lambda act: act.id == "heard",
        "closed, done, merged", "all who may", "import", "the word opens nothing: the last handler owes a decision; "
        "on a merged case it stands on the one that goes on as well",
        "so it is right: nobody of ours has heard it, so nobody has said that it is the matter again; "
        "it waits in `waiting-for-us`, and somebody owes the decision",
    ),
    Row(
        lambda act: act.id in ("close", "assign", "reopen") or (act.imported and act.weight is Weight.DECIDING),
        "waiting, closed, done, merged, group, force, accused, accusing, corrected, others", "all who may", "import",
        "the words of the source are added, nothing changes, and whoever handles the case owes a look",
        "so it is right: the source owns what nobody here has touched; it closes, grades and ends nothing of ours",
    ),
    Row(
        lambda act: act.authority in (Authority.LEVEL, Authority.MONEY),
        "corrected", "roles below the level that was", "key", "it becomes a request to whoever may close at that level",
        "so it is right: a fact may always be corrected, and authority does not fall with it, until somebody confirms",
    ),
    Row(
        lambda act: act.authority is Authority.LEVEL,
        "grave", "roles below the level", "import", "the file's closing becomes a request to whoever may decide",
        "so it is right: above the limit it is passed up (S3). The same file again asks nothing again",
    ),
    Row(
        lambda act: (act.imported and bool(act.brings)) or act.id == "assign",
        "gated", "all who may", "import", "the entry is written before the gate",
        "so it is right: an entry of the past may be older than the gate, and who holds it at its source is a fact",
    ),
    Row(
        lambda act: act.weight is Weight.DECIDING,
        "unit", "who works at another unit", "import", "the row is refused with its line and who holds the case",
        "so it is right: it decides on a case that is not theirs; what a row adds has happened, and stays",
    ),
    Row(
        lambda act: act.id == "callback",
        "unit", "who works at another unit", "campaign", "the call is refused before its form opens, and when it is written",
        "so it is right: a call of a campaign is a call to the customer of that case. The number may be looked up, and a case recorded",
    ),
    Row(
        lambda act: act.anywhere and act.id != "record",
        "unit", "who works at another unit", "verb", "the entry is written",
        "so it is right: words are taken from whoever hears them, what concerns oneself is one's own, and the own last act "
        "is taken back wherever the case has gone",
    ),
    Row(
        lambda act: act.id == "close",
        "gated", "all", "import", "the row is refused with its line and the missing step",
        "so it is right: a closing of now waits for the gate (S2); what was closed before it came here is history",
    ),
    Row(
        lambda act: act.id in ("close", "assign", "reopen") or act.imported,
        "all", "roles without the act", "import", "the file is refused at the door",
        "so it is right: who may not do it by key does not do it by file",
    ),
    Row(
        lambda act: act.id == "callback",
        "force", "neither head, head office nor quality control", "campaign", "the call is refused before its form opens, and when it is written",
        "so it is right: a call of a campaign is a call to the same customer (S0). "
        "The number may be looked up, and a case recorded",
    ),
    Row(
        lambda act: act.undo is Undo.NEVER and act.id not in ("record", "undo", "reveal"),
        "all", "whoever did it", "undo", "it stays, and so does whatever was done before it",
        "so it is right: an approval and a payment bind others, as its record says",
    ),
    Row(
        lambda act: act.undo is not Undo.NEVER,
        "all", "whoever did it", "undo", "for 24 hours it is taken back; later it stays",
        "so it is right: by then others have read it and built on it",
    ),
)  # fmt: skip
OPEN: tuple[Row, ...] = ()


def table(rows: tuple[Row, ...]) -> Iterator[str]:
    """Yield the lines of a table; the acts are those for which the record holds, by name or by number."""
    if not rows:
        return
    yield "| act | state | person | road | what happens today | what is right, and why |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for row in rows:
        found = [
            act.id
            for act in map(acts.BY_ID.__getitem__, acts.PERSONS)
            if row.holds(act) and has_road(act, row.road)
        ]
        named = " ".join(f"`{act}`" for act in found) if len(found) <= 9 else f"{len(found)} acts"
        yield f"| {named} | {row.states} | {row.people} | {row.road} | {row.today} | {row.right} |"


def sizes() -> Iterator[str]:
    """Yield how many acts come by each road."""
    yield "| road | acts |"
    yield "| --- | --- |"
    for road in ROADS:
        yield f"| {road} | {sum(has_road(acts.BY_ID[act], road) for act in acts.PERSONS)} |"
    yield f"\n{len(acts.PERSONS)} acts, {len(STATES)} states, {len(ROADS)} roads."


MADE = {"decided": lambda: table(DECISIONS), "open": lambda: table(OPEN), "roads": sizes}


def written(text: str) -> str:
    """Return ``text`` with its tables made anew."""
    return BLOCK.sub(lambda found: found[1] + "\n".join(MADE[found[2]]()) + "\n" + found[4], text)


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
