"""The dialler in place of the list: one customer after another who is to be rung, until nobody is left."""

from collections.abc import Mapping
from functools import partial
from time import monotonic
from typing import ClassVar

from textual.events import Key

from screens.ask.dial_forms import DialForm, LaterForm, ReachedForm
from screens.background import Presses, background
from screens.dial_round import Look, Round
from screens.host import Host
from screens.list_columns import Rows
from screens.list_pane import ListPane
from screens.present import dial_text
from screens.present.ink import SOFT, TITLE, line, lines
from workbench.domain import acts
from workbench.domain.errors import RefusedError, WorkbenchError
from workbench.domain.text import safe_text
from workbench.reports import dialler
from workbench.setup import dialling
from workbench.setup.dial_items import Customer
from workbench.setup.dialling import Came
from workbench.words import N_, _

SEEN_SECONDS = 1.0  # after which somebody has seen who stands there: a key before that was meant otherwise
RENEW_SECONDS = 60.0  # well within the span of a claim
FORMS: Mapping[str, type[DialForm]] = {each.OUTCOME: each for each in (ReachedForm, LaterForm)}
OUTCOMES = {
    "reached": dialling.REACHED,
    "not_reached": dialling.NOT_REACHED,
    "later": dialling.LATER,
    "refused": dialling.REFUSED,
}


