"""One act on the marked cases: what will come of it, one form, case by case, and taken back as one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

from textual.widget import Widget

from screens.ask.bulk_form import BulkForm, draft_key
from screens.ask.suggestions import suggestions
from screens.background import Presses
from screens.bulk_pane import BulkPane
from screens.host import NOTHING, Host
from screens.mark_keys import MarkKeys
from screens.repeat import Repeat
from screens.saving import prepare
from workbench import actions
from workbench.actions import batch
from workbench.actions.batch import Came, Fate, Outcome
from workbench.domain import acts
from workbench.domain.errors import OfferError, RefusedError, StoreError, UsageError, WorkbenchError
from workbench.reports import batch_answer
from workbench.rules import once
from workbench.rules.action import Action
from workbench.rules.offers import NO_OFFER
from workbench.words import _

if TYPE_CHECKING:
    from screens.act_runner import ActRunner

FEW = 25  # cases that are done in a moment: keys wait for them, as for one
ECHO_SECONDS = 1.0  # a second press of undo is meant for what the first one took back
TOLD_SECONDS = 0.25  # from one word on how far it is to the next


@dataclass(frozen=True)
class Foreseen:
    """What an act will come to on each marked case; ``typed`` is what its form starts with, ``op`` its id."""

    action: Action
    fates: list[Fate]
    known: Mapping[str, list[str]]
    typed: Mapping[str, str]
    op: bytes

    @property
    def seen(self) -> dict[int, int]:
        """The version of each case to which it will be done; what was refused is not tried."""
        return {fate.case_id: fate.version for fate in self.fates if fate.came is not Came.REFUSED}

    @property
    def said(self) -> str:
        """How many it will be done to, and why not to the others."""
        return batch_answer.foreseen(self.fates)


class BulkRunner:
    """Carries an act out on the marked cases for a screen."""

    def __init__(self, host: Host, acting: "ActRunner", marking: MarkKeys, repeat: Repeat) -> None:
        self.host, self.acting, self.marking, self.repeat = host, acting, marking, repeat
        self._running: Event | None = None  # set to stop it between two cases
        self._told_at = 0.0
        self._over: Widget | None = None  # what stood over the list when it began
        self._took_back_at = -inf  # monotonic seconds: when a batch was being taken back last

    @property
    def last(self) -> bytes | None:
        """The batch that the next undo takes back; None where that is the act on a case."""
        return self.acting.last if isinstance(self.acting.last, bytes) else None

    @property
    def marked(self) -> int:
        """How many cases an act is meant for: those that are marked, where the list is seen."""
        return len(self.marking.marks) if self.marking.top() is None else 0

    def takes(self, command: str) -> bool:
        """Say whether a command is meant for the marked cases."""
        return bool(self.marked) and (command in acts.PERSONS or command == "again")

    def begin(self, command: str) -> None:
        """Look what an act will come to on each marked case, and ask for it once."""
        action = self.repeat.wanted() if command == "again" else actions.of(command)
        if action is None:
            return
        try:
            batch.ensure_many(action)
        except RefusedError as why:
            said = _("{why} {n} are marked; {key} takes the marks away.")
            self.host.say(said.format(why=why, n=len(self.marking.marks), key="Esc"), "warning")
            return
        if self.host.desk.read_only:
            self.host.say(_("The store is open for reading only."), "warning")
            return
        keys, typed = list(self.marking.marks), self.repeat.typed if command == "again" else NOTHING
        self.host.say(_("Looking at {n} cases ...").format(n=len(keys)))
        prepare(self.host, lambda: self._look(action, keys, typed), self.ask)

    def _look(self, action: Action, keys: list[int], typed: Mapping[str, str]) -> Foreseen:
        desk, draft = self.host.desk, self.host.drafts.load(draft_key(action))
        given = {**typed, **draft}
        known = not any(each.required and not given.get(each.name) for each in batch.fields(action))
        fates = batch.foresee(desk, action.id, keys, given) if known else batch.open_to(desk, action.id, keys)
        return Foreseen(action, fates, suggestions(desk), typed, once.op_id(desk))

    def ask(self, found: Foreseen) -> None:
        """Show the cases, and ask for the act unless none of them can have it."""
        title = _("{act}: marked cases").format(act=_(found.action.title))
        self.host.show(BulkPane(self.host, title, found.fates))
        if all(fate.came is Came.REFUSED for fate in found.fates):
            self.host.say(found.said, "warning")
            return
        given = {**found.typed, **self.host.drafts.load(draft_key(found.action))}
        self.host.ask("form", BulkForm(self, found, given))

    def carry_out(self, form: BulkForm, typed: Mapping[str, str]) -> None:
        """Do it case by case in the background."""
        found, desk, running = form.found, self.host.desk, Event()
        seen, refused = found.seen, [fate for fate in found.fates if fate.came is Came.REFUSED]

        def work() -> Outcome:
            outcome = batch.do(
                desk, found.action.id, list(seen), typed, op=found.op, seen=seen, told=self._tell,
                stop=running.is_set,
            )  # fmt: skip
            self.host.drafts.forget(draft_key(found.action))
            return outcome._replace(fates=(*outcome.fates, *refused))

        def done(outcome: Outcome) -> None:
            self._running, form.put_away = None, True
            self.host.answered()
            self.repeat.did(found.action, typed)
            self._came(found.action, outcome)

        def failed(why: WorkbenchError) -> None:
            self._running = None
            if isinstance(why, OfferError):
                self._ask_offer(form, typed, why)
            elif isinstance(why, UsageError):
                form.refused(why)
            else:
                self.host.say(str(why), "warning")

        self._run(running, work, done, failed, len(seen), form)

    def _ask_offer(self, form: BulkForm, typed: Mapping[str, str], why: OfferError) -> None:
        """Ask once whether the sum in the text is none: one that is offered is given case by case."""
        from screens.ask.offer import ON_MANY, OfferQuestion

        def chosen(choice: str | None) -> None:
            if choice == "none":
                self.carry_out(form, {**typed, NO_OFFER.name: "yes"})

        self.host.app.push_screen(OfferQuestion(why, keys=ON_MANY), chosen)

    def take_back(self) -> None:
        """Take the last batch back, case by case."""
        op, running = self.last, Event()
        if op is None or self._running is not None:
            return
        self.acting.last, self._took_back_at = None, inf

        def done(outcome: Outcome) -> None:
            self._running, self._took_back_at = None, monotonic()
            self._came(actions.of(acts.UNDO.id), outcome)

        def failed(why: WorkbenchError) -> None:
            self._running, self._took_back_at = None, monotonic()
            if isinstance(why, StoreError):
                self.acting.last = op  # it can still be taken back
            self.host.say(str(why), "warning")

        def work() -> Outcome:
            return batch.take_back(self.host.desk, op, {}, told=self._tell, stop=running.is_set)

        self._run(running, work, done, failed, FEW + 1, None)

    def undoes(self) -> bool:
        """Say whether the next undo takes back what was stored here last."""
        return self.acting.last is not None

    def forget_last(self) -> None:
        """Note that something else was stored here: the next undo takes nothing from before it back."""
        self.acting.last = None

    def echoes(self) -> bool:
        """Say whether undo was meant for the batch that is being taken back, or just was."""
        return monotonic() - self._took_back_at < ECHO_SECONDS

    def stop(self) -> bool:
        """Stop what is being done after the case at which it is; False where nothing is."""
        if self._running is None:
            return False
        self._running.set()
        return True

    def _run(
        self,
        running: Event,
        work: Callable[[], Outcome],
        done: Callable[[Outcome], None],
        failed: Callable[[WorkbenchError], None],
        count: int,
        form: BulkForm | None,
    ) -> None:
        """Run it; where it takes longer, keys go on, so that Esc can stop it."""
        if self._running is not None:
            return
        self._running, self._over = running, self.marking.top()
        keys = Presses.WAIT_TO_THE_END if count <= FEW else Presses.GO_ON
        self.host.save(work, done, failed, form=form, keys=keys)

    def _tell(self, done: int, of: int) -> None:
        """Say how far it is, a few times a second; comes from the thread that works."""
        if monotonic() - self._told_at < TOLD_SECONDS or of <= FEW:
            return
        self._told_at = monotonic()
        said = _("{n} of {all} ... Esc stops after this case; what is done stays done.")
        self.host.app.call_from_thread(self.host.say, said.format(n=done, all=of))

    def _came(self, action: Action, outcome: Outcome) -> None:
        """Say what came of it; cases that were refused stay marked, and are listed with the reason."""
        undo, done = action.id == acts.UNDO.id, [f for f in outcome.fates if f.came is not Came.REFUSED]
        said = batch_answer.summary(action.id, outcome)
        if not undo:
            self.marking.drop([fate.case_id for fate in done])
            self.acting.last = outcome.op if done else None
            if done:
                said += "  " + _("({key} undoes it)").format(key=self.host.keys.first("queue", "undo"))
        self._show(action, outcome)
        if outcome.fault is not None:
            said = f"{said}  {outcome.fault}"
        self.host.say(said, "information" if len(done) == len(outcome.fates) else "warning", toast=True)
        for fate in outcome.fates[:1]:
            self.host.changed(fate.case_id)

    def _show(self, action: Action, outcome: Outcome) -> None:
        """List what came of each case where not all went well, else show the queue again."""
        pane = self.marking.top()
        if self.host.asking or pane is not self._over:
            return  # somebody has gone on: nothing takes the place of what they fill in or read
        if all(fate.came is Came.DONE for fate in outcome.fates) and not outcome.left:
            if isinstance(pane, BulkPane):
                self.host.back()
            return
        title = _("{act}: what came of it").format(act=_(action.title))
        if isinstance(pane, BulkPane):
            pane.show_fates(title, outcome.fates)
        else:
            self.host.show(BulkPane(self.host, title, outcome.fates, stored=True))
