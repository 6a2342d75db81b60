"""What the tour shows, in order. A sentence names its keys by what they do; a line of 60 cells takes each."""

from typing import NamedTuple

from workbench.domain import acts
from workbench.words import N_


class Step(NamedTuple):
    """One thing to try.

    Attributes:
        command: What its key is bound to; the step is kept under that name.
        done_by: The acts of which an entry by this person is it; none: it leaves no entry.
        say: Before it is begun. ``{key}`` is its key, ``{save}`` the one that stores a form.
        filling: While its form stands there.
        elsewhere: Where it cannot be done to the case under the cursor.
        queue: The key of ``{queue}`` in ``elsewhere``: where such cases are.
    """

    command: str
    done_by: tuple[str, ...]
    say: str
    filling: str = ""
    elsewhere: str = ""
    queue: str = ""


YOURS = N_("{queue}: your own cases; go to one that is open")
STEPS = (
    Step(
        acts.RECORD.id,
        (acts.RECORD.id,),
        N_("{key} records a new case"),
        N_("Tab to the words, type them; {save} saves"),
    ),
    Step(
        acts.TAKE.id,
        (acts.TAKE.id,),
        N_("{key} takes the case under the cursor"),
        elsewhere=N_("{queue}: cases that nobody holds; choose one"),
        queue="unassigned",
    ),
    Step(
        acts.REPLY.id,
        (acts.REPLY.id,),
        N_("{key} writes down what the customer was told"),
        N_("What were they told? {save} saves"),
        YOURS,
        "mine",
    ),
    Step(
        acts.CLOSE.id,
        (acts.CLOSE.id, acts.REQUEST_APPROVAL.id),
        N_("{key} closes it, with the outcome in a sentence"),
        N_("How did it end? {save} saves"),
        YOURS,
        "mine",
    ),
    Step(
        acts.CALLBACK.id,
        (acts.CALLBACK.id,),
        N_("{key} calls back: is the customer content?"),
        N_("Arrows choose, Tab goes on, {save} saves"),
        N_("{queue}: who is to be called back; choose one"),
        "callbacks",
    ),
    Step(
        acts.UNDO.id,
        (acts.UNDO.id, acts.REOPEN.id),
        N_("{key} takes back your last act; both are kept"),
    ),
    Step(
        "find",
        (),
        N_("{key} finds among all cases, done ones too"),
        N_("A name, a word, a unit; then Enter"),
    ),
    Step("next", (), N_("{key} brings the most urgent case for you")),
)
BY_COMMAND = {step.command: step for step in STEPS}
ASIDE = N_("{aside} puts this aside; the tour waits")
BESIDE = N_("{save} stores this, {aside} puts it aside")
OVER = N_("That was it: {help} has all keys, {more} all acts")
