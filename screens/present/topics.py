"""What the menu of further acts holds: topics, what is likely next on a case, and why not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from workbench import actions
from workbench.actions import seen
from workbench.desk import Desk
from workbench.domain import acts, duties, flow
from workbench.domain.acts import Topic
from workbench.domain.cases import Case
from workbench.domain.policies import Rules
from workbench.rules import approvals, duty_rules
from workbench.rules.permissions import by_role, refusal
from workbench.words import N_, Said, _

NEXT, OTHERS, PAGE, OWN = N_("Next"), N_("Others"), N_("Pages"), N_("This window")
MOST_NEXT = 5
NO_CASE = N_("There is no case under the cursor.")
DOORS = {  # under the last topic: what opens a screen of its own
    "customer": (N_("Customer's page"), N_("Every case of the customer, moods, manner, consent.")),
    "receipt": (N_("Receipt"), N_("What the customer may be told; one key copies it.")),
    "evidence": (N_("Evidence"), N_("The files of the case: Enter opens one, or names where it is.")),
    "day": (N_("My day"), N_("What I did today, how my cases stand, what I owe by tomorrow.")),
    "undoable": (N_("Undo list"), N_("My own last acts that can be taken back now.")),
    "warnings": (N_("Early warnings"), N_("Decide on the early warnings, or say what was done.")),
    "campaigns": (N_("Callback campaigns"), N_("Call customers by a list, and write down their answers.")),
    "tour": (N_("Tour"), N_("Be shown round on the demonstration; again: leave a step out.")),
    "dial": (N_("Dialler"), N_("Whom to ring, one after another: callbacks, opinions, campaigns.")),
    "handover": (N_("Hand over"), N_("Hand every open case over, or confirm what was handed to you.")),
    "keymap": (N_("Keymap"), N_("Choose which key does what; holds at once, and is kept.")),
    "theme": (N_("Colours"), N_("Dark, light, or for who does not tell blue from green; is kept.")),
    "settings": (N_("Settings"), N_("After an act, bell, the case beside the list, language, and more.")),
}
PAGES = ("customer", "receipt", "evidence", "day", "undoable")
WINDOW = ("keymap", "theme", "settings")  # doors that are about this window
OF_A_CASE = ("customer", "receipt", "evidence")  # doors that the case under the cursor opens
DECIDED = {"warnings": acts.WARNING.id}  # doors for those whose role allows an act


@dataclass(frozen=True)
class Line:
    """One command as the menu shows it; ``why_not`` is empty if it can be done."""

    id: str
    topic: str
    title: str
    help: str
    why_not: str = ""


def menu(desk: Desk, case: Case | None, holds: Callable[[str], bool]) -> list[Line]:
    """Return the lines of the menu: what is likely next, then every topic.

    Args:
        case: What the acts would be done to; None if there is no case under the cursor.
        holds: Says whether the keymap has a command in the menu.
    """
    held = [name for name in (*(action.id for action in actions.every()), *DOORS) if holds(name)]
    said = {name: _refusal(desk, case, name) for name in held}
    likely = _likely(desk, case, said) if case else []
    order = [(NEXT, act) for act in likely]
    order += [(topic, act) for topic, act in _by_topic() if act not in likely]
    return [_line(topic, act, said[act]) for topic, act in order if act in said]


def _by_topic() -> Iterator[tuple[str, str]]:
    """Yield every line under its heading: the acts of each topic, then the doors, then what has keys too."""
    topics = [topic for topic in Topic if topic is not Topic.HANDLING]
    yield from ((each.value, act) for each in topics for act in acts.PERSONS if acts.BY_ID[act].topic is each)
    doors = [door for door in DOORS if door not in acts.PERSONS]
    yield from ((Topic.SUPERVISE.value, door) for door in doors if door not in (*PAGES, *WINDOW))
    yield from ((PAGE, door) for door in doors if door in PAGES)
    yield from ((OWN, door) for door in WINDOW)
    yield from ((OTHERS, act) for act in acts.PERSONS if acts.BY_ID[act].topic is Topic.HANDLING)


def _line(topic: str, act: str, why: Said | None) -> Line:
    if act in DOORS:
        title, help_text = DOORS[act]
        return Line(act, topic, _(title), _(help_text), str(why) if why else "")
    action = actions.of(act)
    return Line(act, topic, _(action.title), _(action.help), str(why) if why else "")


def _refusal(desk: Desk, case: Case | None, act: str) -> Said | None:
    if act in DOORS:
        return _shut(desk, case, act)
    if desk.read_only:
        return Said(N_("The store is open for reading only."))
    if case is None:
        return Said(NO_CASE)
    return refusal(desk, case, actions.of(act))


def _shut(desk: Desk, case: Case | None, door: str) -> Said | None:
    """Say why a door is shut: it needs a case, or a role."""
    if door in OF_A_CASE and case is None:
        return Said(NO_CASE)
    return by_role(desk.rules(), desk.person, DECIDED[door]) if door in DECIDED else None


def _likely(desk: Desk, case: Case, said: dict[str, Said | None]) -> list[str]:
    found = dict.fromkeys(act for act in _next_acts(desk, case) if act in said and said[act] is None)
    return list(found)[:MOST_NEXT]


def _next_acts(desk: Desk, case: Case) -> Iterator[str]:
    """Yield what somebody would do next: what this person owes, what the flow misses, what waits."""
    rules, now = desk.rules(case.policy), desk.now()
    for duty in sorted(case.owed(), key=lambda duty: duty.due_at):
        if (
            duty.kind == duties.APPROVAL.id
            and approvals.may_decide(rules, desk.person, case, duty, at=now) is None
        ):
            yield acts.APPROVE.id
            yield acts.REFUSE.id
        elif duty_rules.stands_for_on(rules, case, desk.person, duty.owner, desk.now()):
            yield from duties.BY_ID[duty.kind].settled_by
    if seen.unseen(case, desk.person):
        yield acts.SEEN.id
    yield from _missing(case, rules)
    if any(sum_.state == "promised" for sum_ in case.money):
        yield acts.PAY.id
    if case.kind == "repair" and not case.owed(duties.VISIT.id) and case.unsolved:
        yield acts.VISIT.id


def _missing(case: Case, rules: Rules) -> Iterator[str]:
    for fact in flow.missing(case, rules.policy) if case.live else ():
        yield flow.FACTS[fact].act.id
    if case.accused and case.verdict is None:
        yield acts.VERIFY.id if flow.FACTS["account"].holds(case) else acts.ACCOUNT.id
