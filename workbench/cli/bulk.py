"""``bulk``: one act on many cases, shown before it is done; one result a case, and all taken back as one."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from storage.queues import NO_LIMIT
from workbench import actions
from workbench.actions import batch
from workbench.actions.batch import Came, Fate, Outcome
from workbench.cli import listing, meter, out
from workbench.cli import where as reading
from workbench.cli.doing import refuse_blanks
from workbench.cli.registry import verb
from workbench.cli.session import Session
from workbench.cli.stopping import stop_on_interrupt
from workbench.domain import acts, masks, values
from workbench.domain.acts import Many
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.text import gist
from workbench.reports import batch_answer, queue_now
from workbench.rules import in_sight, once
from workbench.rules.action import Field
from workbench.rules.offers import NO_OFFER
from workbench.words import N_, _

ACT = Field("act", N_("Act"), "line", required=True, positional=True, metavar="ACT",
            help=N_("The act, with the options of its own verb; undo takes a batch back."))  # fmt: skip
QUEUE = Field("queue", N_("Queue"), "line", positional=True, metavar="QUEUE",
              help=N_("The cases of this queue; behind undo the id of a batch."))  # fmt: skip
WHERE = Field("where", N_("Where"), "flags", metavar="FIELD=VALUE",
              help=N_("Only cases for which this holds; the fields are the JSON keys."))  # fmt: skip
NUMBERS = Field("numbers", N_("Numbers"), "cases", metavar="N,N", help=N_("These cases, and no queue."))
YES = Field(
    "yes", N_("Yes"), "yesno", help=N_("Do it; without this it is only shown, and nothing is stored.")
)
BATCH = Field(
    "batch", N_("Batch"), "line", metavar="ID",
    help=N_("The id of a batch that was stopped: it goes on, and nothing is stored twice."),
)  # fmt: skip
COMMON = (ACT, QUEUE, WHERE, NUMBERS, YES, BATCH)
ABLE = tuple(acts.where(lambda act: act.origin is acts.Origin.PERSON and act.many is Many.EACH))


def own_fields(words: Sequence[str]) -> tuple[Field, ...]:
    """Return the options that the act in front of ``words`` brings with it."""
    if not words or words[0] not in acts.PERSONS:
        return ()
    action = actions.of(words[0])
    spoken = (NO_OFFER,) if any(field.spoken for field in action.fields) else ()
    return (*(replace(field, required=False) for field in batch.fields(action)), *spoken)


@verb(
    "bulk", N_("Do one act to many cases: shown first, done with --yes, undone as one."), COMMON, own_fields
)
def bulk(session: Session, asked: dict[str, Any]) -> None:
    """Show what the act would do, or do it; or take a batch back."""
    act_id, op = asked.pop(ACT.name), asked.pop(BATCH.name, None)
    sure = bool(asked.pop(YES.name, False))
    if act_id == acts.UNDO.id:
        if narrowed := next((each for each in (WHERE.name, NUMBERS.name) if asked.get(each)), ""):
            raise UsageError(N_("A batch is taken back whole; leave it out."), option=f"--{narrowed}")
        _take_back(session, asked.pop(QUEUE.name, ""), asked)
        return
    action = actions.of(_known(act_id))
    batch.ensure_many(action)
    keys = _cases(session, asked)
    refuse_blanks(action.fields, asked)
    for field in action.fields:
        if field.required and field.name not in asked:
            raise UsageError(field.left_empty, option=f"--{field.name.replace('_', '-')}")
    if not sure:
        with meter.meter() as told:
            found = batch.foresee(session.desk, act_id, keys, asked, told)
        _print(session, act_id, Outcome(b"", tuple(found)), stored=False)
        return
    session.refuse_if_read_only()
    own = batch.read_id(op) if op else once.op_id(session.desk)
    with meter.meter() as told, stop_on_interrupt() as stopped:
        came = batch.do(session.desk, act_id, keys, asked, op=own, told=told, stop=lambda: bool(stopped))
    _print(session, act_id, came)
    _end(came, stopped=bool(stopped))


def _take_back(session: Session, typed: str, asked: Mapping[str, Any]) -> None:
    session.refuse_if_read_only()
    op = batch.read_id(typed)
    with meter.meter() as told, stop_on_interrupt() as stopped:
        came = batch.take_back(session.desk, op, asked, told=told, stop=lambda: bool(stopped))
    _print(session, acts.UNDO.id, came)
    _end(came, stopped=bool(stopped))


def _known(typed: str) -> str:
    """Return ``typed``, an act of a person.

    Raises:
        UsageError: there is none; names the nearest.
    """
    if typed in acts.PERSONS:
        return typed
    near = values.nearest(typed, ABLE)
    template = N_('there is no act "{typed}"; for many cases there are: {known}.')
    if near:
        template = N_('there is no act "{typed}"; did you mean {nearest}?')
    raise UsageError(template, typed=gist(typed, 40), nearest=near, known=", ".join(ABLE))


def _cases(session: Session, asked: dict[str, Any]) -> list[int]:
    """Return the cases that were asked for, each once.

    Raises:
        UsageError: neither a queue nor numbers, or both; or a condition that cannot be asked.
        NotFoundError: a number is that of no case.
    """
    queue, where = asked.pop(QUEUE.name, None), asked.pop(WHERE.name, ())
    typed = asked.pop(NUMBERS.name, ())
    numbers = [part.strip() for each in typed for part in each.split(",") if part.strip()]
    if numbers and (queue or where):
        raise UsageError(N_("Either a queue or numbers, not both."), option="--numbers")
    if numbers:
        return list(dict.fromkeys(session.desk.find(number) for number in numbers))
    if not queue:
        raise UsageError(N_("Say which cases: a queue, or --numbers."))
    view = listing.view(session, queue)
    view = replace(view, where=reading.conditions(where, session.desk.rules(), view.now, session.desk))
    with session.desk.store.reading() as db:
        view = replace(view, reach=in_sight.reach(session.desk, db))
        return list(queue_now.top(session.desk, db, view, NO_LIMIT).keys)


def _print(session: Session, act_id: str, came: Outcome, *, stored: bool = True) -> None:
    """Print a result for each case: JSON, or a table with what was refused first."""
    if session.json:
        out.document(
            {"batch": came.op.hex() or None, "act": act_id, "stored": stored}
            | {each.value: came.count(each) for each in Came}
            | {"left": len(came.left), "cases": [_json(fate) for fate in came.fates]}
        )
        return
    ordered = sorted(came.fates, key=lambda fate: fate.came is not Came.REFUSED)
    rows = [[fate.number, batch_answer.word(fate.came, stored=stored), _why(fate)] for fate in ordered]
    if rows:
        headings = (_("Number"), _("Result") if stored else _("Would be"), _("Why"))
        out.table(headings, rows[: max(listing.SHOWN, came.count(Came.REFUSED))], wordy=(2,))
    if len(rows) > (shown := max(listing.SHOWN, came.count(Came.REFUSED))):
        out.tell(_("{n} more like the last; --json shows all.").format(n=len(rows) - shown))
    out.line(batch_answer.summary(act_id, came, stored=stored))
    if stored and act_id != acts.UNDO.id and came.count(Came.REFUSED) < len(came.fates):
        out.line(_("Batch {id}; workbench bulk undo {id} takes it back.").format(id=came.op.hex()))
    elif not stored:
        out.tell(_("Nothing is stored yet; --yes does it."))


def _json(fate: Fate) -> dict[str, Any]:
    return {"number": fate.number, "result": fate.came.value, "reason": _why(fate) or None}


def _why(fate: Fate) -> str:
    return fate.why.shown(masks.in_sentence) if fate.why is not None else ""


def _end(came: Outcome, *, stopped: bool) -> None:
    """Leave by the exit code of what came of it.

    Raises:
        StoreError: the store ended it.
        KeyboardInterrupt: somebody did.
        RefusedError: some cases were refused.
    """
    if came.fault is not None:
        raise came.fault
    if stopped and came.left:
        out.tell(_("Stopped; what is done stays done. Cases that were left: {n}").format(n=len(came.left)))
        raise KeyboardInterrupt
    if refused := came.count(Came.REFUSED):
        raise RefusedError(N_("{n} of {all} cases were refused."), n=refused, all=len(came.fates))
