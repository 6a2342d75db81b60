"""What a person asked for, read strictly: every malformed value is a UsageError that names the option."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from storage import organisation
from storage.engine import Db
from workbench.domain import times, values
from workbench.domain.cases import Case, Event
from workbench.domain.errors import RefusedError, UsageError
from workbench.domain.policies import Rules
from workbench.domain.regexes import later
from workbench.domain.text import door
from workbench.domain.times import DateMeans
from workbench.words import N_

if TYPE_CHECKING:
    from workbench.desk import Desk

LONGEST = 1_000_000  # characters in one field
EMPTY = N_("Say something here; it cannot be empty.")
NEEDED = {"reason": N_("Say why; it stays on record.")}  # what is said of a field that was left empty
LEFT_EMPTY = N_("This is needed.")
_BETWEEN = later("[,，、;；]")  # names of several people


def parted(typed: str) -> list[str]:
    """Return names that were typed with signs between them, each once."""
    parts = (part.strip() for part in _BETWEEN.split(typed))
    return list(dict.fromkeys(part for part in parts if part))


class Asked(Struct, frozen=True):
    """One act as it was asked for, with everything that a plan may look at. ``at`` is UTC."""

    desk: "Desk"
    db: Db
    case: Case
    given: Mapping[str, Any]
    at: datetime
    rules: Rules
    timeline: list[Event]

    def text(self, name: str, *, required: bool = False) -> str:
        """Return what was typed, as it came; blank counts as nothing."""
        return text(self.given, name, required=required)

    def reason(self, needed: str, **values: str) -> str:
        """Return why it is done; ``needed`` is the sentence that asks for it where nothing was typed.

        Raises:
            UsageError: nothing was.
        """
        found = self.text("reason")
        if not found:
            raise UsageError(needed, option=option("reason"), **values)
        return found

    def data(self, *names: str) -> dict[str, Any]:
        """Return the texts that were given among ``names``, ready for an event."""
        return {name: value for name in names if (value := self.text(name))}

    def spoken(self) -> dict[str, Any]:
        """Return what was said and by which channel; the case's own channel if none is named."""
        channel = self.choice("channel", self.rules.policy.channels, self.case.channel)
        return {"text": self.text("text", required=True), "channel": channel}

    def worded(self, name: str, *, required: bool = False) -> dict[str, Any]:
        """Return what the customer is told, ready for an event.

        A template's key at its beginning is written out. ``phrases`` keeps the ids of those that should
        not have been said: training draws on them.

        Raises:
            RefusedError: a gap of a template was left open.
        """
        from workbench.domain import phrases, templates  # only what is said to a customer needs them

        said = self.text(name, required=required)
        if not said:
            return {}
        said = templates.written_out(said, self.case, self.rules, self.desk.person, self.at)
        self.ensure_filled(said)
        found = phrases.ids(said, self.rules.policy.regime.phrases)
        return {name: said} | ({"phrases": found} if found else {})

    def ensure_filled(self, said: str) -> None:
        """Refuse what a customer would be told with a gap of a template in it.

        Raises:
            RefusedError: ``[…]`` stands there, or a field of a template as the policy has it.
        """
        from workbench.domain import gaps

        known = self.rules.policy.regime.templates
        gap = gaps.of(said, known, self.case)
        if gap is None:
            return
        if gap.template:
            raise RefusedError(
                N_("The template ;{key} has a gap here, {gap}: write what belongs there, {field}."),
                key=gap.template, gap=gap.shown, field=f"{{{gap.field}}}",
            )  # fmt: skip
        raise RefusedError(N_("The text has a gap here, {gap}: write what belongs there."), gap=gap.shown)

    def choice(self, name: str, allowed: Iterable[str], default: str = "") -> str:
        """Return one of ``allowed``, or ``default`` if nothing was given."""
        return choice(self.given, name, allowed) or default

    def whole(self, name: str, low: int, high: int) -> int | None:
        """Return a whole number between ``low`` and ``high``, or None."""
        return whole(self.given, name, low, high)

    def yes(self, name: str) -> bool:
        """Return whether a switch was set."""
        value = self.given.get(name)
        if isinstance(value, bool):
            return value
        typed = self.text(name)
        return values.yes_no(typed, option=option(name)) if typed else False

    def time(
        self, name: str, *, required: bool = False, date_means: DateMeans | None = None
    ) -> datetime | None:
        """Return a time (UTC) typed in the policy's zone, or None."""
        return moment(self.given, name, self.at, self.rules, required=required, date_means=date_means)

    def person(self, name: str) -> str:
        """Return a member of staff; any name while no staff are registered."""
        return self._listed(self.text(name, required=True).strip(), name)

    def people(self, name: str) -> list[str]:
        """Return members of staff, each once, typed with commas between them; see ``person``."""
        found = [self._listed(part, name) for part in parted(self.text(name, required=True))]
        if not found:
            raise UsageError(EMPTY, option=option(name))
        return found

    def _listed(self, typed: str, name: str) -> str:
        role, anybody_listed = organisation.standing(self.db, self.desk.store.site_id, typed)
        if anybody_listed and role is None:
            raise UsageError(
                N_("{name} is not on the staff list; see: workbench staff list"),
                option=option(name),
                name=typed,
            )
        return typed


def option(name: str) -> str:
    """Return the command-line option of a field: ``remedy_sought`` is ``--remedy-sought``."""
    return "--" + name.replace("_", "-")


def text(given: Mapping[str, Any], name: str, *, required: bool = False) -> str:
    """Return a text of ``given``; NUL and lone surrogates become U+FFFD."""
    value = door(str(given.get(name) or ""))
    if not value.strip():
        if required:
            raise UsageError(NEEDED.get(name, EMPTY), option=option(name))
        return ""
    if len(value) > LONGEST:
        raise UsageError(
            N_("The text is longer than {most} characters; shorten it."), option=option(name), most=LONGEST
        )
    return value


def choice(given: Mapping[str, Any], name: str, allowed: Iterable[str]) -> str:
    """Return a choice of ``given`` or an empty text."""
    value = text(given, name).strip()
    return values.choice(value, tuple(allowed), option=option(name)) if value else ""


def whole(given: Mapping[str, Any], name: str, low: int, high: int) -> int | None:
    """Return a whole number of ``given`` or None."""
    value = given.get(name)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return values.whole(str(value), low, high, option=option(name))


def moment(
    given: Mapping[str, Any],
    name: str,
    now: datetime,
    rules: Rules,
    *,
    required: bool = False,
    date_means: DateMeans | None = None,
) -> datetime | None:
    """Return a time of ``given`` (UTC) or None."""
    value = given.get(name)
    if isinstance(value, datetime):
        return value
    typed = text(given, name, required=required)
    if not typed:
        return None
    return times.parse(typed, now=now, zone=rules.zone, option=option(name), date_means=date_means)
