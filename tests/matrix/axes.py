"""What the matrix is made of: acts, states, people and roads, each generated or checked against its source."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workbench.domain import acts
from workbench.domain.acts import Act, Authority, Many, Origin

STATES = (
    "open", "waiting", "closed", "done", "merged", "group", "force", "accused", "accusing", "grave", "corrected", "gated", "others", "unit",
    "kept",
)  # fmt: skip
ROADS = ("key", "verb", "bulk", "import", "campaign", "approval", "undo")
SUBSTITUTE, AWAY, STRANGER = "the-substitute", "the-absent", "a-stranger"

# What a file brings besides the acts that are ``imported`` as entries of their own: which columns do.
FROM_COLUMNS: Mapping[str, str] = {
    "record": "a row",
    "close": "closing",
    "assign": "handler",
    "reopen": "no closing",
}
FROM_CAMPAIGN = (
    "callback",
    "record",
    "reveal",
)  # what a person may do to a contact, by the right that it needs


@dataclass(frozen=True, order=True)
class Cell:
    """One act on a case in a state, by a person, on a road."""

    act: str
    state: str
    person: str
    road: str

    def __str__(self) -> str:
        return f"{self.act} / {self.state} / {self.person} / {self.road}"


def person_of(role: str) -> str:
    """Return who has ``role`` in every house of the matrix."""
    return f"the-{role}"


def has_road(act: Act, road: str) -> bool:
    """Say whether ``act`` can come by ``road`` at all, as its record says."""
    match road:
        case "key" | "verb" | "undo":
            return act.origin is Origin.PERSON
        case "bulk":
            return act.many is Many.EACH
        case "import":
            return act.imported or act.id in FROM_COLUMNS
        case "campaign":
            return act.id in FROM_CAMPAIGN
        case "approval":
            return act.authority is not Authority.NONE
    raise KeyError(f"the road {road!r} is not described: axes.has_road")


def every(people: tuple[str, ...]) -> Iterator[Cell]:
    """Yield all cells, those on a road that an act does not have too."""
    for act in acts.PERSONS:
        for state in STATES:
            for person in people:
                for road in ROADS:
                    yield Cell(act, state, person, road)


def walkable(people: tuple[str, ...]) -> Iterator[Cell]:
    """Yield the cells whose act can come by their road."""
    return (cell for cell in every(people) if has_road(acts.BY_ID[cell.act], cell.road))
