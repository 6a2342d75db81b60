"""One field of a form as a question in lines: its label, its choices by number, what an empty line means."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from screens.ask import choices
from workbench.domain import masks, times, values
from workbench.domain.calling import in_hours
from workbench.domain.cases import Case
from workbench.domain.errors import UsageError
from workbench.domain.policies import Policy
from workbench.domain.text import fold, gist
from workbench.plain.dialogue import ENOUGH, Dialogue, number
from workbench.rules.action import Field
from workbench.rules.request import parted
from workbench.words import N_, _

SEVERAL = ("flags", "people", "cases")
NOTHING = "-"  # leaves out what stands in brackets
SHOWN = 30  # signs of what an empty line takes
MOST_NAMES = 20  # names that are offered by number
RING = "again"  # the field for the time of a call
Options = Sequence[tuple[str, str]]


class Enough(Exception):  # noqa: N818 (no error: the rest of the form is left as it is)
    """Everything that is still to be asked keeps what it has."""


class Question(Struct, frozen=True):
    """A field with what it offers; where it is ``closed`` nothing else can be answered."""

    field: Field
    policy: Policy
    now: Callable[[], datetime]
    options: Options = ()
    closed: bool = False
    default: str = ""

    @property
    def needed(self) -> bool:
        """Whether it has to be answered, or one of several has to be named."""
        return self.field.required or (self.field.kind.startswith("duty:") and len(self.options) > 1)

    @property
    def is_text(self) -> bool:
        """Whether the answer may have several lines."""
        return self.field.kind == "text"


def of(
    field: Field, policy: Policy, now: Callable[[], datetime], case: Case | None,
    known: Mapping[str, Sequence[str]], offered: Mapping[str, Options],
) -> Question:  # fmt: skip
    """Return the question for a field: what it offers on ``case``, by the policy or the house's lists."""
    default = choices.default(field, case)
    if field.name in offered:
        found = offered[field.name]
        only = found[0][0] if len(found) == 1 else ""
        return Question(field, policy, now, found, closed=True, default=default or only)
    if choices.is_chosen(field):
        found = [each for each in choices.of(field, policy, case) if each[0]]
        return Question(field, policy, now, found, closed=True, default=default)
    kind = field.choices if isinstance(field.choices, str) and field.choices else field.kind
    names = known.get(field.name) or known.get(kind) or (known.get("person", ()) if kind == "people" else ())
    offers = [(name, name) for name in names] if len(names) <= MOST_NAMES and field.kind != "case" else []
    return Question(field, policy, now, offers, default=default)


def put(dialogue: Dialogue, question: Question, given: str, so_far: Callable[[str], None]) -> str:
    """Ask until the answer can be understood; an empty line takes ``given``, or else the default.

    ``so_far`` is told of every line of a longer text.

    Raises:
        Back: somebody goes back one step.
        Enough: the rest is left as it is.
    """
    standing = given or question.default
    _introduce(dialogue, question, standing)
    while True:
        typed = dialogue.ask_lines(so_far) if question.is_text else dialogue.ask().strip()
        if not question.is_text and typed in ENOUGH:
            if standing or not question.needed:
                raise Enough
            typed = ""
        if typed == NOTHING and not question.needed:
            return ""
        if not typed.strip() and (standing or not question.needed):
            return standing
        try:
            return _understood(dialogue, question, typed)
        except UsageError as why:
            dialogue.say(str(why.said))


def _introduce(dialogue: Dialogue, question: Question, standing: str) -> None:
    field, marks = question.field, []
    if question.needed and not standing:
        marks.append(_("needed"))
    if question.is_text:
        marks.append(_("several lines; a full stop alone ends it"))
    if field.kind in SEVERAL:
        marks.append(_("several with commas"))
    if field.kind == "time":
        marks.append(_("for example +2h, tomorrow 9:00, 11-25 15:00"))
    elif field.kind == "number" and not question.options:
        marks.append(_("{low} to {high}").format(low=field.low, high=field.high))
    said = _(field.label) + (f" ({_('; ').join(marks)})" if marks else "")
    said += "" if said.endswith(("?", "？")) else ":"
    dialogue.say(f"{said} [{_standing(question, standing)}]" if standing else said, 2)
    numbered = [f"{at} {label}" for at, (_value, label) in enumerate(_offers(question), 1)]
    dialogue.say_parts(numbered, 2)


def _standing(question: Question, standing: str) -> str:
    """Return what an empty line takes, as it may be seen, and its number."""
    for at, (value, label) in enumerate(_offers(question), 1):
        if value == standing:
            return f"{at} {label}"
    return gist(masks.shown(question.field.name, standing), SHOWN)


def _offers(question: Question) -> Options:
    return [each for each in question.options if each[0]]


def _understood(dialogue: Dialogue, question: Question, typed: str) -> str:
    """Return the value that is meant, and say how a time or a sum was read.

    Raises:
        UsageError: none is meant.
    """
    field = question.field
    if not typed.strip():
        raise UsageError(field.left_empty)
    if field.kind in SEVERAL:
        return ",".join(_one_of(question, part) for part in parted(typed))
    if question.options:
        return _one_of(question, typed)
    if meaning := _meaning(question, typed):
        dialogue.say(f"= {meaning}")
    return typed


def _one_of(question: Question, typed: str) -> str:
    offers, at = _offers(question), number(typed)
    if 1 <= at <= len(offers):
        return offers[at - 1][0]
    sought = fold(typed.strip())
    exact = [value for value, label in offers if sought in (fold(value), fold(label))]
    begun = [value for value, label in offers if fold(label).startswith(sought)]
    for found in (exact, begun):
        if len(found) == 1:
            return found[0]
    if question.closed:
        raise UsageError(N_('"{value}" is none of these; type its number.'), value=gist(typed, SHOWN))
    return typed.strip()


def _meaning(question: Question, typed: str) -> str:
    field, zone = question.field, ZoneInfo(question.policy.zone)
    if field.kind == "time":
        at = times.parse(typed, now=question.now(), zone=zone, date_means="end")
        if field.name == RING and (ring := in_hours(question.policy, at)) != at:
            return _("{at} (moved into the hours in which one may ring)").format(at=times.echo(ring, zone))
        return times.until_echo(at, zone)
    if field.kind == "money":
        return _("{amount} yuan").format(amount=f"{values.money(typed):,}")
    if field.kind == "number":
        values.whole(typed, field.low, field.high)
    return ""
