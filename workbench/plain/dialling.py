"""Ringing one customer after another in lines, until nobody is left."""

import secrets

from screens.ask.suggestions import suggestions
from screens.drafts import Drafts
from storage.claims import Claims
from workbench.desk import Desk
from workbench.domain.errors import RefusedError, UsageError
from workbench.plain import question
from workbench.plain.dialogue import Back, Dialogue
from workbench.plain.form import Form, Typed
from workbench.plain.lines import uninterrupted
from workbench.reports import dialler
from workbench.rules.action import Field
from workbench.setup import dial_fields, dial_left, dialling
from workbench.setup.dial_items import Customer
from workbench.setup.dial_list import Wanted
from workbench.setup.dialling import LATER, NOT_REACHED, REACHED, REFUSED
from workbench.words import N_, _

SKIP, PHONE = "skip", "phone"
OUTCOMES = (
    (REACHED, N_("Reached: the answers")),
    (NOT_REACHED, N_("Not reached: the rule says when again")),
    (LATER, N_("Busy, or later: when")),
    (REFUSED, N_("Does not wish to be called")),
    (SKIP, N_("Pass over; others may ring them")),
    (PHONE, N_("Show the phone number (is logged)")),
)


class Dialling:
    """One round of calls: whoever comes next is claimed, and given back when the round ends."""

    def __init__(self, desk: Desk, dialogue: Dialogue, drafts: Drafts) -> None:
        self.desk, self.dialogue, self.drafts = desk, dialogue, drafts
        self.claims = Claims(desk.store.path, desk.person, secrets.token_hex(8), desk.now)
        self.wanted, self.skipped = Wanted(), set[str]()

    def run(self) -> None:
        """Ring one after another until nobody is left, or somebody goes back.

        Raises:
            StoreError: the store cannot serve.
            Back: no line comes any more.
        """
        if self.desk.read_only:
            self.dialogue.say(_("The store is open for reading only."))
            return
        self.claims.tidy()
        try:
            while (customer := self._next()) is not None:
                self._ring(customer)
                self.claims.give_back(dialling.claim_key(self.desk, customer.key))
        except Back as back:
            if back.ended:
                raise
        finally:
            self.claims.release()

    def _next(self) -> Customer | None:
        customer = dialling.offer(self.desk, self.claims, self.wanted, self.skipped)
        left, zone = dial_left.left(self.desk, self.wanted), self.desk.rules().zone
        if customer is None:
            self.dialogue.say(dialler.nobody(left, zone))
            return None
        if said := dialler.unclaimed(self.claims.trouble):
            self.dialogue.say(said)
        self.dialogue.say(dialler.left_line(left, zone))
        for line in dialler.lines(self.desk, customer):
            self.dialogue.say(line, 2)
        return customer

    def _ring(self, customer: Customer) -> None:
        """Ask for the outcome until one is stored, or the customer is passed over."""
        while True:
            chosen = self.dialogue.choose([(value, _(label)) for value, label in OUTCOMES])
            self.claims.take(dialling.claim_key(self.desk, customer.key))  # as long as somebody is at it
            if chosen == SKIP:
                self.skipped.add(customer.key)
                return
            if chosen == PHONE:
                phone = dialling.reveal(self.desk, customer)
                self.dialogue.say(_("{phone} (this is on record)").format(phone=phone))
            elif self._put(customer, chosen):
                return

    def _put(self, customer: Customer, outcome: str) -> bool:
        """Ask what belongs to an outcome, and store it; say whether this customer is done with."""
        form, typed = self._form(customer, outcome), Typed()
        try:
            typed = form.ask(self.drafts.load(form.key), {}) if form.questions else typed
            came = self._stored(customer, outcome, form, typed)
        except RefusedError as why:
            self.dialogue.say(str(why.said))
            return True
        except Back as back:
            if back.ended or back.stopped:
                raise
            return False
        self.drafts.forget(form.key)
        for said in came.left_out:
            self.dialogue.say(str(said))
        done = [case.number for case in came.cases]
        self.dialogue.say(_("Written down: {what}").format(what=_(", ").join([*done, *_campaigns(came)])))
        return True

    def _stored(self, customer: Customer, outcome: str, form: Form, typed: Typed) -> dialling.Came:
        while True:
            try:
                with uninterrupted():
                    return dialling.put(self.desk, customer, outcome, *dial_fields.parted(customer, typed))
            except UsageError as why:
                self.dialogue.say(str(why.said))
                name = why.option.lstrip("-").replace("-", "_").lower()
                typed = form.ask_again(name, typed) if form.holds(name) else form.ask(typed, {})

    def _form(self, customer: Customer, outcome: str) -> Form:
        fields: tuple[Field, ...] = ()
        if outcome == REACHED:
            fields = dial_fields.reached(customer)
        elif outcome == LATER:
            fields = dial_fields.later()
        policy, known = self.desk.rules().policy, suggestions(self.desk)
        asked = [question.of(each, policy, self.desk.now, None, known, {}) for each in fields]
        return Form(self.dialogue, self.drafts, f"dial:{customer.items[0].key}:{outcome}", asked)


def _campaigns(came: dialling.Came) -> list[str]:
    return [_("contacts: {n}").format(n=came.contacts)] if came.contacts else []