class DialPane(ListPane):
    """Shows one customer with all that is owed to them; each outcome is one key, and brings the next one."""

    CONTEXT: ClassVar = "dial"

    def __init__(self, host: Host) -> None:
        super().__init__(host, "dial")
        self.round = Round(host.desk)
        self.look: Look | None = None
        self.phone = ""  # in full, while it is shown
        self.last: Came | None = None  # what the next undo takes back
        self._shown_at = self._pressed_at = 0.0  # monotonic seconds
        self.commands |= {
            **{name: partial(self.act, outcome) for name, outcome in OUTCOMES.items()},
            "skip": self.skip,
            "undo": self.undo,
            "reveal": self.reveal,
            "next_list": partial(self.sideways, 1),
            "previous_list": partial(self.sideways, -1),
            "refresh": self.refresh_rows,
            "cancel": lambda: self.host.run("quit"),
        }

    def on_mount(self) -> None:
        """Claim the first customer, and hold on to whoever stands there."""
        super().on_mount()
        self.set_interval(RENEW_SECONDS, self.renew)

    def on_unmount(self) -> None:
        """Give back who was claimed."""
        self.round.leave()
        super().on_unmount()

    def on_key(self, event: Key) -> None:
        """Note when the key was pressed: it was meant for what stood there then."""
        self._pressed_at = event.time
        super().on_key(event)

    def hints(self) -> list[tuple[str, str]]:
        """Return the keys of the dialler."""
        wanted = {
            "reached": N_("reached"),
            "not_reached": N_("not reached"),
            "later": N_("later"),
            "refused": N_("refuses"),
            "skip": N_("skip"),
            "reveal": N_("phone"),
            "next_list": N_("other calls"),
            "cancel": N_("back"),
        }
        if self.customer is None:
            wanted = {each: wanted[each] for each in ("next_list", "cancel")}
        return [(self.host.keys.first(self.CONTEXT, command), _(word)) for command, word in wanted.items()]

    @property
    def customer(self) -> Customer | None:
        """Who is to be rung now."""
        return self.look.customer if self.look else None

    @property
    def case_id(self) -> int | None:
        """The case under the cursor; of what a campaign asks for, the one that came of it."""
        items = self.customer.items if self.customer else ()
        inside = 0 <= self.list.cursor < len(items)
        return dial_text.case_of(items[self.list.cursor]) if inside else None

    # ------------------------------------------------------------ who comes

    def refresh_rows(self, keys: Presses = Presses.WAIT_TO_THE_END) -> None:
        """Claim whoever is to be rung now, in the background, and show them."""
        background(self, self.round.come, self._show, self.host.trouble, group="dial", latest=True, keys=keys)

    def changed(self) -> None:
        """Count again what others have changed; who stands there stays until an outcome is put on them."""
        if self.look is not None and self.customer is None:
            self.refresh_rows(Presses.GO_ON)  # somebody's next try may have come
        else:
            self.renew(lazily=True)

    def renew(self, *, lazily: bool = False) -> None:
        """Hold on to who stands there, and count again."""
        look, customer = self.look, self.customer
        if look is None or customer is None:
            return

        def done(found: tuple[Look, bool]) -> None:
            if self.customer is customer:
                self.look, held = found
                if not held:
                    self.host.say(_("Somebody else rings this customer by now."), "warning")
                self.about()

        background(
            self,
            lambda: self.round.hold(customer, look, lazily=lazily),
            done,
            self.host.trouble,
            group="renew",
            latest=True,
        )

    def _show(self, look: Look) -> None:
        before, self.look, self.phone = self.customer, look, ""
        if look.customer is not None and (before is None or before.key != look.customer.key):
            self._shown_at = monotonic()
        items, zone = look.customer.items if look.customer else (), self.host.words.zone
        rows = Rows(len(items), lambda at: dial_text.row(items[at], zone))
        self.list.show(dial_text.columns(), rows, empty=dialler.nobody(look.left, zone))
        if said := self.round.trouble:
            self.host.say(said, "warning")
        self.about()
        self.host.follow()

    def about(self) -> None:
        """Say who is to be rung, what happened, what to ask, and how many are left."""
        desk, zone = self.host.desk, self.host.words.zone
        left, calls = self.look.left if self.look else None, dial_text.calls(self.round.wanted)
        self.head.update(line((dial_text.head(left, zone, desk.now()), TITLE), ("  " + calls, SOFT)))
        said = dial_text.detail(desk, self.customer, self.list.cursor, self.phone, zone)
        counted = line((dialler.left_line(left, zone), SOFT)) if left else line("")
        self.detail.update(lines(said, counted) if self.customer else counted)
        self.host.draw_case()

    # ------------------------------------------------------------ doing

    def act(self, outcome: str) -> None:
        """Put an outcome on who stands there, or ask what belongs to it."""
        if (customer := self._meant()) is None:
            return
        if outcome in FORMS:
            self.host.ask("form", FORMS[outcome](self, customer))
        else:
            self.put(customer, outcome, {}, {})

    def skip(self) -> None:
        """Pass over who stands there; others may ring them."""
        if (customer := self._meant()) is not None:
            self.round.skipped.add(customer.key)
            self._next()

    def undo(self) -> None:
        """Take the last outcome back; who was rung comes again."""
        host, last = self.host, self.last
        if last is not None and host.undoes():  # an act that came after the outcome
            host.run(acts.UNDO.id)
            return
        if last is None or not last.cases:
            host.say(_("There is no outcome on a case to be taken back here."), "warning")
            return

        def done(came: Came) -> None:
            self.last = None
            for case in came.cases:
                host.changed(case.case_id)
            host.say(dial_text.taken_back(came))
            self._next()

        host.save(lambda: dialling.take_back(host.desk, last), done, host.trouble, node=self)

    def sideways(self, by: int) -> None:
        """Go on to other calls: all, callbacks, opinions, campaigns."""
        self.round.turn(by)
        self._next()

    def reveal(self) -> None:
        """Show the phone as long as the customer stands there; that it was shown goes on record."""
        if (customer := self._meant(at_once=True)) is None:
            return

        def shown(phone: str) -> None:
            if self.customer is customer:
                self.phone = phone
                self.host.say(_("{phone} (this is on record)").format(phone=safe_text(phone)))
                self.about()

        self.host.save(lambda: dialling.reveal(self.host.desk, customer), shown, self.host.trouble, node=self)

    def put(
        self,
        customer: Customer,
        outcome: str,
        typed: Mapping[str, str],
        on: Mapping[str, str],
        form: DialForm | None = None,
    ) -> None:
        """Put an outcome on all that is owed to ``customer``; then comes the next one."""
        host = self.host

        def done(came: Came) -> None:
            self.last = came
            host.forget_last()
            if form is not None and host.question is form:
                host.answered()
            for case in came.cases:
                host.changed(case.case_id)
            severity = "warning" if came.left_out else "information"
            host.say(dial_text.stored(customer, outcome, came), severity)
            self._next()

        def failed(why: WorkbenchError) -> None:
            if form is not None:
                form.refused(why)
                return
            host.trouble(why)
            if isinstance(why, RefusedError):
                self._next()

        def write() -> Came:
            came = dialling.put(host.desk, customer, outcome, typed, on)
            for kind in FORMS.values():
                host.drafts.forget(kind.key_of(customer))
            return came

        host.save(write, done, failed, form=form, node=self)

    def _next(self) -> None:
        """Give back who stands there, and go on to the next one."""
        self.look = None
        self.refresh_rows()

    def _meant(self, *, at_once: bool = False) -> Customer | None:
        """Return who stands there, if the key can have been meant for them; else say why not."""
        if self.customer is None:
            return None
        if self.host.desk.read_only:
            self.host.say(_("The store is open for reading only."), "warning")
            return None
        if not at_once and self._pressed_at < self._shown_at + SEEN_SECONDS:
            said = _("{who} has only just come; once more is about them.")
            self.host.say(said.format(who=dialler.who(self.customer)), "warning")
            return None
        return self.customer
