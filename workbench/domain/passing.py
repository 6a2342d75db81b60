"""How often a customer was passed on: the four ways in which nobody took a case as theirs.

Source: S2 (being passed around makes owners unhappy); which ways count is a choice of this project.
"""

from msgspec import Struct

from workbench.domain.cases import Case
from workbench.domain.duties import DISPATCH, REQUEST

NOT_THEIRS = "not-theirs"  # the state of a request whose department said so
CAME_BACK = "came_back"  # the mark of a request that nobody took up in time; it is owed all the same


class Passed(Struct, frozen=True):
    """Counts of one case.

    Attributes:
        handoffs: Changes of handler; not the first, a shift that was handed over, what a substitute gives
            back, or what somebody who has left leaves behind.
        refused: Dispatches refused.
        returned: Dispatches and requests that nobody took up in time.
        not_theirs: Requests answered by: this is not ours.
    """

    handoffs: int
    refused: int
    returned: int
    not_theirs: int

    @property
    def total(self) -> int:
        """All four together."""
        return self.handoffs + self.refused + self.returned + self.not_theirs

    def as_json(self) -> dict[str, int]:
        """Return what machines read."""
        return {name: getattr(self, name) for name in self.__struct_fields__}


def passed(case: Case) -> Passed:
    """Return how often the customer of ``case`` was passed on."""
    if not case.duties:  # as in most cases, and every entry asks
        return Passed(case.handoffs, 0, 0, 0)
    offered = [duty for duty in case.duties if duty.kind == DISPATCH.id]
    asked = [duty for duty in case.duties if duty.kind == REQUEST.id]
    return Passed(
        handoffs=case.handoffs,
        refused=sum(duty.state == "refused" for duty in offered),
        returned=sum(duty.state == "returned" for duty in offered)
        + sum(bool(duty.data.get(CAME_BACK)) for duty in asked),
        not_theirs=sum(duty.state == NOT_THEIRS for duty in asked),
    )
