"""Recording in lines: the words, who it is, the facts; earlier cases of the same phone or home come up."""

from collections.abc import Sequence

from screens.ask.suggestions import suggestions
from screens.drafts import RECORD
from screens.outlook import outlook
from storage.queues import QueueRow
from workbench.actions import doing
from workbench.actions.asking import ON_THE_SPOT, RECORDING, handed_over
from workbench.domain import acts, masks
from workbench.domain.cases import Case
from workbench.domain.errors import OfferError, RefusedError, UsageError, WorkbenchError
from workbench.domain.text import gist, mask_numbers
from workbench.plain import offers, question
from workbench.plain.acting import READ_ONLY, Acting
from workbench.plain.dialogue import Back, number
from workbench.plain.form import Form, Typed
from workbench.plain.lines import uninterrupted
from workbench.plain.outcome import state
from workbench.reports.answer import answer
from workbench.rules import once, restriction
from workbench.rules.offers import NO_OFFER
from workbench.wording import names
from workbench.words import _

SHOWN = 60  # signs of an earlier case, or of a draft
FIELDS = (*RECORDING, *ON_THE_SPOT)
WITH_OUTCOME = tuple(field.name for field in ON_THE_SPOT[1:])


class Same(Exception):  # noqa: N818 (no error: the words belong to an earlier case)
    """What is said belongs to an earlier case."""

    def __init__(self, case_id: int) -> None:
        super().__init__()
        self.case_id = case_id


def record(acting: Acting, *, fetch: bool = False) -> Case | None:
    """Ask for a new case and store it; None where nothing was. With ``fetch`` a draft that waits comes back.

    Raises:
        Back: no line comes any more.
    """
    if acting.desk.read_only:
        acting.dialogue.say(_(READ_ONLY))
        return None
    try:
        return _recorded(acting, _begun(acting, fetch))
    except Same as same:
        draft = acting.drafts.load(RECORD)
        if acting.begin(
            acts.HEARD.id, same.case_id, text=draft.get("text", ""), channel=draft.get("channel", "")
        ):
            acting.drafts.forget(RECORD)
        return acting.desk.case(same.case_id)
    except Back as back:
        if back.ended:
            raise
        return None


def _begun(acting: Acting, fetch: bool) -> Typed:
    """Say what is about to be asked; return what is filled in already."""
    acting.drafts.rest(RECORD)
    acting.dialogue.say(_("New case: only the words are needed. A full stop alone stores it, ! goes back."))
    waiting = acting.drafts.waiting(RECORD)
    if fetch:
        draft = acting.drafts.take_next(RECORD)
        acting.dialogue.say(
            _("What was typed before is filled in; - leaves a field out.") if draft else _("No draft waits.")
        )
        return draft
    if waiting:
        said = gist(mask_numbers(waiting[0].get("text", "")), SHOWN)
        line = _("{n} not saved: {text} ({key} fetches)")
        acting.dialogue.say(line.format(n=len(waiting), text=said, key=_("record draft")))
    return {}


def _recorded(acting: Acting, given: Typed) -> Case:
    desk, op = acting.desk, once.op_id(acting.desk)
    policy, known = desk.rules().policy, suggestions(desk)
    asked = [question.of(field, policy, desk.now, None, known, {}) for field in FIELDS]
    form = _NewCase(acting, asked)
    typed = form.ask(given, {})
    while True:
        try:
            with uninterrupted():
                case = doing.record(desk, handed_over(typed), op_id=op)
            break
        except OfferError as why:
            typed = _about_sum(acting, form, typed, why)
        except (UsageError, RefusedError) as why:
            acting.dialogue.say(str(why.said))
            name = why.option.lstrip("-").replace("-", "_").lower() if isinstance(why, UsageError) else ""
            typed = form.ask_again(name, typed) if form.holds(name) else form.ask(typed, {})
        except WorkbenchError as why:
            acting.dialogue.say(str(why.said))
            acting.dialogue.say(_("An empty line tries once more; ! goes back."))
            acting.dialogue.ask()
    acting.drafts.forget(RECORD)
    acting.last = case.case_id if case.status != "open" else None
    said = answer(desk, acts.RECORD.id, case).said
    acting.dialogue.say(f"{said}  {names.level(case.severity)}  {state(desk, case)}", 2)
    return case


def _about_sum(acting: Acting, form: Form, typed: Typed, why: OfferError) -> Typed:
    chosen = offers.asked(acting.dialogue, why, recorded=False)
    if chosen == "none":
        return {**typed, NO_OFFER.name: "yes"}
    if chosen == "offer":
        acting.dialogue.say(_("Leave this out, record the case, give the sum, then close."))
    return form.ask_again("outcome", typed)


class _NewCase(Form):
    """The questions of a new case; behind the home come the earlier cases."""

    def __init__(self, acting: Acting, asked: Sequence[question.Question]) -> None:
        super().__init__(acting.dialogue, acting.drafts, RECORD, asked, self._answered)
        self.acting = acting

    def skips(self, name: str, typed: Typed) -> bool:
        """Leave out what goes with an outcome where there is none."""
        return name in WITH_OUTCOME and not typed.get("outcome", "").strip()

    def _answered(self, name: str, typed: Typed) -> None:
        if name != "unit" or not (typed.get("phone") or typed.get("unit")):
            return
        found = outlook(self.acting.desk, handed_over(typed))
        if found.restricted:
            self.dialogue.say(_(restriction.OF_PERSON))
        if found.earlier:
            self._ask_whether_same(found.earlier)

    def _ask_whether_same(self, rows: Sequence[QueueRow]) -> None:
        words = names.Names(self.acting.desk.rules().policy)
        self.dialogue.say(_("Earlier cases of this phone or unit: {n}").format(n=len(rows)))
        for at, row in enumerate(rows, 1):
            parts = (row.number, words.local(row.received_at)[:10], names.status(row.status),
                     masks.shown("customer", row.customer), row.handler or "",
                     gist(mask_numbers(row.gist), SHOWN))  # fmt: skip
            self.dialogue.say(f"{at} " + "  ".join(filter(None, parts)), 2)
        self.dialogue.say(_("An empty line: a new case. A number: the same matter, the words go there."))
        while typed := self.dialogue.ask().strip():
            if 1 <= number(typed) <= len(rows):
                raise Same(rows[number(typed) - 1].case_id)
            said = _("A number from {low} to {high}, please; ! goes back.")
            self.dialogue.say(said.format(low=1, high=len(rows)))
