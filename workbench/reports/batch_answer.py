"""What is said of one act on many cases: before it, and of what came of it."""

from collections.abc import Sequence

from workbench.actions.batch import Came, Fate, Outcome, grouped
from workbench.domain import acts
from workbench.wording import names
from workbench.words import N_, _

WILL = {Came.DONE: N_("will be done"), Came.REQUEST: N_("will be asked for"), Came.REFUSED: N_("refused")}
DID = {Came.DONE: N_("done"), Came.REQUEST: N_("asked for"), Came.REFUSED: N_("refused")}


def word(came: Came, *, stored: bool) -> str:
    """Return what came of the act on one case, in a word; what would, where nothing is ``stored``."""
    return _((DID if stored else WILL)[came])


def foreseen(fates: Sequence[Fate]) -> str:
    """Return how many will be done and how many will not, with the most frequent reasons."""
    parts = [_("{n} will").format(n=sum(fate.came is Came.DONE for fate in fates))]
    if asked := sum(fate.came is Came.REQUEST for fate in fates):
        parts.append(_("{n} above your authority: asked for").format(n=asked))
    groups = grouped(fates)
    if not groups:
        return _(", ").join(parts)
    parts.append(_("{n} will not").format(n=sum(len(group.numbers) for group in groups)))
    reasons = _("; ").join(f"({len(group.numbers)}) {group.said}" for group in groups)
    return _("{counts}: {reasons}").format(counts=_(", ").join(parts), reasons=reasons)


def summary(act_id: str, came: Outcome, *, stored: bool = True) -> str:
    """Return what came of a batch in one line: how many of each, and what was left."""
    if not stored:
        return foreseen(came.fates)
    title = names.act(act_id)
    parts = [_("{n} done").format(n=came.count(Came.DONE))]
    if act_id == acts.UNDO.id:
        parts = [_("{n} taken back").format(n=came.count(Came.DONE))]
    if asked := came.count(Came.REQUEST):
        parts.append(_("{n} asked for").format(n=asked))
    if refused := came.count(Came.REFUSED):
        parts.append(_("{n} refused").format(n=refused))
    if came.left:
        parts.append(_("{n} not begun").format(n=len(came.left)))
    return _("{act}: {counts}").format(act=title, counts=_(", ").join(parts))
