"""Cases that may complain about somebody, and entries that nobody impartial was left to make."""

from collections.abc import Iterable

from storage.engine import Db
from storage.figures import Span, given
from storage.part import WHOLE, Part
from workbench.domain import acts

# what only somebody impartial should do; what a rule brings is nobody's
ASKED = ", ".join(f"'{act}'" for act in acts.PERSONS if not acts.BY_ID[act].accused_may)

MARKED = f"""
    SELECT count(*) FROM event e
     WHERE e.site_id = :site_id AND e.at >= :since AND e.at < :until AND e.act IN ({ASKED})
       AND instr(e.data, '"not_impartial"') AND e.data ->> 'not_impartial'{{part}}
       AND NOT EXISTS (SELECT 1 FROM event u WHERE u.site_id = e.site_id AND u.case_id = e.case_id
                          AND u.act = 'undo' AND u.data ->> 'seq' = e.seq)
"""  # noqa: S608 (our own words)
# of a case that is merged into another its head complains too; of a group it does not, which its links tell
NAMING = """
    SELECT case_id FROM cases c
     WHERE case_id IN ({marks})
       AND (instr(about, ?1) OR EXISTS (SELECT 1 FROM cases p WHERE p.site_id = c.site_id
                                           AND p.part_of = c.number AND instr(p.about, ?1)))
     ORDER BY case_id
"""


def naming(db: Db, keys: Iterable[int], person: str) -> list[int]:
    """Return those of the cases ``keys`` that may complain about ``person``: they or their parts do."""
    found = list(keys)
    marks = ", ".join(f"?{at}" for at in range(2, len(found) + 2))
    return [key for (key,) in db.all(NAMING.format(marks=marks), (person, *found))]


def marked(db: Db, site_id: int, span: Span, part: Part = WHOLE) -> int:
    """Return how many acts of the span were done by somebody of whom nobody says that they stand apart."""
    return int(db.value(MARKED.format(part=part.on_keys("e.case_id")), given(site_id, span, part)))
