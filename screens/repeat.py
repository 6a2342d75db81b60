"""The last act by key once more, with the same words and values, on another case."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from screens.ask.act_form import Attempt
from screens.host import Host
from workbench.actions import batch
from workbench.actions.asking import asks
from workbench.domain import acts
from workbench.domain.cases import Case
from workbench.domain.errors import RefusedError
from workbench.domain.text import safe_text
from workbench.rules.action import Action
from workbench.rules.permissions import refusal
from workbench.words import _

if TYPE_CHECKING:
    from collections.abc import Callable


class Repeat:
    """Knows what was done last in this window, and does it once more where it is not about one case."""

    def __init__(
        self, host: Host, ask: "Callable[[Attempt], None]", carry_out: "Callable[[Attempt], None]"
    ) -> None:
        self.host, self.ask, self.carry_out = host, ask, carry_out
        self.action: Action | None = None  # None until something was done
        self.typed: Mapping[str, str] = {}
        self._case_id: int | None = None  # where it was done: not there again

    def did(self, action: Action, given: Mapping[str, str], case: Case | None = None) -> None:
        """Note what was done, to which case; what is about that one alone is left out.

        That is what chose among its duties, and words to its customer that name either.
        """
        if action.id == acts.UNDO.id:
            self._case_id = None  # it may be done there again
            return
        own = [each for each in (case.number, case.customer) if each.strip()] if case else []
        left = {
            field.name
            for field in batch.fields(action)
            if not (field.spoken and any(each in given.get(field.name, "") for each in own))
        }
        self.typed = {name: value for name, value in given.items() if name in left}
        self.action, self._case_id = action, case.case_id if case else None

    def wanted(self) -> Action | None:
        """Return the act that can be done once more; else say why there is none."""
        if self.action is None:
            self.host.say(_("Nothing was done here yet that could be done once more."), "warning")
            return None
        try:
            batch.ensure_many(self.action)
        except RefusedError as why:
            self.host.say(str(why), "warning")
            return None
        return self.action

    def begin(self, case: Case) -> None:
        """Do it to ``case``: at once where nothing is asked, else by its form, filled in."""
        if (action := self.wanted()) is None:
            return
        if self.host.desk.read_only:
            self.host.say(_("The store is open for reading only."), "warning")
        elif case.case_id == self._case_id:
            said = _("{number}: {act} was done here just now; go on to another case.")
            self.host.say(said.format(number=safe_text(case.number), act=_(action.title)), "warning")
        elif why := refusal(self.host.desk, case, action):
            self.host.say(str(why), "warning")
        elif asks(action):
            self.ask(Attempt(action, case, {}, case.version, begins=self.typed))
        else:
            self.carry_out(Attempt(action, case, self.typed, case.version))
