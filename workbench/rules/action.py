"""What an act is made of: what it asks for, why it cannot be done, what it writes."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from storage.engine import Db
from workbench.desk import Desk
from workbench.domain import acts
from workbench.domain.cases import Case, Event
from workbench.domain.errors import UsageError
from workbench.rules.request import LEFT_EMPTY, NEEDED, Asked, option
from workbench.words import Said


class Field(Struct, frozen=True):
    """One thing that an act asks for: a line of its form on the screen, an option of its verb.

    Attributes:
        name: Its key among what was typed.
        label: What the form calls it; the sentence of the option too, unless ``help`` says more.
        choices: Names a vocabulary of the policy, or lists (value, label).
        spoken: The customer hears it: phrases are marked in it, templates written out, and what it
            commits us to is to be registered.
        metavar: What stands for the value in the help of the verb, where its kind does not tell.
        positional: It stands behind the verb without a name.
        needed: The sentence that asks for it where it was left empty.
        on: On which cases the form asks for it: open, closed, or any if empty. A verb always takes it.
    """

    name: str
    label: str
    kind: str  # line text choice flags number level money time yesno person people promise case cases duty:
    required: bool = False
    choices: str | tuple[tuple[str, str], ...] = ()
    default: str = ""
    low: int = 0
    high: int = 0
    spoken: bool = False
    help: str = ""
    metavar: str = ""
    positional: bool = False
    on: str = ""
    needed: str = ""

    @property
    def left_empty(self) -> str:
        """What is said where it is needed and was left empty, to be translated."""
        return self.needed or NEEDED.get(self.name, LEFT_EMPTY)

    def asked_on(self, case: Case) -> bool:
        """Say whether the form asks for it on ``case``."""
        return not self.on or (self.on == "open") == case.unsolved


class Action(Struct, frozen=True):
    """One thing a person does to a case; key, palette and verb all run it.

    Attributes:
        act: What it is among all acts.
        why_not: Says why it cannot be done to a case now, or None; ``refusal`` asks the policy besides.
        plan: Checks what was asked and returns the data of the event.
        spread: Writes on other cases what the act means for them; gets the case before and after.
        prepare: Reads what lies outside the store before the store is held, a file for instance.
        keep: What ``prepare`` does, where the act is really done: it may keep a copy beside the store.
        needless: Says by name, with the reason, which fields do not apply, by what was typed so far.
    """

    act: acts.Act
    plan: Callable[[Asked], dict[str, Any]]
    why_not: Callable[[Desk, Case], Said | None]
    fields: tuple[Field, ...] = ()
    spread: Callable[[Desk, Db, Case, Case, Event], None] | None = None
    prepare: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None
    keep: Callable[[Desk, Mapping[str, Any]], Mapping[str, Any]] | None = None
    needless: Callable[[Case, Mapping[str, Any]], Mapping[str, Said]] | None = None

    def known(self, desk: Desk, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return ``given`` with what lies outside the store, read before the store is held."""
        if self.keep:
            return self.keep(desk, given)
        return self.prepare(given) if self.prepare else given

    def asked_on(self, case: Case, given: Mapping[str, Any]) -> list[Field]:
        """Return the fields that a form asks for on ``case``, where ``given`` is known already."""
        needless = self.needless(case, given) if self.needless else {}
        return [field for field in self.fields if field.asked_on(case) and field.name not in needless]

    def ensure_applies(self, case: Case, given: Mapping[str, Any]) -> None:
        """Refuse what was typed for a field that does not apply to ``case``.

        Raises:
            UsageError: it was; says why.
        """
        for name, why in (self.needless(case, given) if self.needless else {}).items():
            if str(given.get(name) or "").strip():
                raise UsageError(why.template, option=option(name), **why.values)

    @property
    def id(self) -> str:
        """The id of the act: of its entry, its key, its verb."""
        return self.act.id

    @property
    def title(self) -> str:
        """How a menu calls it."""
        return self.act.title

    @property
    def help(self) -> str:
        """What a person does by it, in a sentence."""
        return self.act.help
